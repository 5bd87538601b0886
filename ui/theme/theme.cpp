// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>

#include <algorithm>
#include <array>
#include <cmath>

namespace signalbox {

namespace {

QColor rgb(QRgb value)
{
    return QColor::fromRgb(value);
}

ThemeColors lightColors()
{
    ThemeColors c;
    c.surface = rgb(0xF4F5F8);
    c.panel = rgb(0xFFFFFF);
    c.canvas = rgb(0xFAFBFD);
    c.hairline = rgb(0xE4E7EC);
    c.border = rgb(0xCBD1DA);
    c.grid = rgb(0xECEEF2);
    c.text = rgb(0x1B202A);
    c.muted = rgb(0x5B6472);
    c.faint = rgb(0x66707E);
    c.rail = rgb(0x1F2430);
    c.railText = rgb(0xB4BCCA);
    c.railActive = rgb(0x2D3443);
    c.accent = rgb(0x1F5FD6);
    c.onAccent = rgb(0xFFFFFF);
    c.selection = rgb(0xE8F0FE);
    c.hover = rgb(0xF2F4F8);
    c.person = rgb(0x64748B);
    c.amber = rgb(0xD97706);
    c.warn = rgb(0x8F4A00);
    c.warnFill = rgb(0xFFF6E0);
    c.warnBorder = rgb(0xF2C14E);
    c.bad = rgb(0xA11D1D);
    c.badFill = rgb(0xFDE8E8);
    c.badBorder = rgb(0xF0A8A8);
    c.good = rgb(0x0B6B4B);
    c.goodFill = rgb(0xE6F5EE);
    c.goodBorder = rgb(0x8ED1B5);
    c.info = rgb(0x1B54BD);
    c.infoFill = rgb(0xE8F0FE);
    c.infoBorder = rgb(0xA9C4F5);
    return c;
}

ThemeColors darkColors()
{
    ThemeColors c;
    c.surface = rgb(0x14171E);
    c.panel = rgb(0x1B1F28);
    c.canvas = rgb(0x171A22);
    c.hairline = rgb(0x2A303C);
    c.border = rgb(0x3D4657);
    c.grid = rgb(0x262C37);
    c.text = rgb(0xE6E9EF);
    c.muted = rgb(0x98A2B3);
    c.faint = rgb(0x8791A2);
    c.rail = rgb(0x0E1117);
    c.railText = rgb(0xA6B0C0);
    c.railActive = rgb(0x232936);
    c.accent = rgb(0x2F6FE4);
    c.onAccent = rgb(0xFFFFFF);
    c.selection = rgb(0x24344F);
    c.hover = rgb(0x222733);
    c.person = rgb(0x94A3B8);
    c.amber = rgb(0xF0A13C);
    c.warn = rgb(0xF5B95F);
    c.warnFill = rgb(0x33270F);
    c.warnBorder = rgb(0x7A5A1B);
    c.bad = rgb(0xF28B8B);
    c.badFill = rgb(0x3A1A1C);
    c.badBorder = rgb(0x7F3639);
    c.good = rgb(0x63D0A0);
    c.goodFill = rgb(0x12301F);
    c.goodBorder = rgb(0x2C6E4E);
    c.info = rgb(0x8FB5FF);
    c.infoFill = rgb(0x1B2A45);
    c.infoBorder = rgb(0x36548C);
    return c;
}

// T0–T2 are the product's own; the rest is the colour-blind-safe list of Okabe & Ito (2008), darkened on
// light and lightened on dark so that names in these colours stay readable.
constexpr std::array<QRgb, 7> kLightTiers{0x12805C, 0x1F5FD6, 0x7A3FF2, 0xA34A00,
                                          0x9C3F78, 0x0A6C93, 0x6B5E00};
constexpr std::array<QRgb, 7> kDarkTiers{0x4CC38A, 0x7AA7FF, 0xB79AFF, 0xF0934A,
                                         0xE29AC4, 0x63BDE8, 0xD9CC4A};

QColor mixed(const QColor& a, const QColor& b, double shareOfA)
{
    const auto mix = [shareOfA](int x, int y) {
        return static_cast<int>(std::lround(x * shareOfA + y * (1 - shareOfA)));
    };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

double pixels(TextSize size)
{
    switch (size) {
    case TextSize::Small:
        return 11.5;
    case TextSize::Normal:
        return 13;
    case TextSize::Large:
        return 16;
    case TextSize::Figure:
        return 22;
    }
    return 13;
}

QString firstInstalled(const QStringList& families, const QString& fallback)
{
    const QStringList installed = QFontDatabase::families();
    for (const QString& family : families) {
        if (installed.contains(family))
            return family;
    }
    return fallback;
}

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

double contrastRatio(const QColor& a, const QColor& b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Theme& Theme::instance()
{
    static Theme theme;
    return theme;
}

Theme::Theme() : m_colors(colorsFor(false)) {}

ThemeColors Theme::colorsFor(bool dark)
{
    return dark ? darkColors() : lightColors();
}

QColor Theme::tierColor(int position, bool dark)
{
    const auto& list = dark ? kDarkTiers : kLightTiers;
    if (position < 0)
        return colorsFor(dark).muted;
    return rgb(list[static_cast<std::size_t>(position) % list.size()]);
}

void Theme::apply(QApplication& application)
{
    if (!m_application) {
        m_systemDark = application.palette().color(QPalette::Window).lightness() < 128;
        application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    }
    m_application = &application;
    update();
}

void Theme::setMode(ThemeMode mode)
{
    m_mode = mode;
    update();
}

void Theme::setReduceMotion(bool reduce)
{
    if (m_reduceMotion == reduce)
        return;
    m_reduceMotion = reduce;
    Q_EMIT changed();
}

void Theme::update()
{
    m_dark = m_mode == ThemeMode::Dark || (m_mode == ThemeMode::System && m_systemDark);
    m_colors = colorsFor(m_dark);
    if (m_application) {
        const ThemeColors& c = m_colors;
        QPalette palette;
        palette.setColor(QPalette::Window, c.surface);
        palette.setColor(QPalette::WindowText, c.text);
        palette.setColor(QPalette::Base, c.panel);
        palette.setColor(QPalette::AlternateBase, c.surface);
        palette.setColor(QPalette::Text, c.text);
        palette.setColor(QPalette::PlaceholderText, c.faint);
        palette.setColor(QPalette::Button, c.panel);
        palette.setColor(QPalette::ButtonText, c.text);
        palette.setColor(QPalette::BrightText, c.bad);
        palette.setColor(QPalette::Highlight, c.accent);
        palette.setColor(QPalette::HighlightedText, c.onAccent);
        palette.setColor(QPalette::Link, c.info);
        palette.setColor(QPalette::LinkVisited, c.info);
        palette.setColor(QPalette::ToolTipBase, c.panel);
        palette.setColor(QPalette::ToolTipText, c.text);
        palette.setColor(QPalette::Light, c.panel);
        palette.setColor(QPalette::Midlight, c.hairline);
        palette.setColor(QPalette::Mid, c.border);
        palette.setColor(QPalette::Dark, c.border);
        palette.setColor(QPalette::Shadow, c.border);
        for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
            palette.setColor(QPalette::Disabled, role, mixed(c.muted, c.panel, 0.6));
        m_application->setFont(font());
        m_application->setPalette(palette);
        m_application->setStyleSheet(styleSheetFor(c, m_dark));
    }
    Q_EMIT changed();
}

QColor Theme::tier(int position) const
{
    return tierColor(position, m_dark);
}

QColor Theme::tierFill(int position) const
{
    return mixed(tier(position), m_colors.panel, m_dark ? 0.22 : 0.12);
}

QColor Theme::route(const QString& name, const QStringList& tierOrder) const
{
    if (name == QLatin1String("human") || name == QLatin1String("person"))
        return m_colors.person;
    const auto position = tierOrder.indexOf(name);
    return position < 0 ? m_colors.muted : tier(static_cast<int>(position));
}

QColor Theme::foreground(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return m_colors.muted;
    case Tone::Info:
        return m_colors.info;
    case Tone::Good:
        return m_colors.good;
    case Tone::Warn:
        return m_colors.warn;
    case Tone::Bad:
        return m_colors.bad;
    }
    return m_colors.text;
}

QColor Theme::fill(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return m_colors.panel;
    case Tone::Info:
        return m_colors.infoFill;
    case Tone::Good:
        return m_colors.goodFill;
    case Tone::Warn:
        return m_colors.warnFill;
    case Tone::Bad:
        return m_colors.badFill;
    }
    return m_colors.panel;
}

QColor Theme::border(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return m_colors.border;
    case Tone::Info:
        return m_colors.infoBorder;
    case Tone::Good:
        return m_colors.goodBorder;
    case Tone::Warn:
        return m_colors.warnBorder;
    case Tone::Bad:
        return m_colors.badBorder;
    }
    return m_colors.border;
}

QFont Theme::font(TextSize size, QFont::Weight weight)
{
    static const QString family =
        firstInstalled({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")},
                       QStringLiteral("sans-serif"));
    QFont font(family);
    font.setPointSizeF(pixels(size) * 0.75); // 96 dots an inch; larger where the screen asks for it
    font.setWeight(weight);
    return font;
}

QFont Theme::monospace(TextSize size)
{
    static const QString family = firstInstalled(
        {QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono")}, QStringLiteral("monospace"));
    QFont font(family);
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF((pixels(size) - 0.5) * 0.75);
    return font;
}

} // namespace signalbox
