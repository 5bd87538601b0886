// SPDX-License-Identifier: GPL-3.0-or-later
// Fixed stages, one after the other: the question is written anew, documents are searched, an answer is
// written, and checked. What the last writing stage writes is the answer; one that does not pass its check
// goes up the ladder.
#include "cascade/strategy.h"

#include "cascade/conversation.h"

#include <algorithm>

namespace signalbox {

namespace {

class PipelineStrategy : public LadderStrategy
{
public:
    PipelineStrategy(const Policy& policy, const Decision& decision, int inputTokens,
                     const RequestGates* gates)
        : LadderStrategy(policy, decision, inputTokens, gates)
    {
        for (std::size_t i = 0; i < cascade().stages.size(); ++i) {
            if (cascade().stages[i].role == Stage::Role::Synthesise)
                m_answering = i;
        }
    }

    Moves begin() override { return goOn({}); }

    Moves retrieved() override
    {
        ++m_stage;
        return goOn({});
    }

    Moves ended(int hop, const HopOutcome& outcome, std::string_view text) override
    {
        if (m_left || hop != m_hop)
            return LadderStrategy::ended(hop, outcome, text);
        const Stage& stage = current();
        Moves moves;
        HopVerdict verdict = verdictOf(hop, outcome);
        switch (stage.role) {
        case Stage::Role::Retrieve:
            break;
        case Stage::Role::Rewrite:
            if (verdict.status == HopStatus::Accepted)
                verdict.status = HopStatus::Used, verdict.reason = "pipeline.stage_done";
            if (outcome.failureReason == "cancelled")
                return LadderStrategy::ended(hop, outcome, text);
            if (outcome.answered)
                m_rewrite = hop;
            else // the user's own words are as good a question
                moves.reasons.push_back("pipeline.stage_failed." + stage.id);
            break;
        case Stage::Role::Synthesise:
            return written(hop, outcome, std::move(verdict));
        case Stage::Role::Verify:
            return checked(outcome, text, std::move(verdict));
        }
        moves.verdicts.push_back(std::move(verdict));
        ++m_stage;
        return goOn(std::move(moves));
    }

private:
    const Stage& current() const { return cascade().stages[m_stage]; }

    /// Starts the stage that it is at, or ends when there is none left.
    Moves goOn(Moves moves)
    {
        for (; m_stage < cascade().stages.size(); ++m_stage) {
            const Stage& stage = current();
            if (stage.role == Stage::Role::Retrieve) {
                moves.retrieve = true;
                moves.retrieveWith = m_rewrite;
                return moves;
            }
            const bool barred = !mayAsk(stage.tier);
            if (stage.role == Stage::Role::Verify && m_draft < 0)
                continue; // there is nothing to check yet
            if (!barred && m_ladder.fits(stage.tier) && m_ladder.mayCall())
                return started(std::move(moves));
            const std::string why = barred                       ? "pipeline.stage_barred." + stage.id
                                    : !m_ladder.fits(stage.tier) ? std::string("budget.input_tokens")
                                                                 : std::string("cascade.max_hops");
            moves.reasons.push_back(why);
            if (stage.role == Stage::Role::Rewrite)
                continue;
            // What could not be checked is not taken on trust.
            return leave(std::move(moves), why);
        }
        return ended(std::move(moves));
    }

    Moves ended(Moves moves)
    {
        m_left = true;
        const int answer = m_draft >= 0 ? m_draft : m_rewrite;
        if (answer < 0) {
            moves.reasons.emplace_back("pipeline.no_answer");
            moves.end = CascadeEnd{TraceStatus::Failed};
            return moves;
        }
        moves.verdicts.push_back({answer, HopStatus::Accepted, "gate.all_passed", -1, {}});
        moves.reasons.emplace_back("gate.all_passed");
        moves.end = CascadeEnd{TraceStatus::Answered, answer, -1, m_checked};
        return moves;
    }

    Moves started(Moves moves)
    {
        const Stage& stage = current();
        HopStart start;
        if (m_stage == m_answering) {
            const Waterfall::Asked asked = m_ladder.ask(stage.tier, false);
            if (asked.fired >= 0 && m_ladder.leadsOn(stage.tier, asked)) {
                m_left = true;
                m_ladder.passOver(stage.tier);
                m_ladder.countTurnedAway();
                Moves on = movesOf(m_ladder.leave(stage.tier, asked));
                on.turnedAway.insert(on.turnedAway.begin(), {stage.tier, asked.gates, asked.reason});
                return joined(std::move(moves), std::move(on));
            }
            start.asked = asked.gates;
        } else {
            start.gates.emplace(); // gates are for answers
        }
        start.tier = stage.tier;
        start.hop = m_hop = m_ladder.countCall(stage.tier);
        start.promptTemplate = m_ladder.promptTemplate();
        start.part = HopPart::Stage;
        start.number = static_cast<int>(m_stage);
        start.first = true; // every stage is told what was found
        start.draftOf = m_draft;
        start.rewriteOf = m_rewrite;
        moves.start.push_back(std::move(start));
        return moves;
    }

