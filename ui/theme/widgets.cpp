// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/widgets.h"

#include <QPainter>
#include <QPainterPath>
#include <QResizeEvent>
#include <QScrollArea>
#include <QStyle>
#include <QStyleOptionButton>
#include <QStylePainter>
#include <QVBoxLayout>

namespace signalbox {

namespace {

void setRole(QWidget* widget, const char* role)
{
    widget->setProperty("role", QLatin1String(role));
}

void polishAgain(QWidget* widget)
{
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

const char* toneName(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return "good";
    case Tone::Warn:
        return "warn";
    case Tone::Bad:
        return "bad";
    case Tone::Info:
        return "info";
    case Tone::Neutral:
        break;
    }
    return "";
}

void dress(QPushButton* button, const QString& objectName, const char* role)
{
    button->setObjectName(objectName);
    button->setAccessibleName(button->text().remove(QLatin1Char('&')));
    if (*role != 0)
        setRole(button, role);
    button->setAutoDefault(false);
}

QPushButton* button(const QString& text, const QString& objectName, const char* role, QWidget* parent)
{
    auto* result = new QPushButton(text, parent);
    dress(result, objectName, role);
    return result;
}

class LinkButton : public QPushButton
{
public:
    using QPushButton::QPushButton;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        const int missing = sizeHint().width() - width();
        if (missing <= 0) {
            QPushButton::paintEvent(event);
            return;
        }
        QStylePainter painter(this);
        QStyleOptionButton option;
        initStyleOption(&option);
        const int whole = fontMetrics().horizontalAdvance(option.text);
        option.text = fontMetrics().elidedText(option.text, Qt::ElideRight, whole - missing);
        painter.drawControl(QStyle::CE_PushButton, option);
    }
};

} // namespace

CaptionLabel::CaptionLabel(const QString& text, QWidget* parent) : QLabel(text.toUpper(), parent)
{
    setRole(this, "caption");
    setAccessibleName(text);
}

MutedLabel::MutedLabel(const QString& text, QWidget* parent) : QLabel(text, parent)
{
    setRole(this, "small");
    setWordWrap(true);
}

ElidedLabel::ElidedLabel(const QString& text, Qt::TextElideMode mode, QWidget* parent)
    : QLabel(parent), m_mode(mode)
{
    setTextFormat(Qt::PlainText);
    setFullText(text);
}

void ElidedLabel::setFullText(const QString& text)
{
    m_full = text;
    setAccessibleName(text);
    elide();
    updateGeometry();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 4, QLabel::minimumSizeHint().height()};
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_full) + 2, QLabel::sizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::elide()
{
    const QString shown =
        fontMetrics().elidedText(m_full, m_mode, std::max(width(), minimumSizeHint().width()));
    setText(shown);
    setToolTip(shown == m_full ? QString() : m_full);
}

Pill::Pill(const QString& text, Tone tone, QWidget* parent) : QAbstractButton(parent), m_tone(tone)
{
    setText(text);
    setAccessibleName(text);
    setFont(Theme::font(TextSize::Small));
    setPressable(false);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, QOverload<>::of(&QWidget::update));
}

void Pill::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Pill::setTier(int position)
{
    m_tier = position;
    update();
}

void Pill::setPressable(bool pressable)
{
    m_pressable = pressable;
    setFocusPolicy(pressable ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(pressable ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAttribute(Qt::WA_TransparentForMouseEvents, false);
}

QSize Pill::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + 2 * 9, metrics.height() + 6};
}

void Pill::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    const bool tiered = m_tier >= 0;
    QColor fill = tiered ? theme.tierFill(m_tier) : theme.fill(m_tone);
    const QColor border = hasFocus() ? theme.colors().accent
                          : tiered   ? theme.tier(m_tier)
                                     : theme.border(m_tone);
    const QColor text = tiered                    ? theme.tier(m_tier)
                        : m_tone == Tone::Neutral ? theme.colors().text
                                                  : theme.foreground(m_tone);
    if (m_pressable && underMouse() && m_tone == Tone::Neutral && !tiered)
        fill = theme.colors().hover;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(border, 1));
    painter.setBrush(fill);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    painter.setPen(isEnabled() ? text : theme.colors().faint);
    painter.drawText(rect(), Qt::AlignCenter, this->text());
}

Card::Card(QWidget* parent) : QFrame(parent)
{
    setRole(this, "card");
    m_body = new QVBoxLayout(this);
    m_body->setContentsMargins(space::m, space::m, space::m, space::m);
    m_body->setSpacing(space::s);
    connect(&Theme::instance(), &Theme::changed, this, QOverload<>::of(&QWidget::update));
}

Card::Card(const QString& title, QWidget* parent) : Card(parent)
{
    setTitle(title);
}

void Card::setTitle(const QString& title)
{
    if (!m_title) {
        m_title = new QLabel(this);
        setRole(m_title, "heading");
        m_body->insertWidget(0, m_title);
    }
    m_title->setText(title);
    setAccessibleName(title);
}

