// SPDX-License-Identifier: GPL-3.0-or-later
// A chat call over real sockets: what a user of the cascade would notice of a well-behaved, a slow and a
// broken server.
#include "base/clock.h"
#include "base/text.h"
#include "providers/chat.h"
#include "providers/errors.h"
#include "tests/support/chat_bench.h"
#include "tests/support/scripted_server.h"

#include <QtTest>

#include <atomic>
#include <future>
#include <thread>

using namespace signalbox;
using namespace signalbox::testing;

namespace {

std::string delta(const std::string& text)
{
    return R"({"choices":[{"index":0,"delta":{"content":")" + text + R"("}}]})";
}

const std::string kRole =
    R"({"choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]})";
const std::string kStop = R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})";
const std::string kUsage =
    R"({"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":30,"total_tokens":130,)"
    R"("prompt_tokens_details":{"cached_tokens":40},"completion_tokens_details":{"reasoning_tokens":10}}})";

std::string happyBody(const std::string& end = "\n")
{
    return sse(kRole, end) + sse(delta("Hello"), end) + sse(delta(", world"), end) + sse(kStop, end) +
           sse(kUsage, end) + sse("[DONE]", end);
}

Script happy()
{
    return {send(streamHead() + chunk(happyBody()) + lastChunk())};
}

Script failing(const std::string& status, const std::string& body, const std::string& headers = {})
{
    return {send(response(status, "Content-Type: application/json\r\n" + headers, body))};
}

std::string httpDate(std::int64_t wallMs)
{
    const time_t seconds = static_cast<time_t>(wallMs / 1000);
    tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text;
}

int refusingPort()
{
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(fd, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    close(fd);
    return ntohs(address.sin_port);
}

} // namespace

class ProvidersChatTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void streamsAnAnswer();
    void sendsWhatTheProtocolAsksFor();
    void readsCrLfCommentsAndUnknownFields();
    void joinsCharactersThatAreSplitBetweenPackets();
    void answersWithoutUsageAreUnknown();
    void acceptsAWholeAnswerInPlaceOfAStream();
    void statusDecidesAboutRetry_data();
    void statusDecidesAboutRetry();
    void statusDecidesEvenIfTheBodyIsCut();
    void retriesAfter503();
    void honoursRetryAfterSeconds();
    void honoursRetryAfterDate();
    void retryAfterBeyondTheDeadlineEndsAtOnce();
    void refusedPort();
    void stallEndsAtTheDeadline();
    void cutBeforeTextIsRetriedAfterTextIsNot();
    void streamWithoutDoneIsCut();
    void aFailureWithoutAWordAroundItIsOne();
    void theLastWordMayLackItsBlankLine();
    void usageIsBelievedOnlyAsFarAsItAddsUp();
    void aRunningCountIsNotTheLast();
    void aSecondAnswerIsNotTakenForTheFirst();
    void aKeyThatIsSaidBackIsNotKept();
    void resetConnectionIsCut();
    void doneCountsEvenIfTheConnectionStaysOpen();
    void nobodyWaitsForTheEndOfABody();
    void anAccountWithNothingLeftIsNotAskedAgain();
    void aWaitMayBeToldInTheBody();
    void aByteOrderMarkIsNoPartOfIt();
    void usageIsReadWhereServersTellIt_data();
    void usageIsReadWhereServersTellIt();
    void longStreamsAreFineAsLongAsTheySaySomething();
    void errorInsideTheStream_data();
    void errorInsideTheStream();
    void garbage_data();
    void garbage();
    void blankAnswersAreFailures_data();
    void blankAnswersAreFailures();
    void hugeAnswerIsRefused();
    void redirectIsNotFollowed();
    void missingKeyIsNeverRetried();
    void keyIsInNoMessage();
    void cancelKnowsWhetherTheRequestWentOut();
    void cancelMidStream();
    void cancelFromInsideACallback();
    void cancelWhileWaitingForARetry();
    void destroyingTheCallStopsIt();
    void sandboxSaysSo();
    void twoHundredStreamsOnOneThread();
    void keepsConnections();
};

void ProvidersChatTest::streamsAnAnswer()
{
    ScriptedServer server([](const SeenRequest&) { return happy(); });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.result.text, std::string("Hello, world"));
    QCOMPARE(o.streamed, o.result.text);
    QCOMPARE(o.result.finishReason, std::string("stop"));
    // prompt_tokens includes the cached ones, completion_tokens the reasoning: our classes are disjoint.
    QCOMPARE(o.result.usage, (TokenUsage{60, 40, 20, 10}));
    QVERIFY(o.result.ttftMs && *o.result.ttftMs <= o.result.latencyMs);
    QCOMPARE(o.result.attempts.size(), std::size_t{1});
    QCOMPARE(o.result.attempts[0].httpStatus, 200);
    QVERIFY(o.result.attempts[0].errorKind.empty());
    QVERIFY(!o.result.simulated);
    QVERIFY(o.failures.empty());
}

void ProvidersChatTest::sendsWhatTheProtocolAsksFor()
{
    ScriptedServer server([](const SeenRequest&) { return happy(); });
    Bench bench;
    ChatRequest request = requestTo(server.url());
    request.key.env = "SET";
    request.maxOutputTokens = 77;
    request.responseSchemaJson = R"({"type":"object"})";
    request.responseSchemaName = "a verdict";
    QVERIFY(bench.call(request).result.ok);
    const SeenRequest seen = server.seen().at(0);
    QVERIFY(seen.head.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"));
    QVERIFY(seen.head.find(std::string("Authorization: Bearer ") + kKey + "\r\n") != std::string::npos);
    QVERIFY(seen.head.find("Content-Type: application/json\r\n") != std::string::npos);
    QVERIFY(seen.head.find("Expect") == std::string::npos);
    QCOMPARE(seen.body,
             std::string(R"({"model":"test-model","messages":[{"role":"system","content":"Be brief."},)"
                         R"({"role":"user","content":"Say \"hello\"\n)"
                         "\xE2\x82\xAC"
                         R"("}],"stream":true,"stream_options":{"include_usage":true},"max_tokens":77,)"
                         R"("response_format":{"type":"json_schema","json_schema":{"name":"a_verdict",)"
                         R"("schema":{"type":"object"}}}})"));

    request = requestTo(server.url());
    request.stream = false;
    QVERIFY(bench.call(request).result.ok); // without a key there is no Authorization, not even an empty one
    const SeenRequest bare = server.seen().at(1);
    QVERIFY(bare.head.find("Authorization") == std::string::npos);
    QVERIFY(bare.body.find("stream") == std::string::npos);
    QVERIFY(bare.body.find("max_tokens") == std::string::npos);
}

