// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of talking to models that need no socket: events, JSON chunks, error kinds, prices, keys, timers.
#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "providers/errors.h"
#include "providers/json_reader.h"
#include "providers/openai_chat.h"
#include "providers/pricing.h"
#include "providers/secrets.h"
#include "providers/sse.h"
#include "providers/timer_queue.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace signalbox;

namespace {

std::vector<std::string> eventsOf(const std::vector<std::string_view>& parts, bool* within = nullptr,
                                  std::size_t bound = 1u << 20)
{
    SseParser parser(bound);
    std::vector<std::string> events;
    bool ok = true;
    for (const std::string_view part : parts)
        ok = ok && parser.feed(part, [&](std::string_view data) { events.emplace_back(data); });
    if (within)
        *within = ok;
    return events;
}

/// Splits at random places, empty parts included.
std::vector<std::string_view> randomParts(std::string_view text, Random& random)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t n = std::min<std::size_t>(random.below(random.below(3) == 0 ? 40 : 4), text.size());
        parts.push_back(text.substr(0, n));
        text.remove_prefix(n);
    }
    return parts;
}

/// Rebuilds a document from what the reader says.
nlohmann::json rebuild(JsonReader& json)
{
    switch (json.peek()) {
    case '{': {
        nlohmann::json object = nlohmann::json::object();
        std::string_view key;
        json.enterObject();
        while (json.nextKey(key)) {
            const std::string name(key);
            object[name] = rebuild(json);
        }
        return object;
    }
    case '[': {
        nlohmann::json array = nlohmann::json::array();
        json.enterArray();
        while (json.nextElement())
            array.push_back(rebuild(json));
        return array;
    }
    case '"': {
        std::string text;
        json.appendString(text);
        return text;
    }
    case '0': {
        double number = 0;
        json.readNumber(number);
        return number;
    }
    default: {
        const char first = json.peek();
        json.skip();
        if (first == 'n')
            return nullptr;
        return first == 't';
    }
    }
}

nlohmann::json randomJson(Random& random, int depth)
{
    static const std::vector<std::string> texts{"",
                                                "plain",
                                                "quote \" slash \\ /",
                                                "tab\tnew\nline\r",
                                                "\xE2\x82\xAC \xF0\x9F\x9A\x82",
                                                std::string("nul\0x", 5),
                                                "\x01\x1f\x7f"};
    switch (random.below(depth > 0 ? 7 : 5)) {
    case 0:
        return nullptr;
    case 1:
        return random.below(2) == 0;
    case 2:
        return static_cast<double>(random.below(2000)) - 1000.0;
    case 3:
        return random.normal() * 1e-5;
    case 4:
        return texts[random.below(texts.size())];
    case 5: {
        nlohmann::json array = nlohmann::json::array();
        for (std::uint64_t i = random.below(4); i > 0; --i)
            array.push_back(randomJson(random, depth - 1));
        return array;
    }
    default: {
        nlohmann::json object = nlohmann::json::object();
        for (std::uint64_t i = random.below(4); i > 0; --i)
            object[texts[random.below(texts.size())]] = randomJson(random, depth - 1);
        return object;
    }
    }
}

} // namespace

class ProvidersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eventsByTheStandard();
    void anySplitGivesTheSameEvents();
    void eventsAreBounded();
    void jsonAgreesWithAnotherParser();
    void brokenJsonIsNeverTaken();
    void jsonStringsAreMended();
    void bodyIsJsonWhateverTheText();
    void usageClassesAreDisjoint();
    void kindsOfStatus();
    void retryAfter();
    void backoffStaysBelowItsCeiling();
    void pricesByClass();
    void unknownStaysUnknown();
    void keysFromTheEnvironment();
    void timersFireInOrder();
    void timersSurviveWhatTheirTasksDo();
};

