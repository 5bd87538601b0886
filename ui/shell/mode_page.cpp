// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mode_page.h"

#include <QResizeEvent>

namespace signalbox {

namespace {
// The window's 1200 without the rail of modes.
constexpr int kFoldBelow = 1200 - 76;
} // namespace

ModePage::ModePage(Session& session, const QString& id, QWidget* parent)
    : QWidget(parent), m_session(session), m_id(id)
{
    setObjectName(id + QStringLiteral("Page"));
    setFocusPolicy(Qt::ClickFocus);
}

void ModePage::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    if (active)
        activated();
    else
        deactivated();
}

void ModePage::foldWhenNarrow(QWidget* column)
{
    m_folding.append(column);
    fold();
}

void ModePage::setWanted(QWidget* column, bool wanted)
{
    m_unwanted.removeAll(column);
    if (!wanted)
        m_unwanted.append(column);
    fold();
}

void ModePage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fold();
}

void ModePage::fold()
{
    for (QWidget* column : std::as_const(m_folding))
        column->setVisible(width() >= kFoldBelow && !m_unwanted.contains(column));
}

} // namespace signalbox