void Card::setTier(int position)
{
    m_tier = position;
    update();
}

void Card::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    if (m_tier < 0)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(QRectF(rect()), 8, 8);
    painter.setClipPath(outline);
    painter.fillRect(QRect(0, 0, width(), 3), Theme::instance().tier(m_tier));
}

KpiTile::KpiTile(const QString& name, QWidget* parent) : Card(parent)
{
    m_name = new QLabel(name, this);
    setRole(m_name, "small");
    m_value = new QLabel(this);
    setRole(m_value, "figure");
    m_below = new QLabel(this);
    setRole(m_below, "small");
    m_below->setWordWrap(true);
    m_below->setMinimumHeight(QFontMetrics(Theme::font(TextSize::Small)).height());
    body()->setSpacing(2);
    body()->addWidget(m_name);
    body()->addWidget(m_value);
    body()->addWidget(m_below);
    body()->addStretch();
    setFocusPolicy(Qt::TabFocus);
    setFigure(QString());
}

void KpiTile::setFigure(const QString& value, const QString& below, Tone belowTone)
{
    const bool unknown = value.isEmpty() || value == tr("unknown");
    m_value->setText(unknown ? tr("unknown") : value);
    m_value->setProperty("unknown", unknown);
    m_below->setText(below);
    m_below->setProperty("tone", QLatin1String(toneName(belowTone)));
    polishAgain(m_value);
    polishAgain(m_below);
    setAccessibleName(m_name->text() + QStringLiteral(": ") + m_value->text() + QLatin1Char(' ') + below);
}

void KpiTile::setExplanation(const QString& whatOverHowManyFromWhen)
{
    setToolTip(whatOverHowManyFromWhen);
    setAccessibleDescription(whatOverHowManyFromWhen);
}

QString KpiTile::value() const
{
    return m_value->text();
}

QString KpiTile::below() const
{
    return m_below->text();
}

EmptyState::EmptyState(const QString& title, const QString& text, const QString& buttonText, QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    layout->setSpacing(space::s);
    m_title = new QLabel(title, this);
    setRole(m_title, "heading");
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_text = new QLabel(text, this);
    setRole(m_text, "muted");
    m_text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_text->setWordWrap(true);
    m_text->setMaximumWidth(440);
    m_text->setMinimumWidth(160);
    layout->addStretch();
    layout->addWidget(m_title);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_text, 10);
    row->addStretch();
    layout->addLayout(row);
    if (!buttonText.isEmpty()) {
        m_button = primaryButton(buttonText, QStringLiteral("emptyStateButton"), this);
        layout->addSpacing(space::s);
        layout->addWidget(m_button, 0, Qt::AlignHCenter);
    }
    layout->addStretch();
}

void EmptyState::setTexts(const QString& title, const QString& text)
{
    m_title->setText(title);
    m_text->setText(text);
}

QPushButton* primaryButton(const QString& text, const QString& objectName, QWidget* parent)
{
    return button(text, objectName, "primary", parent);
}

QPushButton* plainButton(const QString& text, const QString& objectName, QWidget* parent)
{
    return button(text, objectName, "", parent);
}

QPushButton* linkButton(const QString& text, const QString& objectName, QWidget* parent)
{
    auto* result = new LinkButton(text, parent);
    dress(result, objectName, "link");
    result->setCursor(Qt::PointingHandCursor);
    return result;
}

QFrame* hairline(Qt::Orientation orientation, QWidget* parent)
{
    auto* line = new QFrame(parent);
    setRole(line, "hairline");
    if (orientation == Qt::Horizontal)
        line->setFixedHeight(1);
    else
        line->setFixedWidth(1);
    return line;
}

QPixmap tierDot(int position, int size)
{
    constexpr int kScale = 2;
    QPixmap map(size * kScale, size * kScale);
    map.fill(Qt::transparent);
    QPainter painter(&map);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::instance().tier(position));
    painter.drawEllipse(map.rect());
    painter.end();
    map.setDevicePixelRatio(kScale);
    return map;
}

SideColumn::SideColumn(Side side, int width, QWidget* parent) : QFrame(parent)
{
    setRole(this, side == Side::Left ? "leftColumn" : "rightColumn");
    setFixedWidth(width);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(side == Side::Right ? 1 : 0, 0, side == Side::Left ? 1 : 0, 0);
    auto* area = new QScrollArea(this);
    m_area = area;
    area->setObjectName(QStringLiteral("columnArea"));
    area->setAccessibleName(tr("Side column"));
    setRole(area, "column");
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inner = new QWidget;
    m_body = new QVBoxLayout(inner);
    m_body->setContentsMargins(space::m, space::m, space::m, space::m);
    m_body->setSpacing(space::s);
    area->setWidget(inner);
    outer->addWidget(area);
}

void SideColumn::setHasFields()
{
    m_area->setFocusPolicy(Qt::NoFocus);
}

} // namespace signalbox