    Moves written(int hop, const HopOutcome& outcome, HopVerdict verdict)
    {
        const bool stands = outcome.answered && outcome.firedTrigger < 0;
        if (stands) {
            verdict.status = HopStatus::Used; // accepted once the stages after it are through
            verdict.reason = "pipeline.stage_done";
            m_draft = m_draftOf = hop;
            m_called = true;
            Moves moves;
            moves.verdicts.push_back(std::move(verdict));
            ++m_stage;
            return goOn(std::move(moves));
        }
        m_left = true;
        if (outcome.answered) {
            m_draftOf = hop;
            m_called = true;
        }
        const int best = outcome.answered ? hop : m_draft;
        NextStep step = m_ladder.goOn(outcome, current().tier, hop, best);
        if (step.kind == NextStep::Kind::Finish && step.acceptedHop == hop)
            verdict.status = HopStatus::Accepted;
        Moves moves = movesOf(std::move(step));
        moves.verdicts.insert(moves.verdicts.begin(), std::move(verdict));
        return moves;
    }

    Moves checked(const HopOutcome& outcome, std::string_view text, HopVerdict verdict)
    {
        const std::string& id = current().id;
        const std::optional<StageVerdict> said = outcome.answered ? parseStageVerdict(text) : std::nullopt;
        Moves moves;
        if (verdict.status == HopStatus::Accepted)
            verdict.status = HopStatus::Used, verdict.reason = "pipeline.stage_done";
        if (said && said->passed) {
            m_checked = true;
            moves.verdicts.push_back(std::move(verdict));
            ++m_stage;
            return goOn(std::move(moves));
        }
        const std::string why = (said ? "pipeline.verify_failed." : "pipeline.no_verdict.") + id;
        if (outcome.answered)
            verdict.reason = why;
        moves.verdicts.push_back(std::move(verdict));
        moves.reasons.push_back(why);
        if (outcome.failureReason == "cancelled") {
            moves.end = CascadeEnd{TraceStatus::Cancelled};
            return moves;
        }
        return leave(std::move(moves), why);
    }

    /// From the stages up the ladder, with what there is.
    Moves leave(Moves moves, const std::string& why)
    {
        m_left = true;
        const int from =
            m_answering < cascade().stages.size() ? cascade().stages[m_answering].tier : current().tier;
        const bool stillToCome = m_draft < 0;
        // Nothing was written yet, and the decision names a tier that may be asked: it writes the answer by
        // itself.
        NextStep step = stillToCome && from != m_decision.route.tier && m_ladder.mayCall()
                            ? m_ladder.enter(m_decision.route.tier, true, {})
                            : m_ladder.goPast(from, m_draft, {});
        const bool taken = step.kind == NextStep::Kind::Finish && step.status == TraceStatus::Answered;
        Moves on = movesOf(std::move(step));
        if (m_draft >= 0)
            moves.verdicts.push_back(
                {m_draft, taken ? HopStatus::Accepted : HopStatus::Escalated, why, -1, {}});
        if (on.end)
            on.end->atOnce = true;
        return joined(std::move(moves), std::move(on));
    }

    static Moves joined(Moves before, Moves after)
    {
        after.verdicts.insert(after.verdicts.begin(), before.verdicts.begin(), before.verdicts.end());
        after.reasons.insert(after.reasons.begin(), before.reasons.begin(), before.reasons.end());
        return after;
    }

    std::size_t m_stage = 0;
    std::size_t m_answering = static_cast<std::size_t>(-1); ///< the stage that writes the answer
    int m_hop = -1;                                         ///< of the stage that is under way
    int m_rewrite = -1;                                     ///< hop that wrote the question anew
    int m_draft = -1;                                       ///< hop of the answer so far
    bool m_checked = false;
    bool m_left = false; ///< the stages are over
};

} // namespace

std::unique_ptr<Strategy> makePipeline(const Policy& policy, const Decision& decision, int inputTokens,
                                       const RequestGates* gates)
{
    return std::make_unique<PipelineStrategy>(policy, decision, inputTokens, gates);
}

} // namespace signalbox
