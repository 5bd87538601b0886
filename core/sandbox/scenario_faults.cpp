// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/scenario_reader.h"

#include "base/text.h"
#include "providers/errors.h"
#include "sandbox/fault_book.h"

#include <algorithm>
#include <array>

namespace signalbox::sandbox::reading_scenario {

namespace {

using Words = std::vector<std::string_view>;

/// What a kind may say besides what every fault may. The first variant is the one without "how".
struct KindRow
{
    std::string_view name;
    Fault::Kind kind;
    Words variants;
    Words keys;
};

const std::vector<KindRow>& kindRows()
{
    using Kind = Fault::Kind;
    static const std::vector<KindRow> rows = {
        {"status", Kind::Status, {}, {"status", "retry_after_s", "retry_after_date_s", "retry_after"}},
        {"latency", Kind::Latency, {}, {"headers_ms", "first_token_ms", "per_token_ms"}},
        {"stall", Kind::Stall, {}, {"after_chunks", "after_headers"}},
        {"cut", Kind::Cut, {"fin", "reset"}, {"after_chunks", "after_headers"}},
        {"garbage", Kind::Garbage, {}, {}},
        {"malformed", Kind::Malformed, {"bad_json", "no_data_prefix", "half_frame"}, {"after_chunks"}},
        {"split", Kind::Split, {"bytes", "characters"}, {}},
        {"line_ends", Kind::LineEnds, {"crlf", "cr"}, {}},
        {"noise", Kind::Noise, {"comments", "fields"}, {}},
        {"usage", Kind::Usage, {"missing", "without_total", "each_chunk"}, {}},
        {"content_type", Kind::ContentType, {"html_page", "mislabelled", "json_for_stream"}, {}},
        {"slow_headers", Kind::SlowHeaders, {}, {"pace_ms"}},
        {"huge_header", Kind::HugeHeader, {}, {"bytes"}},
        {"huge_body", Kind::HugeBody, {"words", "one_event", "json", "blank", "error"}, {"bytes", "status"}},
        {"endless", Kind::Endless, {"words", "comments"}, {"pace_ms"}},
        {"redirect", Kind::Redirect, {}, {"status", "location"}},
        {"encoding", Kind::Encoding, {"gzip", "corrupt", "bomb"}, {"bytes"}},
        {"ending", Kind::Ending, {"done_twice", "done_missing", "data_after_done"}, {}},
        {"finish", Kind::Finish, {"filtered", "cut_off"}, {}},
        {"empty", Kind::Empty, {"nothing", "role_only", "finish_only"}, {}},
        {"error_event", Kind::ErrorEvent, {"number", "text"}, {"after_chunks", "status"}},
        {"other_id", Kind::OtherId, {}, {"after_chunks"}},
        {"http10", Kind::Http10, {}, {}},
        {"bad_chunk", Kind::BadChunk, {}, {"after_chunks"}},
        {"early_close", Kind::EarlyClose, {}, {}},
        {"refuse", Kind::Refuse, {}, {"for_ms"}},
    };
    return rows;
}

const KindRow& kindOf(const Json& value, const std::string& at)
{
    const std::string name = string(value, at);
    std::string known;
    for (const KindRow& row : kindRows()) {
        if (row.name == name)
            return row;
        known += (known.empty() ? "" : ", ") + std::string(row.name);
    }
    throw Problem{at, "must be one of " + known};
}

Expectation expectation(const Json& value, const std::string& at)
{
    static constexpr std::array<std::string_view, 15> outcomes = {"ok",
                                                                  error_kind::refused,
                                                                  error_kind::timeout,
                                                                  error_kind::cut,
                                                                  error_kind::garbage,
                                                                  error_kind::emptyAnswer,
                                                                  error_kind::tooLarge,
                                                                  error_kind::tls,
                                                                  error_kind::badRequest,
                                                                  error_kind::unauthorized,
                                                                  error_kind::notFound,
                                                                  error_kind::rateLimited,
                                                                  error_kind::unavailable,
                                                                  error_kind::noKey,
                                                                  error_kind::deadline};
    static constexpr std::array<std::string_view, 3> texts = {"whole", "part", "none"};
    static constexpr std::array<std::string_view, 2> usages = {"known", "unknown"};
    static constexpr std::array<std::string_view, 3> retries = {"same_endpoint", "elsewhere", "never"};
    object(value, at, {"outcome", "attempts", "text", "usage", "retry"});
    for (const char* key : {"outcome", "attempts", "text"}) {
        if (!value.contains(key))
            throw Problem{at, std::string("lacks the key ") + key};
    }
    Expectation out;
    out.outcome = oneOf(value["outcome"], at + "/outcome", outcomes);
    out.attempts = whole(value["attempts"], at + "/attempts", 1, 3);
    out.text = oneOf(value["text"], at + "/text", texts);
    if (value.contains("usage"))
        out.usage = oneOf(value["usage"], at + "/usage", usages);
    if ((out.outcome != "ok") != value.contains("retry"))
        throw Problem{at, "must have the key retry if, and only if, its outcome is a failure"};
    if (value.contains("retry"))
        out.retry = oneOf(value["retry"], at + "/retry", retries);
    return out;
}

void readStatuses(const Json& value, const std::string& at, Fault& out)
{
    if (!value.contains("status"))
        throw Problem{at, "must have the key status if, and only if, its kind has one"};
    const Json& status = value["status"];
    if (!status.is_array()) {
        out.statuses = {whole(status, at + "/status", 400, 599)};
        return;
    }
    if (status.empty() || status.size() > 1000)
        throw Problem{at + "/status", "must have 1 to 1000 statuses"};
    for (std::size_t i = 0; i < status.size(); ++i) {
        const std::string place = at + "/status/" + std::to_string(i);
        const int one = whole(status[i], place, 200, 599);
        if (one > 200 && one < 400)
            throw Problem{place, "must be 200 or from 400 to 599"};
        out.statuses.push_back(one);
    }
}

void readRetryAfter(const Json& value, const std::string& at, Fault& out)
{
    if (value.contains("retry_after_s") + value.contains("retry_after_date_s") +
            value.contains("retry_after") >
        1)
        throw Problem{at, "must not have more than one of the keys retry_after_s, retry_after_date_s and "
                          "retry_after"};
    if (value.contains("retry_after_s"))
        out.retryAfterS = number(value["retry_after_s"], at + "/retry_after_s", 0, 1e9);
    if (value.contains("retry_after_date_s"))
        out.retryAfterDateS = number(value["retry_after_date_s"], at + "/retry_after_date_s", -1e9, 1e9);
    if (value.contains("retry_after")) {
        out.retryAfter = string(value["retry_after"], at + "/retry_after");
        for (const char c : out.retryAfter) {
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                throw Problem{at + "/retry_after", "must not have control characters"};
        }
    }
}

void readSelector(const Json& value, const std::string& at, Fault& out)
{
    if (value.contains("every") + value.contains("first") + value.contains("nth") +
            value.contains("probability") !=
        1)
        throw Problem{at, "must have exactly one of the keys every, first, nth and probability"};
    if (value.contains("every"))
        out.every = whole(value["every"], at + "/every", 1, 1'000'000'000);
    if (value.contains("first"))
        out.first = whole(value["first"], at + "/first", 1, 1'000'000'000);
    if (value.contains("probability"))
        out.probability = number(value["probability"], at + "/probability", 0, 1);
    if (value.contains("nth")) {
        if (!value["nth"].is_array() || value["nth"].empty() || value["nth"].size() > 100'000)
            throw Problem{at + "/nth", "must be a list of 1 to 100000 numbers"};
        for (std::size_t i = 0; i < value["nth"].size(); ++i)
            out.nth.push_back(whole(value["nth"][i], at + "/nth/" + std::to_string(i), 1, 1'000'000'000));
        std::sort(out.nth.begin(), out.nth.end());
    }
}

/// What the kinds say of their own; keys that do not belong to the kind were refused before.
void readDetails(const Json& value, const std::string& at, Fault& out)
{
    const auto has = [&value](const char* key) { return value.contains(key); };
    const auto delay = [&](const char* key, Spread& to) {
        if (has(key))
            to = spread(value[key], at + "/" + key, 0, 600'000);
    };
    if (has("after_chunks"))
        out.afterChunks = whole(value["after_chunks"], at + "/after_chunks", 0, 100'000);
    if (has("after_headers"))
        out.afterHeaders = yesOrNo(value["after_headers"], at + "/after_headers");
    delay("headers_ms", out.headersMs);
    delay("first_token_ms", out.firstTokenMs);
    delay("per_token_ms", out.perTokenMs);
    if (has("pace_ms"))
        out.paceMs = number(value["pace_ms"], at + "/pace_ms", 0, 600'000);
    if (has("bytes"))
        out.bytes = static_cast<std::uint64_t>(number(value["bytes"], at + "/bytes", 1, 1 << 30));
    out.forMs = has("for_ms") ? number(value["for_ms"], at + "/for_ms", 1, 3'600'000) : 500;
    if (has("location"))
        out.location = string(value["location"], at + "/location");
    switch (out.kind) {
    case Fault::Kind::Status:
        readStatuses(value, at, out);
        readRetryAfter(value, at, out);
        break;
    case Fault::Kind::Redirect:
        out.statuses = {has("status") ? whole(value["status"], at + "/status", 300, 399) : 307};
        if (!has("location"))
            throw Problem{at, "lacks the key location"};
        if (out.location.find_first_of("\r\n") != std::string::npos)
            throw Problem{at + "/location", "must be one line"};
        break;
    case Fault::Kind::HugeBody:
    case Fault::Kind::ErrorEvent:
        out.statuses = {has("status") ? whole(value["status"], at + "/status", 400, 599) : 500};
        break;
    default:
        break;
    }
    if (out.kind == Fault::Kind::HugeBody || out.kind == Fault::Kind::HugeHeader ||
        (out.kind == Fault::Kind::Encoding && out.how == "bomb")) {
        if (!has("bytes"))
            throw Problem{at, "lacks the key bytes"};
        if (out.kind == Fault::Kind::HugeHeader && out.bytes > 8u << 20)
            throw Problem{at + "/bytes", "must be at most 8388608 for a header"};
    }
}

Fault fault(const Json& value, const std::string& at, const Scenario& scenario)
{
    if (!value.is_object())
        throw Problem{at, "must be an object"};
    if (!value.contains("kind"))
        throw Problem{at, "lacks the key kind"};
    const KindRow& row = kindOf(value["kind"], at + "/kind");
    Words keys = {"id", "title", "expect", "on", "kind"};
    const bool ofTheConnection = row.kind == Fault::Kind::Refuse || row.kind == Fault::Kind::EarlyClose;
    if (!ofTheConnection)
        keys.push_back("model");
    if (row.kind != Fault::Kind::Refuse)
        keys.insert(keys.end(), {"every", "first", "nth", "probability"});
    if (!row.variants.empty())
        keys.push_back("how");
    keys.insert(keys.end(), row.keys.begin(), row.keys.end());
    object(value, at, std::span<const std::string_view>(keys));

    Fault out;
    out.kind = row.kind;
    if (value.contains("id"))
        out.id = string(value["id"], at + "/id");
    if (value.contains("title"))
        out.title = string(value["title"], at + "/title");
    if (value.contains("expect"))
        out.expect = expectation(value["expect"], at + "/expect");
    if (value.contains("on"))
        out.on = yesOrNo(value["on"], at + "/on");
    if (!out.on && out.id.empty())
        throw Problem{at, "lacks the key id, so that nothing could switch it on"};
    if (value.contains("model")) {
        out.model = string(value["model"], at + "/model");
        if (!scenario.models.contains(out.model))
            throw Problem{at + "/model",
                          "names \"" + out.model + "\", which is not one of the scenario's models"};
    }
    if (!row.variants.empty())
        out.how =
            value.contains("how") ? oneOf(value["how"], at + "/how", row.variants) : row.variants.front();
    if (row.kind != Fault::Kind::Refuse)
        readSelector(value, at, out);
    readDetails(value, at, out);
    return out;
}

} // namespace

std::vector<Fault> faultsOf(const Json& value, const Scenario& scenario)
{
    if (!value.is_array())
        throw Problem{"/faults", "must be a list"};
    std::vector<Fault> out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string at = "/faults/" + std::to_string(i);
        out.push_back(fault(value[i], at, scenario));
        const std::string& id = out.back().id;
        const bool twice = !id.empty() && std::any_of(out.begin(), out.end() - 1,
                                                      [&](const Fault& other) { return other.id == id; });
        if (twice)
            throw Problem{at + "/id", "stands twice: \"" + id + "\""};
    }
    return out;
}

} // namespace signalbox::sandbox::reading_scenario

namespace signalbox::sandbox {

std::string_view nameOf(Fault::Kind kind)
{
    for (const auto& row : reading_scenario::kindRows()) {
        if (row.kind == kind)
            return row.name;
    }
    return {};
}

} // namespace signalbox::sandbox