void ProvidersChatTest::readsCrLfCommentsAndUnknownFields()
{
    ScriptedServer server([](const SeenRequest&) {
        const std::string body =
            "\xEF\xBB\xBF: keep-alive\r\n\r\nevent: x\r\nid: 7\r\nretry: 5\r\n" + happyBody("\r\n");
        Script script{send(streamHead())};
        for (const char c : body) // every byte its own HTTP chunk
            script.push_back(send(chunk(std::string(1, c))));
        script.push_back(send(lastChunk()));
        return script;
    });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.streamed, std::string("Hello, world"));
    QVERIFY(o.result.usage.known());
}

void ProvidersChatTest::joinsCharactersThatAreSplitBetweenPackets()
{
    const std::string text = "\xE2\x82\xAC \xF0\x9F\x9A\x82 \xC3\xA9";
    ScriptedServer server([&](const SeenRequest& seen) {
        const std::string body = sse(delta(text)) + sse(kStop) + sse("[DONE]");
        const std::size_t cut = body.find(text) + static_cast<std::size_t>(seen.number);
        const std::string gate = std::to_string(seen.number);
        return Script{send(streamHead() + chunk(body.substr(0, cut))), pauseAt(gate),
                      send(chunk(body.substr(cut)) + lastChunk())};
    });
    Bench bench;
    for (int at = 1; at < static_cast<int>(text.size()); ++at) {
        server.open(std::to_string(at));
        const Outcome o = bench.call(requestTo(server.url()));
        QVERIFY2(o.result.ok, o.result.message.c_str());
        QCOMPARE(o.streamed, text);
    }
}

void ProvidersChatTest::answersWithoutUsageAreUnknown()
{
    ScriptedServer server([](const SeenRequest&) {
        return Script{
            send(streamHead() + chunk(sse(delta("Hi")) + sse(kStop) + sse("[DONE]")) + lastChunk())};
    });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY(o.result.ok);
    QVERIFY(!o.result.usage.known());
    QVERIFY(!o.result.usage.input && !o.result.usage.output);
}

void ProvidersChatTest::acceptsAWholeAnswerInPlaceOfAStream()
{
    ScriptedServer server([](const SeenRequest&) {
        return Script{send(response(
            "200 OK", "Content-Type: text/plain\r\n",
            R"( {"id":"x","choices":[{"message":{"role":"assistant","content":"Whole \ud83d\ude82"},)"
            R"("finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":4}})"))};
    });
    Bench bench;
    for (const bool stream : {true, false}) {
        ChatRequest request = requestTo(server.url());
        request.stream = stream;
        const Outcome o = bench.call(request);
        QVERIFY2(o.result.ok, o.result.message.c_str());
        QCOMPARE(o.result.text, std::string("Whole \xF0\x9F\x9A\x82"));
        QCOMPARE(o.streamed, o.result.text);
        QCOMPARE(o.result.finishReason, std::string("length"));
        QCOMPARE(o.result.usage, (TokenUsage{3, std::nullopt, 4, std::nullopt}));
    }
}

void ProvidersChatTest::statusDecidesAboutRetry_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("tries");
    const auto row = [](const char* name, const char* status, const char* body, const char* kind, int tries) {
        QTest::newRow(name) << QString::fromLatin1(status) << QString::fromLatin1(body)
                            << QString::fromLatin1(kind) << tries;
    };
    row("400", "400 Bad Request", R"({"error":{"message":"what?","code":null}})", error_kind::badRequest, 1);
    row("401", "401 Unauthorized", R"({"error":{"message":"what?","code":"invalid_api_key"}})",
        error_kind::unauthorized, 1);
    row("403", "403 Forbidden", R"({"error":"what?"})", error_kind::unauthorized, 1);
    row("404", "404 Not Found", R"({"message":"what?"})", error_kind::notFound, 1);
    row("413", "413 Too Large", R"({"detail":"what?"})", error_kind::badRequest, 1);
    row("422", "422 Unprocessable", R"({"error":{"message":"what?","code":422}})", error_kind::badRequest, 1);
    row("408", "408 Timeout", R"({"error":{"message":"what?"}})", error_kind::unavailable, 3);
    row("429", "429 Too Many", R"({"error":{"message":"what?"}})", error_kind::rateLimited, 3);
    row("500", "500 Oops", R"({"error":{"message":"what?","code":500}})", error_kind::unavailable, 3);
    row("503", "503 Busy", R"({"error":{"message":"what?","code":null}})", error_kind::unavailable, 3);
}

void ProvidersChatTest::statusDecidesAboutRetry()
{
    QFETCH(QString, status);
    QFETCH(QString, body);
    QFETCH(QString, kind);
    QFETCH(int, tries);
    ScriptedServer server(
        [&](const SeenRequest&) { return failing(status.toStdString(), body.toStdString()); });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY(!o.result.ok);
    QCOMPARE(o.result.errorKind, kind.toStdString());
    QCOMPARE(o.result.message, "HTTP " + status.left(3).toStdString() + ": what?");
    QCOMPARE(server.requests(), tries);
    QCOMPARE(static_cast<int>(o.failures.size()), tries);
    for (int i = 0; i < tries; ++i) {
        QCOMPARE(o.failures[static_cast<std::size_t>(i)].first.number, i + 1);
        QCOMPARE(o.failures[static_cast<std::size_t>(i)].second < 0, i + 1 == tries);
    }
    QCOMPARE(static_cast<int>(o.result.attempts.size()), tries);
}

