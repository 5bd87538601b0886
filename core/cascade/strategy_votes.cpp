// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that are held against each other: several tiers must agree, or most samples of one tier.
#include "cascade/strategy.h"

#include "judging/agreement.h"

#include <algorithm>
#include <cstdio>
#include <map>

namespace signalbox {

namespace {

struct Vote
{
    int tier = -1;
    int hop = -1;
    bool ended = false;
    HopOutcome outcome;
    std::string text;
    std::vector<AskedGate> asked;   ///< gates on the request, of its tier
    std::optional<std::string> key; ///< equal for answers that say the same
    bool counts() const { return outcome.answered && outcome.firedTrigger < 0; }
};

/// Tiers or samples that are asked together, and whose answers wait for each other.
class VoteStrategy : public LadderStrategy
{
public:
    using LadderStrategy::LadderStrategy;

    Moves ended(int hop, const HopOutcome& outcome, std::string_view text) override
    {
        const auto vote = std::ranges::find(m_votes, hop, &Vote::hop);
        if (vote == m_votes.end())
            return LadderStrategy::ended(hop, outcome, text);
        vote->ended = true;
        vote->outcome = outcome;
        if (vote->counts()) {
            vote->key = cascade().compare == CompareBy::Answer ? shortAnswerKey(text) : sameWordsKey(text);
            vote->text = text;
        }
        Moves moves;
        HopVerdict verdict = verdictOf(hop, outcome);
        if (verdict.status == HopStatus::Accepted)
            verdict.status = HopStatus::Used; // until it is known whose is taken
        moves.verdicts.push_back(std::move(verdict));
        if (std::ranges::any_of(m_votes, [](const Vote& one) { return !one.ended; }))
            return moves;
        Moves next = conclude();
        next.verdicts.insert(next.verdicts.begin(), moves.verdicts.begin(), moves.verdicts.end());
        return next;
    }

protected:
    virtual Moves conclude() = 0;

    /// Asks them all at once, as far as hops are left.
    void startAll(Moves& moves, HopPart part)
    {
        int number = 0;
        for (Vote& vote : m_votes) {
            if (!m_ladder.mayCall())
                break;
            HopStart start;
            start.tier = vote.tier;
            start.hop = vote.hop = m_ladder.countCall(vote.tier);
            start.promptTemplate = m_ladder.promptTemplate();
            start.asked = vote.asked;
            start.part = part;
            start.number = ++number;
            moves.start.push_back(std::move(start));
        }
        std::erase_if(m_votes, [](const Vote& vote) { return vote.hop < 0; });
    }

    static HopVerdict verdictOn(const Vote& vote, HopStatus status, const std::string& reason,
                                std::optional<double> score, double needed, std::string explanation)
    {
        Check check;
        check.fires = status != HopStatus::Accepted;
        check.known = score.has_value();
        check.score = score;
        check.threshold = needed;
        check.explanation = std::move(explanation);
        return {vote.hop, status, reason, vote.outcome.firedTrigger, std::move(check)};
    }

    Moves taken(const Vote& vote, const char* reason, double score, double needed, std::string explanation)
    {
        m_decided = true;
        Moves moves;
        moves.reasons = {reason, "gate.all_passed"};
        moves.verdicts.push_back(
            verdictOn(vote, HopStatus::Accepted, "gate.all_passed", score, needed, std::move(explanation)));
        moves.end = CascadeEnd{TraceStatus::Answered, vote.hop, -1, true};
        return moves;
    }

