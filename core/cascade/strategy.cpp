// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/strategy.h"

#include <algorithm>

namespace signalbox {

std::string HopStart::role() const
{
    switch (part) {
    case HopPart::Answer:
        return {};
    case HopPart::Lane:
        return "lane";
    case HopPart::Sample:
        return "sample " + std::to_string(number);
    case HopPart::Stage:
        return "stage " + std::to_string(number + 1);
    case HopPart::Background:
        return "background";
    }
    return {};
}

Moves LadderStrategy::movesOf(NextStep step)
{
    Moves moves;
    moves.reasons = std::move(step.reasons);
    moves.turnedAway = std::move(step.turnedAway);
    if (step.kind == NextStep::Kind::Finish) {
        moves.end = CascadeEnd{step.status, step.acceptedHop, step.keptHop};
        return moves;
    }
    HopStart start;
    start.hop = m_ladder.hops() - 1;
    start.tier = step.tier;
    start.promptTemplate = step.promptTemplate;
    start.standsIn = step.standsIn;
    start.asked = std::move(step.asked);
    start.first = !m_called || (step.standsIn && m_calledFirst); // who stands in is told what the other was told
    start.draftOf = m_draftOf;
    const std::vector<int>& pool = cascade().pool;
    if (cascade().pattern == CascadePattern::SpecialistPool &&
        std::ranges::find(pool, step.tier) != pool.end())
        start.unsureMarker = cascade().unsureMarker;
    m_called = true;
    m_calledFirst = start.first;
    moves.start.push_back(std::move(start));
    return moves;
}

HopVerdict LadderStrategy::verdictOf(int hop, const HopOutcome& outcome)
{
    HopVerdict verdict;
    verdict.hop = hop;
    verdict.trigger = outcome.firedTrigger;
    if (!outcome.answered) {
        verdict.status = HopStatus::Failed;
        verdict.reason = outcome.failureReason;
    } else if (outcome.firedTrigger < 0 && !outcome.unsure) {
        verdict.status = HopStatus::Accepted;
        verdict.reason = "gate.all_passed";
    } else {
        verdict.status = HopStatus::Escalated;
        verdict.reason = outcome.firedReason;
    }
    return verdict;
}

Moves LadderStrategy::ended(int hop, const HopOutcome& outcome, std::string_view /*text*/)
{
    if (outcome.answered)
        m_draftOf = hop;
    NextStep step = m_ladder.after(outcome);
    HopVerdict verdict = verdictOf(hop, outcome);
    if (step.kind == NextStep::Kind::Finish &&
        step.acceptedHop == hop) // also one that a gate rejected, for want of a better
        verdict.status = HopStatus::Accepted;
    Moves moves = movesOf(std::move(step));
    moves.verdicts.push_back(std::move(verdict));
    return moves;
}

bool runsStages(const Policy& policy, const Decision& decision)
{
    // What a locked rule says is done, and not what else the pattern would do.
    const std::vector<Stage>& stages = policy.cascade.stages;
    return policy.cascade.pattern == CascadePattern::Pipeline && decision.route.isTier() &&
           (!decision.locked || std::ranges::find(stages, decision.route.tier, &Stage::tier) != stages.end());
}

std::unique_ptr<Strategy> makeStrategy(const Policy& policy, const Decision& decision, int inputTokens,
                                       const RequestGates* gates)
{
    const Cascade& cascade = policy.cascade;
    const auto among = [&](const std::vector<int>& tiers) {
        return decision.route.isTier() && std::ranges::find(tiers, decision.route.tier) != tiers.end();
    };
    std::unique_ptr<Strategy> strategy;
    if (cascade.pattern == CascadePattern::Race && among(cascade.lanes))
        strategy = makeRace(policy, decision, inputTokens, gates);
    else if (cascade.pattern == CascadePattern::Agreement && among(cascade.lanes))
        strategy = makeAgreement(policy, decision, inputTokens, gates);
    else if (cascade.pattern == CascadePattern::SelfConsistency && decision.route.isTier())
        strategy = makeSelfConsistency(policy, decision, inputTokens, gates);
    else if (runsStages(policy, decision))
        strategy = makePipeline(policy, decision, inputTokens, gates);
    else
        strategy = std::make_unique<LadderStrategy>(policy, decision, inputTokens, gates);
    if (cascade.background >= 0)
        strategy = withBackground(policy, decision, std::move(strategy));
    return strategy;
}

namespace {

class BackgroundStrategy : public Strategy
{
public:
    BackgroundStrategy(const Policy& policy, const Decision& decision, std::unique_ptr<Strategy> inner)
        : m_policy(policy), m_decision(decision), m_inner(std::move(inner))
    {
    }
    Moves begin() override { return watched(m_inner->begin()); }
    Moves ended(int hop, const HopOutcome& outcome, std::string_view text) override
    {
        if (hop != m_hop)
            return watched(m_inner->ended(hop, outcome, text));
        Moves moves;
        HopVerdict verdict;
        verdict.hop = hop;
        verdict.trigger = outcome.firedTrigger;
        verdict.status = outcome.answered ? HopStatus::Used : HopStatus::Failed;
        verdict.reason = !outcome.answered                             ? outcome.failureReason
                         : outcome.firedTrigger < 0 && !outcome.unsure ? "gate.all_passed"
                                                                       : outcome.firedReason;
        moves.verdicts.push_back(std::move(verdict));
        moves.end = m_end;
        return moves;
    }
    Moves woken() override { return watched(m_inner->woken()); }
    Moves retrieved() override { return watched(m_inner->retrieved()); }
    Moves compared(std::optional<double> score) override { return watched(m_inner->compared(score)); }
    int hops() const override { return m_inner->hops() + (m_hop >= 0); }
    int escalations() const override { return m_inner->escalations(); }

private:
    Moves watched(Moves moves)
    {
        for (const HopStart& start : moves.start)
            m_tiers.push_back(start.tier);
        if (!moves.end || moves.end->status != TraceStatus::Answered || moves.end->acceptedHop < 0)
            return moves;
        const int tier = m_policy.cascade.background;
        if (m_decision.isBarred(tier)) {
            moves.reasons.emplace_back("background.barred");
            return moves;
        }
        if (std::ranges::find(m_tiers, tier) != m_tiers.end()) {
            moves.reasons.emplace_back("background.asked_already");
            return moves;
        }
        m_end = *moves.end;
        moves.answer = m_end;
        moves.end.reset();
        moves.reasons.emplace_back("background.asked");
        HopStart start;
        start.hop = m_hop = m_inner->hops();
        start.tier = tier;
        start.promptTemplate = m_decision.carries.promptTemplate;
        start.part = HopPart::Background;
        moves.start.push_back(std::move(start));
        return moves;
    }

    const Policy& m_policy;
    const Decision& m_decision;
    std::unique_ptr<Strategy> m_inner;
    std::vector<int> m_tiers; ///< that were called
    int m_hop = -1;           ///< of the background
    CascadeEnd m_end;
};

} // namespace

std::unique_ptr<Strategy> withBackground(const Policy& policy, const Decision& decision,
                                         std::unique_ptr<Strategy> inner)
{
    return std::make_unique<BackgroundStrategy>(policy, decision, std::move(inner));
}

} // namespace signalbox
