// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The Playground's page. Private to this folder: the rest of the window knows it by playground_page.h.

#include "ui/faults/fault_verdict.h"
#include "ui/playground/compare_dialog.h"
#include "ui/playground/compare_panel.h"
#include "ui/playground/run_view.h"
#include "ui/shell/mode_page.h"
#include "ui/shell/session.h"

#include <QPointer>

#include <functional>
#include <optional>

class QLabel;
class QStackedWidget;
class QTimer;

namespace signalbox {

class BatchPanel;
class DecisionColumn;
class EmptyState;
class FaultLab;
class LoadWindow;
class HopCards;
class HopsTable;
class RequestPanel;
class Timeline;

class PlaygroundPage : public ModePage
{
    Q_OBJECT
public:
    PlaygroundPage(Session& session, QWidget* parent);

    QString title() const override { return tr("Playground"); }
    IconKind icon() const override { return IconKind::Playground; }
    QString helpText() const override;
    void registerActions(ActionTable& table) override;
    void activated() override;
    void deactivated() override;
    bool reveal(const QString& target) override;
    bool isIdle() const override
    {
        return !m_view.isLive() && !m_preparing && !session().runs().isBatchRunning() && !m_reading &&
               !m_compare->isLive() && !session().faults().isBusy();
    }

private:
    QWidget* makeLeft();
    QWidget* makeMiddle();
    void connectRuns();

    void send(TraceMode mode);
    void begin(const CompiledPolicyPtr& policy, const Request& request, TraceMode mode);
    void sendExample();
    void stop();
    void runDataset(const QString& dataset, TraceMode mode, int concurrency, Session::BatchPart part);
    void countLeft();
    void setResolved(bool resolved);
    void rate(TierFit fit);
    void copyJson();

    // Further ways to look at a prompt: playground_ways.cpp
    bool mayBegin() const;
    void askCompare();
    void compare(const CompareDialog::Choice& choice);
    void beginCompare(const std::vector<CompareWay>& ways, int times);
    void replay(const QString& tier);
    void openTrace(const QString& id);
    void showTrace(const Trace& trace, const CompiledPolicyPtr& policy, std::optional<Rating> rating);
    void copyCurl();
    void inspect(int hop);
    void goOn();
    void showMiddle();

    void showAll();
    void showText(); ///< only what streams, once for all that came together
    void showMessage();
    void updateMay();
    void updateDatasets();
    void readExamples();
    void openFaultLab(const QString& fault);
    void openLoadTest();
    bool isMine(RunId run) const { return m_view.isLive() && run == m_view.run(); }

    RunView m_view;
    RequestPanel* m_request = nullptr;
    BatchPanel* m_batch = nullptr;
    QStackedWidget* m_middle = nullptr;
    EmptyState* m_empty = nullptr;
    Timeline* m_timeline = nullptr;
    QLabel* m_message = nullptr;
    QLabel* m_userReads = nullptr;
    HopCards* m_cards = nullptr;
    HopsTable* m_table = nullptr;
    DecisionColumn* m_decision = nullptr;
    ComparePanel* m_compare = nullptr;
    bool m_comparing = false; ///< the comparison is shown, not the single run
    QTimer* m_textTimer;
    Generation m_leftAsked;
    Generation m_traceAsked;
    FaultWatch* m_faultWatch;
    QPointer<FaultLab> m_faultLab;
    QPointer<LoadWindow> m_loadTest;
    Generation m_examplesAsked;
    QString m_examplesOf;
    bool m_reading = false;
    bool m_preparing = false; ///< a prompt waits for the policy's patterns
};

} // namespace signalbox
