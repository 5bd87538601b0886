// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/run_view.h"

#include "cascade/hop_budget.h"
#include "cascade/hop_request.h"
#include "features/features.h"
#include "ui/theme/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace signalbox {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(RunView)
};

QString effectOf(const Rule& rule)
{
    if (rule.route)
        return rule.route->isHuman() ? Texts::tr("a person") : qs(rule.routeId);
    if (!rule.excludeIds.empty()) {
        QStringList tiers;
        for (const std::string& id : rule.excludeIds)
            tiers << qs(id);
        return Texts::tr("not %1").arg(tiers.join(QStringLiteral(", ")));
    }
    QStringList places;
    for (const std::string& place : rule.allowResidency)
        places << qs(place);
    return Texts::tr("only %1").arg(places.join(QStringLiteral(", ")));
}

} // namespace

void RunView::begin(RunId run, const CompiledPolicyPtr& policy, const Request& request, TraceMode mode)
{
    clear();
    m_state = State::Running;
    m_run = run;
    m_mode = mode;
    m_policy = policy->policyPtr();
    m_compiled = policy;
    for (const Tier& tier : m_policy->tiers)
        m_tiers << qs(tier.id);
    const Observation seen = policy->observe(request, extractFeatures(request));
    for (std::size_t i = 0; i < m_policy->rules.size(); ++i) {
        const Rule& rule = m_policy->rules[i];
        m_rules.push_back({qs(rule.id), qs(rule.reason), effectOf(rule),
                           i < seen.ruleMatches.size() && seen.ruleMatches[i] != 0, rule.locked});
    }
    m_clock.start();
}

RunView RunView::ofTrace(const TracePtr& trace, const CompiledPolicyPtr& policy)
{
    RunView view;
    const Request request = requestOf(*trace);
    view.begin(0, policy, request, trace->mode);
    Decision decision;
    if (policy->policy().contentHash == trace->policyHash) {
        decision = decide(*policy, request); // the same again: with what was weighed
    } else {
        const int tier = policy->policy().tierIndex(trace->route);
        decision.route.kind = tier >= 0 ? Route::Kind::Tier : Route::Kind::Human;
        decision.route.tier = tier;
        decision.router = trace->router;
        decision.confidence = trace->confidence;
        decision.intent = trace->intent;
        decision.difficulty = trace->difficulty;
        decision.reasons = trace->reasons;
        for (const auto& [id, reason] : trace->barred) {
            if (const int barred = policy->policy().tierIndex(id); barred >= 0)
                decision.barred.push_back({barred, reason});
        }
    }
    decision.nanos = trace->decisionNanos;
    view.m_decision = std::move(decision);
    view.finished(trace, {});
    return view;
}

void RunView::noteTime(double atMs)
{
    m_ahead = std::max(m_ahead, atMs - static_cast<double>(m_clock.elapsed()));
}

HopView& RunView::at(int hop)
{
    HopView& view = m_hops[hop];
    view.hop.index = hop;
    return view;
}

void RunView::decided(const Decision& decision)
{
    m_decision = decision;
}

void RunView::retrieved(std::vector<RetrievedPassage> passages)
{
    m_passages = std::move(passages);
}

void RunView::hopStarted(int hop, const QString& tier, const QString& model, double atMs)
{
    noteTime(atMs);
    HopView& view = at(hop);
    view.hop.tier = ss(tier);
    view.hop.model = ss(model);
    view.hop.startMs = atMs;
}

void RunView::hopText(int hop, const QString& delta)
{
    HopView& view = at(hop);
    if (view.ended)
        return;
    if (!view.firstTextMs)
        view.firstTextMs = nowMs();
    view.hop.text += ss(delta);
}

void RunView::attemptFailed(int hop, const Attempt& attempt, double retryInMs)
{
    noteTime(attempt.startMs + attempt.totalMs);
    HopView& view = at(hop);
    // The text of a try that failed is not the answer; the next one begins anew.
    if (attempt.purpose == "model") {
        view.hop.text.clear();
        view.firstTextMs.reset();
    }
    view.hop.attempts.push_back(attempt);
    if (retryInMs >= 0)
        view.retryMs[view.hop.attempts.size() - 1] = retryInMs;
}