void ProvidersTest::eventsByTheStandard()
{
    const auto same = [](std::string_view stream, const std::vector<std::string>& expected) {
        QCOMPARE(eventsOf({stream}), expected);
    };
    same("data: a\n\ndata:b\n\n", {"a", "b"});
    same("data: a\ndata: b\r\ndata:\rdata:  c\n\n", {"a\nb\n\n c"});
    same("\xEF\xBB\xBF"
         "data: a\n\n",
         {"a"});
    same(": comment\n\n:\n\nevent: x\nid: 1\nretry: 2\n\ndata: a\n\n", {"a"});
    same("data\n\n", {""});
    same("database: a\n\n data: b\n\n", {});
    same("data: never ended\n", {});
}

void ProvidersTest::anySplitGivesTheSameEvents()
{
    Random random(20'261'122);
    static const std::vector<std::string> pieces{
        "data: ",   "data:",  "\n", "\r",     "\r\n",         "\n\n",
        "\r\n\r\n", ": note", "x",  "{\"a\"", "\xE2\x82\xAC", "\xF0\x9F\x9A\x82",
        "event: y", "data",   " ",  "[DONE]"};
    std::size_t total = 0;
    for (int round = 0; round < 400; ++round) {
        std::string stream = random.below(4) == 0 ? "\xEF\xBB\xBF" : "";
        for (std::uint64_t i = random.below(60); i > 0; --i)
            stream += pieces[random.below(pieces.size())];
        stream += "\n\ndata: end\n\n";
        const std::vector<std::string> whole = eventsOf({stream});
        QCOMPARE(whole.back(), std::string("end"));
        total += whole.size();
        for (int split = 0; split < 5; ++split)
            QCOMPARE(eventsOf(randomParts(stream, random)), whole);
        std::vector<std::string_view> bytes;
        for (std::size_t i = 0; i < stream.size(); ++i)
            bytes.push_back(std::string_view(stream).substr(i, 1));
        QCOMPARE(eventsOf(bytes), whole);
    }
    QVERIFY(total > 800);
}

void ProvidersTest::eventsAreBounded()
{
    bool within = false;
    const std::string longest(50, 'x');
    QCOMPARE(eventsOf({"data: " + longest + "\n\n"}, &within, 100).size(), std::size_t{1});
    QVERIFY(within);
    eventsOf({std::string(200, 'x')}, &within, 100); // a line that never ends
    QVERIFY(!within);
    std::string lines;
    for (int i = 0; i < 100; ++i)
        lines += "data: xx\n"; // an event that never ends
    eventsOf({lines}, &within, 100);
    QVERIFY(!within);
}

void ProvidersTest::jsonAgreesWithAnotherParser()
{
    Random random(7);
    for (int round = 0; round < 2000; ++round) {
        const nlohmann::json document = randomJson(random, 5);
        const std::string text = document.dump(random.below(2) == 0 ? -1 : 2, ' ', random.below(2) == 0);
        JsonReader json(text);
        QCOMPARE(rebuild(json).dump(), document.dump());
        QVERIFY(json.finished());
        JsonReader skipper(text);
        QVERIFY(skipper.skip() && skipper.finished());
    }
}

void ProvidersTest::brokenJsonIsNeverTaken()
{
    // Damage a valid text at random: both parsers must give the same verdict.
    Random random(11);
    const std::string good = R"({"a":[1,-2.5e3,{"b":"x\u20ac\n"}],"c":null,"d":true,"e":{"f":[[],{}]}})";
    int broken = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text = good;
        for (std::uint64_t i = 1 + random.below(2); i > 0; --i) {
            const std::size_t at = random.below(text.size());
            if (random.below(2) == 0)
                text.erase(at, 1);
            else
                text[at] = "{}[]\",:\\0eE-.tn x"[random.below(17)];
        }
        JsonReader json(text);
        const bool taken = json.skip() && json.finished();
        QVERIFY2(taken == nlohmann::json::accept(text), text.c_str());
        broken += !taken;
    }
    QVERIFY(broken > 1000);
    JsonReader deep(std::string_view("[[[["));
    QVERIFY(!deep.skip());
}

