// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How a decision is carried out, whatever the cascade's pattern: a pure machine that is told how hops ended
// and says which to start, which to stop, and when the request is over. Live runs feed it what happened,
// what-if feeds it what was recorded; there is no other implementation of a pattern.

#include "cascade/waterfall.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// What a hop is for in its pattern.
enum class HopPart { Answer, Lane, Sample, Stage, Background };

struct HopStart
{
    int hop = -1; ///< its place in the trace
    int tier = -1;
    int promptTemplate = -1; ///< that its route carries
    bool standsIn = false;   ///< the tier is called for one that is not available, not for a better answer
    std::vector<AskedGate> asked;
    HopPart part = HopPart::Answer;
    int number = 0;     ///< of the sample, from 1; of the stage, into Cascade::stages
    bool first = true;  ///< no model was asked before: it is told what was retrieved in any case
    int draftOf = -1;   ///< a hop whose draft was rejected, or that a stage works on; −1 = none
    int rewriteOf = -1; ///< a hop that wrote the question anew, or −1
    /// The gates on the answer that count; nothing = all that apply.
    std::optional<std::vector<int>> gates;
    std::string unsureMarker; ///< an answer with it is none; "" = not looked for
    std::string role() const; ///< "", "lane", "sample 2", "background"; of a stage its number
};

/// How a hop ended, said once it is known.
struct HopVerdict
{
    int hop = -1;
    HopStatus status = HopStatus::Failed;
    std::string reason;
    int trigger = -1;
    std::optional<Check>
        agreement; ///< how far answers agreed, of the hop whose answer was taken or rejected for it
};

/// How it ended for whoever asked.
struct CascadeEnd
{
    TraceStatus status = TraceStatus::Failed;
    int acceptedHop = -1; ///< whose draft is the answer, or −1
    int keptHop = -1;     ///< whose partial draft the user is left with when there is no answer, or −1
    bool atOnce = false;  ///< the answer was held back until others had come: it is seen now
};

/// Two answers to be compared by a judge.
struct Comparison
{
    int first = -1;
    int second = -1;
};

/// What to do next, in this order.
struct Moves
{
    std::vector<HopVerdict> verdicts;
    std::vector<std::string> reasons; ///< reason codes that arose
    std::vector<TurnedAway> turnedAway;
    std::vector<int> cancel; ///< hops that are no longer wanted: their verdict is among the verdicts
    bool retrieve = false;   ///< search the documents, then call retrieved()
    int retrieveWith = -1;   ///< … with what this hop wrote; −1 = with the user's words
    std::optional<Comparison> compare; ///< ask the judge, then call compared()
    std::optional<double> wakeInMs;    ///< then call woken(); replaces an earlier wish
    bool stayAsleep = false;           ///< an earlier wish is void
    std::vector<HopStart> start;
    std::optional<CascadeEnd> answer; ///< the user has the answer; what is started is evidence
    std::optional<CascadeEnd> end;    ///< nothing more will come
};

class Strategy
{
public:
    virtual ~Strategy() = default;

    virtual Moves begin() = 0;
    /// `text`: the draft; whoever calls may forget it afterwards.
    virtual Moves ended(int hop, const HopOutcome& outcome, std::string_view text) = 0;
    virtual Moves woken() { return {}; }
    virtual Moves retrieved() { return {}; }
    /// The lower of the judge's two scores; nothing = it gave none.
    virtual Moves compared(std::optional<double> /*score*/) { return {}; }

    virtual int hops() const = 0; ///< of the trace, background included
    virtual int escalations() const = 0;
};

/// The pattern of the policy, for one request. A tier outside of the pattern's that a rule or the router
/// chose is asked by itself, as in a waterfall. `gates` may be null.
std::unique_ptr<Strategy> makeStrategy(const Policy& policy, const Decision& decision, int inputTokens,
                                       const RequestGates* gates = nullptr);

/// True when the request goes through the policy's stages; then it is they that say when documents are
/// searched.
bool runsStages(const Policy& policy, const Decision& decision);

/// What the patterns share: the tiers that were called, and the way up from there.
class LadderStrategy : public Strategy
{
public:
    LadderStrategy(const Policy& policy, const Decision& decision, int inputTokens, const RequestGates* gates)
        : m_policy(policy), m_decision(decision), m_ladder(policy, decision, inputTokens, gates)
    {
    }
    Moves begin() override { return movesOf(m_ladder.first()); }
    Moves ended(int hop, const HopOutcome& outcome, std::string_view text) override;
    int hops() const override { return m_ladder.hops(); }
    int escalations() const override { return m_ladder.escalations(); }

protected:
    /// The same step as moves. From now on hops that end go up the ladder.
    Moves movesOf(NextStep step);
    /// How a hop ended that nothing but its own gates spoke of.
    static HopVerdict verdictOf(int hop, const HopOutcome& outcome);
    /// A tier of the order is one that may be asked.
    bool mayAsk(int tier) const { return tier >= 0 && !m_decision.isBarred(tier); }
    const Cascade& cascade() const { return m_policy.cascade; }

    const Policy& m_policy;
    const Decision& m_decision;
    Waterfall m_ladder;
    int m_draftOf = -1;     ///< the hop whose draft an escalation carries: the last that answered
    bool m_called = false;  ///< somebody was asked before
    bool m_calledFirst = false; ///< whoever was called last was the first
};

std::unique_ptr<Strategy> makeRace(const Policy& policy, const Decision& decision, int inputTokens,
                                   const RequestGates* gates);
std::unique_ptr<Strategy> makePipeline(const Policy& policy, const Decision& decision, int inputTokens,
                                       const RequestGates* gates);
std::unique_ptr<Strategy> makeAgreement(const Policy& policy, const Decision& decision, int inputTokens,
                                        const RequestGates* gates);
std::unique_ptr<Strategy> makeSelfConsistency(const Policy& policy, const Decision& decision, int inputTokens,
                                              const RequestGates* gates);
/// Asks the background tier once `inner` has an answer.
std::unique_ptr<Strategy> withBackground(const Policy& policy, const Decision& decision,
                                         std::unique_ptr<Strategy> inner);

} // namespace signalbox
