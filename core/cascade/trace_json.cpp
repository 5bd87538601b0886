// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/trace.h"

#include "base/clock.h"
#include "base/json_writer.h"

#include <algorithm>

namespace signalbox {

namespace {

std::optional<double> usdOf(const CostSum& sum)
{
    const std::optional<NanoUsd> total = sum.total();
    return total ? std::optional(toUsd(*total)) : std::nullopt;
}

/// A retry has a kind of its own, whatever was tried again; traces of older versions have only the kind.
bool isForJudge(const Charge& charge)
{
    return charge.purpose.empty() ? charge.kind == ChargeKind::Judge : charge.purpose.rfind("judge:", 0) == 0;
}

/// What the hop's own model cost, retries included; its judges stand in the charges.
CostSum modelCostOf(const Trace& trace, int hop)
{
    CostSum sum;
    for (const Charge& charge : trace.charges) {
        if (charge.hop == hop && !isForJudge(charge))
            sum.add(charge.cost);
    }
    return sum;
}

void writeTokens(JsonWriter& json, const TokenUsage& tokens)
{
    json.key("tokens").beginObject();
    json.key("input").integer(tokens.input).key("cached_input").integer(tokens.cachedInput);
    json.key("cache_write").integer(tokens.cacheWrite);
    json.key("output").integer(tokens.output).key("reasoning").integer(tokens.reasoning);
    json.endObject();
}

/// What its judge cost; what works it out itself costs nothing.
CostSum costOfGate(const Trace& trace, const Hop& hop, const GateResult& gate)
{
    CostSum sum;
    for (const Charge& charge : trace.charges) {
        if (charge.hop == hop.index && !gate.judgeModel.empty() && charge.purpose == "judge:" + gate.rubric)
            sum.add(charge.cost);
    }
    return sum;
}

void writeGate(JsonWriter& json, const Trace& trace, const Hop& hop, const GateResult& gate)
{
    json.beginObject().key("trigger").text(gate.trigger).key("gate").text(gate.gate);
    json.key("rubric").textOrNull(gate.rubric).key("model").textOrNull(gate.judgeModel);
    json.key("verdict").text(name(gate.verdict)).key("score").number(gate.rawScore);
    json.key("of");
    if (gate.of > 0)
        json.integer(std::int64_t{gate.of});
    else
        json.null();
    json.key("below").number(gate.threshold).key("reason").textOrNull(gate.reason);
    json.key("latency_ms").number(gate.latencyMs);
    json.key("cost_usd").number(usdOf(costOfGate(trace, hop, gate)));
    json.key("explanation").textOrNull(gate.explanation).endObject();
}

void writeAttempt(JsonWriter& json, const Attempt& attempt)
{
    json.beginObject().key("request_id").textOrNull(attempt.requestId);
    json.key("purpose").text(attempt.purpose).key("number").integer(std::int64_t{attempt.number});
    json.key("endpoint").text(attempt.endpoint).key("http_status").integer(std::int64_t{attempt.httpStatus});
    json.key("error").textOrNull(attempt.errorKind).key("start_ms").number(attempt.startMs);
    json.key("queue_ms").number(attempt.queueMs).key("connect_ms").number(attempt.connectMs);
    json.key("ttft_ms").number(attempt.ttftMs).key("generation_ms");
    if (attempt.ttftMs)
        json.number(attempt.totalMs - *attempt.ttftMs);
    else
        json.null();
    json.key("total_ms").number(attempt.totalMs).endObject();
}

void writeHop(JsonWriter& json, const Trace& trace, const Hop& hop)
{
    json.beginObject().key("tier").text(hop.tier).key("model").textOrNull(hop.model);
    json.key("role").textOrNull(hop.role);
    json.key("status").text(name(hop.status)).key("reason").textOrNull(hop.reason);
    json.key("trigger").textOrNull(hop.trigger);
    json.key("ttft_ms").number(hop.ttftMs).key("latency_ms").number(hop.latencyMs);
    json.key("total_ms").number(hop.totalMs).key("queue_ms").number(hop.queueMs);
    json.key("partial").boolean(hop.partial);
    writeTokens(json, hop.tokens);
    json.key("cost_usd").number(usdOf(modelCostOf(trace, hop.index)));
    json.key("attempts").integer(static_cast<std::int64_t>(hop.attempts.size()));
    json.key("tries").beginArray();
    for (const Attempt& attempt : hop.attempts)
        writeAttempt(json, attempt);
    json.endArray().key("gates").beginArray();
    for (const GateResult& gate : hop.gates)
        writeGate(json, trace, hop, gate);
    json.endArray().key("text").textOrNull(hop.text);
    json.key("finish_reason").textOrNull(hop.finishReason).key("tool_calls").json(toolCallsJson(hop.toolCalls)).endObject();
}

void writeCacheHit(JsonWriter& json, const Trace& trace)
{
    json.key("cache");
    if (!trace.cacheHit) {
        json.null();
        return;
    }
    const CacheHit& hit = *trace.cacheHit;
    json.beginObject().key("trace_id").text(hit.traceId).key("similarity").number(hit.similarity);
    json.key("age_ms").integer(hit.ageMs);
    json.key("saved_usd").number(hit.savedCost ? std::optional(toUsd(*hit.savedCost)) : std::nullopt);
    json.key("saved_ms").number(hit.savedMs).endObject();
}

/// Which passages, without their texts.
void writeRetrieved(JsonWriter& json, const Trace& trace)
{
    const auto rank = [&](const char* key, std::optional<int> value) {
        json.key(key).integer(value ? std::optional<std::int64_t>(*value) : std::nullopt);
    };
    json.key("retrieved").beginArray();
    for (const RetrievedPassage& passage : trace.retrieved) {
        json.beginObject().key("id").text(passage.documentId).key("title").text(passage.title);
        json.key("score").number(passage.absolute ? std::optional(passage.score) : std::nullopt);
        json.key("relative").number(passage.relative);
        rank("word_rank", passage.wordRank);
        rank("vector_rank", passage.vectorRank);
        json.key("similarity").number(passage.similarity).endObject();
    }
    json.endArray();
}

void writeCharge(JsonWriter& json, const Charge& charge)
{
    json.beginObject().key("kind").text(name(charge.kind)).key("model").textOrNull(charge.model);
    json.key("purpose").textOrNull(charge.purpose).key("hop");
    if (charge.hop >= 0)
        json.integer(std::int64_t{charge.hop});
    else
        json.null();
    writeTokens(json, charge.tokens);
    json.key("price_source").textOrNull(charge.priceSource).key("price_as_of").textOrNull(charge.priceAsOf);
    json.key("cost_usd").number(charge.cost ? std::optional(toUsd(*charge.cost)) : std::nullopt);
    if (charge.estimated)
        json.key("estimated").boolean(true);
    if (charge.estimated || charge.estimate) {
        json.key("estimate_usd")
            .number(charge.estimate ? std::optional(toUsd(*charge.estimate)) : std::nullopt);
    }
    json.key("request_id").textOrNull(charge.requestId).endObject();
}

} // namespace

std::string traceToJson(const Trace& trace)
{
    const CostSum cost = trace.cost();
    JsonWriter json;
    json.beginObject().key("id").text(trace.promptId.empty() ? trace.id : trace.promptId);
    json.key("trace_id").text(trace.id).key("dataset").textOrNull(trace.dataset);
    json.key("user_tier").textOrNull(trace.userTier);
    json.key("mode").text(name(trace.mode)).key("started_at").text(isoTimestamp(trace.startedAtMs));
    json.key("status").text(name(trace.status)).key("route").text(trace.route);
    json.key("router").text(trace.router).key("confidence").number(trace.confidence);
    json.key("tier").textOrNull(trace.finalTier).key("model").textOrNull(trace.model);
    json.key("hops").beginArray();
    for (const Hop& hop : trace.hops)
        writeHop(json, trace, hop);
    json.endArray().key("calls").beginArray();
    for (const Attempt& attempt : trace.calls)
        writeAttempt(json, attempt);
    json.endArray();
    writeCacheHit(json, trace);
    writeRetrieved(json, trace);
    json.key("charges").beginArray();
    for (const Charge& charge : trace.charges)
        writeCharge(json, charge);
    json.endArray().key("escalations").integer(std::int64_t{trace.escalations});
    json.key("cost_usd").number(usdOf(cost)).key("cost_known_share").number(cost.knownShare());
    json.key("latency_ms").number(trace.latencyMs).key("ttft_ms").number(trace.ttftMs);
    json.key("quality").number(trace.quality).key("quality_source").textOrNull(trace.qualitySource);
    json.key("resolved").boolean(trace.resolved);
    json.key("answer");
    if (trace.status == TraceStatus::Answered)
        json.text(trace.answer);
    else
        json.textOrNull(trace.answer);
    json.key("reasons").beginArray();
    for (const std::string& reason : trace.reasons)
        json.text(reason);
    json.endArray().key("barred").beginArray();
    for (const auto& [tier, reason] : trace.barred)
        json.beginObject().key("tier").text(tier).key("reason").text(reason).endObject();
    json.endArray().key("policy").text(trace.policyName).key("policy_hash").text(trace.policyHash);
    json.key("input_hash").text(trace.inputHash).key("prompt_version").textOrNull(trace.promptVersion);
    json.key("judge_versions").beginArray();
    for (std::string_view left = trace.judgeVersions; !left.empty();) {
        const std::size_t end = std::min(left.find(','), left.size());
        json.text(std::string(left.substr(0, end)));
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    json.endArray();
    json.key("simulated").boolean(trace.simulated).endObject();
    return json.take();
}

} // namespace signalbox
