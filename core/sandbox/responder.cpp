// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/responder.h"

#include "base/clock.h"
#include "base/ids.h"
#include "base/json_text.h"
#include "base/random.h"
#include "base/text.h"
#include "sandbox/chat_wire.h"
#include "sandbox/embeddings.h"
#include "sandbox/fault_play.h"
#include "sandbox/simulated_judge.h"
#include "sandbox/simulated_model.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace signalbox::sandbox {

namespace {

constexpr int kWordsEachPiece = 3;
constexpr std::int64_t kCacheBlock = 64; ///< tokens; providers cache prefixes in blocks

std::string hex(std::uint64_t value)
{
    char out[17];
    std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(value));
    return out;
}

/// The longest beginning, cut at a space, that is within the limit; at least one word.
std::string_view withinTokens(std::string_view text, int limit)
{
    if (estimateTokens(text) <= limit)
        return text;
    std::size_t good = text.find(' ', 1);
    for (std::size_t at = good; at != std::string_view::npos; at = text.find(' ', at + 1)) {
        if (estimateTokens(text.substr(0, at)) > limit)
            break;
        good = at;
    }
    return text.substr(0, good);
}

WireUsage usageOf(const WireRequest& request, const ModelScenario& model, std::string_view content)
{
    WireUsage usage;
    std::int64_t system = 0;
    std::int64_t user = 0;
    usage.prompt =
        3; // what a chat template adds, as OpenAI's own counting recipe has it: 3 and 4 for each message
    for (const Message& message : request.messages) {
        const int tokens = estimateTokens(message.content);
        usage.prompt += tokens + 4;
        system += message.role == "system" ? tokens : 0;
        user += message.role == "user" ? tokens : 0;
    }
    usage.completion = estimateTokens(content);
    if (model.reasoningTokens > 0) {
        usage.reasoning = model.reasoningTokens;
        usage.completion += usage.reasoning;
    }
    if (model.cachePromptsAboveTokens > 0 && system >= model.cachePromptsAboveTokens)
        usage.cached = system / kCacheBlock * kCacheBlock;
    if (model.cacheWritesAboveTokens > 0 && user >= model.cacheWritesAboveTokens)
        usage.cacheWrite = user / kCacheBlock * kCacheBlock;
    return usage;
}

} // namespace

ScriptedAnswer errorAnswer(int status, std::string_view message, std::string_view param,
                           std::string_view code)
{
    ScriptedAnswer out;
    out.status = status;
    const std::string_view type = status == 429   ? "rate_limit_error"
                                  : status >= 500 ? "server_error"
                                                  : "invalid_request_error";
    out.pieces.push_back({.bytes = errorBody(message, type, param, code)});
    return out;
}

Responder::Responder(Scenario scenario, std::uint64_t seed)
    : m_scenario(std::move(scenario)), m_faults(std::move(m_scenario.faults), seed), m_seed(seed)
{
}

ScriptedAnswer Responder::answer(std::string_view method, std::string_view target, std::string_view body)
{
    const std::string_view path = target.substr(0, target.find('?'));
    if (const std::optional<Dialect> dialect = dialectOf(path))
        return method == "POST" ? generate(*dialect, target, body)
                                : errorAnswer(405, "This path takes POST.", "", "method_not_allowed");
    if (path == "/v1/embeddings")
        return method == "POST" ? embeddingsAnswer(body)
                                : errorAnswer(405, "This path takes POST.", "", "method_not_allowed");
    if (path == "/v1/models")
        return method == "GET" ? models()
                               : errorAnswer(405, "This path takes GET.", "", "method_not_allowed");
    return errorAnswer(404, "There is nothing at " + std::string(path.substr(0, 200)) + ".", "",
                       "unknown_url");
}

ScriptedAnswer Responder::models() const
{
    std::string body = R"({"object":"list","data":[)";
    for (const auto& [name, model] : m_scenario.models) {
        body += body.back() == '[' ? "" : ",";
        body += "{\"id\":\"";
        appendJsonEscaped(body, name);
        body += R"(","object":"model","created":0,"owned_by":"signalbox-sandbox"})";
    }
    ScriptedAnswer out;
    out.pieces.push_back({.bytes = body + "]}"});
    return out;
}

