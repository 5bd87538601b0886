// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Line icons, drawn with paths on a grid of 24 so that they follow any colour and any pixel ratio.

#include <QColor>
#include <QIcon>

namespace signalbox {

enum class IconKind {
    Policy,
    Playground,
    Traces,
    Tuning,
    Dashboard,
    Versions,
    Search,
    Stop,
    Run,
    Copy,
    Export,
    Table,
    Undo,
    Redo,
    Warning,
    Person,
    Lock
};

void paintIcon(QPainter& painter, IconKind kind, const QRectF& target, const QColor& color);
/// In the theme's text colour, or the one given.
QIcon lineIcon(IconKind kind, const QColor& color = {});
/// The program's own icon.
QIcon applicationIcon();

} // namespace signalbox
