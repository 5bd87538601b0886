// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/fault_play.h"

#include "base/clock.h"
#include "base/ids.h"
#include "base/random.h"
#include "sandbox/gzip_writer.h"
#include "sandbox/responder.h"

#include <algorithm>
#include <ctime>

namespace signalbox::sandbox {

namespace {

using What = AnswerPart::What;
using Kind = Fault::Kind;

constexpr std::size_t kFiller = 16u << 10; ///< huge bodies are made of blocks of this size
constexpr std::string_view kHtml = "<!doctype html><html><head><title>502</title></head>"
                                   "<body><h1>Bad gateway</h1></body></html>";

std::string httpDate(std::int64_t unixS)
{
    const std::time_t when = static_cast<std::time_t>(unixS);
    std::tm parts{};
    gmtime_r(&when, &parts);
    char text[64];
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts); // LC_TIME is never set by us
    return text;
}

void add(ScriptedAnswer& out, double atMs, std::string bytes)
{
    out.pieces.push_back({.atMs = atMs, .bytes = std::move(bytes)});
}

void addPart(ScriptedAnswer& out, const AnswerPart& part, std::string bytes)
{
    if (bytes.empty())
        return;
    add(out, part.atMs, std::move(bytes));
    if (part.tellsUsage)
        out.usageAt = out.pieces.size();
}

/// All of the answer, each part changed by `change`.
template <class Change>
void addAll(ScriptedAnswer& out, const PlannedAnswer& answer, Change change)
{
    if (!answer.stream) {
        add(out, answer.jsonAtMs, change(answer.json));
        out.usageAt = out.pieces.size();
        return;
    }
    for (const AnswerPart& part : answer.parts)
        addPart(out, part, part.bytes.empty() ? std::string() : change(part.bytes));
}

void addAll(ScriptedAnswer& out, const PlannedAnswer& answer)
{
    addAll(out, answer, [](const std::string& bytes) { return bytes; });
}

/// Up to and with so many content parts; of an answer that is no stream, its first half. The index of what
/// follows.
std::size_t addBeginning(ScriptedAnswer& out, const PlannedAnswer& answer, int chunks)
{
    if (!answer.stream) {
        add(out, answer.jsonAtMs, answer.json.substr(0, answer.json.size() / 2));
        return 0;
    }
    std::size_t i = 0;
    for (; i < answer.parts.size(); ++i) {
        const AnswerPart& part = answer.parts[i];
        if (part.what > What::Content || (part.what == What::Content && chunks-- == 0))
            break;
        addPart(out, part, part.bytes);
    }
    return i;
}

void addRest(ScriptedAnswer& out, const PlannedAnswer& answer, std::size_t from)
{
    for (; answer.stream && from < answer.parts.size(); ++from)
        addPart(out, answer.parts[from], answer.parts[from].bytes);
}

std::string replaced(std::string text, std::string_view what, std::string_view by)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

void playStatus(const Hit& hit, const PlannedAnswer& answer, ScriptedAnswer& out)
{
    const Fault& fault = *hit.fault;
    const int status = fault.statuses[(hit.number - 1) % fault.statuses.size()];
    out.status = status;
    out.contentType = "application/json";
    add(out, 0, answer.errorBody(status, "The scenario answers this request with an error."));
    if (fault.retryAfterS) {
        char text[32];
        std::snprintf(text, sizeof text, "%.15g", *fault.retryAfterS);
        out.headers.emplace_back("Retry-After", text);
    } else if (fault.retryAfterDateS) {
        out.headers.emplace_back("Retry-After", httpDate(wallClockMs() / 1000 +
                                                         static_cast<std::int64_t>(*fault.retryAfterDateS)));
    } else if (!fault.retryAfter.empty()) {
        out.headers.emplace_back("Retry-After", fault.retryAfter);
    }
}

void playLatency(const Hit& hit, PlannedAnswer answer, double scale, std::uint64_t seed, ScriptedAnswer& out)
{
    const Fault& fault = *hit.fault;
    Random random(hash64("latency " + std::to_string(hit.index) + " " + std::to_string(hit.number), seed));
    const auto draw = [&](const Spread& spread) {
        return scale * random.logNormal(spread.median, spread.sigma);
    };
    double at = draw(fault.headersMs);
    add(out, at, "");
    at += draw(fault.firstTokenMs);
    for (AnswerPart& part : answer.parts) {
        for (int token = 0; token < part.tokens; ++token)
            at += draw(fault.perTokenMs);
        part.atMs = at;
    }
    answer.jsonAtMs = at;
    addAll(out, answer);
}

void playMalformed(const Fault& fault, const PlannedAnswer& answer, ScriptedAnswer& out)
{
    if (fault.how == "no_data_prefix") {
        addAll(out, answer, [](const std::string& bytes) {
            return replaced(bytes.starts_with("data: ") ? bytes.substr(6) : bytes, "\ndata: ", "\n");
        });
    } else if (fault.how == "half_frame" || !answer.stream) {
        std::size_t next = addBeginning(out, answer, fault.afterChunks > 0 ? fault.afterChunks : 1'000'000);
        if (answer.stream && next < answer.parts.size())
            addPart(out, answer.parts[next],
                    answer.parts[next].bytes.substr(0, answer.parts[next].bytes.size() / 2));
        out.usageAt = 0;
    } else {
        const std::size_t next = addBeginning(out, answer, fault.afterChunks);
        add(out, out.pieces.back().atMs, "data: {\"id\":\"chatcmpl-\",\"object\":\"chat.compl\n\n");
        addRest(out, answer, next);
    }
}

/// Every byte a packet of its own, or every packet's end inside a character.
void playSplit(const Fault& fault, const PlannedAnswer& answer, ScriptedAnswer& out)
{
    ScriptedAnswer whole;
    addAll(whole, answer);
    out.chunked = true;
    for (std::size_t i = 0; i < whole.pieces.size(); ++i) {
        const std::string& bytes = whole.pieces[i].bytes;
        std::size_t from = 0;
        for (std::size_t at = 1; at <= bytes.size(); ++at) {
            const bool inside = at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80;
            if (at < bytes.size() && fault.how == "characters" && !inside)
                continue;
            out.pieces.push_back(
                {.atMs = whole.pieces[i].atMs, .bytes = bytes.substr(from, at - from), .alone = true});
            from = at;
        }
        if (i + 1 == whole.usageAt)
            out.usageAt = out.pieces.size();
    }
}

void playNoise(const Fault& fault, const PlannedAnswer& answer, ScriptedAnswer& out)
{
    int number = 0;
    addAll(out, answer, [&](const std::string& bytes) {
        ++number;
        if (!answer.stream)
            return bytes;
        return fault.how == "comments" ? ": keep-alive\n\n:\n" + bytes + ":data: {\"not\":\"data\"}\n\n"
                                       : "event: message\nid: " + std::to_string(number) +
                                             "\nretry: 3000\nunheard-of: field\n" + bytes;
    });
}

void playContentType(const Fault& fault, const PlannedAnswer& answer, ScriptedAnswer& out)
{
    if (fault.how == "html_page") {
        out.contentType = "text/html; charset=utf-8";
        add(out, 0, std::string(kHtml));
    } else if (fault.how == "mislabelled") {
        addAll(out, answer);
        out.chunked = answer.stream;
        out.contentType = "text/html";
    } else {
        out.contentType = "application/json";
        add(out, answer.jsonAtMs, answer.json);
        out.usageAt = 1;
    }
}

/// Blocks of `block` until there are `bytes`.
void addMany(ScriptedAnswer& out, std::string block, std::uint64_t bytes)
{
    const std::uint64_t times = std::max<std::uint64_t>(1, (bytes + block.size() - 1) / block.size());
    out.pieces.push_back({.bytes = std::move(block), .times = times});
}

void playHugeBody(const Fault& fault, const PlannedAnswer& answer, ScriptedAnswer& out)
{
    out.chunked = true;
    const std::string filler(kFiller, 'x');
    if (fault.how == "words" && answer.stream) {
        addBeginning(out, answer, 0);
        std::string words;
        while (words.size() < 1000)
            words += " word";
        addMany(out, answer.contentEvent(words), fault.bytes);
        const auto rest = std::find_if(answer.parts.begin(), answer.parts.end(),
                                       [](const AnswerPart& part) { return part.what > What::Content; });
        addRest(out, answer, static_cast<std::size_t>(rest - answer.parts.begin()));
    } else if (fault.how == "one_event") {
        add(out, 0, "data: ");
        addMany(out, filler, fault.bytes);
        add(out, 0, "\n\n");
    } else if (fault.how == "blank") {
        addMany(out, std::string(kFiller, ' '), fault.bytes);
    } else if (fault.how == "error") {
        out.status = fault.statuses.front();
        out.contentType = "text/plain";
        addMany(out, filler, fault.bytes);
    } else {
        out.contentType = "application/json";
        add(out, 0, "{\"id\":\"");
        addMany(out, filler, fault.bytes);
        add(out, 0, "\"}");
    }
}

void playEndless(const Fault& fault, const PlannedAnswer& answer, double scale, ScriptedAnswer& out)
{
    out.chunked = true;
    TimedBytes again{.bytes = {}, .times = kWithoutEnd, .everyMs = fault.paceMs * scale};
    if (fault.how == "comments" || !answer.stream) {
        again.bytes = answer.stream ? ": keep-alive\n\n" : " ";
    } else {
        addBeginning(out, answer, 0);
        again.bytes = answer.contentEvent(" and so on");
    }
    again.atMs = out.pieces.empty() ? 0 : out.pieces.back().atMs;
    out.pieces.push_back(std::move(again));
}

void playEncoding(const Fault& fault, const PlannedAnswer& answer, ScriptedAnswer& out)
{
    out.headers.emplace_back("Content-Encoding", "gzip");
    if (fault.how == "bomb") {
        GzipBomb bomb = gzipBomb();
        out.chunked = true;
        add(out, 0, std::move(bomb.begin));
        out.pieces.push_back({.bytes = std::move(bomb.block),
                              .times = std::max<std::uint64_t>(1, fault.bytes / GzipBomb::kBlock)});
        add(out, 0, std::move(bomb.end));
        return;
    }
    ScriptedAnswer whole;
    addAll(whole, answer);
    std::string bytes;
    for (const TimedBytes& piece : whole.pieces)
        bytes += piece.bytes;
    std::string packed = gzipped(bytes);
    out.usageAt = 1;
    if (fault.how == "corrupt") {
        for (std::size_t i = 10; i < packed.size(); ++i) // behind the header
            packed[i] = static_cast<char>(~packed[i]);
        out.usageAt = 0;
    }
    add(out, whole.pieces.back().atMs, std::move(packed));
}

void playEnding(const Fault& fault, const PlannedAnswer& answer, ScriptedAnswer& out)
{
    for (const AnswerPart& part : answer.parts) {
        if (part.what != What::Done || fault.how != "done_missing")
            addPart(out, part, part.bytes);
        if (part.what == What::Done && fault.how == "done_twice")
            add(out, part.atMs, part.bytes);
        else if (part.what == What::Done && fault.how == "data_after_done")
            add(out, part.atMs, answer.contentEvent(" This comes after the end.") + part.bytes);
    }
}

void playEmpty(const Fault& fault, const PlannedAnswer& answer, ScriptedAnswer& out)
{
    add(out, 0, answer.stream || fault.how == "nothing" ? "" : answer.json);
    if (!out.pieces.back().bytes.empty())
        out.usageAt = out.pieces.size(); // a whole answer without a word says what it cost all the same
    for (const AnswerPart& part : answer.parts) {
        const bool finish = part.what == What::Finish || part.what == What::Usage;
        if (part.what == What::Content || fault.how == "nothing" || (finish && fault.how == "role_only"))
            continue;
        addPart(out, part, part.bytes);
    }
}

void playErrorEvent(const Fault& fault, const PlannedAnswer& answer, ScriptedAnswer& out)
{
    const std::string code = fault.how == "number" ? std::to_string(fault.statuses.front())
                                                   : "\"" + std::to_string(fault.statuses.front()) + "\"";
    const std::string error =
        answer.plainErrors
            ? R"({"error":{"message":"The engine gave up.","type":"sandbox_fault","param":null,"code":)" +
                  code + "}}"
            : answer.errorBody(fault.statuses.front(), "The engine gave up.");
    if (!answer.stream) {
        add(out, answer.jsonAtMs, error);
        return;
    }
    addBeginning(out, answer, fault.afterChunks);
    add(out, out.pieces.back().atMs, "data: " + error + "\n\n");
    add(out, out.pieces.back().atMs, answer.parts.back().bytes);
}

void playOtherId(const Fault& fault, const PlannedAnswer& answer, ScriptedAnswer& out)
{
    const std::size_t next = addBeginning(out, answer, fault.afterChunks);
    for (std::size_t i = next; i < answer.parts.size(); ++i)
        addPart(out, answer.parts[i], replaced(answer.parts[i].bytes, answer.id, "chatcmpl-other"));
}

/// Does it make a difference to an answer that is no stream?
bool isForStreamsOnly(const Fault& fault)
{
    switch (fault.kind) {
    case Kind::LineEnds:
    case Kind::Noise:
    case Kind::Ending:
    case Kind::OtherId:
        return true;
    case Kind::Malformed:
        return fault.how == "no_data_prefix";
    case Kind::Usage:
        return fault.how == "each_chunk";
    case Kind::ContentType:
        return fault.how != "html_page";
    default:
        return false;
    }
}

} // namespace