ScriptedAnswer Responder::generate(Dialect dialect, std::string_view target, std::string_view body)
{
    const auto refusal = [&](int status, const std::string& message, std::string_view param,
                             std::string_view code) {
        ScriptedAnswer out;
        out.status = status;
        out.pieces.push_back({.bytes = errorBodyOf(dialect, status, message, param, code)});
        return out;
    };
    const auto request = readRequest(dialect, target, body);
    if (!request)
        return refusal(400, request.error().message, request.error().context, "");
    const auto found = m_scenario.models.find(request->model);
    if (found == m_scenario.models.end())
        return refusal(404, "The model '" + request->model.substr(0, 200) + "' does not exist here.", "model",
                       "model_not_found");
    const ModelScenario& model = found->second;

    const Hit hit = m_faults.hitRequest(request->model);
    const Draws draws = drawsFor(request->model, request->lastUser(), m_seed);
    WireReply reply;
    reply.id = "chatcmpl-" + hex(hash64(body, m_seed));
    reply.createdS = wallClockMs() / 1000;
    reply.model = request->model;
    const auto task = readJudgeTask(*request);
    reply.content = task ? verdictJson(judged(*task, m_scenario.judge, m_seed))
                         : simulateAnswer(model, *request, draws).text;
    reply.content += suffixFor(hit);
    if (hit && hit.fault->kind == Fault::Kind::Empty)
        reply.content.clear();
    if (request->maxTokens > 0) {
        const std::string_view kept = withinTokens(reply.content, request->maxTokens);
        if (kept.size() < reply.content.size()) {
            reply.finishReason = "length";
            reply.content.resize(kept.size());
        }
    }
    if (const std::string_view ending = finishReasonOf(hit); !ending.empty()) {
        reply.finishReason = ending;
        reply.content.resize(withinTokens(reply.content, estimateTokens(reply.content) / 2).size());
    }
    reply.usage = usageOf(*request, model, reply.content);

    const double ttftMs =
        m_scenario.timeScale * model.ttftMs.median * std::exp(model.ttftMs.sigma * draws.ttftNormal);
    const double perToken =
        m_scenario.timeScale * 1000 /
        (model.tokensPerSecond.median * std::exp(model.tokensPerSecond.sigma * draws.paceNormal));
    const double reasonedMs =
        ttftMs + perToken * static_cast<double>(std::max<std::int64_t>(0, reply.usage.reasoning));
    const double wholeMs = ttftMs + perToken * static_cast<double>(reply.usage.completion);

    const UsageStyle style = usageStyleOf(hit);
    const std::unique_ptr<ReplyWriter> writer = writerFor(dialect, reply, *request, style);
    PlannedAnswer planned;
    planned.stream = request->stream;
    planned.id = reply.id;
    planned.jsonAtMs = wholeMs;
    if (!request->stream || hit)
        planned.json = writer->whole();
    planned.plainErrors = dialect == Dialect::OpenAiChat;
    planned.errorBody = [dialect](int status, std::string_view message) {
        return errorBodyOf(dialect, status, message, "", "sandbox_fault");
    };
    if (request->stream) {
        planned.contentEvent = [&writer = *writer](std::string_view text) { return writer.piece(text, 0); };
        const auto add = [&](ReplyPart what, double atMs, int tokens, std::string bytes) {
            planned.parts.push_back({what, atMs, tokens, std::move(bytes), what == writer->usageIn()});
        };
        add(ReplyPart::Start, ttftMs, 0, writer->first());
        std::size_t sent = 0;
        for (const std::string_view piece : piecesOf(reply.content, kWordsEachPiece)) {
            const double share = static_cast<double>(sent) / static_cast<double>(reply.content.size());
            sent += piece.size();
            // Counted in each chunk only where it is told there: estimating costs time.
            const int soFar = style == UsageStyle::EachChunk
                                  ? estimateTokens(std::string_view(reply.content).substr(0, sent))
                                  : 0;
            add(ReplyPart::Content, reasonedMs + (wholeMs - reasonedMs) * share,
                hit ? estimateTokens(piece) : 0, writer->piece(piece, soFar));
        }
        add(ReplyPart::Finish, wholeMs, 0, writer->finish());
        add(ReplyPart::Usage, wholeMs, 0, writer->usage());
        add(ReplyPart::Done, wholeMs, 0, writer->done());
    }
    ScriptedAnswer out = hit ? faultyAnswer(hit, std::move(planned), m_scenario.timeScale, m_seed)
                             : plainAnswer(std::move(planned));
    out.model = request->model;
    if (out.status == 200) {
        out.replyId = reply.id;
        out.billed.cached = std::max<std::int64_t>(0, reply.usage.cached);
        if (dialect != Dialect::Gemini) // does not tell what it wrote
            out.billed.cacheWrite = std::max<std::int64_t>(0, reply.usage.cacheWrite);
        out.billed.input = reply.usage.prompt - out.billed.cached - out.billed.cacheWrite;
        out.billed.reasoning = std::max<std::int64_t>(0, reply.usage.reasoning);
        if (dialect == Dialect::Anthropic) // does not tell thinking apart
            out.billed.reasoning = 0;
        out.billed.output = reply.usage.completion - out.billed.reasoning;
    }
    return out;
}

} // namespace signalbox::sandbox
