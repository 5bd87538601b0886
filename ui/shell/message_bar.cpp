// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/message_bar.h"

#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

namespace signalbox {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), m_title(new QLabel(this)), m_message(new QLabel(this))
{
    setObjectName(QStringLiteral("messageBar"));
    m_title->setProperty("role", QStringLiteral("heading"));
    m_title->setProperty("tone", QStringLiteral("bad"));
    m_title->setTextFormat(Qt::PlainText);
    m_message->setObjectName(QStringLiteral("messageBarText"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_message);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::m, space::s, space::m, space::s);
    layout->addLayout(texts, 1);
    QPushButton* dismiss = plainButton(tr("Dismiss"), QStringLiteral("messageBarDismiss"), this);
    layout->addWidget(dismiss, 0, Qt::AlignTop);
    connect(dismiss, &QPushButton::clicked, this, &QWidget::hide);
    const auto paint = [this] {
        const ThemeColors& colors = Theme::instance().colors();
        setStyleSheet(
            QStringLiteral("QFrame#messageBar { background: %1; border: none; border-bottom: 1px solid %2; }")
                .arg(colors.badFill.name(), colors.badBorder.name()));
    };
    connect(&Theme::instance(), &Theme::changed, this, paint);
    paint();
    hide();
}

void MessageBar::showProblem(const QString& title, const QString& message)
{
    m_title->setText(title);
    m_message->setText(message);
    setAccessibleName(title + QStringLiteral(". ") + message);
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString MessageBar::text() const
{
    return m_title->text() + QLatin1Char('\n') + m_message->text();
}

} // namespace signalbox