    /// `best`: whose draft is carried upwards, and is the answer when nothing better comes; null = nobody
    /// answered.
    Moves notTaken(const Vote* best, const char* reason, std::optional<double> score, double needed,
                   std::string explanation)
    {
        m_decided = true;
        const Vote* says = nullptr; // where to: the first that a gate rejected, else the first
        for (const Vote& vote : m_votes) {
            if (vote.outcome.answered && vote.outcome.firedTrigger >= 0 && says == nullptr)
                says = &vote;
        }
        const bool anyCounts = std::ranges::any_of(m_votes, &Vote::counts);
        m_draftOf = best != nullptr && best->outcome.answered ? best->hop : -1;
        m_called = true;
        const int bestHop = best != nullptr ? best->hop : -1;
        NextStep step;
        if (!anyCounts && says != nullptr)
            step = m_ladder.goOn(says->outcome, says->tier, says->hop, bestHop);
        else if (!anyCounts)
            step = m_ladder.goOn(m_votes.front().outcome, m_votes.front().tier, m_votes.front().hop, -1);
        else
            step = m_ladder.goPast(m_votes.front().tier, bestHop, {});
        step.reasons.insert(step.reasons.begin(), reason);
        const bool accepted = step.kind == NextStep::Kind::Finish && step.status == TraceStatus::Answered &&
                              step.acceptedHop == bestHop;
        Moves moves = movesOf(std::move(step));
        for (const Vote& vote : m_votes) {
            if (!vote.outcome.answered)
                continue;
            const bool isBest = &vote == best;
            const std::string why = vote.counts() ? reason : vote.outcome.firedReason;
            HopVerdict verdict =
                verdictOn(vote, HopStatus::Escalated, why, score, needed, isBest ? explanation : "");
            if (isBest && accepted)
                verdict.status = HopStatus::Accepted;
            if (!isBest)
                verdict.agreement.reset();
            moves.verdicts.push_back(std::move(verdict));
        }
        if (moves.end)
            moves.end->atOnce = true;
        return moves;
    }

    /// Where a gate on the request turns it away from all of them.
    std::optional<Moves> turnedAway(int tier, const Waterfall::Asked& asked)
    {
        if (asked.fired < 0 || !m_ladder.leadsOn(tier, asked))
            return std::nullopt;
        m_ladder.passOver(tier);
        m_ladder.countTurnedAway();
        Moves moves = movesOf(m_ladder.leave(tier, asked));
        moves.turnedAway.insert(moves.turnedAway.begin(), {tier, asked.gates, asked.reason});
        m_decided = true;
        return moves;
    }

    std::vector<Vote> m_votes;
    bool m_decided = false;
};

class AgreementStrategy : public VoteStrategy
{
public:
    using VoteStrategy::VoteStrategy;

    Moves begin() override
    {
        Waterfall::Asked fired;
        int firedOn = -1;
        for (const int tier : cascade().lanes) {
            if (!mayAsk(tier) || !m_ladder.fits(tier))
                continue;
            Vote vote;
            vote.tier = tier;
            Waterfall::Asked here = m_ladder.ask(tier, true);
            vote.asked = here.gates;
            if (fired.fired < 0 && here.fired >= 0) {
                fired = std::move(here);
                firedOn = tier;
            }
            m_votes.push_back(std::move(vote));
        }
        if (m_votes.size() < 2) { // nobody to agree with
            m_decided = true;
            const int only = m_votes.empty() ? m_decision.route.tier : m_votes.front().tier;
            m_votes.clear();
            return movesOf(m_ladder.enter(only, false, {"agreement.too_few"}));
        }
        if (std::optional<Moves> away = turnedAway(firedOn, fired))
            return *std::move(away);
        Moves moves;
        startAll(moves, HopPart::Lane);
        return moves;
    }