void ProvidersChatTest::statusDecidesEvenIfTheBodyIsCut()
{
    for (const bool busy : {false, true}) {
        ScriptedServer server([busy](const SeenRequest&) {
            const std::string status = busy ? "503 Busy" : "400 Bad Request";
            return Script{send("HTTP/1.1 " + status + "\r\nContent-Length: 500\r\n\r\n" +
                               R"({"error":{"message":"what)"),
                          hangUp()};
        });
        Bench bench;
        const Outcome o = bench.call(requestTo(server.url()));
        QCOMPARE(o.result.errorKind, std::string(busy ? error_kind::unavailable : error_kind::badRequest));
        QVERIFY2(o.result.message.starts_with(busy ? "HTTP 503" : "HTTP 400"), o.result.message.c_str());
        QCOMPARE(server.requests(), busy ? 3 : 1);
    }
}

void ProvidersChatTest::retriesAfter503()
{
    ScriptedServer server([](const SeenRequest& seen) {
        return seen.number == 1 ? failing("503 Busy", "<html>busy</html>") : happy();
    });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.result.attempts.size(), std::size_t{2});
    QCOMPARE(o.result.attempts[0].httpStatus, 503);
    QCOMPARE(o.result.attempts[0].message, std::string("HTTP 503 without a reason."));
    QVERIFY(o.failures.at(0).second >= 0 &&
            o.failures.at(0).second <= 250); // full jitter below the first ceiling
    QVERIFY(o.result.attempts[1].startMs >= o.result.attempts[0].totalMs);
    QVERIFY(server.seen()[0].body == server.seen()[1].body);
}

void ProvidersChatTest::honoursRetryAfterSeconds()
{
    ScriptedServer server([](const SeenRequest& seen) {
        return seen.number == 1 ? failing("429 Slow", "{}", "Retry-After: 1\r\n") : happy();
    });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY(o.result.ok);
    QCOMPARE(o.failures.at(0).second, 1000.0);
    QVERIFY(o.result.attempts[1].startMs >= 1000.0);
}

void ProvidersChatTest::honoursRetryAfterDate()
{
    ScriptedServer server([](const SeenRequest& seen) {
        return seen.number == 1
                   ? failing("429 Slow", "{}", "Retry-After: " + httpDate(wallClockMs() + 2000) + "\r\n")
                   : happy();
    });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY(o.result.ok);
    QVERIFY2(o.failures.at(0).second > 500 && o.failures.at(0).second <= 2000,
             "a date two seconds from now, cut to whole seconds");
}

