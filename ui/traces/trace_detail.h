// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One trace, whole: hops and texts in the middle, the decision at the right.

#include "cascade/trace.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QTextBrowser;
QT_END_NAMESPACE

namespace signalbox {

class Pill;

class TraceDetail : public QWidget
{
    Q_OBJECT
public:
    explicit TraceDetail(QWidget* parent = nullptr);
    /// Null = nothing is selected.
    void setTrace(TracePtr trace, const QStringList& tierOrder);
    const TracePtr& trace() const { return m_trace; }
    /// The column that folds away in a narrow window.
    QWidget* decisionColumn() const;
    void copyAsJson() const;

Q_SIGNALS:
    void resolvedChosen(const QString& traceId, bool resolved);
    void openAsked(const QString& traceId); ///< in the Playground, to replay it or to look at its requests

private:
    void draw();
    TracePtr m_trace;
    QStringList m_tiers;
    QLabel* m_title;
    Pill* m_sandbox;
    QPushButton* m_yes;
    QPushButton* m_no;
    QPushButton* m_copy;
    QPushButton* m_open;
    QTextBrowser* m_middle;
    QTextBrowser* m_right;
};

} // namespace signalbox
