// SPDX-License-Identifier: GPL-3.0-or-later
// The top of a policy, and the small parts that need no file of their own.
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"

#include <algorithm>
#include <cmath>

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

void decodeWeights(DecodeContext& context, ObjectReader& top)
{
    Policy& policy = context.policy();
    policy.weights = presetWeights(policy.priority);
    const NodeIndex node = top.find("weights");
    if (node == kNoNode)
        return;
    ObjectReader reader(context, node, ObjectType::Weights);
    if (!reader.valid())
        return;
    const auto cost = reader.requiredNumber("cost", 0, 1);
    const auto quality = reader.requiredNumber("quality", 0, 1);
    const auto latency = reader.requiredNumber("latency", 0, 1);
    if (!cost || !quality || !latency)
        return;
    policy.weights = {*cost, *quality, *latency};
    policy.weightsStated = true;
    constexpr double kTolerance = 0.001 + 1e-9;
    if (std::fabs(*cost + *quality + *latency - 1) > kTolerance)
        context.report(kWeightsSum, node,
                       "The weights add up to " + shortNumber(*cost + *quality + *latency) + ", not to 1.",
                       "Divide each by their sum.");
}

} // namespace

int decodeQualitySource(DecodeContext& context, NodeIndex node, const std::string& source)
{
    static const std::vector<std::string_view> kSources = {"reference", "verifier", "human"};
    if (source.empty())
        return -1; // reported already
    if (source.rfind("judge:", 0) == 0) {
        const std::string rubric = source.substr(6, source.find('@') - 6);
        const int index = context.rubrics.find(rubric);
        if (index < 0)
            context.report(kUnknownRubric, node, "There is no rubric " + inQuotes(rubric) + ".",
                           context.rubrics.hintFor(rubric));
        return index;
    }
    if (std::ranges::find(kSources, std::string_view(source)) == kSources.end())
        context.report(kUnknownValue, node, inQuotes(source) + " is not a source of quality.",
                       "It is \"judge:RUBRIC\", \"reference\", \"verifier\" or \"human\".");
    return -1;
}

void decodeSlo(DecodeContext& context, NodeIndex node, Slo& slo)
{
    if (node == kNoNode)
        return;
    ObjectReader reader(context, node, ObjectType::Slo);
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
    out.source = inner.requiredText("source");
    const int rubric = decodeQualitySource(context, inner.find("source"), out.source);
    if (rubric >= 0) {
        const int scale = context.policy().rubrics[static_cast<std::size_t>(rubric)].of;
        if (scale != out.of)
            context.report(kScaleMismatch, inner.has("of") ? inner.find("of") : inner.find("source"),
                           "The objective counts to " + std::to_string(out.of) + ", its rubric to " +
                               std::to_string(scale) + ".",
                           "Write the objective on the rubric's scale.");
    }
    slo.minQuality = std::move(out);
}

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
    decodeWeights(context, top);
    decodeBudget(context, top.find("budget"), policy.budget);
    policy.systemPrompt = top.text("system_prompt").value_or("");
    decodeEndpoints(context, top);
    decodeModels(context, top);
    decodeTiers(context, top);
    decodeTemplates(context, top);
    decodeTools(context, top);
    decodeRubrics(context, top);
    decodeUserTiers(context, top);
    decodeSlo(context, top.find("slo"), policy.slo);
    decodeRules(context, top);
    decodeRouter(context, top);
    decodeRetrieval(context, top);
    decodeTriggers(context, top);
    decodeCascade(context, top);
    decodeOperation(context, top);
    context.forgiveNameless();
}

} // namespace signalbox
