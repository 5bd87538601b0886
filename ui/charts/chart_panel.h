// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A chart in its card: title, what it is over, a table of its data beside it, export, and what it says when
// there is nothing to draw.

#include "base/result.h"
#include "ui/theme/widgets.h"

#include <QStringList>

QT_BEGIN_NAMESPACE
class QChart;
class QStackedLayout;
class QTableWidget;
class QToolButton;
QT_END_NAMESPACE

namespace signalbox {

class ChartView;

/// The chart's data before it was thinned for drawing.
struct ChartTable
{
    QStringList columns;
    QList<QStringList> rows;
    QByteArray toCsv() const; ///< RFC 4180, UTF-8
};

class ChartPanel : public Card
{
    Q_OBJECT
public:
    ChartPanel(const QString& title, const QString& objectName, QWidget* parent = nullptr);

    ChartView* view() const { return m_view; }
    QChart* chart() const;

    /// Removes series and axes, for what comes next.
    void clearChart();
    /// After series and axes are there: the sentence, the data, the line beside the title ("n = 320,
    /// Sandbox").
    void setContent(const QString& sentence, ChartTable table, const QString& note = {});
    void setEmpty(const QString& text);
    bool isEmpty() const;
    QString note() const { return m_note->fullText(); }
    const ChartTable& table() const { return m_table; }

    void showData(bool show);
    bool isDataShown() const;

    /// By suffix: .png at twice the size, .svg, or .csv.
    Result<> exportTo(const QString& path) const;

private:
    void askAndExport();

    ElidedLabel* m_note;
    QToolButton* m_dataButton;
    QToolButton* m_exportButton;
    QStackedLayout* m_stack;
    ChartView* m_view;
    QTableWidget* m_data;
    QLabel* m_emptyText;
    ChartTable m_table;
};

} // namespace signalbox