void RunView::gateStarted(int hop, const QString& trigger, double atMs)
{
    noteTime(atMs);
    at(hop).pendingGate = PendingGate{trigger, atMs};
}

void RunView::gateFinished(int hop, const GateResult& gate)
{
    noteTime(gate.startMs + gate.latencyMs);
    HopView& view = at(hop);
    view.pendingGate.reset();
    view.hop.gates.push_back(gate);
}

void RunView::hopFinished(const Hop& hop)
{
    noteTime(hop.startMs + hop.totalMs);
    HopView& view = at(hop.index);
    view.hop = hop;
    view.pendingGate.reset();
    view.ended = true;
}

void RunView::finished(TracePtr trace, const QString& problem)
{
    m_state = problem.isEmpty() ? State::Done : State::NotRecorded;
    m_problem = problem;
    m_trace = std::move(trace);
    if (!m_trace)
        return;
    m_passages = m_trace->retrieved;
    std::map<int, HopView> hops;
    for (const Hop& hop : m_trace->hops) {
        HopView& view = hops[hop.index];
        const auto before = m_hops.find(hop.index);
        if (before != m_hops.end())
            view.retryMs = before->second.retryMs;
        view.hop = hop;
        view.ended = true;
    }
    m_hops = std::move(hops);
}

bool RunView::isSimulated() const
{
    return m_trace ? m_trace->simulated : m_policy && m_policy->usesSandbox();
}

double RunView::nowMs() const
{
    if (m_trace)
        return m_trace->latencyMs;
    return m_clock.isValid() ? static_cast<double>(m_clock.elapsed()) + m_ahead : 0;
}

bool RunView::gathersEvidence() const
{
    const auto underWay = [](const auto& hop) { return !hop.second.ended; };
    return isLive() && m_answered && std::any_of(m_hops.begin(), m_hops.end(), underWay);
}

bool RunView::isEscalating() const
{
    if (!isLive() || m_answered || m_mode != TraceMode::Policy)
        return false;
    bool turnedDown = false;
    for (const auto& [index, view] : m_hops) {
        if (!view.ended)
            continue;
        if (view.hop.status == HopStatus::Escalated)
            turnedDown = true;
        else if (view.hop.status == HopStatus::Accepted)
            return false;
    }
    return turnedDown;
}

/// An answer broke off that the user had begun to read, and nobody has answered since.
bool RunView::isRestarting() const
{
    if (!isLive() || m_mode != TraceMode::Policy || m_policy->cascade.stream != StreamWhat::All)
        return false;
    bool brokeOff = false;
    for (const auto& [index, view] : m_hops) {
        if (view.ended)
            brokeOff = view.hop.status == HopStatus::Failed && view.hop.partial;
    }
    return brokeOff && !m_hops.rbegin()->second.ended;
}

QString RunView::userReads() const
{
    if (!m_policy)
        return {};
    if (isRestarting() && !m_policy->restartedCopy.empty())
        return qs(m_policy->restartedCopy);
    if (isEscalating())
        return qs(m_policy->escalatingCopy);
    if (!m_trace)
        return {};
    if (m_trace->status == TraceStatus::HandedOff && m_policy->handoff)
        return qs(m_policy->handoff->copy);
    const auto refused = [](const std::string& reason) { return isRequestBudget(reason); };
    if (m_trace->status == TraceStatus::Failed && std::any_of(m_trace->reasons.begin(), m_trace->reasons.end(), refused))
        return qs(m_policy->rejectedCopy);
    return {};
}

QString RunView::barredReason(const QString& tier) const
{
    const int position = tierPosition(tier);
    if (m_decision) {
        for (const BarredTier& barred : m_decision->barred)
            if (barred.tier == position)
                return qs(barred.reason);
    }
    if (m_trace) {
        for (const auto& [id, reason] : m_trace->barred)
            if (qs(id) == tier)
                return qs(reason);
    }
    for (const auto& [index, view] : m_hops)
        if (view.hop.status == HopStatus::Barred && qs(view.hop.tier) == tier)
            return qs(view.hop.reason);
    return {};
}

} // namespace signalbox
