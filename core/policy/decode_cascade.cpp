// SPDX-License-Identifier: GPL-3.0-or-later
// The cascade, its rubrics and its triggers.
#include "policy/canonical.h"
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"
#include "policy/schema_check.h"

#include <algorithm>
#include <unordered_set>

namespace signalbox {

using namespace diagnostic;

namespace {

void decodePattern(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    static const std::vector<std::string_view> kLater = {"race", "specialist", "pipeline"};
    reader.require("pattern");
    const auto pattern = reader.text("pattern");
    if (!pattern)
        return;
    if (std::ranges::find(kLater, std::string_view(*pattern)) != kLater.end()) {
        context.report(kNotAvailable, reader.find("pattern"),
                       "Cascades of pattern " + quoted(*pattern) + " are not available yet.",
                       "Use \"waterfall\", which escalates from tier to tier, or \"direct\".");
        return;
    }
    cascade.pattern = reader.choice("pattern", {"direct", "waterfall"}) == 1 ? CascadePattern::Waterfall
                                                                             : CascadePattern::Direct;
}

void decodeCarry(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    static const std::vector<std::string_view> kKnown = {"retrieval", "draft", "tool_results"};
    if (const NodeIndex list = reader.find("carry"); list != kNoNode &&
                                                     context.tree().kind(list) == NodeKind::Array &&
                                                     context.tree().node(list).childCount == 0)
        return; // nothing is carried: a statement, not a gap
    for (const Text& entry : reader.texts("carry")) {
        if (entry.value == "retrieval") {
            cascade.carryRetrieval = true;
        } else if (entry.value == "draft") {
            cascade.carryDraft = true;
        } else if (entry.value == "tool_results") {
            context.report(kNoEffect, entry.node,
                           "\"tool_results\" has no effect: tools are not called yet.");
        } else {
            const std::string hint = didYouMean(entry.value, kKnown);
            context.report(kUnknownValue, entry.node, quoted(entry.value) + " is not known in \"carry\".",
                           hint.empty() ? "It holds \"retrieval\" and \"draft\"." : hint);
        }
    }
}

void decodeOrder(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    if (cascade.pattern == CascadePattern::Waterfall)
        reader.require("order");
    std::unordered_set<std::string> seen;
    for (const Text& tier : reader.texts("order")) {
        if (!seen.insert(tier.value).second)
            context.report(kListedTwice, tier.node, quoted(tier.value) + " stands twice in the order.");
        cascade.orderIds.push_back(tier.value);
        if (tier.value == "human")
            context.report(kBadId, tier.node, "\"order\" holds tiers only.",
                           "\"when_exhausted\": \"human\" hands over to a person after the last tier.");
        else
            cascade.order.push_back(context.tierReference(tier.value, tier.node));
    }
    if (!reader.has("order")) {
        for (std::size_t i = 0; i < context.policy().tiers.size(); ++i) {
            cascade.order.push_back(static_cast<int>(i));
            cascade.orderIds.push_back(context.policy().tiers[i].id);
        }
    }
}

void decodeJudgeGate(DecodeContext& context, ObjectReader& reader, Trigger& trigger)
{
    if (reader.has("schema"))
        context.reportKey(kUnknownKey, reader.find("schema"),
                          "\"schema\" is not known in a trigger of gate \"judge\".");
    reader.require("rubric");
    trigger.rubricId = reader.has("rubric") ? reader.requiredText("rubric") : std::string();
    trigger.rubric = context.rubrics.find(trigger.rubricId);
    if (trigger.rubric < 0 && !trigger.rubricId.empty())
        context.report(kUnknownRubric, reader.find("rubric"),
                       "There is no rubric " + quoted(trigger.rubricId) + ".",
                       context.rubrics.hintFor(trigger.rubricId));
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
    for (const char* key : {"rubric", "below", "of"}) {
        if (reader.has(key))
            context.reportKey(kUnknownKey, reader.find(key),
                              quoted(key) + " is not known in a trigger of gate \"json_schema\".");
    }
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

Trigger decodeTrigger(DecodeContext& context, ObjectReader& reader)
{
    Trigger trigger;
    trigger.id = reader.id();
    reader.require("gate");
    const int gate = reader.choice("gate", {"judge", "json_schema"});
    if (gate == 0) {
        trigger.gate = GateKind::Judge;
        decodeJudgeGate(context, reader, trigger);
    } else if (gate == 1) {
        trigger.gate = GateKind::JsonSchema;
        decodeSchemaGate(context, reader, trigger);
    }
    if (const NodeIndex when = reader.find("when"); when != kNoNode)
        trigger.when = decodeCondition(context, when);
    std::unordered_set<std::string> seen;
    for (const Text& tier : reader.texts("applies_to", true)) {
        if (!seen.insert(tier.value).second)
            context.report(kListedTwice, tier.node, quoted(tier.value) + " stands twice in \"applies_to\".");
        trigger.appliesToIds.push_back(tier.value);
        trigger.appliesTo.push_back(context.tierReference(tier.value, tier.node));
    }
    reader.require("escalate");
    trigger.escalateId = reader.has("escalate") ? reader.requiredText("escalate") : std::string();
    trigger.escalateToNext = trigger.escalateId.empty() || trigger.escalateId == "next";
    if (!trigger.escalateToNext)
        trigger.escalateTo = context.routeReference(trigger.escalateId, reader.find("escalate"));
    trigger.atMost = reader.integer("at_most", 1, 10).value_or(0);
    return trigger;
}

} // namespace

void decodeCascade(DecodeContext& context, ObjectReader& top)
{
    Cascade& cascade = context.policy().cascade;
    ObjectReader reader(context, top.require("cascade"), ObjectType::Cascade);
    if (!reader.valid())
        return;
    decodePattern(context, reader, cascade);
    decodeOrder(context, reader, cascade);
    const bool waterfall = cascade.pattern == CascadePattern::Waterfall;
    const auto hops = reader.integer("max_hops", 1, 10);
    cascade.maxHops =
        !waterfall ? 1 : hops.value_or(std::clamp(static_cast<int>(cascade.order.size()), 1, 10));
    if (!waterfall && hops && *hops > 1)
        context.report(kDirectHops, reader.find("max_hops"),
                       "A direct cascade has one hop, whatever \"max_hops\" says.",
                       "Use the pattern \"waterfall\" to escalate.");
    decodeCarry(context, reader, cascade);
    if (reader.choice("when_exhausted", {"answer", "human"}) == 1)
        cascade.whenExhausted = WhenExhausted::Human;
}

void decodeRubrics(DecodeContext& context, ObjectReader& top)
{
    auto& rubrics = context.policy().rubrics;
    for (const NodeIndex node : top.elements("rubrics")) {
        ObjectReader reader(context, node, ObjectType::Rubric);
        Rubric rubric;
        if (reader.valid()) {
            rubric.id = reader.id();
            rubric.modelId = reader.requiredText("model");
            rubric.model = context.models.find(rubric.modelId);
            if (rubric.model < 0 && !rubric.modelId.empty())
                context.report(kUnknownModel, reader.find("model"),
                               "There is no model " + quoted(rubric.modelId) + ".",
                               context.models.hintFor(rubric.modelId));
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
    IdIndex ids;
    auto& triggers = context.policy().triggers;
    for (const NodeIndex node : top.elements("triggers")) {
        ObjectReader reader(context, node, ObjectType::Trigger);
        Trigger trigger;
        if (reader.valid()) {
            trigger = decodeTrigger(context, reader);
            registerId(context, ids, reader, trigger.id, static_cast<int>(triggers.size()), "triggers");
        }
        triggers.push_back(std::move(trigger));
    }
}

} // namespace signalbox
