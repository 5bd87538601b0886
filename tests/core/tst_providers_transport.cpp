// SPDX-License-Identifier: GPL-3.0-or-later
// The transport over real sockets: what it promises to everything that speaks HTTP.
#include "providers/errors.h"
#include "providers/transport.h"
#include "tests/support/scripted_server.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <future>

using namespace signalbox;
using namespace signalbox::testing;

namespace {

struct Recorder : HttpHandler
{
    int status = 0;
    int headerCalls = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    HttpResult result;
    bool refuse = false;
    std::promise<void> done;

    void onHeaders(int code, const std::vector<std::pair<std::string, std::string>>& all) override
    {
        status = code;
        headers = all;
        ++headerCalls;
    }
    bool onData(std::string_view bytes) override
    {
        body += bytes;
        return !refuse;
    }
    void onDone(const HttpResult& r) override
    {
        result = r;
        done.set_value();
    }
};

std::shared_ptr<Recorder> fetch(Transport& transport, HttpRequest request, bool refuse = false)
{
    auto recorder = std::make_shared<Recorder>();
    recorder->refuse = refuse;
    transport.post([&] { transport.start(std::move(request), recorder); });
    recorder->done.get_future().wait();
    return recorder;
}

HttpRequest get(const std::string& url)
{
    HttpRequest request;
    request.url = url;
    request.method = "GET";
    return request;
}

const std::string kOk = response("200 OK", "X-Mixed-Case:  Value \r\n", "fine");

} // namespace

class ProvidersTransportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void headersAreLowerCaseAndGivenOnce();
    void methodsAndBodies();
    void postsKeepTheirOrder();
    void timersFireAndCanBeCancelled();
    void proxiesAreNotForLoopback();
    void onlyHttp();
    void endlessHeadersAreRefused();
    void handlerCanRefuse();
    void bodyLimit();
    void totalTimeout();
    void silenceEndsATransfer();
    void silenceIsCountedFromTheLastByte();
    void connectionClosedWhileIdleIsReplaced();
    void connectionClosedUnderTheNextRequestIsReplaced();
    void answersThatNobodyAskedForAreDropped_data();
    void answersThatNobodyAskedForAreDropped();
    void handlersCanStartAndCancelOthers();
    void endingTheTransportEndsTransfersSilently();
    void certificatesAreVerified();
};

void ProvidersTransportTest::headersAreLowerCaseAndGivenOnce()
{
    ScriptedServer server([](const SeenRequest&) {
        return Script{send(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\nX-Mixed-Case:  Value \r\nTransfer-Encoding: "
            "chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Trailer: late\r\n\r\n")};
    });
    Transport transport;
    const auto r = fetch(transport, get(server.url()));
    QVERIFY2(r->result.ok, r->result.message.c_str());
    QCOMPARE(r->status, 201);
    QCOMPARE(r->headerCalls, 1);
    QCOMPARE(r->headers.at(0).first, std::string("x-mixed-case"));
    QCOMPARE(r->headers.at(0).second, std::string("Value"));
    QCOMPARE(r->body, std::string("hello"));
    QVERIFY(r->result.firstByteMs > 0 && r->result.firstByteMs <= r->result.totalMs);
}

void ProvidersTransportTest::methodsAndBodies()
{
    ScriptedServer server([](const SeenRequest&) { return Script{send(kOk)}; });
    Transport transport;
    for (const char* method : {"GET", "POST", "DELETE", "PUT", "GET", "POST"}) { // one handle serves them all
        HttpRequest request = get(server.url());
        request.method = method;
        request.body = std::string("body of ") + method;
        QVERIFY(fetch(transport, std::move(request))->result.ok);
        const SeenRequest seen = server.seen().back();
        QVERIFY(seen.head.starts_with(std::string(method) + " /v1 HTTP/1.1\r\n"));
        QCOMPARE(seen.body, std::string(method) == "GET" ? std::string() : std::string("body of ") + method);
    }
    HttpRequest large = get(server.url());
    large.method = "POST";
    large.body.assign(3u << 20, 'x'); // beyond what libcurl would ask leave for with "Expect"
    QVERIFY(fetch(transport, std::move(large))->result.ok);
    QCOMPARE(server.seen().back().body.size(), std::size_t{3u << 20});
    QVERIFY(server.seen().back().head.find("Expect") == std::string::npos);
}

