// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How the last run came out of a fault, against what the scenario says it must: one sentence, with a yes or a
// no.

#include "cascade/trace.h"
#include "policy/policy.h"
#include "ui/shell/sandbox_faults.h"

#include <QObject>
#include <QString>

#include <map>
#include <string>

namespace signalbox {

class LiveRuns;
class PolicyEditor;

struct FaultVerdict
{
    enum class Kind { AsExpected, Otherwise, NotMet, NotStated };
    Kind kind = Kind::NotMet;
    QString reason;
};

/// The first call of the trace to a model that the fault hits decides. `policy` may be another one than the
/// trace's; then a model's id stands for its name.
FaultVerdict faultVerdict(const FaultState& fault, const Trace& trace, const Policy& policy);

/// Watches single runs and keeps a verdict for each fault that was on during the last one.
class FaultWatch : public QObject
{
    Q_OBJECT
public:
    FaultWatch(SandboxFaults& faults, LiveRuns& runs, PolicyEditor& policy, QObject* parent);
    const std::map<std::string, FaultVerdict>& verdicts() const { return m_verdicts; }
    void clear();

Q_SIGNALS:
    void changed();

private:
    struct Watched
    {
        std::map<std::string, FaultState> on; ///< when the run began, or while it ran
        PolicyPtr policy;
    };
    void note();
    void ended(quint64 run, const TracePtr& trace);

    SandboxFaults& m_faults;
    std::map<quint64, Watched> m_watched;
    std::map<std::string, FaultVerdict> m_verdicts;
};

} // namespace signalbox