    Moves compared(std::optional<double> score) override
    {
        if (!score)
            return notTaken(&m_votes.front(), "agreement.no_verdict", std::nullopt, cascade().atLeast,
                            "The judge gave no verdict.");
        m_lowest = m_compared == 0 ? *score : std::min(m_lowest, *score);
        ++m_compared;
        if (*score < cascade().atLeast || m_compared + 1 == m_votes.size())
            return byScore(m_lowest, cascade().atLeast);
        return nextComparison();
    }

protected:
    Moves conclude() override
    {
        if (!std::ranges::all_of(m_votes, &Vote::counts)) {
            const auto best = std::ranges::find_if(m_votes, &Vote::counts);
            const auto answered =
                std::ranges::find_if(m_votes, [](const Vote& vote) { return vote.outcome.answered; });
            const Vote* say = best != m_votes.end()       ? &*best
                              : answered != m_votes.end() ? &*answered
                                                          : nullptr;
            return notTaken(say, "agreement.too_few", 0, 1, "Not all of them have an acceptable answer.");
        }
        if (m_votes.size() < 2)
            return notTaken(&m_votes.front(), "agreement.too_few", 0, 1,
                            "There was no hop left for a second answer.");
        if (cascade().compare == CompareBy::Judge)
            return nextComparison();
        const std::optional<std::string>& key = m_votes.front().key;
        const bool same =
            key && std::ranges::all_of(m_votes, [&](const Vote& vote) { return vote.key == key; });
        return byScore(same ? 1 : 0, 1);
    }

private:
    /// The first answer against each of the others.
    Moves nextComparison()
    {
        Moves moves;
        moves.compare = Comparison{m_votes.front().hop, m_votes[m_compared + 1].hop};
        return moves;
    }

    Moves byScore(double score, double needed)
    {
        if (score >= needed)
            return taken(m_votes.front(), "agreement.agreed", score, needed, "The answers agree.");
        // The last one of the list is the strongest: its answer is the better one to go on from.
        return notTaken(&m_votes.back(), "agreement.disagreed", score, needed, "The answers do not agree.");
    }

    std::size_t m_compared = 0;
    double m_lowest = 0;
};

class SelfConsistencyStrategy : public VoteStrategy
{
public:
    using VoteStrategy::VoteStrategy;

    Moves begin() override
    {
        const int tier = m_decision.route.tier;
        if (!mayAsk(tier) || !m_ladder.fits(tier)) {
            m_decided = true;
            return movesOf(m_ladder.first());
        }
        Vote vote;
        vote.tier = tier;
        const Waterfall::Asked asked = m_ladder.ask(tier, true);
        vote.asked = asked.gates;
        m_votes.assign(static_cast<std::size_t>(cascade().samples), vote);
        if (std::optional<Moves> away = turnedAway(tier, asked))
            return *std::move(away);
        Moves moves;
        startAll(moves, HopPart::Sample);
        return moves;
    }

protected:
    /// Wang et al. (2022), "Self-Consistency Improves Chain of Thought Reasoning": the most frequent answer.
    /// Of equally frequent ones the one that was sampled first; samples without an answer agree with none.
    Moves conclude() override
    {
        std::map<std::string, int> counts;
        for (const Vote& vote : m_votes) {
            if (vote.key)
                ++counts[*vote.key];
        }
        const Vote* winner = nullptr;
        int most = 0;
        for (const Vote& vote : m_votes) {
            if (vote.key && counts[*vote.key] > most) {
                most = counts[*vote.key];
                winner = &vote;
            }
        }
        const auto asked = static_cast<double>(m_votes.size());
        const double share = most / asked;
        char said[64];
        std::snprintf(said, sizeof said, "%d of %zu samples say the same.", most, m_votes.size());
        if (winner != nullptr && share >= cascade().minShare)
            return taken(*winner, "self_consistency.agreed", share, cascade().minShare, said);
        const Vote* best = winner;
        for (const Vote& vote : m_votes) {
            if (best == nullptr && vote.counts())
                best = &vote;
        }
        for (const Vote& vote : m_votes) {
            if (best == nullptr && vote.outcome.answered)
                best = &vote;
        }
        return notTaken(best, "self_consistency.disagreed", share, cascade().minShare, said);
    }
};

} // namespace

std::unique_ptr<Strategy> makeAgreement(const Policy& policy, const Decision& decision, int inputTokens,
                                        const RequestGates* gates)
{
    return std::make_unique<AgreementStrategy>(policy, decision, inputTokens, gates);
}

std::unique_ptr<Strategy> makeSelfConsistency(const Policy& policy, const Decision& decision, int inputTokens,
                                              const RequestGates* gates)
{
    return std::make_unique<SelfConsistencyStrategy>(policy, decision, inputTokens, gates);
}

} // namespace signalbox
