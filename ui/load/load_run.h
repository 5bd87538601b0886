// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A load test beside the window: brought up and taken down off the Qt thread, with a sandbox, a transport and an engine
// of its own, so that it neither disturbs what runs in the playground nor leaves traces. Qt thread only.

#include "base/result.h"
#include "load/load_report.h"
#include "policy/policy.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace signalbox {

class Workspace;

struct LoadAsk
{
    enum class Arrivals { AtOnce, AtRandom, Recorded };
    PolicyPtr policy;
    std::shared_ptr<Workspace> workspace; ///< of the documents and the dataset; may be null
    std::string dataset;                  ///< whose prompts are sent over and over; "" = made-up ones
    int inputTokens = 60;                 ///< of made-up prompts
    Arrivals arrivals = Arrivals::AtOnce;
    int concurrency = 32;
    double perSecond = 20;
    std::string file;  ///< recorded arrivals, CSV
    double speed = 1;  ///< of recorded arrivals
    double seconds = 30;
    bool worstCase = false;
    std::optional<NanoUsd> mostCost; ///< the test ends when so much is spent
};

class LoadRun : public QObject
{
    Q_OBJECT
public:
    enum class State { None, Starting, Running, Over };

    explicit LoadRun(QObject* parent = nullptr);
    ~LoadRun() override;

    void start(const LoadAsk& ask);
    void stop();

    State state() const { return m_state; }
    const LoadReport& report() const { return m_report; }
    int underWay() const { return m_underWay; }
    int worstDepth() const { return m_worstDepth; } ///< hops of the policy's worst case; 0 = not known
    const std::vector<ObjectiveVerdict>& verdicts() const { return m_verdicts; }
    const LoadAsk& ask() const { return m_ask; }

Q_SIGNALS:
    void changed();
    /// It could not be started.
    void failed(const QString& why);

private:
    struct Bench;
    static Result<std::shared_ptr<Bench>> bringUp(const LoadAsk& ask);
    void adopt(std::shared_ptr<Bench> bench);
    void look();
    void letGo();

    State m_state = State::None;
    LoadAsk m_ask;
    std::shared_ptr<Bench> m_bench;
    LoadReport m_report;
    std::vector<ObjectiveVerdict> m_verdicts;
    int m_underWay = 0;
    int m_worstDepth = 0;
    quint64 m_ticket = 0; ///< of the newest start
    QTimer m_timer;
};

} // namespace signalbox
