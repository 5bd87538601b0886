// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data: where they can still get to although a rule means to keep them, and which models beside the
// tiers read a request that must not go there.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"
#include "policy/quick_fix.h"
#include "policy/residency.h"
#include "policy/shadowing.h"

#include "base/text.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <tuple>

namespace signalbox {

using namespace diagnostic;

namespace {

using Places = std::set<std::string>;

/// A tier that a request with a locked route may get to, and by what.
struct Way
{
    enum class By { Itself, Lane, Stage, Step, Background };
    int tier = -1;
    By by = By::Itself;
    int from = -1; ///< a step's tier, a stage's position
    int hops = 1;  ///< that are used up once it was asked
};

/// A model that reads requests without answering them.
struct Reader
{
    int model = -1;
    NodeIndex node = kNoNode;
    std::string what; ///< "The judge"
};

class PersonalData
{
public:
    explicit PersonalData(Examination& e)
        : m_e(e), m_policy(e.policy()), m_residency(e), m_guards(e, m_residency)
    {
        for (std::size_t tier = 0; tier < m_policy.tiers.size(); ++tier)
            m_places.push_back(m_residency.placesOf(static_cast<int>(tier)));
        for (std::size_t model = 0; model < m_policy.models.size(); ++model)
            m_everywhere.insert(m_residency.placeOf(static_cast<int>(model)));
        // Gates on the request send it on without a call.
        const auto ofRequest = [](const Trigger& trigger) { return isAskedBefore(trigger.gate); };
        m_stepsAreFree = std::ranges::any_of(m_policy.triggers, ofRequest);
    }

    void examine()
    {
        for (std::size_t i = 0; i < m_policy.rules.size(); ++i) {
            const Rule& rule = m_policy.rules[i];
            const bool personal = concernsPersonalData(m_policy, rule.when);
            if (personal && rule.route && rule.route->isTier())
                rule.locked ? lockedRoute(rule, i) : unlockedRoute(rule, i);
            if (personal && !rule.exclude.empty())
                excluding(rule, i);
            if (!rule.allowResidency.empty())
                allowing(rule);
        }
    }

private:
    const Places& placesOf(int tier) const { return m_places[static_cast<std::size_t>(tier)]; }
    /// One's own machines are no other place: what may leave the house may as well stay in it.
    static bool isElsewhere(const std::string& place, const Places& home)
    {
        return place != "on_prem" && !home.contains(place);
    }
    static bool leave(const Places& places, const Places& home)
    {
        return std::ranges::any_of(places, [&](const std::string& place) { return isElsewhere(place, home); });
    }

    void unlockedRoute(const Rule& rule, std::size_t position);
    std::vector<QuickFix> fixOfUnlocked(const Rule& rule, NodeIndex node);
    void lockedRoute(const Rule& rule, std::size_t position);
    void excluding(const Rule& rule, std::size_t position);
    void allowing(const Rule& rule);

    /// By trigger: it does not apply to any request of the rule.
    std::vector<char> silentFor(const Rule& rule) const;
    /// A request that the target takes may pass the tier without a call: it is barred, too short, or a gate says so.
    bool mayBePassed(int tier, int target, const Guard& guard) const
    {
        return m_stepsAreFree || guard.bars(tier) ||
               longestRequest(m_policy, m_e.tier(tier)) < longestRequest(m_policy, m_e.tier(target));
    }
    void askedAtOnce(int target, const Guard& guard, std::vector<Way>& ways) const;
    std::vector<int> stepsFrom(int tier, const std::vector<char>& silent) const;
    std::vector<Way> waysFrom(const Rule& rule, const Guard& guard) const;
    std::string inWords(const Way& way) const;
    std::string wayElsewhere(int target, const std::vector<Way>& ways) const;
    std::vector<Reader> readers(const Rule& rule, const std::vector<char>& reached,
                                const std::vector<char>& silent) const;
    void reportReaders(const Rule& rule, const std::vector<char>& reached, const Guard& guard,
                       const std::function<bool(const std::string& place)>& isElsewhere, const std::string& kept);

