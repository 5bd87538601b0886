// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data: where they can still get to although a rule means to keep them, and which models beside the
// tiers read a request that must not go there.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"
#include "policy/quick_fix.h"
#include "policy/residency.h"

#include "base/text.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace signalbox {

using namespace diagnostic;

namespace {

using Places = std::set<std::string>;

/// A tier that a request with a locked route may get to, and by what.
struct Way
{
    enum class By { Itself, Lane, Stage, AfterStages, Step, Background };
    int tier = -1;
    By by = By::Itself;
    int from = -1; ///< a step's tier, a stage's position
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
            m_everywhere.insert(m_e.residencyOf(static_cast<int>(model)));
        for (const Trigger& trigger : m_policy.triggers) {
            if (m_e.comparable() && trigger.gate == GateKind::Judge && trigger.rubric >= 0)
                m_judges.push_back(&trigger);
        }
    }

    void examine()
    {
        for (std::size_t i = 0; i < m_policy.rules.size(); ++i) {
            const Rule& rule = m_policy.rules[i];
            const bool personal = concernsPersonalData(rule.when);
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

    void unlockedRoute(const Rule& rule, std::size_t position);
    std::vector<QuickFix> fixOfUnlocked(const Rule& rule, NodeIndex node);
    void lockedRoute(const Rule& rule, std::size_t position);
    void excluding(const Rule& rule, std::size_t position);
    void allowing(const Rule& rule);

    void askedAtOnce(int target, std::vector<Way>& ways) const;
    std::vector<Way> waysFrom(int target, const Guard& guard) const;
    std::string inWords(const Way& way) const;
    std::string wayElsewhere(int target, const std::vector<Way>& ways) const;
    std::vector<Reader> readers(const std::vector<char>& reached, bool routerIsAsked) const;
    void reportReaders(const Rule& rule, const std::vector<char>& reached, const Guard& guard,
                       const std::function<bool(const std::string& place)>& isElsewhere, const std::string& kept);

    Examination& m_e;
    const Policy& m_policy;
    Residency m_residency;
    Guards m_guards;
    std::vector<Places> m_places; ///< by tier
    Places m_everywhere;          ///< of all models
    std::set<std::vector<std::string>> m_allowed; ///< lists that were looked at: thousands of rules share a few
    std::vector<const Trigger*> m_judges;
    std::set<NodeIndex> m_said; ///< models that a report was made of
};

/// The tiers that the pattern asks beside a locked target: lanes, stages, the background.
void PersonalData::askedAtOnce(int target, std::vector<Way>& ways) const
{
    const Cascade& cascade = m_policy.cascade;
    const auto among = [target](const std::vector<int>& tiers) {
        return std::ranges::find(tiers, target) != tiers.end();
    };
    const bool lanes =
        cascade.pattern == CascadePattern::Race || cascade.pattern == CascadePattern::Agreement;
    if (lanes && among(cascade.lanes)) {
        for (const int lane : cascade.lanes)
            ways.push_back({lane, Way::By::Lane});
    }
    if (cascade.pattern == CascadePattern::Pipeline &&
        std::ranges::find(cascade.stages, target, &Stage::tier) != cascade.stages.end()) {
        for (std::size_t i = 0; i < cascade.stages.size(); ++i) {
            if (cascade.stages[i].tier >= 0)
                ways.push_back({cascade.stages[i].tier, Way::By::Stage, static_cast<int>(i)});
        }
        for (const int tier : cascade.order) // an answer that does not pass its check goes up the order
            ways.push_back({tier, Way::By::AfterStages});
    }
    if (cascade.background >= 0)
        ways.push_back({cascade.background, Way::By::Background});
}

/// Every tier that a request locked to the target may get to, the target first.
std::vector<Way> PersonalData::waysFrom(int target, const Guard& guard) const
{
    std::vector<Way> ways = {{target}};
    std::vector<char> seen(m_policy.tiers.size(), 0);
    seen[static_cast<std::size_t>(target)] = 1;
    const auto add = [&](const Way& way) {
        char& known = seen[static_cast<std::size_t>(way.tier)];
        if (!std::exchange(known, char{1}))
            ways.push_back(way);
    };
    std::vector<Way> beside;
    askedAtOnce(target, beside);
    for (const Way& way : beside)
        add(way);
    for (std::size_t i = 0; i < ways.size(); ++i) {
        const int from = ways[i].tier;
        const bool barred = guard.bars(from);
        const auto follow = [&](const std::vector<int>& tiers) {
            for (const int tier : tiers)
                add({tier, Way::By::Step, from});
        };
        if (!barred)
            follow(m_e.tier(from).fallback);
        if (m_policy.cascade.maxHops > 1) // past a tier that is barred, the request goes on to the next one
            follow(barred ? m_e.graph().nextTo(from) : m_e.graph().stepsFrom(from));
    }
    std::erase_if(ways, [&](const Way& way) { return guard.bars(way.tier); });
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
    case Way::By::AfterStages:
        return "from the pipeline an escalation leads to " + tier;
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
        if (placesOf(way.tier) != home)
            return inWords(way) + ", which runs " + inPlaces(placesOf(way.tier)) + ".";
    }
    return {};
}

void PersonalData::unlockedRoute(const Rule& rule, std::size_t position)
{
    const Places& home = placesOf(rule.route->tier);
    // With everything of another place barred anyway, the route is a mere preference.
    bool held = home.size() == 1 && !home.contains("");
    if (held && std::ranges::any_of(m_places, [&](const Places& places) { return places != home; })) {
        const std::optional<Guard> guard = m_guards.of(rule);
        if (!guard)
            return;
        for (std::size_t tier = 0; held && tier < m_places.size(); ++tier)
            held = m_places[tier] == home || guard->bars(static_cast<int>(tier));
    }
    if (held)
        return;
    const NodeIndex node = m_e.element("rules", position);
    m_e.report(kPiiUnlocked, m_e.keyOr(node, "route"),
               "The rule routes personal data to " + inQuotes(rule.routeId) +
                   ", but is not locked: the router is asked first and may send it elsewhere.",
               "Write a constraint, \"allow_residency\", in place of the route; or lock the rule where all that "
               "its tier leads to runs in the same place.",
               fixOfUnlocked(rule, node));
}

/// Locks the rule when that is enough, else makes it a constraint.
std::vector<QuickFix> PersonalData::fixOfUnlocked(const Rule& rule, NodeIndex node)
{
    const SyntaxTree& tree = m_e.tree();
    const int target = rule.route->tier;
    const NodeIndex locked = tree.member(node, "locked");
    const std::optional<Guard> guard = m_guards.of(rule);
    if (!guard)
        return {};
    if (wayElsewhere(target, waysFrom(target, *guard)).empty())
        return locked == kNoNode ? fixByAdding(tree, node, "locked", "true")
                                 : fixByReplacing(tree, locked, "true");
    const NodeIndex route = tree.member(node, "route");
    const Places& home = placesOf(target);
    if (locked != kNoNode || tree.member(node, "exclusive") != kNoNode ||
        tree.kind(route) != NodeKind::String || home.size() != 1 || home.contains(""))
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
    const std::vector<Way> ways = waysFrom(target, *guard);
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
        rule, reached, *guard, [&](const std::string& place) { return !home.contains(place); },
        "keeps " + inPlaces(home));
}