void ProvidersChatTest::retryAfterBeyondTheDeadlineEndsAtOnce()
{
    ScriptedServer server(
        [](const SeenRequest&) { return failing("429 Slow", "{}", "Retry-After: 3600\r\n"); });
    Bench bench;
    for (const double deadlineMs : {20'000.0, 0.0}) {
        ChatRequest request = requestTo(server.url());
        request.deadlineMs = deadlineMs;
        const Outcome o = bench.call(request);
        QCOMPARE(o.result.errorKind, std::string(error_kind::rateLimited));
        QVERIFY(o.failures.at(0).second < 0);
        QCOMPARE(o.result.attempts.size(), std::size_t{1});
    }
}

void ProvidersChatTest::refusedPort()
{
    Bench bench;
    const std::string url = "http://127.0.0.1:" + std::to_string(refusingPort()) + "/v1";
    const Outcome o = bench.call(requestTo(url));
    QCOMPARE(o.result.errorKind, std::string(error_kind::refused));
    QCOMPARE(o.result.attempts.size(), std::size_t{3});
    QVERIFY(o.result.message.find("127.0.0.1") != std::string::npos);
    for (const ChatAttempt& attempt : o.result.attempts)
        QVERIFY(!attempt.requestSent);
}

void ProvidersChatTest::stallEndsAtTheDeadline()
{
    // Before the headers, before the first token, and in the middle of the text.
    const std::vector<std::string> openings{"", streamHead(), streamHead() + chunk(sse(delta("Hel")))};
    for (const std::string& opening : openings) {
        ScriptedServer server([&](const SeenRequest&) { return Script{send(opening), pauseAt("never")}; });
        Bench bench;
        ChatRequest request = requestTo(server.url());
        request.deadlineMs = 150;
        const Outcome o = bench.call(request);
        QCOMPARE(o.result.errorKind, std::string(error_kind::deadline));
        QCOMPARE(o.result.text, std::string(opening.ends_with("\n\n\r\n") ? "Hel" : ""));
        QVERIFY(o.result.latencyMs >= 150);
        QCOMPARE(o.result.attempts.size(), std::size_t{1});
        QCOMPARE(o.result.attempts[0].errorKind, std::string(error_kind::deadline));
        QVERIFY(o.result.attempts[0].connectMs > 0); // also of a try that was ended
        QVERIFY(o.result.attempts[0].connectMs + o.result.attempts[0].queueMs <= o.result.attempts[0].totalMs);
        QVERIFY(server.waitForHangUps(1));
        QCOMPARE(o.result.attempts[0].requestSent, server.requests() == 1);
        QCOMPARE(server.requests(), 1);
    }
}

void ProvidersChatTest::cutBeforeTextIsRetriedAfterTextIsNot()
{
    ScriptedServer server([](const SeenRequest& seen) {
        if (seen.number == 1)
            return Script{send(streamHead() + chunk(sse(kRole))), hangUp()};
        return Script{send(streamHead() + chunk(sse(kRole) + sse(delta("Half an ans")))), hangUp()};
    });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QCOMPARE(o.result.errorKind, std::string(error_kind::cut));
    QCOMPARE(o.result.text, std::string("Half an ans"));
    QCOMPARE(o.streamed, o.result.text);
    QCOMPARE(server.requests(), 2);
    QVERIFY(o.failures.at(0).second >= 0);
    QVERIFY(o.failures.at(1).second < 0);
    for (const auto& [attempt, retryInMs] : o.failures)
        QVERIFY(attempt.connectMs > 0); // a connection of its own each time
}

void ProvidersChatTest::streamWithoutDoneIsCut()
{
    // Finish reason and usage are there, the connection ends tidily, and still the end was not said.
    ScriptedServer server([](const SeenRequest&) {
        return Script{send(streamHead() + chunk(sse(delta("Hi")) + sse(kStop) + sse(kUsage)) + lastChunk())};
    });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY(!o.result.ok);
    QCOMPARE(o.result.errorKind, std::string(error_kind::cut));
    QVERIFY(o.result.attempts.at(0).usage.known()); // it was charged for all the same
}

void ProvidersChatTest::aFailureWithoutAWordAroundItIsOne()
{
    // llama.cpp before September 2025: in the midst of a stream, and then the end as if nothing had been.
    const std::string error = R"(error: {"code":500,"message":"the slot is gone","type":"server_error"})" "\n\n";
    for (const std::string& before : {sse(delta("The policy says")), std::string()}) {
        ScriptedServer server([&](const SeenRequest&) {
            return Script{send(streamHead() + chunk(before + error + "data: [DONE]\n\n") + lastChunk())};
        });
        Bench bench;
        ChatRequest request = requestTo(server.url());
        request.maxAttempts = 1;
        const Outcome o = bench.call(request);
        QVERIFY(!o.result.ok);
        QCOMPARE(o.result.errorKind, std::string(error_kind::unavailable));
        QVERIFY2(o.result.message.find("the slot is gone") != std::string::npos, o.result.message.c_str());
    }
}

void ProvidersChatTest::theLastWordMayLackItsBlankLine()
{
    for (const char* end : {"data: [DONE]\n", "data: [DONE]"}) {
        ScriptedServer server([&](const SeenRequest&) {
            return Script{send(streamHead() + chunk(sse(delta("Hi")) + sse(kStop) + sse(kUsage) + end) + lastChunk())};
        });
        Bench bench;
        const Outcome o = bench.call(requestTo(server.url()));
        QVERIFY2(o.result.ok, o.result.message.c_str());
        QVERIFY(o.result.usage.known());
    }
    ScriptedServer half([&](const SeenRequest&) { // what is left over is no end
        return Script{send(streamHead() + chunk(sse(delta("Hi")) + sse(kStop) + "data: {\"usage\"") + lastChunk())};
    });
    Bench bench;
    QCOMPARE(bench.call(requestTo(half.url())).result.errorKind, std::string(error_kind::cut));
}

void ProvidersChatTest::usageIsBelievedOnlyAsFarAsItAddsUp()
{
    const auto usage = [](const std::string& counts) {
        ScriptedServer server([&](const SeenRequest&) {
            return Script{send(streamHead() + chunk(sse(delta("Hi there")) + sse(kStop) +
                                                    sse(R"({"choices":[],"usage":{)" + counts + "}}") + "data: [DONE]\n\n") +
                               lastChunk())};
        });
        Bench bench;
        return bench.call(requestTo(server.url())).result.usage;
    };
    // Reasoning beside the completion: xAI. Within it: OpenAI.
    QCOMPARE(usage(R"("prompt_tokens":32,"completion_tokens":9,"total_tokens":135,"completion_tokens_details":{"reasoning_tokens":94})"),
             (TokenUsage{32, std::nullopt, 9, 94}));
    QCOMPARE(usage(R"("prompt_tokens":32,"completion_tokens":103,"total_tokens":135,"completion_tokens_details":{"reasoning_tokens":94})"),
             (TokenUsage{32, std::nullopt, 9, 94}));
    QVERIFY(!usage(R"("prompt_tokens":20,"completion_tokens":8,"total_tokens":528)").known()); // of what the rest was
    QVERIFY(!usage(R"("prompt_tokens":0,"completion_tokens":0,"total_tokens":0)").known());
    QCOMPARE(usage(R"("prompt_tokens":20,"completion_tokens":8,"total_tokens":28)"), (TokenUsage{20, std::nullopt, 8, std::nullopt}));
    // What was written to the cache is part of the prompt, in OpenRouter's words and in LiteLLM's.
    for (const char* told : {R"("prompt_tokens_details":{"cached_tokens":40,"cache_write_tokens":10})",
                             R"("prompt_tokens_details":{"cached_tokens":40,"cache_creation_tokens":10})",
                             R"("cache_creation_input_tokens":10,"prompt_tokens_details":{"cached_tokens":40})"})
        QCOMPARE(usage(R"("prompt_tokens":100,"completion_tokens":8,"total_tokens":108,)" + std::string(told)),
                 (TokenUsage{50, 40, 8, std::nullopt, 10}));
}

void ProvidersChatTest::aRunningCountIsNotTheLast()
{
    // vLLM, when asked for it, counts in every chunk.
    const std::string counted = R"({"id":"x","choices":[{"index":0,"delta":{"content":"word "}}],)"
                                R"("usage":{"prompt_tokens":12,"completion_tokens":1,"total_tokens":13}})";
    ScriptedServer server([&](const SeenRequest&) { return Script{send(streamHead() + chunk(sse(counted))), hangUp()}; });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QCOMPARE(o.result.errorKind, std::string(error_kind::cut));
    QCOMPARE(o.result.attempts.back().usage, (TokenUsage{12, std::nullopt, std::nullopt, std::nullopt}));
}

void ProvidersChatTest::aSecondAnswerIsNotTakenForTheFirst()
{
    const auto created = [](const char* id) {
        return sse(std::string(R"({"type":"response.created","response":{"id":")") + id + R"("}})");
    };
    const std::string text = R"({"type":"response.output_text.delta","output_index":0,"delta":"Paris."})";
    ScriptedServer server([&](const SeenRequest&) {
        return Script{send(streamHead() + chunk(created("a") + sse(text) + created("b") + sse(text)) + lastChunk())};
    });
    Bench bench;
    ChatRequest request = requestTo(server.url());
    request.protocol = Protocol::OpenAiResponses;
    const Outcome o = bench.call(request);
    QVERIFY(!o.result.ok);
    QCOMPARE(o.result.errorKind, std::string(error_kind::garbage));
    QCOMPARE(o.result.text, std::string("Paris."));
}

void ProvidersChatTest::aKeyThatIsSaidBackIsNotKept()
{
    ScriptedServer server([&](const SeenRequest&) {
        return Script{send(streamHead() + chunk(sse(delta(std::string("You sent ") + kKey + ".")) + sse(kStop) + sse(kUsage) +
                                                "data: [DONE]\n\n") + lastChunk())};
    });
    Bench bench;
    ChatRequest request = requestTo(server.url());
    request.key.env = "SET";
    const Outcome o = bench.call(request);
    QVERIFY(o.result.ok);
    QCOMPARE(o.result.text, std::string("You sent ***."));
}

void ProvidersChatTest::resetConnectionIsCut()
{
    ScriptedServer server([](const SeenRequest&) { return Script{resetConnection()}; });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QCOMPARE(o.result.errorKind, std::string(error_kind::cut));
    QCOMPARE(o.result.attempts.size(), std::size_t{3});
    for (const ChatAttempt& attempt : o.result.attempts)
        QVERIFY(attempt.requestSent && attempt.httpStatus == 0);
}

void ProvidersChatTest::doneCountsEvenIfTheConnectionStaysOpen()
{
    ScriptedServer server(
        [](const SeenRequest&) { return Script{send(streamHead() + chunk(happyBody())), pauseAt("never")}; });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.result.text, std::string("Hello, world"));
}

void ProvidersChatTest::nobodyWaitsForTheEndOfABody()
{
    ScriptedServer server([](const SeenRequest& seen) {
        return seen.number == 1 ? Script{send(streamHead() + chunk(happyBody())), pauseAt("answered"), send(lastChunk())} : happy();
    });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url())); // ends although the body has not
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QVERIFY(o.result.attempts.at(0).requestSent);
    server.open("answered");
    // What came late is nobody's answer, and its connection is good for the next one.
    QTest::qWait(50);
    const Outcome next = bench.call(requestTo(server.url()));
    QVERIFY(next.result.ok);
    QCOMPARE(next.result.text, std::string("Hello, world"));
    QCOMPARE(server.seen().at(1).connection, 1);
}

