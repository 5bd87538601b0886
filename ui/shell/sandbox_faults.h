// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The faults of the sandbox that the policy's endpoints are served by: which there are, which are on, and
// switching them. Asks the sandbox over its control interface, off the Qt thread; Qt thread only.

#include "policy/policy.h"
#include "sandbox/fault_client.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>
#include <string>
#include <vector>

QT_BEGIN_NAMESPACE
class QTimer;
QT_END_NAMESPACE

namespace signalbox {

/// The part of a policy that a fault can be aimed at.
struct FaultTarget
{
    QString label;
    int tier = -1;                   ///< position, or −1
    std::vector<std::string> models; ///< names at the endpoint; empty = every model
};

class SandboxFaults : public QObject
{
    Q_OBJECT
public:
    explicit SandboxFaults(QObject* parent = nullptr);
    ~SandboxFaults() override;

    /// Where requests go out, and the address of the session's own sandbox; null = none.
    void setTransport(Transport* transport, const std::string& ownBaseUrl);
    /// Its sandbox endpoints and those on this machine are asked, in their order, until one answers.
    void setPolicy(const PolicyPtr& policy);

    enum class State { NoneToAsk, Asking, Ready, NotReached };
    State state() const { return m_state; }
    const QString& problem() const { return m_problem; } ///< why it is NotReached
    QString address() const;                             ///< of the sandbox that answered

    const std::vector<FaultState>& faults() const { return m_faults; }
    std::vector<FaultState> switchedOn() const;
    const FaultState* fault(const QString& id) const;
    /// Every model, each tier, each endpoint and each judge that the sandbox serves.
    const std::vector<FaultTarget>& targets() const { return m_targets; }
    /// "T1" where the models are those of a target, else the models; "" = every model.
    QString targetOf(const FaultState& fault) const;

    void refresh();
    void switchOn(const FaultAim& aim);
    void switchOff(const QString& id);
    void switchAllOff();
    /// Hands over how the faults stand after everything that was asked before.
    void whenFresh(QObject* context, std::function<void(const std::vector<FaultState>&)> use);
    bool isBusy() const { return m_asking > 0; }

Q_SIGNALS:
    void changed();
    void failed(const signalbox::Error& error); ///< a switch that was refused

private:
    using Then = std::function<void(const std::vector<FaultState>&)>;
    void findAddresses();
    void askNext(std::size_t candidate, Then then);
    void send(const FaultSwitches& switches);
    void take(std::vector<FaultState> faults);
    void setState(State state, const QString& problem = {});
    template <class Use>
    OnFaults onQtThread(Use use);

    Transport* m_transport = nullptr;
    std::string m_own;
    PolicyPtr m_policy;
    std::vector<std::string> m_candidates;
    std::vector<FaultTarget> m_targets;
    std::string m_at;
    std::vector<FaultState> m_faults;
    State m_state = State::NoneToAsk;
    QString m_problem;
    QTimer* m_poll;
    quint64 m_epoch = 1; ///< answers to questions of an older one are dropped
    int m_asking = 0;
};

} // namespace signalbox
