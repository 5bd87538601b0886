// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/deepest_way.h"

#include "cascade/waterfall.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

namespace signalbox {

namespace {

/// Bounds the time for policies of any size: rules and gates that are looked at, and words that are copied.
/// About a second.
constexpr std::size_t kMostWork = 200'000'000;

/// They fire on the same tiers and lead to the same place equally often: one stands for both.
bool areAlike(const Trigger& a, const Trigger& b)
{
    return a.escalateToNext == b.escalateToNext && a.escalateTo == b.escalateTo && a.atMost == b.atMost &&
           a.appliesTo == b.appliesTo;
}

/// Walks the engine's own machine, one copy of it for each gate that may reject, and keeps the deepest way.
class Walk
{
public:
    /// `always`: only ways on which a tier leads to the same one whenever it is called, and to another than
    /// itself, as gates do that reject whatever comes.
    Walk(const Policy& policy, bool always) : m_policy(policy), m_always(always)
    {
        m_allApply.triggerApplies.assign(policy.triggers.size(), 1);
    }

    /// All ways of a request that is so long and was decided so.
    void begin(const Decision& decision, const Observation& seen)
    {
        m_decision = &decision;
        // Only the gate on length is asked by the machine itself; of the others all answers are tried.
        Observation lengthOnly = seen;
        lengthOnly.triggerApplies.assign(m_policy.triggers.size(), 0);
        for (std::size_t i = 0; i < m_policy.triggers.size(); ++i)
            lengthOnly.triggerApplies[i] = m_policy.triggers[i].gate == GateKind::TokenBudget;
        const RequestGates gates(m_policy, m_matchers, lengthOnly, decision, nullptr, 0);
        const Waterfall fresh(m_policy, decision, seen.inputTokens, &gates);
        Waterfall machine = fresh;
        const NextStep first = machine.first();
        follow(machine, first, {});
        if (decision.route.isTier())
            turnAway(fresh, decision.route.tier, {});
        if (first.kind == NextStep::Kind::CallTier && first.tier != decision.route.tier)
            turnAway(fresh, first.tier, {});
    }

    const WayDown& deepest() const { return m_deepest; }
    /// Nothing deeper can be found: no request makes more calls than that.
    bool foundAll() const { return std::ssize(m_deepest.tiers) >= std::max(1, m_policy.cascade.maxHops); }
    bool outOfWork() const { return m_work > kMostWork; }
    void work(std::size_t amount) { m_work += amount; }

private:
    bool isOver() const { return foundAll() || outOfWork(); }
    const Trigger& trigger(int index) const { return m_policy.triggers[asIndex(index)]; }
    /// A tier is called. `past`: tiers that the request was turned away from just before.
    void follow(const Waterfall& machine, const NextStep& step, const std::vector<int>& past)
    {
        if (step.kind != NextStep::Kind::CallTier || isOver())
            return;
        m_way.tiers.push_back(step.tier);
        if (m_way.tiers.size() > m_deepest.tiers.size())
            m_deepest = m_way;
        const std::vector<int> before = turningAt(step.tier);
        for (const std::size_t asked : askedInVain(machine, step.tier, before, past)) {
            markAsked(before, asked, true);
            for (const int gate : rejectingAt(step.tier))
                reject(machine, step.tier, gate);
            markAsked(before, asked, false);
        }
        m_way.tiers.pop_back();
    }

    void reject(const Waterfall& machine, int tier, int gate)
    {
        if (isOver())
            return;
        HopOutcome outcome;
        outcome.answered = phaseOf(trigger(gate).gate) == GatePhase::Answer;
        outcome.firedTrigger = gate;
        Waterfall next = copyOf(machine);
        const NextStep step = next.after(outcome);
        m_way.gates.push_back(gate);
        if (step.kind == NextStep::Kind::CallTier) {
            if (!m_always || leadsAlwaysTo(tier, step.tier))
                follow(next, step, {});
            turnAway(machine, step.tier, {});
        }
        m_way.gates.pop_back();
    }

    /// A gate on the request sends it elsewhere instead of to this tier, without a call; not back to where it
    /// was turned away.
    void turnAway(const Waterfall& before, int tier, std::vector<int> past)
    {
        past.push_back(tier);
        const std::vector<int> gates = turningAt(tier);
        const std::vector<int> kinds = oneOfAKind(gates);
        for (std::size_t i = 0; i < gates.size() && !isOver(); ++i) {
            if (std::ranges::find(kinds, gates[i]) == kinds.end())
                continue;
            Waterfall turned = copyOf(before);
            const NextStep step = turned.leave(tier, firedBy(gates[i]));
            if (step.kind != NextStep::Kind::CallTier || std::ranges::find(past, step.tier) != past.end())
                continue;
            markAsked(gates, i + 1, true);
            if (!m_always || m_way.tiers.empty() || leadsAlwaysTo(m_way.tiers.back(), step.tier))
                follow(turned, step, past);
            turnAway(before, step.tier, past);
            markAsked(gates, i + 1, false);
        }
    }

