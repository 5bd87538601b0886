// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mode_rail.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace signalbox {

namespace {
constexpr int kWidth = 76;
constexpr int kHeight = 62;
} // namespace

RailButton::RailButton(const QString& text, IconKind icon, QWidget* parent)
    : QAbstractButton(parent), m_icon(icon)
{
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
}

QSize RailButton::sizeHint() const
{
    return {kWidth, kHeight};
}

void RailButton::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = Theme::instance().colors();
    QPainter painter(this);
    const bool bright = isChecked() || underMouse();
    if (isChecked()) {
        painter.fillRect(rect(), colors.railActive);
        painter.fillRect(QRect(0, 0, 3, height()), Theme::tierColor(1, true));
    }
    const QColor color = bright ? QColor(Qt::white) : colors.railText;
    paintIcon(painter, m_icon, QRectF((width() - 22) / 2.0, 12, 22, 22), color);
    QFont font = Theme::font(TextSize::Small);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(QRect(0, 38, width(), height() - 40), Qt::AlignHCenter | Qt::AlignTop, text());
    if (hasFocus()) {
        painter.setPen(QPen(Theme::tierColor(1, true), 1));
        painter.drawRect(rect().adjusted(4, 3, -5, -4));
    }
}

ModeRail::ModeRail(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("modeRail"));
    setAccessibleName(tr("Modes"));
    setFixedWidth(kWidth);
    m_layout->setContentsMargins(0, space::s, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addStretch();
    connect(&Theme::instance(), &Theme::changed, this, QOverload<>::of(&QWidget::update));
}

void ModeRail::addMode(const QString& id, const QString& title, IconKind icon, const QString& keys)
{
    auto* button = new RailButton(title, icon, this);
    button->setObjectName(id + QStringLiteral("RailButton"));
    button->setToolTip(tr("%1 (%2)").arg(title, keys));
    button->setProperty("mode", id);
    connect(button, &QAbstractButton::clicked, this, [this, id] { Q_EMIT modeRequested(id); });
    m_layout->insertWidget(m_layout->count() - 1, button);
    m_buttons.append(button);
}

void ModeRail::setCurrent(const QString& id)
{
    for (RailButton* button : std::as_const(m_buttons))
        button->setChecked(button->property("mode").toString() == id);
}

void ModeRail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::instance().colors().rail);
}

void ModeRail::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down)
        focusNextChild();
    else if (event->key() == Qt::Key_Up)
        focusPreviousChild();
    else
        QWidget::keyPressEvent(event);
}

} // namespace signalbox