/// Tiers of the place that a rule keeps personal data from, but which it leaves open; and who reads them there.
void PersonalData::excluding(const Rule& rule, std::size_t position)
{
    Places from;
    for (const int tier : rule.exclude)
        from.insert(placesOf(tier).begin(), placesOf(tier).end());
    from.erase("");
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

/// Models that read requests of which a part of the tiers is `reached`.
std::vector<Reader> PersonalData::readers(const std::vector<char>& reached, bool routerIsAsked) const
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
        if (routerIsAsked)
            add(at.router->model, m_e.keyOr(at.node, "model"), "The router's model");
    }
    if (m_policy.cache)
        add(m_policy.cache->model, m_e.keyOr(m_e.part("cache"), "model"), "The cache's embedder");
    if (m_policy.retrieval.enabled)
        add(m_policy.retrieval.model, m_e.keyOr(m_e.part("retrieval"), "model"), "The embedder of retrieval");
    const Cascade& cascade = m_policy.cascade;
    if (cascade.pattern == CascadePattern::Agreement && cascade.rubric >= 0 &&
        std::ranges::count_if(cascade.lanes, isReached) > 1)
        judge(cascade.rubric, "The judge of the agreement");
    for (const Trigger* trigger : m_judges) {
        if (std::ranges::any_of(m_e.tiersOf(*trigger), isReached))
            judge(trigger->rubric, "The judge");
    }
    return found;
}

void PersonalData::reportReaders(const Rule& rule, const std::vector<char>& reached, const Guard& guard,
                                 const std::function<bool(const std::string& place)>& isElsewhere,
                                 const std::string& kept)
{
    for (const Reader& reader : readers(reached, !rule.locked)) {
        const std::string& place = m_e.residencyOf(reader.model);
        if (!isElsewhere(place) || guard.forbids(reader.model) || !m_said.insert(reader.node).second)
            continue;
        m_e.report(kAskedElsewhere, reader.node,
                   reader.what + " " + inQuotes(m_e.model(reader.model).id) + " runs " + inPlaces({place}) +
                       ", and reads the personal data that the rule " + inQuotes(rule.id) + " " + kept + ".",
                   "Use a model that runs where they may go, or write \"allow_residency\": then it is not asked "
                   "of them.");
    }
}

/// Models that a constraint keeps from being asked.
void PersonalData::allowing(const Rule& rule)
{
    if (!m_allowed.insert(rule.allowResidency).second)
        return;
    std::vector<char> reached(m_policy.tiers.size(), 0);
    for (std::size_t tier = 0; tier < reached.size(); ++tier)
        reached[tier] = m_residency.fits(static_cast<int>(tier), rule.allowResidency) ? 1 : 0;
    for (const Reader& reader : readers(reached, true)) {
        if (m_residency.allows(rule.allowResidency, reader.model) || !m_said.insert(reader.node).second)
            continue;
        m_e.report(kAskedElsewhere, reader.node,
                   reader.what + " " + inQuotes(m_e.model(reader.model).id) + " runs " +
                       inPlaces({m_e.residencyOf(reader.model)}) + ", which the rule " + inQuotes(rule.id) +
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