    static Waterfall::Asked firedBy(int gate)
    {
        Waterfall::Asked asked;
        asked.fired = gate;
        return asked;
    }

    /// Gates on the request that can fire here: they are asked once, of the first tier that they apply to.
    std::vector<int> turningAt(int tier)
    {
        std::vector<int> gates = gatesAt(tier, GatePhase::Request);
        std::erase_if(gates, [&](int gate) {
            return !maySpeak(trigger(gate)) || std::ranges::find(m_asked, gate) != m_asked.end();
        });
        return gates;
    }

    /// How many of these gates may have been asked of a tier that is called: all, or as many as up to one
    /// that fires and leads nowhere, so that the tier is asked all the same.
    std::vector<std::size_t> askedInVain(const Waterfall& machine, int tier, const std::vector<int>& gates,
                                         const std::vector<int>& past)
    {
        std::vector<std::size_t> counts{gates.size()};
        const bool toPerson = m_policy.cascade.whenExhausted == WhenExhausted::Human;
        for (std::size_t i = 0; i + 1 < gates.size() && !toPerson; ++i) {
            Waterfall turned = copyOf(machine);
            const bool leadsOn = turned.leadsOn(tier, firedBy(gates[i]));
            if (!leadsOn || std::ranges::find(past, turned.leave(tier, firedBy(gates[i])).tier) != past.end())
                counts.push_back(i + 1);
        }
        return counts;
    }

    void markAsked(const std::vector<int>& gates, std::size_t count, bool asked)
    {
        if (asked)
            m_asked.insert(m_asked.end(), gates.begin(), gates.begin() + static_cast<std::ptrdiff_t>(count));
        else
            m_asked.resize(m_asked.size() - count);
    }

    /// Whether a gate on the request can fire that the machine does not ask by itself.
    bool maySpeak(const Trigger& one) const
    {
        if (one.gate == GateKind::Confidence) // what a rule or nobody decided has no confidence
            return m_decision->ruleId.empty() && m_policy.router.kind != RouterKind::Fixed &&
                   m_policy.router.kind != RouterKind::Rules;
        return phaseOf(one.gate) == GatePhase::Request && one.gate != GateKind::TokenBudget;
    }

    /// Gates that can send on what the tier answers; of those that are alike the one that is asked last. It
    /// comes first, as the slowest of ways that are equally deep.
    std::vector<int> rejectingAt(int tier)
    {
        std::vector<int> gates = gatesAt(tier, GatePhase::Call);
        const std::vector<int> ofAnswers = gatesAt(tier, GatePhase::Answer);
        gates.insert(gates.end(), ofAnswers.begin(), ofAnswers.end());
        std::ranges::reverse(gates);
        std::erase_if(gates, [&](int gate) {
            const Trigger& one = trigger(gate);
            return (!one.escalateToNext && one.escalateTo.isHuman()) ||
                   (one.atMost > 0 && std::ranges::count(m_way.gates, gate) >= one.atMost);
        });
        return oneOfAKind(gates);
    }

    /// In the order in which they are asked.
    std::vector<int> gatesAt(int tier, GatePhase phase)
    {
        work(m_policy.triggers.size());
        return gatesFor(m_policy, m_allApply, tier, phase);
    }

    std::vector<int> oneOfAKind(const std::vector<int>& gates)
    {
        std::vector<int> kinds;
        for (const int gate : gates) {
            const auto alike = [&](int other) { return areAlike(trigger(gate), trigger(other)); };
            if (std::ranges::none_of(kinds, alike))
                kinds.push_back(gate);
            work(kinds.size());
        }
        return kinds;
    }

    /// No call before led from the one tier to another one than this.
    bool leadsAlwaysTo(int from, int to) const
    {
        for (std::size_t i = 0; i + 1 < m_way.tiers.size(); ++i) {
            if (m_way.tiers[i] == from && m_way.tiers[i + 1] != to)
                return false;
        }
        return from != to;
    }

    Waterfall copyOf(const Waterfall& machine)
    {
        work(2 * m_policy.triggers.size() + m_policy.tiers.size() + 50);
        return machine;
    }

    const Policy& m_policy;
    const bool m_always;
    const GateMatchers m_matchers{Policy{}}; ///< the gate on length looks for no words
    const Decision* m_decision = nullptr;
    Observation m_allApply; ///< a request to which every trigger applies
    WayDown m_way;
    std::vector<int> m_asked; ///< gates on the request that have spoken
    WayDown m_deepest;
    std::size_t m_work = 0;
};

void addRoutes(const Router& router, std::vector<int>& tiers)
{
    const auto add = [&](const Route& route) {
        if (route.isTier() && std::ranges::find(tiers, route.tier) == tiers.end())
            tiers.push_back(route.tier);
    };
    for (const RouterMapRow& row : router.map)
        add(row.route);
    add(router.weak);
    add(router.strong);
    for (const std::vector<Route>* routes : {&router.candidates, &router.allow})
        std::ranges::for_each(*routes, add);
    for (const AgenticChoice& choice : router.choices)
        add(choice.route);
    for (const Router& step : router.steps)
        addRoutes(step, tiers);
    add(router.otherwise);
}

/// Every decision that the policy's rules and its router may come to, by the rules of decide(), with the
/// lengths at which tiers drop out. Goes to `walk` until nothing deeper can be found.
class Decisions
{
public:
    Decisions(const Policy& policy, Walk& walk) : m_policy(policy), m_fixed(policy), m_walk(walk)
    {
        m_fixed.router = Router{};
        addRoutes(policy.router, m_routed);
        keepRulesThatDiffer();
    }

