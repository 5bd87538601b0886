// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One prompt several ways, side by side: under several policies, by every tier, or a recorded run beside its
// replay. Each column is drawn from a run of its own, or from a tier's turn in one.

#include "ui/playground/compare_cell.h"

#include <QWidget>

#include <deque>
#include <functional>

class QGridLayout;
class QScrollArea;

namespace signalbox {

class LiveRuns;

/// A way to send the prompt.
struct CompareWay
{
    QString title;
    CompiledPolicyPtr policy;
    TraceMode mode = TraceMode::Policy; ///< AllTiers = a column for each tier
};

class ComparePanel : public QWidget
{
    Q_OBJECT
public:
    using Start = std::function<Result<RunId>(CompiledPolicyPtr, Request, RunOptions)>;
    ComparePanel(LiveRuns& runs, Start start, QWidget* parent = nullptr);

    /// Sends the request every way, `times` times. The first error, if one could not be started.
    Result<> begin(const Request& request, const std::vector<CompareWay>& ways, int times);
    /// A column with what was recorded, and one for each way.
    Result<> beginReplay(const TracePtr& recorded, const CompiledPolicyPtr& policy, const QString& title,
                         const Request& request, const std::vector<CompareWay>& ways);
    void clear();
    void stop();

    bool isLive() const { return m_live > 0; }
    bool isEmpty() const { return m_cells.empty(); }
    int liveStreams() const { return m_live; }
    const std::vector<CompareCell*>& cells() const { return m_cells; }

Q_SIGNALS:
    void liveChanged();
    void closeAsked();
    void againAsked();
    void inspectAsked(const QString& traceId);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Source
    {
        RunView view;
        std::vector<std::size_t> columns;
    };
    struct Column
    {
        std::size_t source = 0;
        QString tier; ///< "" = the run as a whole
        int shownHop = -1;
    };
    void connectRuns();
    Result<> add(const Request& request, const CompareWay& way, const QString& title);
    void addColumn(std::size_t source, const QString& tier, const QString& title);
    Source* sourceOf(RunId run);
    void refresh(Source& source);
    void text(RunId run, int hop, const QString& delta);
    void finished(RunId run, const TracePtr& trace, const QString& problem);
    void markBest();
    void arrange();
    void showHead();

    LiveRuns& m_runs;
    Start m_start;
    std::deque<Source> m_sources;
    std::vector<Column> m_columns;
    std::vector<CompareCell*> m_cells;
    QLabel* m_prompt;
    MutedLabel* m_note;
    QPushButton* m_stop;
    QPushButton* m_again;
    QPushButton* m_close;
    QScrollArea* m_area;
    QGridLayout* m_grid;
    int m_perRow = 0;
    int m_lastRow = 0;
    int m_live = 0;
};

} // namespace signalbox
