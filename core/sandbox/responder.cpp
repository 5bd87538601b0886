// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/responder.h"

#include "base/json_text.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/text.h"
#include "sandbox/chat_wire.h"
#include "sandbox/simulated_judge.h"
#include "sandbox/simulated_model.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace signalbox::sandbox {

namespace {

constexpr int kWordsEachPiece = 3;

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
    usage.prompt =
        3; // what a chat template adds, as OpenAI's own counting recipe has it: 3 and 4 for each message
    for (const Message& message : request.messages) {
        const int tokens = estimateTokens(message.content);
        usage.prompt += tokens + 4;
        system += message.role == "system" ? tokens : 0;
    }
    usage.completion = estimateTokens(content);
    if (model.cachePromptsAboveTokens > 0 && system >= model.cachePromptsAboveTokens)
        usage.cached = system / 64 * 64; // providers cache prefixes in blocks
    return usage;
}

ScriptedAnswer garbage(bool stream)
{
    ScriptedAnswer out;
    out.faulted = true;
    out.contentType = stream ? "text/event-stream" : "application/json";
    out.pieces.push_back(
        {0, stream ? "data: {\"id\":\"chatcmpl-\",\"object\":\"chat.compl\n\ndata: <html><body>upstream\n\n"
                   : "<html><body>upstream error</body></html>"});
    return out;
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
    out.pieces.push_back({0, errorBody(message, type, param, code)});
    return out;
}

Responder::Responder(Scenario scenario, std::uint64_t seed)
    : m_scenario(std::move(scenario)), m_seed(seed), m_counts(m_scenario.faults.size())
{
}

ScriptedAnswer Responder::answer(std::string_view method, std::string_view target, std::string_view body)
{
    const std::string_view path = target.substr(0, target.find('?'));
    if (path == "/v1/chat/completions")
        return method == "POST" ? chat(body)
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
    out.pieces.push_back({0, body + "]}"});
    return out;
}

const Fault* Responder::faultFor(std::string_view model)
{
    const Fault* hit = nullptr;
    for (std::size_t i = 0; i < m_scenario.faults.size(); ++i) {
        const Fault& fault = m_scenario.faults[i];
        if (fault.model != model)
            continue;
        const std::uint64_t n = ++m_counts[i].requests;
        const bool hits =
            fault.every > 0 ? n % static_cast<std::uint64_t>(fault.every) == 0
            : fault.first > 0
                ? n <= static_cast<std::uint64_t>(fault.first)
                : Random(hash64("fault " + std::to_string(i) + " " + std::to_string(n), m_seed)).uniform() <
                      fault.probability;
        if (hits && !hit)
            hit = &fault;
    }
    return hit;
}

ScriptedAnswer Responder::chat(std::string_view body)
{
    const auto request = readChatRequest(body);
    if (!request)
        return errorAnswer(400, request.error().message, request.error().context, "");
    const auto found = m_scenario.models.find(request->model);
    if (found == m_scenario.models.end())
        return errorAnswer(404, "The model '" + request->model.substr(0, 200) + "' does not exist here.",
                           "model", "model_not_found");
    const ModelScenario& model = found->second;

    const Fault* fault = faultFor(request->model);
    if (fault && fault->kind == Fault::Kind::Status) {
        ScriptedAnswer out = errorAnswer(fault->status, "The scenario answers this request with an error.",
                                         "", "sandbox_fault");
        if (fault->retryAfterS) {
            char text[32];
            std::snprintf(text, sizeof text, "%.15g", *fault->retryAfterS);
            out.retryAfter = text;
        }
        out.faulted = true;
        return out;
    }
    if (fault && fault->kind == Fault::Kind::Garbage)
        return garbage(request->stream);

    const Draws draws = drawsFor(request->model, request->lastUser(), m_seed);
    WireReply reply;
    reply.id = "chatcmpl-" + hex(hash64(body, m_seed));
    reply.createdS = wallClockMs() / 1000;
    reply.model = request->model;
    const auto task = readJudgeTask(*request);
    reply.content = task ? verdictJson(judged(*task, m_scenario.judge, m_seed))
                         : simulateAnswer(model, *request, draws).text;
    if (request->maxTokens > 0) {
        const std::string_view kept = withinTokens(reply.content, request->maxTokens);
        if (kept.size() < reply.content.size()) {
            reply.finishReason = "length";
            reply.content.resize(kept.size());
        }
    }
    reply.usage = usageOf(*request, model, reply.content);

    const double ttftMs =
        m_scenario.timeScale * model.ttftMs.median * std::exp(model.ttftMs.sigma * draws.ttftNormal);
    const double perToken =
        m_scenario.timeScale * 1000 /
        (model.tokensPerSecond.median * std::exp(model.tokensPerSecond.sigma * draws.paceNormal));
    const double wholeMs = ttftMs + perToken * static_cast<double>(reply.usage.completion);

    ScriptedAnswer out;
    out.faulted = fault != nullptr;
    if (fault)
        out.end = fault->kind == Fault::Kind::Cut ? ScriptedAnswer::End::Cut : ScriptedAnswer::End::Stall;
    if (fault && fault->afterChunks == 0)
        return out;
    if (!request->stream) {
        std::string whole = completionBody(reply);
        if (fault) // the first half of the object, and no more
            whole.resize(whole.size() / 2);
        out.pieces.push_back({wholeMs, std::move(whole)});
        return out;
    }
    out.contentType = "text/event-stream";
    const StreamWriter writer(reply, request->includeUsage);
    out.pieces.push_back({ttftMs, writer.first()});
    double sent = 0;
    int chunks = 0;
    for (const std::string_view piece : piecesOf(reply.content, kWordsEachPiece)) {
        if (fault && chunks++ == fault->afterChunks)
            return out;
        out.pieces.push_back({ttftMs + (wholeMs - ttftMs) * sent, writer.piece(piece)});
        sent += static_cast<double>(piece.size()) / static_cast<double>(reply.content.size());
    }
    if (fault)
        return out;
    out.pieces.push_back({wholeMs, writer.last()});
    return out;
}

} // namespace signalbox::sandbox