    void walkAll()
    {
        const std::vector<std::vector<char>> sets = constraintSets();
        for (const int tokens : lengths()) {
            for (const std::vector<char>& set : sets)
                walkFrom(set, tokens);
        }
    }

private:
    /// Rules by the thousand do the same few things: of those that do the same, one is as good as all.
    void keepRulesThatDiffer()
    {
        using Deed = std::tuple<int, bool, std::vector<int>, std::vector<std::string>>;
        std::set<Deed> known;
        m_fixed.rules = {};
        for (const Rule& rule : m_policy.rules) {
            const int tier = rule.route && rule.route->isTier() ? rule.route->tier : -1;
            if ((tier >= 0 || rule.isConstraint()) &&
                known.emplace(tier, rule.locked, rule.exclude, rule.allowResidency).second)
                m_fixed.rules.push_back(rule);
        }
    }

    void walkFrom(const std::vector<char>& constraints, int tokens)
    {
        Observation seen;
        seen.inputTokens = tokens;
        seen.ruleMatches = constraints;
        for (const int tier : m_routed) {
            m_fixed.router.otherwise = Route::toTier(tier);
            walk(seen);
        }
        m_fixed.router.otherwise = {};
        for (std::size_t r = 0; r < m_fixed.rules.size(); ++r) {
            if (!m_fixed.rules[r].route)
                continue;
            seen.ruleMatches[r] = Observation::kMatches;
            walk(seen);
            seen.ruleMatches[r] = constraints[r];
        }
    }

    void walk(const Observation& seen)
    {
        if (m_walk.foundAll() || m_walk.outOfWork())
            return;
        const Decision decision = decided(seen);
        const bool isNew = m_known
                               .emplace(decision.route.tier, decision.ruleId.empty(), barredBy(decision),
                                        seen.inputTokens)
                               .second;
        if (isNew && decision.route.isTier())
            m_walk.begin(decision, seen);
    }

    Decision decided(const Observation& seen)
    {
        m_walk.work(10 * (m_fixed.rules.size() + m_policy.tiers.size() + 10));
        return decide(m_fixed, seen);
    }

    static std::vector<int> barredBy(const Decision& decision)
    {
        std::vector<int> tiers;
        for (const BarredTier& one : decision.barred)
            tiers.push_back(one.tier);
        std::ranges::sort(tiers);
        return tiers;
    }

    /// Which constraints may hold at once, as matches of rules: one set for each set of tiers that is barred.
    std::vector<std::vector<char>> constraintSets()
    {
        Observation seen;
        seen.ruleMatches.assign(m_fixed.rules.size(), 0);
        std::vector<std::vector<char>> sets{seen.ruleMatches};
        std::set<std::vector<int>> known{barredBy(decided(seen))};
        for (std::size_t r = 0; r < m_fixed.rules.size(); ++r) {
            if (!m_fixed.rules[r].isConstraint())
                continue;
            for (std::size_t i = 0, count = sets.size(); i < count && !m_walk.outOfWork(); ++i) {
                seen.ruleMatches = sets[i];
                seen.ruleMatches[r] = Observation::kMatches;
                if (known.insert(barredBy(decided(seen))).second)
                    sets.push_back(seen.ruleMatches);
            }
        }
        return sets;
    }

    /// A short request, and each that is just too long for a tier or a model.
    std::vector<int> lengths() const
    {
        std::set<int> tokens{0};
        const auto beyond = [&](int most) {
            if (most > 0 && most < std::numeric_limits<int>::max())
                tokens.insert(most + 1);
        };
        for (const Tier& tier : m_policy.tiers) {
            beyond(tier.budget.maxInputTokens.value_or(0));
            for (const int model : tier.models)
                beyond(model < 0 ? 0 : m_policy.models[asIndex(model)].contextTokens);
        }
        return {tokens.begin(), tokens.end()};
    }

    const Policy& m_policy;
    Policy m_fixed; ///< the same with few rules, and a router that says what is wanted of it
    Walk& m_walk;
    std::vector<int> m_routed; ///< tiers that the router may name
    std::set<std::tuple<int, bool, std::vector<int>, int>> m_known; ///< decisions that were walked
};

} // namespace

Result<WayDown> deepestWay(const Policy& policy, bool always)
{
    Walk walk(policy, always);
    Decisions(policy, walk).walkAll();
    if (walk.outOfWork() && !walk.foundAll())
        return fail("load.no_worst_case", "The cascade has more ways than can be looked at.", "/cascade");
    return walk.deepest();
}

} // namespace signalbox
