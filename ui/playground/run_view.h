// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is known of one run of the Playground, as it grows: first from the engine's signals, in the end from
// the trace that is on disk. Every part of the page is drawn from this one value.

#include "cascade/engine.h"

#include <QElapsedTimer>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

namespace signalbox {

struct PendingGate
{
    QString trigger;
    double startMs = 0;
};

struct HopView
{
    Hop hop; ///< as far as it is known; whole once `ended`
    bool ended = false;
    std::optional<double> firstTextMs;     ///< while it runs: when its text began, since the run's start
    std::map<std::size_t, double> retryMs; ///< position in hop.attempts → wait that was announced after it
    std::optional<PendingGate> pendingGate;
};

/// One rule of the policy and whether it matched the request.
struct RuleView
{
    QString id;
    QString reason;
    QString effect; ///< "T2", "not T0" …
    bool matched = false;
    bool locked = false;
};

class RunView
{
public:
    enum class State { None, Running, Done, NotRecorded };

    /// A run that has been asked for. The policy is the one that it runs under, whatever is edited meanwhile.
    void begin(RunId run, const CompiledPolicyPtr& policy, const Request& request, TraceMode mode);
    /// A run of before, as its trace tells it, under the policy that it ran under.
    static RunView ofTrace(const TracePtr& trace, const CompiledPolicyPtr& policy);
    void clear() { *this = RunView(); }

    // What the engine tells.
    void decided(const Decision& decision);
    void retrieved(std::vector<RetrievedPassage> passages);
    void hopStarted(int hop, const QString& tier, const QString& model, double atMs);
    void hopText(int hop, const QString& delta);
    void attemptFailed(int hop, const Attempt& attempt, double retryInMs);
    void gateStarted(int hop, const QString& trigger, double atMs);
    void gateFinished(int hop, const GateResult& gate);
    void hopFinished(const Hop& hop);
    void answered() { m_answered = true; }
    /// `problem` is empty when the trace is on disk.
    void finished(TracePtr trace, const QString& problem);

    State state() const { return m_state; }
    bool isLive() const { return m_state == State::Running; }
    RunId run() const { return m_run; }
    TraceMode mode() const { return m_mode; }
    const PolicyPtr& policy() const { return m_policy; }
    const CompiledPolicyPtr& compiled() const { return m_compiled; }
    const QStringList& tiers() const { return m_tiers; }
    const std::optional<Decision>& decision() const { return m_decision; }
    const std::vector<RuleView>& rules() const { return m_rules; }
    const std::vector<RetrievedPassage>& passages() const { return m_passages; }
    const std::map<int, HopView>& hops() const { return m_hops; }
    const TracePtr& trace() const { return m_trace; }
    const QString& problem() const { return m_problem; }
    bool isSimulated() const;

    /// Milliseconds since the run's start by the engine's reckoning; stands still when the run is over.
    double nowMs() const;
    /// A hop was turned down and the next one has not been answered yet: the user is being kept waiting.
    bool isEscalating() const;
    /// The user has the answer, and a hop is still under way.
    bool gathersEvidence() const;
    /// What the policy has the user read meanwhile, or at the end; "" when nothing is due.
    QString userReads() const;
    int tierPosition(const QString& tier) const { return static_cast<int>(m_tiers.indexOf(tier)); }
    /// Why the tier may not be called, or "".
    QString barredReason(const QString& tier) const;

private:
    HopView& at(int hop);
    bool isRestarting() const;
    void noteTime(double atMs);

    State m_state = State::None;
    RunId m_run = 0;
    TraceMode m_mode = TraceMode::Policy;
    PolicyPtr m_policy;
    CompiledPolicyPtr m_compiled;
    QStringList m_tiers;
    std::optional<Decision> m_decision;
    std::vector<RuleView> m_rules;
    std::vector<RetrievedPassage> m_passages;
    std::map<int, HopView> m_hops;
    TracePtr m_trace;
    QString m_problem;
    bool m_answered = false;
    QElapsedTimer m_clock;
    double m_ahead = 0; ///< how far the engine's clock is ahead of m_clock
};

} // namespace signalbox
