// SPDX-License-Identifier: GPL-3.0-or-later
// Rubrics and triggers, of every gate.
#include "policy/canonical.h"
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"
#include "policy/schema_check.h"

#include <algorithm>
#include <initializer_list>

namespace signalbox {

using namespace diagnostic;

namespace {

using G = GateKind;
// In the order of GateKind.
constexpr std::string_view kGates[] = {
    "judge",    "json_schema",     "tool_call",     "confidence", "retrieval",
    "keyword",  "token_budget",    "timeout",       "refusal",    "self_escalation",
    "verifier", "log_probability", "self_reported", "stall"};

constexpr std::uint32_t of(std::initializer_list<GateKind> gates)
{
    std::uint32_t owners = 0;
    for (const GateKind gate : gates)
        owners |= 1u << static_cast<unsigned>(gate);
    return owners;
}
constexpr OwnedKey kOwnedByGates[] = {
    {"rubric", of({G::Judge})},
    {"below", of({G::Judge, G::Confidence, G::Retrieval, G::LogProbability, G::SelfReported})},
    {"of", of({G::Judge})},
    {"schema", of({G::JsonSchema})},
    {"keyword", of({G::Keyword})},
    {"pattern", of({G::Keyword, G::Refusal, G::Verifier})},
    {"marker", of({G::SelfEscalation})},
    {"tool", of({G::SelfEscalation})},
    {"check", of({G::Verifier})},
    {"min_chars", of({G::Verifier})},
    {"max_chars", of({G::Verifier})},
    {"after_ms", of({G::Stall})},
};

constexpr std::string_view kChecks[] = {"pattern", "length", "code_parses", "arithmetic", "complete"}; // as VerifierCheck
constexpr OwnedKey kOfCheck[] = {{"pattern", 1}, {"min_chars", 2}, {"max_chars", 2}};

void decodeJudgeGate(DecodeContext& context, ObjectReader& reader, Trigger& trigger)
{
    trigger.rubricId = reader.requiredText("rubric");
    trigger.rubric =
        context.reference(context.rubrics, kUnknownRubric, "rubric", trigger.rubricId, reader.find("rubric"));
    const auto of = reader.integer("of", 2, 100);
    const int scale = trigger.rubric >= 0
                          ? context.policy().rubrics[static_cast<std::size_t>(trigger.rubric)].of
                          : of.value_or(5);
    if (of && *of != scale)
        context.report(kScaleMismatch, reader.find("of"),
                       "The trigger counts to " + std::to_string(*of) + ", its rubric to " +
                           std::to_string(scale) + ".",
                       "Write the threshold on the rubric's scale.");
    trigger.of = scale;
    trigger.below = reader.requiredNumber("below", 1, scale).value_or(0);
}

void decodeSchemaGate(DecodeContext& context, ObjectReader& reader, Trigger& trigger)
{
    const NodeIndex schema = reader.require("schema");
    if (schema == kNoNode)
        return;
    if (context.tree().kind(schema) != NodeKind::Object) {
        reader.wrongType(schema, "an object (a JSON Schema)");
        return;
    }
    checkSchema(context, schema);
    trigger.schemaJson = canonicalValue(context.tree(), schema, ObjectType::Free);
}

void needsOneOf(DecodeContext& context, const ObjectReader& reader, std::string_view what, const char* first,
                const char* second)
{
    if (!reader.has(first) && !reader.has(second))
        context.report(kGateOfNothing, reader.node(),
                       "The gate looks for nothing: a " + std::string(what) + " needs " + inQuotes(first) +
                           " or " + inQuotes(second) + ".");
}

void decodeRetrievalGate(DecodeContext& context, ObjectReader& reader, Trigger& trigger)
{
    trigger.below = reader.requiredNumber("below", 0, 1).value_or(0);
    if (!context.policy().retrieval.enabled)
        context.report(kNeedsRetrieval, reader.find("gate"),
                       "The gate \"retrieval\" needs retrieval, which the policy does not use.",
                       "Write \"retrieval\": {\"top_k\": 3} beside \"triggers\", or remove the trigger.");
}

void decodeSelfEscalation(DecodeContext& context, ObjectReader& reader, Trigger& trigger)
{
    needsOneOf(context, reader, "trigger of gate \"self_escalation\"", "marker", "tool");
    if (reader.has("marker"))
        trigger.marker = reader.requiredText("marker");
    if (reader.has("tool")) {
        trigger.tool = reader.requiredText("tool");
        context.reference(context.tools, kUnknownTool, "tool", trigger.tool, reader.find("tool"));
    }
}

void decodeVerifier(DecodeContext& context, ObjectReader& reader, Trigger& trigger)
{
    static const std::vector<std::string_view> kWords(std::begin(kChecks), std::end(kChecks));
    constexpr int kMostChars = 10'000'000;
    reader.require("check");
    const int check = reader.choice("check", kWords);
    if (check >= 0) {
        trigger.check = static_cast<VerifierCheck>(check);
        reportForeignKeys(context, reader, kOfCheck,
                          {"a verifier", "check", kChecks, static_cast<std::size_t>(check)});
    }
    if (check >= 0 && trigger.check == VerifierCheck::Pattern)
        reader.require("pattern");
    if (check >= 0 && trigger.check == VerifierCheck::Length)
        needsOneOf(context, reader, "verifier of length", "min_chars", "max_chars");
    trigger.minChars = reader.integer("min_chars", 0, kMostChars);
    trigger.maxChars = reader.integer("max_chars", 1, kMostChars);
    if (trigger.minChars && trigger.maxChars && *trigger.minChars > *trigger.maxChars)
        context.report(kCharRange, reader.find("min_chars"),
                       "\"min_chars\" is above \"max_chars\": no answer fits.");
}

void decodeByGate(DecodeContext& context, ObjectReader& reader, Trigger& trigger)
{
    const auto below = [&](double low, double high) {
        trigger.below = reader.requiredNumber("below", low, high).value_or(0);
    };
    const std::vector<Text> patterns = reader.texts("pattern", true);
    checkPatterns(context, patterns);
    trigger.patterns = valuesOf(patterns);
    switch (trigger.gate) {
    case G::Judge:
        return decodeJudgeGate(context, reader, trigger);
    case G::JsonSchema:
        return decodeSchemaGate(context, reader, trigger);
    case G::Confidence:
    case G::SelfReported:
        return below(0, 1);
    case G::LogProbability:
        return below(-100, 0);
    case G::Retrieval:
        return decodeRetrievalGate(context, reader, trigger);
    case G::Keyword: {
        needsOneOf(context, reader, "trigger of gate \"keyword\"", "keyword", "pattern");
        const std::vector<Text> keywords = reader.texts("keyword", true);
        checkKeywords(context, keywords);
        trigger.keywords = valuesOf(keywords);
        return;
    }
    case G::SelfEscalation:
        return decodeSelfEscalation(context, reader, trigger);
    case G::Verifier:
        return decodeVerifier(context, reader, trigger);
    case G::Stall:
        trigger.afterMs = reader.integer("after_ms", 1, 3'600'000);
        return;
    case G::ToolCall:
    case G::TokenBudget:
    case G::Timeout:
    case G::Refusal:
        return;
    }
}

Trigger decodeTrigger(DecodeContext& context, ObjectReader& reader)
{
    static const std::vector<std::string_view> kNames(std::begin(kGates), std::end(kGates));
    Trigger trigger;
    trigger.id = reader.id();
    reader.require("gate");
    if (const int gate = reader.choice("gate", kNames); gate >= 0) {
        trigger.gate = static_cast<GateKind>(gate);
        reportForeignKeys(context, reader, kOwnedByGates,
                          {"a trigger", "gate", kGates, static_cast<std::size_t>(gate)});
        decodeByGate(context, reader, trigger);
    }
    if (const NodeIndex when = reader.find("when"); when != kNoNode)
        trigger.when = decodeCondition(context, when);
    TierList tiers = decodeTierList(context, reader, "applies_to", true);
    trigger.appliesToIds = std::move(tiers.ids);
    trigger.appliesTo = std::move(tiers.tiers);
    reader.require("escalate");
    RouteText route = decodeRoute(context, reader, "escalate", MayBeNext::Yes);
    trigger.escalateId = std::move(route.id);
    trigger.escalateToNext = trigger.escalateId.empty() || route.next;
    trigger.escalateTo = route.route;
    trigger.carries = std::move(route.carries);
    trigger.atMost = reader.integer("at_most", 1, 10).value_or(0);
    return trigger;
}

} // namespace

void decodeRubrics(DecodeContext& context, ObjectReader& top)
{
    auto& rubrics = context.policy().rubrics;
    for (const NodeIndex node : top.elements("rubrics")) {
        ObjectReader reader(context, node, ObjectType::Rubric);
        Rubric rubric;
        if (reader.valid()) {
            rubric.id = reader.id();
            rubric.modelId = reader.requiredText("model");
            rubric.model = context.modelReference(rubric.modelId, reader.find("model"));
            rubric.of = reader.requiredInteger("of", 2, 100).value_or(5);
            rubric.instructions = reader.requiredText("instructions");
            registerId(context, context.rubrics, reader, rubric.id, static_cast<int>(rubrics.size()),
                       "rubrics");
        }
        rubrics.push_back(std::move(rubric));
    }
}

void decodeTriggers(DecodeContext& context, ObjectReader& top)
{
    auto& triggers = context.policy().triggers;
    for (const NodeIndex node : top.elements("triggers")) {
        ObjectReader reader(context, node, ObjectType::Trigger);
        Trigger trigger;
        if (reader.valid()) {
            trigger = decodeTrigger(context, reader);
            registerId(context, context.triggers, reader, trigger.id, static_cast<int>(triggers.size()),
                       "triggers");
        }
        triggers.push_back(std::move(trigger));
    }
}

} // namespace signalbox
