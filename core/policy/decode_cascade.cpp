// SPDX-License-Identifier: GPL-3.0-or-later
// The cascade, of every pattern.
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"
#include "policy/vocabulary.h"

#include <algorithm>
#include <initializer_list>

namespace signalbox {

using namespace diagnostic;

namespace {

// In the order of CascadePattern; "specialist" is another spelling of the fourth.
constexpr std::string_view kPatterns[] = {"direct",   "waterfall", "race",            "specialist_pool",
                                          "pipeline", "agreement", "self_consistency"};

constexpr std::uint32_t of(std::initializer_list<CascadePattern> patterns)
{
    std::uint32_t owners = 0;
    for (const CascadePattern pattern : patterns)
        owners |= 1u << static_cast<unsigned>(pattern);
    return owners;
}
using P = CascadePattern;
constexpr OwnedKey kOwned[] = {
    {"order", of({P::Direct, P::Waterfall, P::Race, P::Pipeline, P::Agreement, P::SelfConsistency})},
    {"lanes", of({P::Race, P::Agreement})},
    {"stagger_ms", of({P::Race})},
    {"accept", of({P::Race})},
    {"pool", of({P::SpecialistPool})},
    {"unsure", of({P::SpecialistPool})},
    {"stages", of({P::Pipeline})},
    {"compare", of({P::Agreement, P::SelfConsistency})},
    {"rubric", of({P::Agreement})},
    {"at_least", of({P::Agreement})},
    {"samples", of({P::SelfConsistency})},
    {"min_share", of({P::SelfConsistency})},
    {"after_cut", of({P::Direct, P::Waterfall, P::SpecialistPool})},
};

bool decodePattern(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    static const std::vector<std::string_view> kWords = {"direct",          "waterfall", "race",
                                                         "specialist_pool", "pipeline",  "agreement",
                                                         "self_consistency", "specialist"};
    reader.require("pattern");
    const int pattern = reader.choice("pattern", kWords);
    if (pattern < 0)
        return false;
    cascade.pattern = pattern == 7 ? P::SpecialistPool : static_cast<P>(pattern);
    reportForeignKeys(context, reader, kOwned,
                      {"a cascade", "pattern", kPatterns, static_cast<std::size_t>(cascade.pattern)});
    return true;
}

void decodeCarry(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    static const std::vector<std::string_view> kKnown = {"retrieval", "draft", "tool_results"};
    if (const NodeIndex list = reader.find("carry"); list != kNoNode &&
                                                     context.tree().kind(list) == NodeKind::Array &&
                                                     context.tree().node(list).childCount == 0)
        return; // nothing is carried: a statement, not a gap
    for (const std::string& entry : decodeWords(context, reader, "carry", kKnown)) {
        cascade.carryRetrieval = cascade.carryRetrieval || entry == "retrieval";
        cascade.carryDraft = cascade.carryDraft || entry == "draft";
        cascade.carryToolResults = cascade.carryToolResults || entry == "tool_results";
    }
}

void decodeOrder(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    if (cascade.pattern == P::Waterfall)
        reader.require("order");
    TierList order = decodeTierList(context, reader, "order");
    cascade.orderIds = std::move(order.ids);
    cascade.order = std::move(order.tiers);
    if (reader.has("order") || (cascade.pattern != P::Direct && cascade.pattern != P::Waterfall))
        return;
    for (std::size_t i = 0; i < context.policy().tiers.size(); ++i) {
        cascade.order.push_back(static_cast<int>(i));
        cascade.orderIds.push_back(context.policy().tiers[i].id);
    }
}

void decodeLanes(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    const NodeIndex list = reader.require("lanes");
    TierList lanes = decodeTierList(context, reader, "lanes", false, 2);
    cascade.laneIds = std::move(lanes.ids);
    cascade.lanes = std::move(lanes.tiers);
    if (list != kNoNode && context.tree().kind(list) == NodeKind::Array && cascade.lanes.size() == 1)
        context.report(kTooFew, list, "\"lanes\" needs at least 2 tiers.",
                       cascade.pattern == P::Race
                           ? "With one lane there is no race; the pattern \"direct\" asks one tier."
                           : "One tier has nobody to agree with; \"self_consistency\" asks one several times.");
}

void decodeRace(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    decodeLanes(context, reader, cascade);
    cascade.staggerMs = reader.integer("stagger_ms", 0, 60'000).value_or(0);
    const std::vector<Text> accept = reader.texts("accept");
    reportRepeated(context, accept, "\"accept\"");
    for (const Text& trigger : accept)
        cascade.accept.push_back(
            context.reference(context.triggers, kUnknownTrigger, "trigger", trigger.value, trigger.node));
    cascade.acceptIds = valuesOf(accept);
}

void decodePool(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    reader.require("pool");
    TierList pool = decodeTierList(context, reader, "pool");
    cascade.poolIds = std::move(pool.ids);
    cascade.pool = std::move(pool.tiers);
    cascade.unsureMarker = "UNSURE";
    ObjectReader unsure(context, reader.require("unsure"), ObjectType::Unsure);
    if (!unsure.valid())
        return;
    if (unsure.has("marker"))
        cascade.unsureMarker = unsure.requiredText("marker");
    unsure.require("escalate");
    RouteText route = decodeRoute(context, unsure, "escalate");
    cascade.unsureId = std::move(route.id);
    cascade.unsure = route.route;
    cascade.unsureCarries = std::move(route.carries);
}

/// How answers are held against each other.
void decodeVotes(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    const bool agreement = cascade.pattern == P::Agreement;
    if (agreement)
        decodeLanes(context, reader, cascade);
    else
        cascade.samples = static_cast<int>(reader.requiredInteger("samples", 2, 9).value_or(2));
    static const std::vector<std::string_view> kOfLanes = {"text", "answer", "judge"};
    static const std::vector<std::string_view> kOfSamples = {"text", "answer"};
    if (const int compare = reader.choice("compare", agreement ? kOfLanes : kOfSamples); compare >= 0)
        cascade.compare = static_cast<CompareBy>(compare);
    cascade.minShare = reader.number("min_share", 0, 1).value_or(0.5);
    if (cascade.compare == CompareBy::Judge) {
        cascade.rubricId = reader.requiredText("rubric");
        cascade.rubric =
            context.reference(context.rubrics, kUnknownRubric, "rubric", cascade.rubricId, reader.find("rubric"));
        const int scale =
            cascade.rubric >= 0 ? context.policy().rubrics[static_cast<std::size_t>(cascade.rubric)].of : 100;
        cascade.atLeast = reader.requiredNumber("at_least", 1, scale).value_or(1);
        return;
    }
    for (const char* key : {"rubric", "at_least"}) {
        if (agreement && reader.has(key))
            context.reportKey(kUnknownKey, reader.find(key),
                              inQuotes(key) + " is not known where no judge compares.",
                              "Write \"compare\": \"judge\", or take it out.");
    }
}

Stage decodeStage(DecodeContext& context, ObjectReader& reader)
{
    static const std::vector<std::string_view> kRoles = {"rewrite", "retrieve", "synthesise", "verify"};
    Stage stage;
    stage.id = reader.id();
    reader.require("role");
    const int role = reader.choice("role", kRoles);
    if (role >= 0)
        stage.role = static_cast<Stage::Role>(role);
    if (role >= 0 && stage.role == Stage::Role::Retrieve) {
        for (const char* key : {"tier", "prompt"}) {
            if (reader.has(key))
                context.reportKey(kUnknownKey, reader.find(key),
                                  inQuotes(key) + " is not known in a stage of role \"retrieve\".",
                                  "It searches the documents and asks no model.");
        }
        return stage;
    }
    if (role >= 0)
        reader.require("tier");
    if (reader.has("tier")) {
        stage.tierId = reader.requiredText("tier");
        if (stage.tierId == "human")
            context.report(kBadId, reader.find("tier"), "A stage is run by a tier, not by a person.");
        else if (!stage.tierId.empty())
            stage.tier = context.tierReference(stage.tierId, reader.find("tier"));
    }
    stage.prompt = reader.text("prompt").value_or("");
    return stage;
}

void decodeStages(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    const NodeIndex list = reader.require("stages");
    const std::vector<NodeIndex> nodes = reader.elements("stages");
    if (list != kNoNode && nodes.empty() && context.tree().kind(list) == NodeKind::Array)
        context.report(kEmptyValue, list, "\"stages\" is an empty list.",
                       "A pipeline needs at least one stage.");
    IdIndex ids;
    for (const NodeIndex node : nodes) {
        ObjectReader stageReader(context, node, ObjectType::Stage);
        Stage stage;
        if (stageReader.valid()) {
            stage = decodeStage(context, stageReader);
            registerId(context, ids, stageReader, stage.id, static_cast<int>(cascade.stages.size()),
                       "stages");
        }
        cascade.stages.push_back(std::move(stage));
    }
}

int stagesThatAsk(const Cascade& cascade)
{
    return static_cast<int>(std::ranges::count_if(
        cascade.stages, [](const Stage& stage) { return stage.role != Stage::Role::Retrieve; }));
}

int hopsByDefault(const Cascade& cascade)
{
    switch (cascade.pattern) {
    case P::Direct:
        return 1;
    case P::Waterfall:
        return static_cast<int>(cascade.order.size());
    case P::Race: // one more than the lanes, so that the race can be followed by an escalation
        return static_cast<int>(cascade.lanes.size()) + 1;
    case P::SpecialistPool: // the specialist, and where it escalates to
        return 2;
    case P::Pipeline:
        return stagesThatAsk(cascade) + (cascade.order.empty() ? 0 : 1);
    case P::Agreement:
        return static_cast<int>(cascade.lanes.size()) + 1;
    case P::SelfConsistency:
        return cascade.samples + 1;
    }
    return 1;
}

void decodeHops(DecodeContext& context, ObjectReader& reader, Cascade& cascade)
{
    const auto hops = reader.integer("max_hops", 1, kMostHops);
    const int standard = hopsByDefault(cascade);
    cascade.maxHops = cascade.pattern == P::Direct ? 1 : hops.value_or(std::clamp(standard, 1, 10));
    if (cascade.pattern == P::Direct && hops && *hops > 1)
        context.report(kDirectHops, reader.find("max_hops"),
                       "A direct cascade has one hop, whatever \"max_hops\" says.",
                       "Use the pattern \"waterfall\" to escalate.");
    const int stages = stagesThatAsk(cascade);
    if (cascade.pattern == P::Pipeline && cascade.maxHops < stages)
        context.report(
            kHopsBelowStages, reader.has("max_hops") ? reader.find("max_hops") : reader.node(),
            "The pipeline has " + std::to_string(stages) + " stages that ask a model, but at most " +
                std::to_string(cascade.maxHops) + " hops.",
            stages <= 10 ? "Raise \"max_hops\"." : "A cascade has at most 10 hops; remove stages.");
}

} // namespace

void decodeCascade(DecodeContext& context, ObjectReader& top)
{
    Cascade& cascade = context.policy().cascade;
    ObjectReader reader(context, top.require("cascade"), ObjectType::Cascade);
    if (!reader.valid())
        return;
    const bool known = decodePattern(context, reader, cascade);
    decodeOrder(context, reader, cascade);
    if (known && cascade.pattern == P::Race)
        decodeRace(context, reader, cascade);
    else if (known && cascade.pattern == P::SpecialistPool)
        decodePool(context, reader, cascade);
    else if (known && cascade.pattern == P::Pipeline)
        decodeStages(context, reader, cascade);
    else if (known && (cascade.pattern == P::Agreement || cascade.pattern == P::SelfConsistency))
        decodeVotes(context, reader, cascade);
    if (reader.has("background")) {
        cascade.backgroundId = reader.requiredText("background");
        if (cascade.backgroundId == "human")
            context.report(kBadId, reader.find("background"), "Evidence is gathered by a tier, not by a person.");
        else if (!cascade.backgroundId.empty())
            cascade.background = context.tierReference(cascade.backgroundId, reader.find("background"));
    }
    if (known) // what a pattern that nobody could read says of hops is not known
        decodeHops(context, reader, cascade);
    else
        cascade.maxHops = reader.integer("max_hops", 1, kMostHops).value_or(1);
    decodeCarry(context, reader, cascade);
    static const std::vector<std::string_view> kStream = {"all", "first_acceptable", "final"};
    if (const int stream = reader.choice("stream", kStream); stream >= 0)
        cascade.stream = static_cast<StreamWhat>(stream);
    if (reader.choice("after_cut", {"restart", "stop"}) == 1)
        cascade.afterCut = AfterCut::Stop;
    if (reader.has("after_cut") && cascade.stream != StreamWhat::All)
        context.reportKey(kNoEffect, reader.find("after_cut"),
                          "\"after_cut\" has no effect: with this \"stream\" the user sees no answer before it is whole.");
    if (reader.choice("when_exhausted", {"answer", "human"}) == 1)
        cascade.whenExhausted = WhenExhausted::Human;
}

} // namespace signalbox