void ProvidersChatTest::anAccountWithNothingLeftIsNotAskedAgain()
{
    const std::string body = R"({"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}})";
    for (const bool inStream : {false, true}) {
        ScriptedServer server([&](const SeenRequest&) {
            return inStream ? Script{send(streamHead() + chunk(sse(body)) + lastChunk())} : failing("429 Too Many", body);
        });
        Bench bench;
        const Outcome o = bench.call(requestTo(server.url()));
        QCOMPARE(o.result.errorKind, std::string(error_kind::unauthorized));
        QVERIFY(o.result.message.find("You exceeded your current quota") != std::string::npos);
        QCOMPARE(server.requests(), 1);
    }
}

void ProvidersChatTest::aWaitMayBeToldInTheBody()
{
    const std::string body = R"([{"error":{"code":429,"message":"Slow","status":"RESOURCE_EXHAUSTED","details":[)"
                             R"({"@type":"type.googleapis.com/google.rpc.Help"},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"0.7s"}]}}])";
    ScriptedServer server([&](const SeenRequest& seen) { return seen.number == 1 ? failing("429 Slow", body) : happy(); });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY(o.result.ok);
    QCOMPARE(o.failures.at(0).second, 700.0);
    QCOMPARE(o.failures.at(0).first.retryAfterMs, std::optional(700.0));
}

void ProvidersChatTest::aByteOrderMarkIsNoPartOfIt()
{
    const std::string mark = "\xEF\xBB\xBF";
    const std::string whole = R"({"choices":[{"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]})";
    ScriptedServer server([&](const SeenRequest& seen) {
        return seen.number == 1 ? Script{send(response("200 OK", "Content-Type: application/json\r\n", mark + whole))}
                                : Script{send(streamHead() + chunk(mark + happyBody()) + lastChunk())};
    });
    Bench bench;
    for (const char* text : {"Hello", "Hello, world"}) {
        const Outcome o = bench.call(requestTo(server.url()));
        QVERIFY2(o.result.ok, o.result.message.c_str());
        QCOMPARE(o.result.text, std::string(text));
    }
}

void ProvidersChatTest::usageIsReadWhereServersTellIt_data()
{
    QTest::addColumn<QByteArray>("last");
    const QByteArray counts = R"("usage":{"prompt_tokens":9,"completion_tokens":4,"total_tokens":13})";
    QTest::newRow("in the choice, as Moonshot does") << R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop",)" + counts + "}]}";
    QTest::newRow("in a member of its own, as Groq does") << R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"x_groq":{"id":"r",)" + counts + "}}";
    QTest::newRow("before an empty one") << R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],)" + counts + "}\n\ndata: {\"choices\":[],\"usage\":{}}";
}

void ProvidersChatTest::usageIsReadWhereServersTellIt()
{
    QFETCH(QByteArray, last);
    ScriptedServer server([&](const SeenRequest&) {
        return Script{send(streamHead() + chunk(sse(delta("Hi")) + sse(last.toStdString()) + sse("[DONE]")) + lastChunk())};
    });
    Bench bench;
    QCOMPARE(bench.call(requestTo(server.url())).result.usage, (TokenUsage{9, std::nullopt, 4, std::nullopt}));
}