void ProvidersTest::jsonStringsAreMended()
{
    const auto decoded = [](std::string_view text) {
        JsonReader json(text);
        std::string out = "before:";
        json.appendString(out);
        return json.finished() ? out : std::string("failed");
    };
    QCOMPARE(decoded(R"("\ud83d\ude82")"), std::string("before:\xF0\x9F\x9A\x82"));
    QCOMPARE(decoded(R"("\ud83dx\ude82")"), std::string("before:\xEF\xBF\xBDx\xEF\xBF\xBD"));
    QCOMPARE(decoded(R"("\ud83d\ud83d\ude82")"), std::string("before:\xEF\xBF\xBD\xF0\x9F\x9A\x82"));
    QCOMPARE(decoded("\"a\xFFz\""), std::string("before:a\xEF\xBF\xBDz"));
    QCOMPARE(decoded(R"("\u12")"), std::string("failed"));
    QCOMPARE(decoded("\"line\nend\""), std::string("failed"));
    // What stands before a mistake may be shown: it is text, too.
    for (const std::string_view text : {"\"a\xFFz", "\"a\xFFz\\x", "\"a\xFFz\n\"", "\"a\xFFz\\u12"}) {
        JsonReader json(text);
        std::string out = "before:";
        QVERIFY(!json.appendString(out));
        QCOMPARE(out, std::string("before:a\xEF\xBF\xBDz"));
    }
}

void ProvidersTest::bodyIsJsonWhateverTheText()
{
    Random random(3);
    for (int round = 0; round < 200; ++round) {
        std::string text;
        for (std::uint64_t i = random.below(60); i > 0; --i)
            text += static_cast<char>(random.below(256));
        ChatRequest request;
        request.modelName = "m";
        request.messages = {{"user", text}};
        const Result<std::string> body = OpenAiChat().body(request);
        QVERIFY(body);
        const nlohmann::json read = nlohmann::json::parse(*body, nullptr, false);
        QVERIFY(!read.is_discarded());
        QCOMPARE(read["messages"][0]["content"].get<std::string>(), toValidUtf8(text));
    }
    ChatRequest request;
    request.responseSchemaJson =
        R"({"type":"object"}, "stream": false)"; // would smuggle a member into the body
    QVERIFY(!OpenAiChat().body(request));
}