    Examination& m_e;
    const Policy& m_policy;
    Residency m_residency;
    Guards m_guards;
    std::vector<Places> m_places; ///< by tier
    Places m_everywhere;          ///< of all models
    bool m_stepsAreFree = false;
    /// Constraints that were looked at, as far as it matters here: thousands of rules share a few.
    std::set<std::tuple<std::vector<std::string>, std::vector<char>, bool>> m_allowed;
    std::set<NodeIndex> m_said; ///< models that a report was made of
};

std::vector<char> PersonalData::silentFor(const Rule& rule) const
{
    std::vector<char> silent(m_policy.triggers.size(), 0);
    for (std::size_t i = 0; i < silent.size(); ++i) {
        const std::optional<Condition>& when = m_policy.triggers[i].when;
        if (!when)
            continue;
        Condition both;
        both.all = {rule.when, *when};
        const auto holds = [&](const Condition& none) { return implies(rule.when, none); };
        silent[i] = neverHolds(both) || std::ranges::any_of(when->none, holds) ? 1 : 0;
    }
    return silent;
}

/// The tiers that the pattern asks beside a locked target: lanes, stages, the background.
void PersonalData::askedAtOnce(int target, const Guard& guard, std::vector<Way>& ways) const
{
    const Cascade& cascade = m_policy.cascade;
    const auto calls = [&](int hops) { return std::clamp(m_stepsAreFree ? 1 : hops, 1, cascade.maxHops); };
    const auto isCalled = [&](int tier) { return tier >= 0 && !mayBePassed(tier, target, guard); };
    const bool lanes =
        cascade.pattern == CascadePattern::Race || cascade.pattern == CascadePattern::Agreement;
    if (lanes && std::ranges::find(cascade.lanes, target) != cascade.lanes.end()) {
        const auto open = std::ranges::count_if(cascade.lanes, isCalled);
        for (const int lane : cascade.lanes)
            ways.push_back({lane, lane == target ? Way::By::Itself : Way::By::Lane, -1, calls(static_cast<int>(open))});
        return;
    }
    const std::vector<Stage>& stages = cascade.stages;
    if (cascade.pattern == CascadePattern::Pipeline &&
        std::ranges::find(stages, target, &Stage::tier) != stages.end()) {
        int hops = 0;
        for (std::size_t i = 0; i < stages.size(); ++i) {
            if (stages[i].tier < 0)
                continue;
            hops += isCalled(stages[i].tier) ? 1 : 0;
            ways.push_back({stages[i].tier, stages[i].tier == target ? Way::By::Itself : Way::By::Stage,
                            static_cast<int>(i), calls(hops)});
        }
        return;
    }
    ways.push_back({target, Way::By::Itself, -1,
                    cascade.pattern == CascadePattern::SelfConsistency ? calls(cascade.samples) : 1});
}

/// Where the request goes from the tier when its answer does not do, or none comes.
std::vector<int> PersonalData::stepsFrom(int tier, const std::vector<char>& silent) const
{
    std::vector<int> steps = m_e.graph().nextTo(tier);
    const Cascade& cascade = m_policy.cascade;
    if (cascade.unsure.isTier() && std::ranges::find(cascade.pool, tier) != cascade.pool.end())
        steps.push_back(cascade.unsure.tier);
    for (std::size_t i = 0; i < silent.size(); ++i) {
        const Trigger& trigger = m_policy.triggers[i];
        if (!silent[i] && !trigger.escalateToNext && trigger.escalateTo.isTier() && m_e.appliesTo(trigger, tier))
            steps.push_back(trigger.escalateTo.tier);
    }
    return steps;
}

/// Every tier that a request of a locked rule may get to within its hops.
std::vector<Way> PersonalData::waysFrom(const Rule& rule, const Guard& guard) const
{
    const std::vector<char> silent = silentFor(rule);
    std::vector<std::optional<Way>> best(m_policy.tiers.size());
    std::vector<int> order; // as they were found
    std::deque<int> open;
    const auto relax = [&](const Way& way) {
        std::optional<Way>& known = best[static_cast<std::size_t>(way.tier)];
        if (known && known->hops <= way.hops)
            return;
        if (!known)
            order.push_back(way.tier);
        if (known && known->by != Way::By::Step) // how it was found first is the plainer word
            known->hops = way.hops;
        else
            known = way;
        open.push_back(way.tier);
    };
    std::vector<Way> first;
    askedAtOnce(rule.route->tier, guard, first);
    for (const Way& way : first)
        relax(way);
    const int most = m_policy.cascade.maxHops;
    while (!open.empty()) {
        const int from = open.front();
        open.pop_front();
        const int hops = best[static_cast<std::size_t>(from)]->hops;
        const bool barred = guard.bars(from);
        for (const int tier : barred ? std::vector<int>() : m_e.tier(from).fallback)
            relax({tier, Way::By::Step, from, hops});
        if (hops >= most || m_policy.cascade.pattern == CascadePattern::Direct)
            continue;
        // Past a tier that is barred, the request goes on to the next one; it was not asked.
        for (const int tier : barred ? m_e.graph().nextTo(from) : stepsFrom(from, silent))
            relax({tier, Way::By::Step, from, hops + (mayBePassed(tier, rule.route->tier, guard) ? 0 : 1)});
    }
    if (const int background = m_policy.cascade.background; background >= 0) // nothing escalates from there
        relax({background, Way::By::Background, -1, most});
    std::vector<Way> ways;
    for (const int tier : order) {
        if (!guard.bars(tier))
            ways.push_back(*best[static_cast<std::size_t>(tier)]);
    }
    return ways;
}

std::string PersonalData::inWords(const Way& way) const
{
    const std::string tier = inQuotes(m_e.tier(way.tier).id);
    switch (way.by) {
    case Way::By::Itself:
        break;
    case Way::By::Lane:
        return (m_policy.cascade.pattern == CascadePattern::Race ? "the race" : "the agreement") +
               (" also asks " + tier);
    case Way::By::Stage:
        return "the pipeline's stage " +
               inQuotes(m_policy.cascade.stages[static_cast<std::size_t>(way.from)].id) + " asks " + tier;
    case Way::By::Step:
        return "from " + inQuotes(m_e.tier(way.from).id) + " an escalation or a fallback leads to " + tier;
    case Way::By::Background:
        return "the background also asks " + tier;
    }
    return tier;
}

/// What leads away from where the target runs; "" when nothing does.
std::string PersonalData::wayElsewhere(int target, const std::vector<Way>& ways) const
{
    const Places& home = placesOf(target);
    if (home.size() > 1)
        return inQuotes(m_e.tier(target).id) + " itself runs " + inPlaces(home) + ".";
    for (const Way& way : ways) {
        if (leave(placesOf(way.tier), home))
            return inWords(way) + ", which runs " + inPlaces(placesOf(way.tier)) + ".";
    }
    return {};
}

void PersonalData::unlockedRoute(const Rule& rule, std::size_t position)
{
    const Places& home = placesOf(rule.route->tier);
    // With everything of another place barred anyway, the route is a mere preference.
    bool held = home.size() == 1;
    if (held && std::ranges::any_of(m_places, [&](const Places& places) { return leave(places, home); })) {
        const std::optional<Guard> guard = m_guards.of(rule);
        if (!guard)
            return;
        for (std::size_t tier = 0; held && tier < m_places.size(); ++tier)
            held = !leave(m_places[tier], home) || guard->bars(static_cast<int>(tier));
    }
    if (held)
        return;
    const NodeIndex node = m_e.element("rules", position);
    const bool routerIsLast = m_policy.router.kind == RouterKind::Fixed || m_policy.router.kind == RouterKind::Rules;
    m_e.report(kPiiUnlocked, m_e.keyOr(node, "route"),
               "The rule routes personal data to " + inQuotes(rule.routeId) + ", but is not locked: " +
                   (routerIsLast ? "other rules come before it" : "the router is asked first") +
                   " and may send it elsewhere.",
               "Write a constraint, \"allow_residency\", in place of the route; or lock the rule where all that "
               "its tier leads to runs in the same place.",
               fixOfUnlocked(rule, node));
}

/// Locks the rule when that is enough, else makes it a constraint.
std::vector<QuickFix> PersonalData::fixOfUnlocked(const Rule& rule, NodeIndex node)
{
    if (!alwaysFindsPersonalData(rule.when)) // a pattern only looks as if it were of personal data
        return {};
    const SyntaxTree& tree = m_e.tree();
    const int target = rule.route->tier;
    const NodeIndex locked = tree.member(node, "locked");
    const std::optional<Guard> guard = m_guards.of(rule);
    if (!guard)
        return {};
    if (wayElsewhere(target, waysFrom(rule, *guard)).empty())
        return locked == kNoNode ? fixByAdding(tree, node, "locked", "true")
                                 : fixByReplacing(tree, locked, "true");
    const NodeIndex route = tree.member(node, "route");
    const Places& home = placesOf(target);
    if (locked != kNoNode || tree.member(node, "exclusive") != kNoNode ||
        tree.kind(route) != NodeKind::String || home.size() != 1 || m_e.residencyOf(m_e.tier(target).models.front()).empty())
        return {};
    std::vector<QuickFix> fixes = fixByRenaming(tree, route, "allow_residency");
    const std::string places = "[" + escapedJsonString(*home.begin()) + "]";
    const std::vector<QuickFix> value = fixByReplacing(tree, route, places);
    if (fixes.empty() || value.empty())
        return {};
    fixes[0].title = "Write \"allow_residency\": " + places + " in place of the route";
    fixes[0].edits.push_back(value[0].edits[0]);
    return fixes;
}

void PersonalData::lockedRoute(const Rule& rule, std::size_t position)
{
    const int target = rule.route->tier;
    const Places& home = placesOf(target);
    if (m_e.graph().tooLarge() || m_everywhere.size() == 1)
        return;
    const std::optional<Guard> guard = m_guards.of(rule);
    if (!guard || guard->bars(target)) // then it goes to a person
        return;
    const std::vector<Way> ways = waysFrom(rule, *guard);
    const std::string elsewhere = wayElsewhere(target, ways);
    const NodeIndex node = m_e.keyOr(m_e.element("rules", position), "route");
    if (home.size() > 1) {
        m_e.report(kPiiWayRound, node, "The rule keeps personal data in one tier, but " + elsewhere,
                   "Give the models that may see them a tier of their own, and write a constraint, "
                   "\"allow_residency\", that holds to the end.");
        return;
    }
    if (!elsewhere.empty())
        m_e.report(kPiiWayRound, node, "The rule keeps personal data " + inPlaces(home) + ", but " + elsewhere,
                   "A route only says where to begin; write a constraint, \"allow_residency\", that holds to "
                   "the end.");
    std::vector<char> reached(m_policy.tiers.size(), 0);
    for (const Way& way : ways)
        reached[static_cast<std::size_t>(way.tier)] = 1;
    reportReaders(
        rule, reached, *guard, [&](const std::string& place) { return isElsewhere(place, home); },
        "keeps " + inPlaces(home));
}

/// Tiers of the place that a rule keeps personal data from, but which it leaves open; and who reads them there.
void PersonalData::excluding(const Rule& rule, std::size_t position)
{
    Places from;
    for (const int tier : rule.exclude)
        from.insert(placesOf(tier).begin(), placesOf(tier).end());
    from.erase("on_prem"); // what is excluded here is not excluded for where it runs
    if (from.empty())
        return;
    const std::optional<Guard> guard = m_guards.of(rule);
    if (!guard)
        return;
    std::vector<int> left;
    std::vector<char> reached(m_policy.tiers.size(), 0);
    for (std::size_t i = 0; i < m_policy.tiers.size(); ++i) {
        const int tier = static_cast<int>(i);
        if (m_residency.bars(rule, tier) || guard->bars(tier))
            continue;
        reached[i] = 1;
        if (std::ranges::any_of(m_places[i], [&](const std::string& place) { return from.contains(place); }))
            left.push_back(tier);
    }
    if (!left.empty())
        m_e.report(kPiiLeftOver, m_e.of("rules", position, "exclude"),
                   "The rule keeps personal data from some tiers, but " + m_e.namesOf(left) +
                       (left.size() == 1 ? " runs" : " run") + " in the same place and stay" +
                       (left.size() == 1 ? "s" : "") + " open.",
                   "Write \"allow_residency\": it also holds for tiers that are added later.");
    reportReaders(
        rule, reached, *guard, [&](const std::string& place) { return from.contains(place); },
        "keeps from tiers " + inPlaces(from));
}

/// Models that read the rule's requests, of which `reached` are the tiers.
std::vector<Reader> PersonalData::readers(const Rule& rule, const std::vector<char>& reached,
                                          const std::vector<char>& silent) const
{
    std::vector<Reader> found;
    const auto add = [&](int model, NodeIndex node, const char* what) {
        if (model >= 0)
            found.push_back({model, node, what});
    };
    const auto isReached = [&](int tier) { return reached[static_cast<std::size_t>(tier)] != 0; };
    const auto judge = [&](int rubric, const char* what) {
        const auto index = static_cast<std::size_t>(rubric);
        add(m_policy.rubrics[index].model, m_e.of("rubrics", index, "model"), what);
    };
    for (const Examination::RouterAt& at : m_e.routers()) {
        if (!rule.locked)
            add(at.router->model, m_e.keyOr(at.node, "model"), "The router's model");
    }
    if (m_policy.cache && !alwaysFindsPersonalData(rule.when)) // with such a request the cache is not asked
        add(m_policy.cache->model, m_e.keyOr(m_e.part("cache"), "model"), "The cache's embedder");
    if (m_policy.retrieval.enabled)
        add(m_policy.retrieval.model, m_e.keyOr(m_e.part("retrieval"), "model"), "The embedder of retrieval");
    const Cascade& cascade = m_policy.cascade;
    if (cascade.pattern == CascadePattern::Agreement && cascade.rubric >= 0 &&
        std::ranges::count_if(cascade.lanes, isReached) > 1)
        judge(cascade.rubric, "The judge of the agreement");
    for (std::size_t i = 0; m_e.comparable() && i < silent.size(); ++i) {
        const Trigger& trigger = m_policy.triggers[i];
        if (trigger.gate == GateKind::Judge && trigger.rubric >= 0 && !silent[i] &&
            std::ranges::any_of(m_e.tiersOf(trigger), isReached))
            judge(trigger.rubric, "The judge");
    }
    return found;
}

void PersonalData::reportReaders(const Rule& rule, const std::vector<char>& reached, const Guard& guard,
                                 const std::function<bool(const std::string& place)>& isElsewhere,
                                 const std::string& kept)
{
    for (const Reader& reader : readers(rule, reached, silentFor(rule))) {
        const std::string place = m_residency.placeOf(reader.model);
        if (!isElsewhere(place) || guard.forbids(reader.model) || !m_said.insert(reader.node).second)
            continue;
        m_e.report(kAskedElsewhere, reader.node,
                   reader.what + " " + inQuotes(m_e.model(reader.model).id) + " runs " + inPlaces({place}) +
                       ", and reads the personal data that the rule " + inQuotes(rule.id) + " " + kept + ".",
                   "Use a model that runs where they may go.");
    }
}

/// Models that a constraint keeps from being asked.
void PersonalData::allowing(const Rule& rule)
{
    const std::vector<char> silent = silentFor(rule);
    if (!m_allowed.insert({rule.allowResidency, silent, alwaysFindsPersonalData(rule.when)}).second)
        return;
    std::vector<char> reached(m_policy.tiers.size(), 0);
    for (std::size_t tier = 0; tier < reached.size(); ++tier)
        reached[tier] = m_residency.fits(static_cast<int>(tier), rule.allowResidency) ? 1 : 0;
    for (const Reader& reader : readers(rule, reached, silent)) {
        if (m_residency.allows(rule.allowResidency, reader.model) || !m_said.insert(reader.node).second)
            continue;
        m_e.report(kAskedElsewhere, reader.node,
                   reader.what + " " + inQuotes(m_e.model(reader.model).id) + " runs " +
                       inPlaces({m_residency.placeOf(reader.model)}) + ", which the rule " + inQuotes(rule.id) +
                       " does not allow: for its requests it must not be asked.",
                   "Use a model that runs where the rule allows.");
    }
}

} // namespace

void examinePersonalData(Examination& e)
{
    PersonalData(e).examine();
}

} // namespace signalbox
