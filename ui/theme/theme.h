// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The look of the window in one place: colours that mean something, three sizes of type, a grid of 4. Widgets
// ask here and nowhere else; nothing in ui/ writes a colour of its own. Qt thread only.

#include <QColor>
#include <QFont>
#include <QObject>
#include <QString>

QT_BEGIN_NAMESPACE
class QApplication;
QT_END_NAMESPACE

namespace signalbox {

enum class ThemeMode { System, Light, Dark };

/// What a pill, a label or a line says with its colour; there is always a word beside it.
enum class Tone { Neutral, Info, Good, Warn, Bad };

/// Distances, the grid of 4.
namespace space {
inline constexpr int xs = 4;
inline constexpr int s = 8;
inline constexpr int m = 12;
inline constexpr int l = 16;
inline constexpr int xl = 24;
} // namespace space

enum class TextSize { Small, Normal, Large, Figure }; ///< 11.5, 13, 16 and 22 px

struct ThemeColors
{
    QColor surface;  ///< behind the panels
    QColor panel;    ///< panels, cards, inputs
    QColor canvas;   ///< behind drawings
    QColor hairline; ///< between things
    QColor border;   ///< around inputs and buttons
    QColor grid;     ///< lines in charts
    QColor text;
    QColor muted; ///< captions, units; AA on panel and surface
    QColor faint; ///< axis labels, things that are off
    QColor rail;  ///< the rail of modes, dark in both themes
    QColor railText;
    QColor railActive;
    QColor accent; ///< the one thing to press; selection
    QColor onAccent;
    QColor selection; ///< background of a selected row
    QColor hover;
    QColor person; ///< a handoff to a person
    QColor amber;  ///< solid: an escalation's line or bar
    QColor warn, warnFill, warnBorder;
    QColor bad, badFill, badBorder;
    QColor good, goodFill, goodBorder;
    QColor info, infoFill, infoBorder;
};

class Theme : public QObject
{
    Q_OBJECT
public:
    static Theme& instance();

    /// Makes style, palette, font and style sheet of the application; again after every change.
    void apply(QApplication& application);

    void setMode(ThemeMode mode);
    ThemeMode mode() const { return m_mode; }
    bool isDark() const { return m_dark; }

    /// No movement that is not asked for: charts do not glide, lanes do not grow.
    void setReduceMotion(bool reduce);
    bool reduceMotion() const { return m_reduceMotion; }

    const ThemeColors& colors() const { return m_colors; }
    /// Colour of a tier by its position in the policy (0 = T0); beyond the third from the Okabe–Ito list.
    QColor tier(int position) const;
    /// A light fill of a tier's colour, for bars behind text.
    QColor tierFill(int position) const;
    /// The colour of a route by name, given the tiers in order: a tier's colour, the person's, or muted.
    QColor route(const QString& name, const QStringList& tierOrder) const;
    QColor foreground(Tone tone) const;
    QColor fill(Tone tone) const;
    QColor border(Tone tone) const;

    /// The interface's font with tabular figures.
    static QFont font(TextSize size = TextSize::Normal, QFont::Weight weight = QFont::Normal);
    /// For codes and JSON only.
    static QFont monospace(TextSize size = TextSize::Normal);

    /// Light and dark colours by themselves, for tests of contrast.
    static ThemeColors colorsFor(bool dark);
    static QColor tierColor(int position, bool dark);

Q_SIGNALS:
    /// Colours or movement changed: repaint what was painted by hand, apply to charts again.
    void changed();

private:
    Theme();
    void update();

    QApplication* m_application = nullptr;
    ThemeMode m_mode = ThemeMode::System;
    bool m_dark = false;
    bool m_systemDark = false;
    bool m_reduceMotion = false;
    ThemeColors m_colors;
};

/// Contrast of two opaque colours as WCAG 2.1 defines it, 1…21.
double contrastRatio(const QColor& a, const QColor& b);

} // namespace signalbox
