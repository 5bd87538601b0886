// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_sheet.h"

#include <QHash>

namespace signalbox {

namespace {

// @name is replaced by the colour of that name.
constexpr const char* kSheet = R"(
QToolTip { background: @panel; color: @text; border: 1px solid @border; padding: 4px 6px; }
QWidget#panel, QFrame[role="panel"] { background: @panel; }
QFrame[role="card"] { background: @panel; border: 1px solid @hairline; border-radius: 8px; }
QFrame[role="hairline"] { background: @hairline; border: none; }
QFrame[role="leftColumn"] { background: @panel; border: none; border-right: 1px solid @hairline; }
QFrame[role="rightColumn"] { background: @panel; border: none; border-left: 1px solid @hairline; }
QFrame[role="titleRow"] { background: @panel; border: none; border-bottom: 1px solid @hairline; }
QScrollArea[role="column"], QScrollArea[role="column"] > QWidget > QWidget { background: transparent; border: none; }

QLabel[role="caption"] { color: @muted; font-size: 8.25pt; font-weight: 600; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="small"] { color: @muted; font-size: 8.625pt; }
QLabel[role="title"] { color: @text; font-size: 12pt; font-weight: 600; }
QLabel[role="heading"] { color: @text; font-weight: 600; }
QLabel[role="figure"] { color: @text; font-size: 16.5pt; font-weight: 600; }
QLabel[role="figure"][unknown="true"] { color: @muted; font-size: 12pt; font-weight: 500; }
QLabel[tone="good"] { color: @good; }
QLabel[tone="warn"] { color: @warn; }
QLabel[tone="bad"] { color: @bad; }
QLabel[tone="info"] { color: @info; }

QPushButton { background: @panel; color: @text; border: 1px solid @border; border-radius: 5px; padding: 5px 12px; min-height: 18px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @hairline; }
QPushButton:checked { background: @infoFill; color: @info; border-color: @infoBorder; }
QPushButton:focus { border: 1px solid @accent; }
QPushButton:disabled { color: @disabled; border-color: @hairline; background: @surface; }
QPushButton[role="primary"] { background: @accent; color: @onAccent; border: 1px solid @accent; font-weight: 500; }
QPushButton[role="primary"]:hover { background: @accentHover; }
QPushButton[role="primary"]:focus { border: 1px solid @text; }
QPushButton[role="primary"]:disabled { background: @hairline; color: @muted; border-color: @hairline; }
QPushButton[role="link"] { background: transparent; color: @info; border: 1px solid transparent; padding: 2px 2px; text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 1px solid @accent; }
QPushButton[role="link"]:disabled { color: @disabled; }
QToolButton { background: transparent; color: @text; border: 1px solid transparent; border-radius: 5px; padding: 4px 6px; }
QToolButton:hover { background: @hover; }
QToolButton:checked { background: @infoFill; color: @info; }
QToolButton:focus { border: 1px solid @accent; }
QToolButton:disabled { color: @disabled; }

QLineEdit, QPlainTextEdit, QTextEdit { background: @panel; color: @text; border: 1px solid @border; border-radius: 5px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit { padding: 4px 7px; min-height: 18px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid @accent; }
QLineEdit:disabled { color: @disabled; background: @surface; }
QSpinBox, QDoubleSpinBox { background: @panel; color: @text; border: 1px solid @border; border-radius: 5px; padding: 4px 4px 4px 6px; min-height: 18px; }
QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { border: 1px solid @accent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; width: 16px; border: none; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: 2px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: 2px; }
QAbstractSpinBox::up-arrow { image: url(:/signalbox/icons/chevron-up-@suffix.png); width: 8px; height: 5px; }
QAbstractSpinBox::down-arrow { image: url(:/signalbox/icons/chevron-down-@suffix.png); width: 8px; height: 5px; }
QComboBox { background: @panel; color: @text; border: 1px solid @border; border-radius: 5px; padding: 4px 22px 4px 8px; min-height: 18px; }
QComboBox:disabled { color: @disabled; background: @surface; }
QComboBox::drop-down { subcontrol-origin: border; subcontrol-position: center right; width: 20px; border: none; background: transparent; }
QComboBox::down-arrow { image: url(:/signalbox/icons/chevron-down-@suffix.png); width: 8px; height: 5px; }
QComboBox QAbstractItemView { background: @panel; color: @text; border: 1px solid @border; selection-background-color: @selection; selection-color: @text; outline: 0; }

QTableView, QTreeView, QListView { background: @panel; color: @text; border: none; gridline-color: @hairline; selection-background-color: @selection; selection-color: @text; alternate-background-color: @panel; outline: 0; }
QTableView::item { padding: 0 6px; border: none; border-bottom: 1px solid @hairline; }
QTableView::item:selected { background: @selection; }
QTreeView::item, QListView::item { padding: 4px 6px; border: none; }
QTreeView::item:hover, QListView::item:hover { background: @hover; }
QTreeView::item:selected, QListView::item:selected { background: @selection; color: @text; }
QListView[role="choices"] { border: 1px solid @border; border-radius: 5px; padding: 3px; }
QListView[role="choices"]::item { padding: 6px 8px; border-radius: 4px; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 1px solid @accent; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @muted; border: none; border-bottom: 1px solid @hairline; padding: 5px 6px; font-size: 8.625pt; font-weight: 600; }
QTableCornerButton::section { background: @panel; border: none; }

QTabWidget::pane { border: none; border-top: 1px solid @hairline; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent; padding: 6px 10px; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; font-weight: 600; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { color: @info; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QSplitter::handle { background: @hairline; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }

QProgressBar { background: @hairline; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QSlider::groove:horizontal { background: @hairline; height: 6px; border-radius: 3px; }
QSlider::sub-page:horizontal { background: @accent; height: 6px; border-radius: 3px; }
QSlider::handle:horizontal { background: @panel; border: 2px solid @accent; width: 11px; height: 11px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:focus { background: @infoFill; border: 2px solid @text; }
QSlider::handle:horizontal:disabled { border-color: @border; }

QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 12px; height: 12px; background: @panel; border: 1px solid @muted; border-radius: 3px; }
QCheckBox::indicator:hover { background: @hover; }
QCheckBox::indicator:focus { border: 1px solid @accent; }
QCheckBox::indicator:checked { background: @accent; border: 1px solid @accent; image: url(:/signalbox/icons/check.png); }
QCheckBox::indicator:indeterminate { background: @accent; border: 1px solid @accent; image: url(:/signalbox/icons/check-partial.png); }
QCheckBox::indicator:checked:focus, QCheckBox::indicator:indeterminate:focus { border: 1px solid @text; }
QCheckBox::indicator:disabled { border-color: @hairline; background: @surface; }

QMenuBar { background: @panel; color: @text; border-bottom: 1px solid @hairline; padding: 1px 6px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @panel; color: @text; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @disabled; }
QMenu::separator { height: 1px; background: @hairline; margin: 4px 6px; }

QStatusBar { background: @panel; color: @muted; border-top: 1px solid @hairline; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @muted; font-size: 8.625pt; }
QGroupBox { border: none; margin-top: 18px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: @muted; }
)";

} // namespace

QString styleSheetFor(const ThemeColors& c, bool dark)
{
    const QColor disabled = dark ? QColor(0x6B, 0x75, 0x86) : QColor(0x8A, 0x93, 0xA1);
    const QHash<QString, QString> values{
        {QStringLiteral("surface"), c.surface.name()},
        {QStringLiteral("panel"), c.panel.name()},
        {QStringLiteral("hairline"), c.hairline.name()},
        {QStringLiteral("border"), c.border.name()},
        {QStringLiteral("text"), c.text.name()},
        {QStringLiteral("muted"), c.muted.name()},
        {QStringLiteral("faint"), c.faint.name()},
        {QStringLiteral("accent"), c.accent.name()},
        {QStringLiteral("accentHover"), (dark ? c.accent.lighter(112) : c.accent.darker(112)).name()},
        {QStringLiteral("onAccent"), c.onAccent.name()},
        {QStringLiteral("selection"), c.selection.name()},
        {QStringLiteral("hover"), c.hover.name()},
        {QStringLiteral("disabled"), disabled.name()},
        {QStringLiteral("good"), c.good.name()},
        {QStringLiteral("warn"), c.warn.name()},
        {QStringLiteral("bad"), c.bad.name()},
        {QStringLiteral("info"), c.info.name()},
        {QStringLiteral("infoFill"), c.infoFill.name()},
        {QStringLiteral("infoBorder"), c.infoBorder.name()},
        {QStringLiteral("suffix"), dark ? QStringLiteral("dark") : QStringLiteral("light")},
    };
    const QString sheet = QString::fromLatin1(kSheet);
    QString out;
    out.reserve(sheet.size() + 1024);
    for (qsizetype i = 0; i < sheet.size(); ++i) {
        if (sheet[i] != QLatin1Char('@')) {
            out += sheet[i];
            continue;
        }
        qsizetype end = i + 1;
        while (end < sheet.size() && sheet[end].isLetter())
            ++end;
        out += values.value(sheet.mid(i + 1, end - i - 1));
        i = end - 1;
    }
    return out;
}

} // namespace signalbox