void ProvidersTransportTest::postsKeepTheirOrder()
{
    Transport transport;
    QVERIFY(!transport.onNetworkThread());
    std::vector<int> order;
    std::promise<bool> done;
    for (int i = 0; i < 5000; ++i)
        transport.post([&order, i] { order.push_back(i); });
    transport.post([&] {
        transport.post([&] { done.set_value(transport.onNetworkThread()); }); // from inside
    });
    QVERIFY(done.get_future().get());
    QCOMPARE(order.size(), std::size_t{5000});
    QVERIFY(std::is_sorted(order.begin(), order.end()));
}

void ProvidersTransportTest::timersFireAndCanBeCancelled()
{
    Transport transport;
    std::promise<double> fired;
    bool wrong = false;
    const SteadyTime start = now();
    transport.post([&] {
        const TimerId never = transport.after(5, [&] { wrong = true; });
        transport.after(1, [&, never] { transport.cancelTimer(never); });
        transport.after(25, [&] { fired.set_value(msBetween(start, now())); });
        transport.cancelTimer(987'654'321);
    });
    QVERIFY(fired.get_future().get() >= 25);
    QVERIFY(!wrong);
}

void ProvidersTransportTest::proxiesAreNotForLoopback()
{
    ScriptedServer proxy([](const SeenRequest&) { return Script{send(kOk)}; });
    ScriptedServer server([](const SeenRequest&) { return Script{send(kOk)}; });
    const QByteArray address = "http://127.0.0.1:" + QByteArray::number(proxy.port());
    qputenv("http_proxy", address);
    qputenv("no_proxy", "");
    Transport transport;
    const auto direct = fetch(transport, get(server.url()));
    const auto proxied = fetch(transport, get("http://signalbox.invalid/v1"));
    const auto directAgain = fetch(transport, get("http://localhost:" + std::to_string(server.port()) + "/"));
    qunsetenv("http_proxy");
    qunsetenv("no_proxy");
    QVERIFY(direct->result.ok && proxied->result.ok && directAgain->result.ok);
    QCOMPARE(server.requests(), 2);
    QCOMPARE(proxy.requests(), 1);
    QVERIFY(proxy.seen().at(0).head.starts_with("GET http://signalbox.invalid/v1 HTTP/1.1\r\n"));
}

void ProvidersTransportTest::onlyHttp()
{
    Transport transport;
    for (const char* url : {"file:///etc/hostname", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "", "http://",
                            "127.0.0.1:80"}) {
        const auto r = fetch(transport, get(url));
        QVERIFY(!r->result.ok);
        QCOMPARE(r->result.errorKind, std::string(error_kind::badRequest));
        QVERIFY(r->body.empty());
    }
}

void ProvidersTransportTest::endlessHeadersAreRefused()
{
    ScriptedServer server([](const SeenRequest&) {
        return Script{send("HTTP/1.1 200 OK\r\n"), flood("X-Filler: " + std::string(900, 'x') + "\r\n")};
    });
    Transport transport;
    const auto r = fetch(transport, get(server.url()));
    QCOMPARE(r->result.errorKind, std::string(error_kind::tooLarge));
    QCOMPARE(r->headerCalls, 0);
}

void ProvidersTransportTest::handlerCanRefuse()
{
    ScriptedServer server([](const SeenRequest&) { return Script{send(kOk)}; });
    Transport transport;
    const auto r = fetch(transport, get(server.url()), true);
    QCOMPARE(r->result.errorKind, std::string("provider.aborted"));
    QVERIFY(fetch(transport, get(server.url()))->result.ok);
}

void ProvidersTransportTest::bodyLimit()
{
    ScriptedServer server(
        [](const SeenRequest&) { return Script{send(response("200 OK", "", std::string(1000, 'x')))}; });
    Transport transport;
    HttpRequest request = get(server.url());
    request.maxResponseBytes = 1000;
    QVERIFY(fetch(transport, request)->result.ok);
    request.maxResponseBytes = 999;
    const auto r = fetch(transport, request);
    QCOMPARE(r->result.errorKind, std::string(error_kind::tooLarge));
    QVERIFY(r->body.size() <= 999);
}

void ProvidersTransportTest::totalTimeout()
{
    ScriptedServer server([](const SeenRequest&) { return Script{pauseAt("never")}; });
    Transport transport;
    HttpRequest request = get(server.url());
    request.totalTimeoutMs = 30;
    const auto r = fetch(transport, std::move(request));
    QCOMPARE(r->result.errorKind, std::string(error_kind::timeout));
    QVERIFY(r->result.totalMs >= 30);
}

