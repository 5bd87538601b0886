// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What went wrong, in one bar above the page, until it is dismissed. It does not stand in the way of work.

#include <QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace signalbox {

class MessageBar : public QFrame
{
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent);
    void showProblem(const QString& title, const QString& message);
    QString text() const;

private:
    QLabel* m_title;
    QLabel* m_message;
};

} // namespace signalbox
