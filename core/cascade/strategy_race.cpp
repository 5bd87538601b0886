// SPDX-License-Identifier: GPL-3.0-or-later
// Lanes that run side by side. The first answer that passes its gates wins, and the others are stopped at
// once.
#include "cascade/strategy.h"

#include <algorithm>

namespace signalbox {

namespace {

class RaceStrategy : public LadderStrategy
{
public:
    using LadderStrategy::LadderStrategy;

    Moves begin() override
    {
        for (const int tier : cascade().lanes) {
            if (!mayAsk(tier))
                continue; // the trace says which tiers are barred, and why
            if (!m_ladder.fits(tier)) {
                addReason("budget.input_tokens");
                continue;
            }
            Lane lane;
            lane.tier = tier;
            lane.asked = m_ladder.ask(tier, true);
            m_lanes.push_back(std::move(lane));
        }
        Moves moves = turnAway();
        moves.reasons.insert(moves.reasons.begin(), m_reasons.begin(), m_reasons.end());
        return moves;
    }

    Moves woken() override
    {
        Moves moves;
        startNext(moves);
        return moves;
    }

    Moves ended(int hop, const HopOutcome& outcome, std::string_view text) override
    {
        const auto lane = std::ranges::find(m_lanes, hop, &Lane::hop);
        if (lane == m_lanes.end())
            return LadderStrategy::ended(hop, outcome, text);
        if (m_decided)
            return {}; // it ended in the moment in which another one won
        lane->ended = true;
        lane->outcome = outcome;
        Moves moves;
        moves.verdicts.push_back(verdictOf(hop, outcome));
        if (outcome.answered && outcome.firedTrigger < 0)
            return won(*lane, std::move(moves));
        if (std::ranges::any_of(m_lanes, [](const Lane& one) { return one.hop >= 0 && !one.ended; }))
            return moves;
        startNext(moves); // nobody is left to wait for
        return moves.start.empty() ? lost(std::move(moves)) : moves;
    }

private:
    struct Lane
    {
        int tier = -1;
        Waterfall::Asked asked;
        int hop = -1; ///< −1 = not started
        bool ended = false;
        HopOutcome outcome;
    };

    void addReason(const std::string& reason)
    {
        if (std::ranges::find(m_reasons, reason) == m_reasons.end())
            m_reasons.push_back(reason);
    }

    /// Lanes that a gate on the request turns away do not run. When it turns all of them away, its trigger
    /// says where to; where that leads nowhere, they run all the same.
    Moves turnAway()
    {
        if (m_lanes.empty())
            return movesOf(m_ladder.goPast(m_decision.route.tier, -1, {"race.no_lane"}));
        const auto isTurned = [](const Lane& lane) { return lane.asked.fired >= 0; };
        const bool all = std::ranges::all_of(m_lanes, isTurned);
        const Lane first = m_lanes.front();
        for (const Lane& lane : m_lanes) {
            if (isTurned(lane))
                m_ladder.passOver(lane.tier);
        }
        Moves moves;
        if (all && !m_ladder.leadsOn(first.tier, first.asked)) {
            addReason(first.asked.reason);
        } else {
            for (const Lane& lane : m_lanes) {
                if (!isTurned(lane))
                    continue;
                m_ladder.countTurnedAway();
                addReason(lane.asked.reason);
                moves.turnedAway.push_back({lane.tier, lane.asked.gates, lane.asked.reason});
            }
            std::erase_if(m_lanes, isTurned);
        }
        if (m_lanes.empty()) {
            Moves on = movesOf(m_ladder.leave(first.tier, first.asked));
            on.turnedAway.insert(on.turnedAway.begin(), moves.turnedAway.begin(), moves.turnedAway.end());
            return on;
        }
        do
            startNext(moves);
        while (cascade().staggerMs == 0 && canStart());
        return moves;
    }

    bool canStart() const
    {
        return m_ladder.mayCall() &&
               std::ranges::any_of(m_lanes, [](const Lane& lane) { return lane.hop < 0; });
    }

    void startNext(Moves& moves)
    {
        if (!canStart())
            return;
        const auto lane = std::ranges::find(m_lanes, -1, &Lane::hop);
        HopStart start;
        start.tier = lane->tier;
        start.hop = lane->hop = m_ladder.countCall(lane->tier);
        start.promptTemplate = m_ladder.promptTemplate();
        start.asked = lane->asked.gates;
        start.part = HopPart::Lane;
        if (!cascade().accept.empty())
            start.gates = cascade().accept;
        moves.start.push_back(std::move(start));
        if (cascade().staggerMs > 0 && canStart())
            moves.wakeInMs = cascade().staggerMs;
    }

    Moves won(const Lane& winner, Moves moves)
    {
        m_decided = true;
        moves.stayAsleep = true;
        moves.reasons = {"race.won", "gate.all_passed"};
        for (const Lane& lane : m_lanes) {
            if (lane.hop < 0 || lane.ended)
                continue;
            moves.cancel.push_back(lane.hop);
            moves.verdicts.push_back({lane.hop, HopStatus::Cancelled, "race.lost", -1, {}});
        }
        moves.end = CascadeEnd{TraceStatus::Answered, winner.hop};
        return moves;
    }

    /// No lane had an acceptable answer: the first lane of the list that answered says where to, so that it
    /// does not depend on who was how fast.
    Moves lost(Moves moves)
    {
        m_decided = true;
        const Lane* says = nullptr;
        int best = -1; // the last lane of the list is the strongest
        for (const Lane& lane : m_lanes) {
            if (lane.hop < 0)
                continue;
            if (says == nullptr || (!says->outcome.answered && lane.outcome.answered))
                says = &lane;
            if (lane.outcome.answered)
                best = lane.hop;
        }
        m_draftOf = best;
        m_called = true;
        NextStep step = m_ladder.goOn(says->outcome, says->tier, says->hop, best);
        step.reasons.insert(step.reasons.begin(), "race.none_acceptable");
        if (step.kind == NextStep::Kind::Finish && step.status == TraceStatus::Answered) {
            const auto taken = std::ranges::find(m_lanes, step.acceptedHop, &Lane::hop);
            if (taken != m_lanes.end()) {
                HopVerdict verdict = verdictOf(taken->hop, taken->outcome);
                verdict.status = HopStatus::Accepted;
                std::erase_if(moves.verdicts, [&](const HopVerdict& one) { return one.hop == verdict.hop; });
                moves.verdicts.push_back(std::move(verdict));
            }
        }
        Moves next = movesOf(std::move(step));
        next.verdicts = std::move(moves.verdicts);
        if (next.end)
            next.end->atOnce = true;
        return next;
    }

    std::vector<Lane> m_lanes;
    std::vector<std::string> m_reasons;
    bool m_decided = false;
};

} // namespace

std::unique_ptr<Strategy> makeRace(const Policy& policy, const Decision& decision, int inputTokens,
                                   const RequestGates* gates)
{
    return std::make_unique<RaceStrategy>(policy, decision, inputTokens, gates);
}

} // namespace signalbox