void ProvidersTransportTest::silenceEndsATransfer()
{
    ScriptedServer server([](const SeenRequest& seen) {
        return seen.number == 1 ? Script{pauseAt("never")}
                                : Script{send(streamHead() + chunk("data: a\n\n")), pauseAt("never")};
    });
    Transport transport;
    for (const bool begun : {false, true}) {
        HttpRequest request = get(server.url());
        request.idleTimeoutMs = 30;
        const auto r = fetch(transport, std::move(request));
        QCOMPARE(r->result.errorKind, std::string(error_kind::timeout));
        QVERIFY2(r->result.message.find("nothing came for 30 ms") != std::string::npos,
                 r->result.message.c_str());
        QVERIFY(r->result.requestSent);
        QCOMPARE(r->body.empty(), !begun);
    }
    QVERIFY(server.waitForHangUps(2));
}

void ProvidersTransportTest::silenceIsCountedFromTheLastByte()
{
    // Whatever comes breaks the silence: a stream that is slow all in all, but never silent, comes whole.
    ScriptedServer server([](const SeenRequest&) {
        Script script{send(streamHead())};
        for (int i = 0; i < 10; ++i) {
            script.push_back(pauseAt(std::to_string(i)));
            script.push_back(send(chunk("x")));
        }
        script.push_back(send(lastChunk()));
        return script;
    });
    Transport transport;
    HttpRequest request = get(server.url());
    request.idleTimeoutMs = 2'000;
    auto recorder = std::make_shared<Recorder>();
    std::promise<void> opened;
    const std::function<void(int)> openNext = [&](int gate) {
        server.open(std::to_string(gate));
        if (gate == 9)
            opened.set_value();
        else
            transport.after(250, [&openNext, gate] { openNext(gate + 1); });
    };
    transport.post([&] {
        transport.start(std::move(request), recorder);
        openNext(0);
    });
    opened.get_future().wait();
    recorder->done.get_future().wait();
    QVERIFY2(recorder->result.ok, recorder->result.message.c_str());
    QCOMPARE(recorder->body, std::string(10, 'x'));
    QVERIFY(recorder->result.totalMs > 2'000);
}

void ProvidersTransportTest::connectionClosedWhileIdleIsReplaced()
{
    // The server hangs up after each answer without having said so: the idle socket becomes readable, and
    // descriptor numbers are used again at once.
    ScriptedServer server([](const SeenRequest&) { return Script{send(kOk), hangUp()}; });
    Transport transport;
    for (int i = 0; i < 50; ++i) {
        const auto r = fetch(transport, get(server.url()));
        QVERIFY2(r->result.ok, (r->result.errorKind + ": " + r->result.message).c_str());
    }
    QCOMPARE(server.requests(), 50);
}

void ProvidersTransportTest::connectionClosedUnderTheNextRequestIsReplaced()
{
    // The hang-up and the next request cross on the wire: libcurl sends it again on a new connection, and may
    // do so however often it has happened before.
    std::set<int> answered;
    ScriptedServer server([&](const SeenRequest& seen) {
        return answered.insert(seen.connection).second ? Script{send(kOk)} : Script{hangUp()};
    });
    Transport transport;
    for (int i = 0; i < 20; ++i) {
        const auto r = fetch(transport, get(server.url()));
        QVERIFY2(r->result.ok, (r->result.errorKind + ": " + r->result.message).c_str());
    }
    QCOMPARE(server.requests(), 39);
    QCOMPARE(server.connections(), 20);
}

void ProvidersTransportTest::answersThatNobodyAskedForAreDropped_data()
{
    QTest::addColumn<bool>("chunked");
    QTest::addColumn<bool>("later");
    QTest::newRow("in the same packet") << false << false;
    QTest::newRow("in the same packet as the last chunk") << true << false;
    QTest::newRow("while the connection idles") << false << true;
    QTest::newRow("while the connection idles, after chunks") << true << true;
}

void ProvidersTransportTest::answersThatNobodyAskedForAreDropped()
{
    // A second answer to the first request would be read as the answer to the next one, which may be another user's.
    QFETCH(bool, chunked);
    QFETCH(bool, later);
    ScriptedServer server([&](const SeenRequest& seen) {
        const std::string number = std::to_string(seen.number);
        const std::string own = chunked ? streamHead() + chunk(number) + lastChunk() : response("200 OK", "", number);
        const std::string stray = response("200 OK", "", "another's");
        if (seen.number > 1)
            return Script{send(own)};
        return later ? Script{send(own), pauseAt("later"), send(stray)} : Script{send(own + stray)};
    });
    Transport transport;
    QCOMPARE(fetch(transport, get(server.url()))->body, std::string("1"));
    server.open("later");
    // By way of another connection: when it is answered, the stray bytes have been sent.
    QCOMPARE(fetch(transport, get("http://localhost:" + std::to_string(server.port()) + "/"))->body, std::string("2"));
    for (const char* number : {"3", "4"}) {
        const auto r = fetch(transport, get(server.url()));
        QVERIFY2(r->result.ok, r->result.message.c_str());
        QCOMPARE(r->body, std::string(number));
    }
}

void ProvidersTransportTest::handlersCanStartAndCancelOthers()
{
    ScriptedServer server([](const SeenRequest& seen) {
        return seen.head.starts_with("GET /stall") ? Script{pauseAt("never")} : Script{send(kOk)};
    });
    const std::string base = "http://127.0.0.1:" + std::to_string(server.port());

    struct Meddler : Recorder
    {
        Transport* transport = nullptr;
        TransferId victim = 0;
        std::shared_ptr<Recorder> next = std::make_shared<Recorder>();
        std::string nextUrl;
        bool onData(std::string_view bytes) override
        {
            transport->cancel(victim); // from inside libcurl
            transport->start(get(nextUrl), next);
            return Recorder::onData(bytes);
        }
    };

    Transport transport;
    auto victim = std::make_shared<Recorder>();
    auto meddler = std::make_shared<Meddler>();
    meddler->transport = &transport;
    meddler->nextUrl = base + "/next";
    transport.post([&] { meddler->victim = transport.start(get(base + "/stall"), victim); });
    QVERIFY(server.waitForRequests(1));
    transport.post([&] { transport.start(get(base + "/first"), meddler); });
    meddler->done.get_future().wait();
    meddler->next->done.get_future().wait();
    QVERIFY(server.waitForHangUps(1));
    QVERIFY(meddler->result.ok && meddler->next->result.ok);
    std::promise<long> owners;
    transport.post([&] { owners.set_value(victim.use_count()); });
    QCOMPARE(owners.get_future().get(), 1L); // let go of, and never called
    QVERIFY(victim->result.errorKind.empty() && !victim->result.ok);
}

void ProvidersTransportTest::endingTheTransportEndsTransfersSilently()
{
    ScriptedServer server([](const SeenRequest&) { return Script{pauseAt("never")}; });
    auto handler = std::make_shared<Recorder>();
    {
        Transport transport;
        transport.post([&] {
            transport.start(get(server.url()), handler);
            transport.after(3'600'000, [handler] { handler->done.set_value(); });
        });
        QVERIFY(server.waitForRequests(1));
    }
    QCOMPARE(handler.use_count(), 1L);
    QVERIFY(handler->result.errorKind.empty());
    QVERIFY(server.waitForHangUps(1));
}

void ProvidersTransportTest::certificatesAreVerified()
{
    const QString openssl = QStandardPaths::findExecutable(QStringLiteral("openssl"));
    QVERIFY2(!openssl.isEmpty(), "the server with an untrusted certificate is the openssl program of packaging/packages.txt");
    QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key.pem"));
    const QString certificate = folder.filePath(QStringLiteral("cert.pem"));
    QCOMPARE(
        QProcess::execute(openssl, {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                                    QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                                    QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
                                    QStringLiteral("-subj"), QStringLiteral("/CN=127.0.0.1"),
                                    QStringLiteral("-keyout"), key, QStringLiteral("-out"), certificate}),
        0);
    QProcess server;
    server.setProcessChannelMode(QProcess::MergedChannels);
    server.start(openssl,
                 {QStringLiteral("s_server"), QStringLiteral("-accept"), QStringLiteral("127.0.0.1:0"),
                  QStringLiteral("-key"), key, QStringLiteral("-cert"), certificate, QStringLiteral("-www")});
    QByteArray output;
    static const QRegularExpression address(QStringLiteral("ACCEPT 127\\.0\\.0\\.1:(\\d+)"));
    QRegularExpressionMatch match;
    QTRY_VERIFY(
        (output += server.readAll(), match = address.match(QString::fromLatin1(output)), match.hasMatch()));
    Transport transport;
    const auto r = fetch(transport, get("https://127.0.0.1:" + match.captured(1).toStdString() + "/"));
    server.kill();
    server.waitForFinished();
    QVERIFY(!r->result.ok);
    QCOMPARE(r->result.errorKind, std::string(error_kind::tls));
    QCOMPARE(r->headerCalls, 0);
}

QTEST_GUILESS_MAIN(ProvidersTransportTest)
#include "tst_providers_transport.moc"