UsageStyle usageStyleOf(const Hit& hit)
{
    if (!hit || hit.fault->kind != Kind::Usage)
        return UsageStyle::AsAsked;
    return hit.fault->how == "missing"         ? UsageStyle::Missing
           : hit.fault->how == "without_total" ? UsageStyle::WithoutTotal
                                               : UsageStyle::EachChunk;
}

std::string_view suffixFor(const Hit& hit)
{
    const bool characters = hit && hit.fault->kind == Kind::Split && hit.fault->how == "characters";
    return characters ? " \xE2\x82\xAC \xF0\x9F\x9A\x82 \xC3\xA9" : "";
}

std::string_view finishReasonOf(const Hit& hit)
{
    if (!hit || hit.fault->kind != Kind::Finish)
        return "";
    return hit.fault->how == "filtered" ? "content_filter" : "length";
}

ScriptedAnswer plainAnswer(PlannedAnswer answer)
{
    ScriptedAnswer out;
    if (!answer.stream) {
        add(out, answer.jsonAtMs, std::move(answer.json));
        out.usageAt = 1;
        return out;
    }
    out.contentType = "text/event-stream";
    out.pieces.reserve(answer.parts.size());
    for (AnswerPart& part : answer.parts)
        addPart(out, part, std::move(part.bytes));
    return out;
}

