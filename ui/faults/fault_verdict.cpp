// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/faults/fault_verdict.h"

#include "ui/faults/fault_text.h"
#include "ui/shell/live_runs.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace signalbox {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(FaultVerdict)
};

/// One model's turn, or a judge's: its tries in their order.
struct Call
{
    std::string model; ///< what the endpoint calls it
    std::string tier;
    std::vector<const Attempt*> tries;
    bool ofModel = true;
    bool anyText = false;
    std::optional<bool> usageKnown;
};

std::string nameAtEndpoint(const Policy& policy, const std::string& modelId)
{
    const int index = policy.modelIndex(modelId);
    return index < 0 ? modelId : policy.models[static_cast<std::size_t>(index)].name;
}

std::vector<Call> callsOf(const Trace& trace, const Policy& policy)
{
    std::vector<Call> calls;
    for (const Hop& hop : trace.hops) {
        if (hop.status == HopStatus::Barred || hop.model.empty())
            continue;
        Call own;
        own.model = nameAtEndpoint(policy, hop.model);
        own.tier = hop.tier;
        own.anyText = !hop.text.empty();
        own.usageKnown = hop.tokens.known();
        std::map<std::string, Call> judges;
        for (const Attempt& attempt : hop.attempts) {
            if (attempt.purpose == "model") {
                own.tries.push_back(&attempt);
                continue;
            }
            Call& judge = judges[attempt.purpose];
            judge.ofModel = false;
            judge.tier = hop.tier;
            judge.tries.push_back(&attempt);
            for (const GateResult& gate : hop.gates) {
                if ("judge:" + gate.rubric == attempt.purpose)
                    judge.model = nameAtEndpoint(policy, gate.judgeModel);
            }
        }
        calls.push_back(std::move(own));
        for (auto& [purpose, judge] : judges)
            calls.push_back(std::move(judge));
    }
    return calls;
}

QString triesText(std::size_t tries)
{
    return Texts::tr("%n try(s)", nullptr, static_cast<int>(tries));
}

QString whatCame(const Call& call)
{
    if (call.tries.empty())
        return Texts::tr("%1 was not asked").arg(qs(call.model));
    const Attempt& last = *call.tries.back();
    if (last.errorKind.empty())
        return call.tries.size() == 1 ? Texts::tr("answered at once")
                                      : Texts::tr("answered at try %1").arg(call.tries.size());
    return Texts::tr("%1 after %2").arg(qs(last.errorKind), triesText(call.tries.size()));
}

} // namespace

FaultVerdict faultVerdict(const FaultState& fault, const Trace& trace, const Policy& policy)
{
    using Kind = FaultVerdict::Kind;
    const std::vector<Call> calls = callsOf(trace, policy);
    const auto met = std::find_if(calls.begin(), calls.end(), [&](const Call& call) {
        return fault.models.empty() ||
               std::find(fault.models.begin(), fault.models.end(), call.model) != fault.models.end();
    });
    if (met == calls.end())
        return {Kind::NotMet, Texts::tr("The run asked none of the models that it hits.")};
    const QString came = whatCame(*met);
    if (!fault.expect)
        return {Kind::NotStated, came};
    const ExpectedOutcome& expect = *fault.expect;
    const std::string end = met->tries.empty() ? "none" : met->tries.back()->errorKind;
    const bool outcomeFits = expect.outcome == "ok" ? end.empty() : end == expect.outcome;
    const bool triesFit = static_cast<int>(met->tries.size()) == expect.attempts;
    if (!outcomeFits || !triesFit) {
        // A tier's own deadline may come before the end that the scenario waits for.
        const QString why = end == "budget.deadline" && expect.outcome != "budget.deadline"
                                ? Texts::tr("; the deadline of %1 came first").arg(qs(met->tier))
                                : QString();
        return {Kind::Otherwise, Texts::tr("%1; expected: %2%3").arg(came, expectedText(fault.expect), why)};
    }
    if (met->ofModel && expect.text == "none" && met->anyText)
        return {Kind::Otherwise,
                Texts::tr("%1, as expected, but with text that should not be there").arg(came)};
    if (met->ofModel && expect.text != "none" && !met->anyText)
        return {Kind::Otherwise, Texts::tr("%1, as expected, but the text is lost").arg(came)};
    if (met->ofModel && met->usageKnown && !expect.usage.empty() &&
        *met->usageKnown != (expect.usage == "known"))
        return {Kind::Otherwise,
                *met->usageKnown
                    ? Texts::tr("%1, as expected, but with a cost that the server did not tell").arg(came)
                    : Texts::tr("%1, as expected, but its cost is lost").arg(came)};
    return {Kind::AsExpected, Texts::tr("%1, as expected").arg(came)};
}

FaultWatch::FaultWatch(SandboxFaults& faults, LiveRuns& runs, PolicyEditor& policy, QObject* parent)
    : QObject(parent), m_faults(faults)
{
    connect(&runs, &LiveRuns::runStarted, this, [this, &policy](RunId run) {
        m_watched[run].policy = policy.document()->policy;
        note();
    });
    connect(&faults, &SandboxFaults::changed, this, &FaultWatch::note);
    connect(&runs, &LiveRuns::runFinished, this,
            [this](RunId run, const TracePtr& trace) { ended(run, trace); });
}

void FaultWatch::clear()
{
    m_watched.clear();
    m_verdicts.clear();
    Q_EMIT changed();
}

void FaultWatch::note()
{
    for (auto& [run, watched] : m_watched) {
        for (const FaultState& fault : m_faults.switchedOn())
            watched.on.try_emplace(fault.id, fault);
    }
}

void FaultWatch::ended(quint64 run, const TracePtr& trace)
{
    const auto found = m_watched.find(run);
    if (found == m_watched.end())
        return;
    Watched watched = std::move(found->second);
    m_watched.erase(found);
    if (!trace || !watched.policy || watched.on.empty())
        return;
    m_faults.whenFresh(this, [this, watched = std::move(watched), trace](const std::vector<FaultState>& now) {
        m_verdicts.clear();
        for (const auto& [id, before] : watched.on) {
            const auto after = std::find_if(now.begin(), now.end(),
                                            [&id = id](const FaultState& fault) { return fault.id == id; });
            // A closed port counts nobody: whoever is refused never reaches it.
            const bool hit = after != now.end() &&
                             (after->hits > before.hits || endsByItself(before) || after->hits < before.hits);
            m_verdicts[id] =
                hit ? faultVerdict(before, *trace, *watched.policy)
                    : FaultVerdict{FaultVerdict::Kind::NotMet, Texts::tr("The run did not meet it.")};
        }
        Q_EMIT changed();
    });
}

} // namespace signalbox
