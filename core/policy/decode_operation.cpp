// SPDX-License-Identifier: GPL-3.0-or-later
// What surrounds the answering of a request: retrieval, the cache, stickiness, release gates, the handoff,
// texts for users, and the mark of an export.
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"

#include <algorithm>

namespace signalbox {

using namespace diagnostic;

namespace {

constexpr int kSecondsOfAYear = 366 * 86'400;

void decodeCache(DecodeContext& context, ObjectReader& top)
{
    const NodeIndex node = top.find("cache");
    if (node == kNoNode)
        return;
    static const std::vector<std::string_view> kKinds = {"exact", "semantic"};
    static constexpr std::string_view kNames[] = {"exact", "semantic"};
    static constexpr OwnedKey kOwned[] = {{"min_similarity", 2}, {"model", 2}};
    ObjectReader reader(context, node, ObjectType::Cache);
    if (!reader.valid())
        return;
    AnswerCacheSpec& cache = context.policy().cache.emplace();
    reader.require("kind");
    if (const int kind = reader.choice("kind", kKinds); kind >= 0) {
        cache.kind = static_cast<AnswerCacheSpec::Kind>(kind);
        reportForeignKeys(context, reader, kOwned,
                          {"a cache", "kind", kNames, static_cast<std::size_t>(kind)});
    }
    cache.minSimilarity = reader.number("min_similarity", 0, 1).value_or(cache.minSimilarity);
    cache.ttlSeconds = reader.integer("ttl_s", 1, kSecondsOfAYear).value_or(cache.ttlSeconds);
    if (reader.has("model")) {
        cache.modelId = reader.requiredText("model");
        cache.model = context.modelReference(cache.modelId, reader.find("model"), "embeddings");
    }
    const std::vector<Text> scope = reader.texts("scope");
    reportRepeated(context, scope, "\"scope\"");
    cache.scope = valuesOf(scope);
}

void decodeStickiness(DecodeContext& context, ObjectReader& top)
{
    const NodeIndex node = top.find("stickiness");
    if (node == kNoNode)
        return;
    static const std::vector<std::string_view> kBy = {"model", "family", "tier"};
    ObjectReader reader(context, node, ObjectType::Stickiness);
    if (!reader.valid())
        return;
    Stickiness& stickiness = context.policy().stickiness.emplace();
    if (const int by = reader.choice("by", kBy); by >= 0)
        stickiness.by = static_cast<Stickiness::By>(by);
    stickiness.maxAgeSeconds =
        reader.integer("max_age_s", 1, kSecondsOfAYear).value_or(stickiness.maxAgeSeconds);
    if (reader.has("session_key"))
        stickiness.sessionKey = reader.requiredText("session_key");
}

ReleaseGate decodeReleaseGate(DecodeContext& context, ObjectReader& reader)
{
    using Metric = ReleaseGate::Metric;
    static const std::vector<std::string_view> kMetrics = {
        "quality",        "cost_per_request_usd", "cost_per_resolved_usd",
        "p95_latency_ms", "escalation_rate",      "human_share"};
    ReleaseGate gate;
    gate.id = reader.id();
    gate.dataset = reader.requiredText("dataset");
    reader.require("metric");
    const int metric = reader.choice("metric", kMetrics);
    gate.metric = static_cast<Metric>(std::max(metric, 0));
    const bool share = gate.metric == Metric::Quality || gate.metric == Metric::EscalationRate ||
                       gate.metric == Metric::HumanShare;
    const double most = share ? 1 : gate.metric == Metric::P95LatencyMs ? 3'600'000 : 1'000'000;
    if (reader.has("at_least") == reader.has("at_most"))
        context.report(kGateBounds, reader.node(),
                       reader.has("at_least") ? "The release gate has both \"at_least\" and \"at_most\"."
                                              : "The release gate demands nothing: it needs \"at_least\" or "
                                                "\"at_most\".",
                       reader.has("at_least") ? "Write a release gate for each." : "Write one of the two.");
    gate.atLeast = reader.number("at_least", 0, most);
    gate.atMost = reader.number("at_most", 0, most);
    if (metric == 0) {
        gate.source = reader.requiredText("source");
        decodeQualitySource(context, reader.find("source"), gate.source);
    } else if (metric > 0 && reader.has("source")) {
        context.reportKey(kUnknownKey, reader.find("source"),
                          "\"source\" is not known in a release gate of metric " +
                              inQuotes(kMetrics[static_cast<std::size_t>(metric)]) + ".",
                          "It belongs to the metric \"quality\", which always names who says so.");
    }
    gate.confidence = reader.number("confidence", 0.5, 0.999).value_or(gate.confidence);
    return gate;
}

void decodeReleaseGates(DecodeContext& context, ObjectReader& top)
{
    IdIndex ids;
    auto& gates = context.policy().releaseGates;
    for (const NodeIndex node : top.elements("release_gates")) {
        ObjectReader reader(context, node, ObjectType::ReleaseGate);
        ReleaseGate gate;
        if (reader.valid()) {
            gate = decodeReleaseGate(context, reader);
            registerId(context, ids, reader, gate.id, static_cast<int>(gates.size()), "release gates");
        }
        gates.push_back(std::move(gate));
    }
}

void decodeHandoff(DecodeContext& context, ObjectReader& top)
{
    const NodeIndex node = top.find("handoff");
    if (node == kNoNode)
        return;
    static const std::vector<std::string_view> kInclude = {"conversation", "drafts", "reasons", "retrieval"};
    ObjectReader reader(context, node, ObjectType::Handoff);
    if (!reader.valid())
        return;
    Handoff& handoff = context.policy().handoff.emplace();
    if (reader.has("queue"))
        handoff.queue = reader.requiredText("queue");
    handoff.copy = reader.text("copy").value_or("");
    handoff.include = decodeWords(context, reader, "include", kInclude);
}

void decodeExport(DecodeContext& context, ObjectReader& top)
{
    const NodeIndex node = top.find("export");
    if (node == kNoNode)
        return;
    ObjectReader reader(context, node, ObjectType::Export);
    const bool forced = reader.boolean("forced").value_or(false);
    const int errors = reader.integer("errors", 0, 1'000'000'000).value_or(0);
    for (const char* key : {"warnings", "notes", "version"})
        reader.integer(key, 0, 1'000'000'000);
    for (const char* key : {"hash", "checked_at"})
        reader.text(key);
    if (forced)
        context.report(kForcedExport, node,
                       errors > 0 ? "This file was exported although it had errors."
                                  : "This file was exported although a release gate had no evidence.",
                       errors > 0 ? "Mend the errors and export it again, or remove \"export\"."
                                  : "Run the gate's dataset and export it again, or remove \"export\".");
}

} // namespace

void decodeRetrieval(DecodeContext& context, ObjectReader& top)
{
    const NodeIndex node = top.find("retrieval");
    if (node == kNoNode)
        return;
    ObjectReader reader(context, node, ObjectType::Retrieval);
    if (!reader.valid())
        return;
    Retrieval& retrieval = context.policy().retrieval;
    retrieval.enabled = reader.boolean("enabled").value_or(!reader.has("enabled"));
    if (reader.choice("when", {"always", "needs_retrieval"}) == 1)
        retrieval.when = RetrieveWhen::NeedsRetrieval;
    if (reader.has("model")) {
        retrieval.modelId = reader.requiredText("model");
        retrieval.model = context.modelReference(retrieval.modelId, reader.find("model"), "embeddings");
    }
    retrieval.topK = reader.integer("top_k", 1, 100).value_or(retrieval.topK);
    retrieval.minScore = reader.number("min_score", 0, 1).value_or(retrieval.minScore);
}

void decodeOperation(DecodeContext& context, ObjectReader& top)
{
    decodeCache(context, top);
    decodeStickiness(context, top);
    decodeReleaseGates(context, top);
    decodeHandoff(context, top);
    if (const NodeIndex node = top.find("copy"); node != kNoNode) {
        ObjectReader reader(context, node, ObjectType::Copy);
        Policy& policy = context.policy();
        policy.escalatingCopy = reader.text("escalating").value_or("");
        policy.restartedCopy = reader.text("restarted").value_or("");
        policy.rejectedCopy = reader.text("rejected").value_or("");
    }
    decodeExport(context, top);
}

} // namespace signalbox