/// A hundred thousand tokens with log-probabilities are more bytes than any answer that is no stream may have.
void ProvidersChatTest::longStreamsAreFineAsLongAsTheySaySomething()
{
    const std::string piece = sse(R"({"choices":[{"index":0,"delta":{"content":" word"},"logprobs":{"content":[{"token":" word","logprob":-0.1,"bytes":)"
                                  R"([32,119,111,114,100],"top_logprobs":[]}]}}],"padding":")" + std::string(150, 'x') + "\"}");
    std::string block;
    while (block.size() < (1u << 20))
        block += piece;
    const std::size_t words = block.size() / piece.size();
    ScriptedServer server([&](const SeenRequest&) {
        Script script{send(streamHead() + chunk(sse(kRole)))};
        for (int i = 0; i < 20; ++i)
            script.push_back(send(chunk(block)));
        script.push_back(send(chunk(sse(kStop) + sse("[DONE]")) + lastChunk()));
        return script;
    });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.result.text.size(), 20 * words * 5);
}

void ProvidersChatTest::errorInsideTheStream_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("kind");
    const auto row = [](const char* name, const char* json, const char* kind) {
        QTest::newRow(name) << QString::fromLatin1(json) << QString::fromLatin1(kind);
    };
    row("number", R"({"error":{"message":"boom","code":400}})", error_kind::badRequest);
    row("number 500", R"({"error":{"code":503,"message":"boom"}})", error_kind::unavailable);
    row("string", R"({"error":{"message":"boom","code":"rate_limit_exceeded"}})", error_kind::rateLimited);
    row("null", R"({"error":{"message":"boom","type":"server_error","param":null,"code":null}})",
        error_kind::unavailable);
    row("type", R"({"error":{"message":"boom","type":"invalid_request_error","code":null}})",
        error_kind::badRequest);
    row("text", R"({"error":"boom"})", error_kind::unavailable);
}

void ProvidersChatTest::errorInsideTheStream()
{
    QFETCH(QString, json);
    QFETCH(QString, kind);
    ScriptedServer server([&](const SeenRequest&) {
        return Script{
            send(streamHead() +
                 chunk(sse(delta("Some")) + sse(json.toStdString()) + sse(delta("more")) + sse("[DONE]")) +
                 lastChunk())};
    });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY(!o.result.ok);
    QCOMPARE(o.result.errorKind, kind.toStdString());
    QCOMPARE(o.result.message, std::string("The server reported: boom"));
    QCOMPARE(o.result.text, std::string("Some"));
    QCOMPARE(server.requests(), 1);
}

void ProvidersChatTest::garbage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const std::string& bytes) {
        QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
    };
    row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n");
    row("HTML", response("200 OK", "Content-Type: text/html\r\n", "<html><body>It works!</body></html>"));
    row("cut JSON",
        response("200 OK", "Content-Type: application/json\r\n", R"({"choices":[{"message":{"con)"));
    row("other JSON", response("200 OK", "Content-Type: application/json\r\n", R"({"answer":42})"));
    row("array", response("200 OK", "Content-Type: application/json\r\n", R"([1,2,3])"));
    row("broken event",
        response("200 OK", "Content-Type: text/event-stream\r\n", "data: {\"choices\":[}\n\n"));
    row("empty", response("200 OK", "Content-Type: application/json\r\n", ""));
    row("bad chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n");
    row("deep", response("200 OK", "Content-Type: application/json\r\n",
                         R"({"choices":)" + std::string(100'000, '[')));
}

void ProvidersChatTest::garbage()
{
    QFETCH(QByteArray, bytes);
    ScriptedServer server([&](const SeenRequest&) { return Script{send(bytes.toStdString()), hangUp()}; });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY(!o.result.ok);
    QCOMPARE(o.result.errorKind, std::string(error_kind::garbage));
    QVERIFY(!o.result.message.empty());
    QCOMPARE(server.requests(), 1);
}

void ProvidersChatTest::blankAnswersAreFailures_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("kind");
    const auto row = [](const char* name, const std::string& bytes, const char* kind) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(kind);
    };
    const auto stream = [](const std::string& events) {
        return streamHead() + chunk(events + sse("[DONE]")) + lastChunk();
    };
    const auto whole = [](const std::string& finish) {
        return response("200 OK", "Content-Type: application/json\r\n",
                        R"({"choices":[{"message":{"role":"assistant","content":" \n"},"finish_reason":)" +
                            finish + "}]}");
    };
    row("only the end", stream(""), error_kind::garbage);
    row("only a role", stream(sse(kRole)), error_kind::garbage);
    row("white space", stream(sse(delta(" \\n"))), error_kind::garbage);
    row("finished without a word", stream(sse(kRole) + sse(kStop) + sse(kUsage)), error_kind::emptyAnswer);
    row("finished white space", stream(sse(delta(" \\n\\t")) + sse(kStop)), error_kind::emptyAnswer);
    row("whole, finished", whole("\"length\""), error_kind::emptyAnswer);
    row("whole, not finished", whole("null"), error_kind::garbage);
}

void ProvidersChatTest::blankAnswersAreFailures()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, kind);
    ScriptedServer server([&](const SeenRequest&) { return Script{send(bytes.toStdString())}; });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY(!o.result.ok);
    QCOMPARE(o.result.errorKind, kind.toStdString());
    QVERIFY(!o.result.message.empty());
    QCOMPARE(server.requests(), 1); // asking again would be paid for again
    QCOMPARE(o.result.attempts.at(0).httpStatus, 200);
}

void ProvidersChatTest::hugeAnswerIsRefused()
{
    for (const bool oneEvent : {true, false}) {
        ScriptedServer server([&](const SeenRequest&) {
            const std::string piece =
                oneEvent ? std::string(1 << 16, 'x') : sse(delta(std::string(1 << 16, 'x')));
            return Script{send(streamHead() + (oneEvent ? chunk("data: ") : "")), flood(chunk(piece))};
        });
        Bench bench;
        const Outcome o = bench.call(requestTo(server.url()));
        QCOMPARE(o.result.errorKind, std::string(error_kind::tooLarge));
        QVERIFY(o.result.text.size() <= (16u << 20));
        QVERIFY(server.waitForHangUps(1));
    }
}