ScriptedAnswer faultyAnswer(const Hit& hit, PlannedAnswer answer, double timeScale, std::uint64_t seed)
{
    const Fault& fault = *hit.fault;
    const bool status = fault.kind == Kind::Status;
    if ((status && fault.statuses[(hit.number - 1) % fault.statuses.size()] == 200) ||
        (!answer.stream && isForStreamsOnly(fault)))
        return plainAnswer(std::move(answer));
    ScriptedAnswer out;
    if (answer.stream)
        out.contentType = "text/event-stream";
    switch (fault.kind) {
    case Kind::Status:
        playStatus(hit, answer, out);
        break;
    case Kind::Latency:
        playLatency(hit, std::move(answer), timeScale, seed, out);
        break;
    case Kind::Stall:
    case Kind::Cut:
        if (fault.afterChunks > 0)
            addBeginning(out, answer, fault.afterChunks);
        else if (fault.afterHeaders)
            add(out, 0, "");
        out.end = fault.kind == Kind::Stall ? ScriptedAnswer::End::Stall
                  : fault.how == "reset"    ? ScriptedAnswer::End::Reset
                                            : ScriptedAnswer::End::Cut;
        break;
    case Kind::Garbage:
        add(out, 0,
            answer.stream
                ? "data: {\"id\":\"chatcmpl-\",\"object\":\"chat.compl\n\ndata: <html><body>upstream\n\n"
                : "<html><body>upstream error</body></html>");
        break;
    case Kind::Malformed:
        playMalformed(fault, answer, out);
        break;
    case Kind::Split:
        playSplit(fault, answer, out);
        break;
    case Kind::LineEnds:
        addAll(out, answer, [&](const std::string& bytes) {
            return replaced(bytes, "\n", fault.how == "crlf" ? "\r\n" : "\r");
        });
        break;
    case Kind::Noise:
        playNoise(fault, answer, out);
        break;
    case Kind::Usage:
        addAll(out, answer);
        if (fault.how == "missing")
            out.usageAt = 0;
        break;
    case Kind::ContentType:
        playContentType(fault, answer, out);
        break;
    case Kind::SlowHeaders:
        addAll(out, answer);
        out.headByteMs = fault.paceMs * timeScale;
        break;
    case Kind::HugeHeader:
        addAll(out, answer);
        out.headers.emplace_back("x-padding", std::string(fault.bytes, 'x'));
        break;
    case Kind::HugeBody:
        playHugeBody(fault, answer, out);
        break;
    case Kind::Endless:
        playEndless(fault, answer, timeScale, out);
        break;
    case Kind::Redirect:
        out.status = fault.statuses.front();
        out.contentType = "text/plain";
        out.headers.emplace_back("Location", fault.location);
        add(out, 0, "It is elsewhere.");
        break;
    case Kind::Encoding:
        playEncoding(fault, answer, out);
        break;
    case Kind::Ending:
        playEnding(fault, answer, out);
        break;
    case Kind::Empty:
        playEmpty(fault, answer, out);
        break;
    case Kind::ErrorEvent:
        playErrorEvent(fault, answer, out);
        break;
    case Kind::OtherId:
        playOtherId(fault, answer, out);
        break;
    case Kind::Finish: // written so
        addAll(out, answer);
        break;
    case Kind::Http10:
        addAll(out, answer);
        out.http10 = true;
        break;
    case Kind::BadChunk:
        addBeginning(out, answer, fault.afterChunks);
        out.chunked = true;
        out.pieces.push_back(
            {.atMs = out.pieces.back().atMs, .bytes = "zz\r\nno size\r\n", .verbatim = true});
        out.end = ScriptedAnswer::End::Cut;
        break;
    case Kind::EarlyClose: // these are played by the session and the listener
    case Kind::Refuse:
        addAll(out, answer);
        break;
    }
    out.faulted = true;
    out.faultId = fault.id.empty() ? "unnamed" : fault.id;
    return out;
}

} // namespace signalbox::sandbox
