// SPDX-License-Identifier: GPL-3.0-or-later
// The top of a policy, and the small parts that need no file of their own.
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"

#include <algorithm>

namespace signalbox {

using namespace diagnostic;

namespace {

void decodeVersion(DecodeContext& context, ObjectReader& top)
{
    const NodeIndex node = top.require("signalbox");
    if (node == kNoNode)
        return;
    if (context.tree().kind(node) != NodeKind::Number || context.tree().number(node) != 1)
        context.report(kUnsupportedVersion, node,
                       "\"signalbox\" is the version of the policy language and must be 1.",
                       context.tree().kind(node) == NodeKind::Number ? "A newer Signalbox may be needed."
                                                                     : "Write \"signalbox\": 1.");
}

void decodeQualitySource(DecodeContext& context, ObjectReader& reader, MinQuality& quality)
{
    quality.source = reader.requiredText("source");
    if (quality.source.empty())
        return;
    const NodeIndex node = reader.find("source");
    if (quality.source.rfind("judge:", 0) == 0) {
        const std::string rubric = quality.source.substr(6, quality.source.find('@') - 6);
        const int index = context.rubrics.find(rubric);
        if (index < 0)
            context.report(kUnknownRubric, node, "There is no rubric " + quoted(rubric) + ".",
                           context.rubrics.hintFor(rubric));
        else if (context.policy().rubrics[static_cast<std::size_t>(index)].of != quality.of)
            context.report(kScaleMismatch, reader.find("of") == kNoNode ? node : reader.find("of"),
                           "The objective counts to " + std::to_string(quality.of) + ", its rubric to " +
                               std::to_string(context.policy().rubrics[static_cast<std::size_t>(index)].of) +
                               ".",
                           "Write the objective on the rubric's scale.");
        return;
    }
    static const std::vector<std::string_view> kSources = {"reference", "verifier", "human"};
    if (std::ranges::find(kSources, std::string_view(quality.source)) == kSources.end())
        context.report(kUnknownValue, node, quoted(quality.source) + " is not a source of quality.",
                       "It is \"judge:RUBRIC\", \"reference\", \"verifier\" or \"human\".");
}

void decodeSlo(DecodeContext& context, ObjectReader& top)
{
    const NodeIndex node = top.find("slo");
    if (node == kNoNode)
        return;
    ObjectReader reader(context, node, ObjectType::Slo);
    Slo& slo = context.policy().slo;
    slo.p95LatencyMs = reader.number("p95_latency_ms", 1, 3'600'000);
    slo.costPerResolvedUsd = reader.number("cost_per_resolved_usd", 0, 1'000'000);
    const NodeIndex quality = reader.find("min_quality");
    if (quality == kNoNode)
        return;
    ObjectReader inner(context, quality, ObjectType::MinQuality);
    if (!inner.valid())
        return;
    MinQuality out;
    out.of = inner.requiredInteger("of", 1, 100).value_or(5);
    out.atLeast = inner.requiredNumber("at_least", 0, out.of).value_or(0);
    decodeQualitySource(context, inner, out);
    slo.minQuality = std::move(out);
}

void decodeRetrieval(DecodeContext& context, ObjectReader& top)
{
    const NodeIndex node = top.find("retrieval");
    if (node == kNoNode)
        return;
    ObjectReader reader(context, node, ObjectType::Retrieval);
    if (!reader.valid())
        return;
    Retrieval& retrieval = context.policy().retrieval;
    reader.require("enabled");
    retrieval.enabled = reader.boolean("enabled").value_or(false);
    retrieval.topK = reader.integer("top_k", 1, 100).value_or(retrieval.topK);
    retrieval.minScore = reader.number("min_score", 0, 1).value_or(retrieval.minScore);
}

void decodeCopyAndExport(DecodeContext& context, ObjectReader& top)
{
    if (const NodeIndex node = top.find("copy"); node != kNoNode) {
        ObjectReader reader(context, node, ObjectType::Copy);
        context.policy().escalatingCopy = reader.text("escalating").value_or("");
    }
    if (const NodeIndex node = top.find("export"); node != kNoNode) {
        ObjectReader reader(context, node, ObjectType::Export);
        const bool forced = reader.boolean("forced").value_or(false);
        reader.integer("errors", 0, 1'000'000);
        if (forced)
            context.report(kForcedExport, node, "This file was exported although it had errors.",
                           "Mend the errors and export it again, or remove \"export\".");
    }
}

} // namespace

void decodeTop(DecodeContext& context)
{
    Policy& policy = context.policy();
    ObjectReader top(context, context.tree().root(), ObjectType::Policy);
    if (!top.valid())
        return;
    decodeVersion(context, top);
    policy.name = top.requiredText("name");
    top.text("description");
    static const std::vector<std::string_view> kPriorities = {"cost", "quality", "latency"};
    const int priority = top.choice("priority", kPriorities);
    policy.priority = kPriorities[static_cast<std::size_t>(std::max(priority, 0))];
    policy.systemPrompt = top.text("system_prompt").value_or("");
    decodeEndpoints(context, top);
    decodeModels(context, top);
    decodeTiers(context, top);
    decodeRules(context, top);
    decodeRouter(context, top);
    decodeCascade(context, top);
    decodeRubrics(context, top);
    decodeTriggers(context, top);
    decodeRetrieval(context, top);
    decodeSlo(context, top);
    decodeCopyAndExport(context, top);
}

} // namespace signalbox