void ProvidersChatTest::redirectIsNotFollowed()
{
    ScriptedServer elsewhere([](const SeenRequest&) { return happy(); });
    // To another host with the key, to the same host, to a file, and out of or into TLS.
    const std::vector<std::string> targets{elsewhere.url() + "/chat/completions", "/v1/elsewhere",
                                           "file:///etc/passwd", "https://127.0.0.1:1/v1/chat/completions",
                                           "//127.0.0.1:" + std::to_string(elsewhere.port()) + "/v1"};
    const std::vector<std::string> statuses{"301 Moved", "302 Found", "303 Other", "307 Temporary",
                                            "308 Moved"};
    ScriptedServer server([&](const SeenRequest& seen) {
        const auto at = static_cast<std::size_t>(seen.number - 1);
        return failing(statuses[at], "", "Location: " + targets[at] + "\r\n");
    });
    Bench bench;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        ChatRequest request = requestTo(server.url());
        request.key.env = "SET";
        const Outcome o = bench.call(request);
        QCOMPARE(o.result.errorKind, std::string(error_kind::garbage));
        QVERIFY(o.result.message.find("redirects are not followed") != std::string::npos);
        QVERIFY(o.result.text.empty());
    }
    QCOMPARE(server.requests(), 5);
    QCOMPARE(elsewhere.connections(), 0);
}

void ProvidersChatTest::missingKeyIsNeverRetried()
{
    ScriptedServer server([](const SeenRequest&) { return happy(); });
    Bench bench;
    for (const char* name : {"UNSET", "BROKEN"}) {
        ChatRequest request = requestTo(server.url());
        request.key.env = name;
        const Outcome o = bench.call(request);
        QCOMPARE(o.result.errorKind, std::string(error_kind::noKey));
        QVERIFY(o.result.attempts.empty());
        QVERIFY(o.result.message.find("Injected") == std::string::npos);
    }
    QCOMPARE(bench.secrets.asked.load(), 2);
    QCOMPARE(server.connections(), 0);
}

void ProvidersChatTest::keyIsInNoMessage()
{
    // Servers echo what they were sent: in words, escaped, and so that a cut at 300 characters would halve
    // it.
    std::string escaped;
    for (const char* c = kKey; *c; ++c) {
        char code[16];
        std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(*c));
        escaped += code;
    }
    const std::vector<std::string> texts{std::string("Incorrect key ") + kKey + ", and again " + kKey,
                                         "Wrong: " + escaped, std::string(285, 'x') + kKey,
                                         std::string(400, '\xE9')};
    ScriptedServer server([&](const SeenRequest& seen) {
        const std::string json = R"({"error":{"message":")" +
                                 texts[static_cast<std::size_t>(seen.number - 1) / 2] +
                                 R"(","code":"invalid_api_key"}})";
        return seen.number % 2 == 1 ? failing("401 No", json)
                                    : Script{send(streamHead() + chunk(sse(json)) + lastChunk())};
    });
    Bench bench;
    for (std::size_t i = 0; i < 2 * texts.size(); ++i) {
        ChatRequest request = requestTo(server.url());
        request.key.env = "SET";
        const Outcome o = bench.call(request);
        QCOMPARE(o.result.errorKind, std::string(error_kind::unauthorized));
        QVERIFY(isValidUtf8(o.result.message));
        QVERIFY(codePoints(o.result.message) <= 300);
        for (const std::string& text :
             {o.result.message, o.failures.at(0).first.message, o.result.attempts.at(0).message})
            QVERIFY2(text.find("sk-signalbox") == std::string::npos, text.c_str());
    }
}

void ProvidersChatTest::cancelKnowsWhetherTheRequestWentOut()
{
    ScriptedServer server([](const SeenRequest&) { return Script{pauseAt("never")}; });
    Bench bench;
    std::shared_ptr<ChatCall> call;
    ChatResult result;
    bench.onNetwork([&] { // at once: nothing of it has left
        call = ChatCall::start(bench.transport, bench.secrets, requestTo(server.url()), {});
        result = call->cancel();
    });
    QCOMPARE(result.attempts.size(), std::size_t{1});
    QVERIFY(!result.attempts[0].requestSent);

    for (int round = 1; round <= 3; ++round) { // before a single byte has come back
        bench.onNetwork(
            [&] { call = ChatCall::start(bench.transport, bench.secrets, requestTo(server.url()), {}); });
        QVERIFY(server.waitForRequests(round));
        bench.onNetwork([&] { result = call->cancel(); });
        QCOMPARE(result.attempts.size(), std::size_t{1});
        QCOMPARE(result.attempts[0].httpStatus, 0);
        QVERIFY(result.attempts[0].requestSent);
    }
}

void ProvidersChatTest::cancelMidStream()
{
    ScriptedServer server([](const SeenRequest&) {
        return Script{send(streamHead() + chunk(sse(delta("Hel")))), pauseAt("never")};
    });
    Bench bench;
    std::shared_ptr<ChatCall> call;
    std::promise<void> first;
    bool done = false;
    bench.onNetwork([&] {
        ChatCallbacks callbacks;
        callbacks.onText = [&](std::string_view) { first.set_value(); };
        callbacks.onDone = [&](ChatResult) { done = true; };
        call = ChatCall::start(bench.transport, bench.secrets, requestTo(server.url()), std::move(callbacks));
    });
    first.get_future().wait();
    ChatResult result;
    ChatResult again;
    bench.onNetwork([&] {
        result = call->cancel();
        again = call->cancel();
        call.reset();
    });
    QCOMPARE(result.errorKind, std::string(error_kind::cancelled));
    QCOMPARE(result.text, std::string("Hel"));
    QCOMPARE(result.attempts.size(), std::size_t{1});
    QCOMPARE(result.attempts[0].errorKind, std::string(error_kind::cancelled));
    QVERIFY(result.ttftMs);
    QVERIFY(again.attempts.empty());
    QVERIFY(server.waitForHangUps(1));
    bench.onNetwork([&] { QVERIFY(!done); });
}

