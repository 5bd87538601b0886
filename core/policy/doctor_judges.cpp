// SPDX-License-Identifier: GPL-3.0-or-later
// Models that judge what they have written themselves.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"

#include <algorithm>
#include <set>

namespace signalbox {

using namespace diagnostic;

namespace {

/// Under whatever id: what one server calls by one name is one model.
bool isSameModel(const Examination& e, const Model& a, const Model& b)
{
    const auto urlOf = [&](const Model& model) {
        std::string_view url = e.policy().endpoints[static_cast<std::size_t>(model.endpoint)].baseUrl;
        while (url.ends_with('/'))
            url.remove_suffix(1);
        return url;
    };
    return a.id == b.id || (a.name == b.name && urlOf(a) == urlOf(b));
}

/// The model that judges answers in this tier, too.
bool answersIn(const Examination& e, const Model& judge, const Tier& tier)
{
    return std::ranges::any_of(tier.models,
                               [&](int index) { return isSameModel(e, e.model(index), judge); });
}

const Model& judgeOf(const Examination& e, int rubric)
{
    return e.model(e.policy().rubrics[static_cast<std::size_t>(rubric)].model);
}

} // namespace

void examineJudges(Examination& e)
{
    const Policy& policy = e.policy();
    if (!e.comparable())
        return;
    std::set<int> said; // rubrics
    for (std::size_t i = 0; i < policy.triggers.size(); ++i) {
        const Trigger& trigger = policy.triggers[i];
        if (trigger.gate != GateKind::Judge)
            continue;
        const Model& judge = judgeOf(e, trigger.rubric);
        for (const int tier : e.tiersOf(trigger)) {
            if (!answersIn(e, judge, e.tier(tier)))
                continue;
            said.insert(trigger.rubric);
            e.report(kSelfJudged, e.of("triggers", i, "rubric"),
                     inQuotes(judge.id) + " judges the answers that it gives itself in " +
                         inQuotes(e.tier(tier).id) + ".",
                     "Let another model judge, or leave the tier out with \"applies_to\".");
        }
    }
    const Cascade& cascade = policy.cascade;
    if (cascade.pattern == CascadePattern::Agreement && cascade.rubric >= 0) {
        const Model& judge = judgeOf(e, cascade.rubric);
        const auto own = [&](int tier) { return answersIn(e, judge, e.tier(tier)); };
        const auto lane = std::ranges::find_if(cascade.lanes, own);
        if (lane != cascade.lanes.end() && said.insert(cascade.rubric).second)
            e.report(kSelfJudged, e.keyOr(e.part("cascade"), "rubric"),
                     inQuotes(judge.id) + " compares its own answers of " + inQuotes(e.tier(*lane).id) +
                         " with those of the others.",
                     "Let a model compare that does not answer in a lane.");
    }
    const auto objective = [&](const std::string& source, NodeIndex node) {
        if (source.rfind("judge:", 0) != 0)
            return;
        const std::string id = source.substr(6, source.find('@') - 6);
        const auto rubric = std::ranges::find(policy.rubrics, id, &Rubric::id);
        const int index = static_cast<int>(rubric - policy.rubrics.begin());
        if (rubric == policy.rubrics.end() || said.contains(index))
            return;
        const Model& judge = judgeOf(e, index);
        const auto own = [&](const Tier& tier) { return answersIn(e, judge, tier); };
        const auto tier = std::ranges::find_if(policy.tiers, own);
        if (tier == policy.tiers.end())
            return;
        said.insert(index);
        e.report(kSelfJudged, node,
                 "The objective counts what " + inQuotes(judge.id) +
                     " says of answers that it gives itself in " + inQuotes(tier->id) + ".",
                 "Let another model judge.");
    };
    if (policy.slo.minQuality)
        objective(policy.slo.minQuality->source, e.keyOr(e.keyOr(e.part("slo"), "min_quality"), "source"));
    for (std::size_t i = 0; i < policy.releaseGates.size(); ++i)
        objective(policy.releaseGates[i].source, e.of("release_gates", i, "source"));
}

} // namespace signalbox
