// SPDX-License-Identifier: GPL-3.0-or-later
// Models that judge what they have written themselves.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"

#include "base/text.h"

#include <algorithm>
#include <set>

namespace signalbox {

using namespace diagnostic;

namespace {

/// How the judge's model is called where it answers: "\"judge\"", or "\"judge\", which is the same model as \"large\",".
std::string nameOfJudge(const Examination& e, const Model& judge, const Tier& tier)
{
    for (const int index : tier.models) {
        if (e.model(index).id == judge.id)
            return inQuotes(judge.id);
    }
    for (const int index : tier.models) {
        if (isSameModel(e, e.model(index), judge))
            return inQuotes(judge.id) + ", which is the same model as " + inQuotes(e.model(index).id) + ",";
    }
    return inQuotes(judge.id);
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

bool isSameModel(const Examination& e, const Model& a, const Model& b)
{
    // Scheme and host are the same in capitals (RFC 3986, 6.2.2.1), and a port that is the scheme's own adds nothing.
    const auto urlOf = [&](const Model& model) {
        std::string url = e.policy().endpoints[static_cast<std::size_t>(model.endpoint)].baseUrl;
        const std::size_t scheme = url.find("://");
        const std::size_t path = scheme == std::string::npos ? url.size() : std::min(url.find('/', scheme + 3), url.size());
        std::string host = toLowerAscii(url.substr(0, path));
        for (const auto& [prefix, port] : {std::pair("https://", ":443"), std::pair("http://", ":80")}) {
            if (host.starts_with(prefix) && host.ends_with(port))
                host.resize(host.size() - std::string_view(port).size());
        }
        host += url.substr(path);
        while (host.ends_with('/'))
            host.pop_back();
        return host;
    };
    return a.id == b.id || (a.name == b.name && (a.endpoint == b.endpoint || urlOf(a) == urlOf(b)));
}

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
                     nameOfJudge(e, judge, e.tier(tier)) + " judges the answers that it gives itself in " +
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
                     nameOfJudge(e, judge, e.tier(*lane)) + " compares its own answers of " + inQuotes(e.tier(*lane).id) +
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
                 "The objective counts what " + nameOfJudge(e, judge, *tier) +
                     " says of answers that it gives itself in " + inQuotes(tier->id) + ".",
                 "Let another model judge.");
    };
    if (policy.slo.minQuality)
        objective(policy.slo.minQuality->source, e.keyOr(e.keyOr(e.part("slo"), "min_quality"), "source"));
    for (std::size_t i = 0; i < policy.userTiers.size(); ++i) {
        if (const auto& quality = policy.userTiers[i].slo.minQuality)
            objective(quality->source, e.keyOr(e.keyOr(e.of("user_tiers", i, "slo"), "min_quality"), "source"));
    }
    for (std::size_t i = 0; i < policy.releaseGates.size(); ++i)
        objective(policy.releaseGates[i].source, e.of("release_gates", i, "source"));
}

} // namespace signalbox