void ProvidersChatTest::cancelFromInsideACallback()
{
    ScriptedServer server([](const SeenRequest& seen) {
        return seen.body.find("fail") != std::string::npos ? failing("503 Busy", "{}") : happy();
    });
    Bench bench;
    enum class Where { Text, Failure };
    for (const Where where : {Where::Text, Where::Failure}) {
        for (const bool destroy : {false, true}) {
            // The callbacks own the call, as a careless caller's would: nothing may leak or be used after its
            // end.
            auto call = std::make_shared<std::shared_ptr<ChatCall>>();
            std::promise<void> stopped;
            bool done = false;
            const auto stop = [call, destroy, &stopped] {
                if (destroy)
                    call->reset();
                else
                    (*call)->cancel();
                stopped.set_value();
            };
            bench.onNetwork([&] {
                ChatCallbacks callbacks;
                if (where == Where::Text)
                    callbacks.onText = [stop](std::string_view) { stop(); };
                else
                    callbacks.onAttemptFailed = [stop](const ChatAttempt&, double) { stop(); };
                callbacks.onDone = [&](ChatResult) { done = true; };
                ChatRequest request = requestTo(server.url());
                if (where == Where::Failure)
                    request.messages[1].content = "fail";
                *call =
                    ChatCall::start(bench.transport, bench.secrets, std::move(request), std::move(callbacks));
            });
            stopped.get_future().wait();
            QVERIFY(bench.call(requestTo(server.url())).result.ok); // the thread lives on
            bench.onNetwork([&] {
                QVERIFY(!done);
                call->reset();
            });
        }
    }
}

void ProvidersChatTest::cancelWhileWaitingForARetry()
{
    ScriptedServer server(
        [](const SeenRequest&) { return failing("429 Slow", "{}", "Retry-After: 20\r\n"); });
    Bench bench;
    std::shared_ptr<ChatCall> call;
    std::promise<void> waiting;
    bool done = false;
    bench.onNetwork([&] {
        ChatCallbacks callbacks;
        callbacks.onAttemptFailed = [&](const ChatAttempt&, double retryInMs) {
            if (retryInMs >= 20'000)
                waiting.set_value();
        };
        callbacks.onDone = [&](ChatResult) { done = true; };
        call = ChatCall::start(bench.transport, bench.secrets, requestTo(server.url()), std::move(callbacks));
    });
    waiting.get_future().wait();
    ChatResult result;
    bench.onNetwork([&] { result = call->cancel(); });
    QCOMPARE(result.attempts.size(), std::size_t{1});
    QCOMPARE(result.attempts[0].errorKind, std::string(error_kind::rateLimited));
    QCOMPARE(server.requests(), 1);
    bench.onNetwork([&] {
        QVERIFY(!done);
        call.reset();
    });
}

void ProvidersChatTest::destroyingTheCallStopsIt()
{
    ScriptedServer server([](const SeenRequest&) { return Script{pauseAt("never")}; });
    Bench bench;
    std::shared_ptr<ChatCall> call;
    bool done = false;
    bench.onNetwork([&] {
        ChatCallbacks callbacks;
        callbacks.onDone = [&](ChatResult) { done = true; };
        call = ChatCall::start(bench.transport, bench.secrets, requestTo(server.url()), std::move(callbacks));
    });
    QVERIFY(server.waitForRequests(1));
    bench.onNetwork([&] { call.reset(); });
    QVERIFY(server.waitForHangUps(1));
    bench.onNetwork([&] { QVERIFY(!done); });
}

void ProvidersChatTest::sandboxSaysSo()
{
    ScriptedServer server([](const SeenRequest&) {
        return Script{send(streamHead("X-Signalbox-Sandbox: 1\r\n") + chunk(happyBody()) + lastChunk())};
    });
    Bench bench;
    const Outcome o = bench.call(requestTo(server.url()));
    QVERIFY(o.result.simulated);
    QVERIFY(o.result.attempts.at(0).simulated);
}

void ProvidersChatTest::twoHundredStreamsOnOneThread()
{
    constexpr int count = 200;
    ScriptedServer server([](const SeenRequest& seen) {
        const std::string number = std::to_string(seen.connection);
        return Script{send(streamHead() + chunk(sse(kRole) + sse(delta("a")))), pauseAt("all are here"),
                      send(chunk(sse(delta("b")) + sse(kStop) + sse("[DONE]")) + lastChunk())};
    });
    Bench bench;
    std::vector<std::shared_ptr<ChatCall>> calls;
    std::promise<void> all;
    int good = 0;
    int ended = 0;
    std::set<std::thread::id> threads;
    bench.onNetwork([&] {
        for (int i = 0; i < count; ++i) {
            ChatCallbacks callbacks;
            callbacks.onText = [&](std::string_view) { threads.insert(std::this_thread::get_id()); };
            callbacks.onDone = [&](ChatResult result) {
                good += result.ok && result.text == "ab";
                if (++ended == count)
                    all.set_value();
            };
            calls.push_back(ChatCall::start(bench.transport, bench.secrets, requestTo(server.url()),
                                            std::move(callbacks)));
        }
    });
    QVERIFY(server.waitForRequests(count)); // all of them are open at once
    QCOMPARE(server.connections(), count);
    server.open("all are here");
    all.get_future().wait();
    bench.onNetwork([&] { calls.clear(); });
    QCOMPARE(good, count);
    QCOMPARE(threads.size(), std::size_t{1});
}

void ProvidersChatTest::keepsConnections()
{
    ScriptedServer server([](const SeenRequest&) { return happy(); });
    Bench bench;
    for (int i = 0; i < 20; ++i) {
        const Outcome o = bench.call(requestTo(server.url()));
        QVERIFY(o.result.ok);
        QCOMPARE(o.result.attempts[0].connectMs > 0, i == 0);
    }
    QCOMPARE(server.connections(), 1);
}

QTEST_GUILESS_MAIN(ProvidersChatTest)
#include "tst_providers_chat.moc"