void ProvidersTest::usageClassesAreDisjoint()
{
    const auto usage = [](const std::string& json) {
        ChatProgress progress;
        OpenAiChat().readEvent(R"({"choices":[],"usage":)" + json + "}", progress);
        return progress.usage;
    };
    QCOMPARE(usage(R"({"prompt_tokens":9,"completion_tokens":4})"),
             (TokenUsage{9, std::nullopt, 4, std::nullopt}));
    QCOMPARE(
        usage(
            R"({"prompt_tokens_details":{"audio_tokens":0,"cached_tokens":9},"prompt_tokens":9,"completion_tokens":4,)"
            R"("completion_tokens_details":{"reasoning_tokens":3}})"),
        (TokenUsage{0, 9, 1, 3}));
    // A server that counts badly never makes tokens negative.
    QCOMPARE(
        usage(R"({"prompt_tokens":5,"prompt_tokens_details":{"cached_tokens":9},"completion_tokens":-1})"),
        (TokenUsage{0, 5, std::nullopt, std::nullopt}));
    QCOMPARE(usage("null"), TokenUsage{});
    QCOMPARE(usage(R"({"prompt_tokens":"many","completion_tokens":1.5,"prompt_tokens_details":null})"),
             TokenUsage{});
    // Nor does a count that no model could have reached become a price: it is unknown, each class by itself.
    QCOMPARE(usage(R"({"prompt_tokens":1000000000,"completion_tokens":1000000001})"),
             (TokenUsage{1'000'000'000, std::nullopt, std::nullopt, std::nullopt}));
    QCOMPARE(usage(R"({"prompt_tokens":9007199254740992,"completion_tokens":4})"),
             (TokenUsage{std::nullopt, std::nullopt, 4, std::nullopt}));
    QCOMPARE(usage(R"({"prompt_tokens":1e300,"completion_tokens":1e999})"), TokenUsage{});
    QCOMPARE(
        usage(R"({"prompt_tokens":7,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":2e9},)"
              R"("completion_tokens_details":{"reasoning_tokens":-3}})"),
        (TokenUsage{7, std::nullopt, 4, std::nullopt}));
}

void ProvidersTest::kindsOfStatus()
{
    for (const int status : {400, 405, 411, 413, 415, 422, 431})
        QCOMPARE(errorKindOfStatus(status), std::string(error_kind::badRequest));
    for (const int status : {500, 502, 503, 504, 529, 408, 409, 425})
        QCOMPARE(errorKindOfStatus(status), std::string(error_kind::unavailable));
    QCOMPARE(errorKindOfStatus(429), std::string(error_kind::rateLimited));
    for (const int status : {401, 402, 403, 451}) // they say nothing of the request: another endpoint may take it
        QCOMPARE(errorKindOfStatus(status), std::string(error_kind::unauthorized));
    for (const int status : {404, 410})
        QCOMPARE(errorKindOfStatus(status), std::string(error_kind::notFound));
    for (const char* kind : {error_kind::refused, error_kind::timeout, error_kind::cut,
                             error_kind::rateLimited, error_kind::unavailable})
        QVERIFY(isRetryable(kind));
    for (const char* kind : {error_kind::badRequest, error_kind::unauthorized, error_kind::notFound,
                             error_kind::garbage, error_kind::emptyAnswer, error_kind::tooLarge,
                             error_kind::tls, error_kind::noKey, error_kind::deadline, error_kind::cancelled})
        QVERIFY(!isRetryable(kind));
}

void ProvidersTest::retryAfter()
{
    constexpr std::int64_t at = 784'111'777'000; // Sun, 06 Nov 1994 08:49:37 GMT (RFC 9110, 5.6.7)
    QCOMPARE(retryAfterMs("120", at), std::optional(120'000.0));
    QCOMPARE(retryAfterMs(" 0 ", at), std::optional(0.0));
    QCOMPARE(retryAfterMs("1.5", at), std::optional(1500.0));
    QCOMPARE(retryAfterMs("Sun, 06 Nov 1994 08:49:47 GMT", at), std::optional(10'000.0));
    QCOMPARE(retryAfterMs("Sunday, 06-Nov-94 08:49:47 GMT", at), std::optional(10'000.0));
    QCOMPARE(retryAfterMs("Sun Nov  6 08:49:47 1994", at), std::optional(10'000.0));
    QCOMPARE(retryAfterMs("Sun, 06 Nov 1994 08:49:07 GMT", at), std::optional(0.0));
    for (const char* text : {"", "soon", "-5", "1e9", "12:00", "."})
        QVERIFY2(!retryAfterMs(text, at), text);
}

void ProvidersTest::backoffStaysBelowItsCeiling()
{
    QCOMPARE(backoffMs(1, 1.0), 250.0);
    QCOMPARE(backoffMs(3, 0.5), 500.0);
    QCOMPARE(backoffMs(40, 1.0), 8000.0);
    QCOMPARE(backoffMs(100'000, 1.0), 8000.0);
    QCOMPARE(backoffMs(5, 0.0), 0.0);
}

void ProvidersTest::pricesByClass()
{
    Price price;
    price.inputPerMtok = 2.5;
    price.cachedInputPerMtok = 1.25;
    price.outputPerMtok = 10;
    price.reasoningPerMtok = 12;
    // 60 × 2,500 + 40 × 1,250 + 20 × 10,000 + 10 × 12,000 nano-dollars
    QCOMPARE(costOf({60, 40, 20, 10}, price), std::optional<NanoUsd>(150'000 + 50'000 + 200'000 + 120'000));
    price.cacheWritePerMtok = 3.125;
    QCOMPARE(costOf({60, 40, 20, 10, 8}, price), std::optional<NanoUsd>(520'000 + 25'000));
    price.cachedInputPerMtok.reset();
    price.cacheWritePerMtok.reset();
    price.reasoningPerMtok.reset();
    // Writing is dearer than reading anew: without a price of its own it is unknown, not the price of input.
    QVERIFY(!costOf({60, 40, 20, 10, 8}, price));
    QCOMPARE(leastCostOf({60, 40, 20, 10, 8}, price), costOf({68, 40, 20, 10}, price));
    QVERIFY(costOf({60, 40, 20, 10, 0}, price));
    QCOMPARE(costOf({60, 40, 20, 10}, price), std::optional<NanoUsd>(150'000 + 100'000 + 200'000 + 100'000));
    price.inputPerMtok = 0.0005; // half a nano-dollar a token
    price.outputPerMtok = 0.0004;
    QCOMPARE(costOf({1, std::nullopt, 1, std::nullopt}, price), std::optional<NanoUsd>(1));
}

void ProvidersTest::unknownStaysUnknown()
{
    Price price;
    price.inputPerMtok = 1;
    QVERIFY(!costOf({10, std::nullopt, 5, std::nullopt}, price)); // output tokens without a price
    QCOMPARE(costOf({10, std::nullopt, 0, std::nullopt}, price), std::optional<NanoUsd>(10'000));
    QVERIFY(!costOf({10, std::nullopt, std::nullopt, std::nullopt}, price)); // unknown is not zero
    QVERIFY(!costOf({10, std::nullopt, 5, std::nullopt}, std::nullopt));
    price.outputPerMtok = 1e30;
    QVERIFY(!costOf({10, std::nullopt, 5, std::nullopt}, price));
}

void ProvidersTest::keysFromTheEnvironment()
{
    EnvironmentSecrets secrets;
    qputenv("SIGNALBOX_TEST_KEY", " sk-1 \n");
    QCOMPARE(secrets.secret({"SIGNALBOX_TEST_KEY", {}}).value(), std::string("sk-1"));
    qputenv("SIGNALBOX_TEST_KEY", "  ");
    const auto blank = secrets.secret({"SIGNALBOX_TEST_KEY", {}});
    QVERIFY(!blank && blank.error().code == error_kind::noKey);
    QVERIFY(blank.error().message.find("SIGNALBOX_TEST_KEY") != std::string::npos);
    qunsetenv("SIGNALBOX_TEST_KEY");
    QVERIFY(!secrets.secret({"SIGNALBOX_TEST_KEY", {}}));
    QVERIFY(!secrets.secret({{}, "entry"}));
}

void ProvidersTest::timersFireInOrder()
{
    Random random(5);
    TimerQueue timers;
    const SteadyTime start = now();
    std::vector<std::pair<double, int>> fired;
    std::vector<std::pair<double, int>> expected;
    std::vector<std::uint64_t> cancelled;
    for (int i = 0; i < 3000; ++i) {
        const double ms = static_cast<double>(random.below(500));
        const std::uint64_t id = timers.add(start, ms, [&fired, ms, i] { fired.emplace_back(ms, i); });
        if (random.below(10) < 9) // most deadlines are never reached
            cancelled.push_back(id);
        else
            expected.emplace_back(ms, i);
    }
    for (const std::uint64_t id : cancelled)
        timers.cancel(id);
    for (const std::uint64_t id : cancelled)
        timers.cancel(id); // stale ids cancel nothing
    std::stable_sort(expected.begin(), expected.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    QCOMPARE(timers.next().value(),
             start + std::chrono::milliseconds(static_cast<int>(expected.front().first)));
    for (int ms = 0; ms <= 500; ms += 50) {
        timers.runDue(start + std::chrono::milliseconds(ms));
        QVERIFY(fired.empty() || fired.back().first <= ms);
    }
    QCOMPARE(fired, expected);
    QVERIFY(!timers.next());
}

void ProvidersTest::timersSurviveWhatTheirTasksDo()
{
    TimerQueue timers;
    const SteadyTime start = now();
    int runs = 0;
    std::uint64_t other = 0;
    std::function<void()> again = [&] {
        ++runs;
        timers.add(start, 0, again); // due at once, but in the next round
        timers.cancel(other);
    };
    timers.add(start, 0, again);
    other = timers.add(start, 0, [&] { runs += 1000; });
    timers.runDue(start);
    QCOMPARE(runs, 1);
    timers.runDue(start);
    QCOMPARE(runs, 2);
    timers.close();
    QVERIFY(!timers.next());
    QCOMPARE(timers.add(start, 0, again), std::uint64_t{0});
}

QTEST_GUILESS_MAIN(ProvidersTest)
#include "tst_providers.moc"
