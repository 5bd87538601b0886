// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The dark rail of modes at the left of the window.

#include "ui/theme/icons.h"

#include <QAbstractButton>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QVBoxLayout;
QT_END_NAMESPACE

namespace signalbox {

class RailButton : public QAbstractButton
{
    Q_OBJECT
public:
    RailButton(const QString& text, IconKind icon, QWidget* parent);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    IconKind m_icon;
};

class ModeRail : public QWidget
{
    Q_OBJECT
public:
    explicit ModeRail(QWidget* parent = nullptr);
    void addMode(const QString& id, const QString& title, IconKind icon, const QString& keys);
    void setCurrent(const QString& id);

Q_SIGNALS:
    void modeRequested(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QVBoxLayout* m_layout;
    QList<RailButton*> m_buttons;
};

} // namespace signalbox
