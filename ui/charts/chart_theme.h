// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The theme, applied to a chart. QChart::setTheme overwrites the colours of series and knows no palette; this
// does not.

#include <QString>
#include <QStringList>

QT_BEGIN_NAMESPACE
class QAbstractAxis;
class QChart;
QT_END_NAMESPACE

namespace signalbox {

/// Background, fonts, axes, grid, legend. Colours of series are the caller's, who sets them again when the
/// theme changes.
void applyTheme(QChart* chart);

/// An axis over positions 0…labels−1 that names at most `most` of them, so that no name is cut.
QAbstractAxis* positionAxis(const QStringList& labels, int most = 6);

/// An axis for figures from `low` to a round number at or above `high`; `format` as printf's.
QAbstractAxis* figureAxis(double low, double high, const QString& format, const QString& title = {});

} // namespace signalbox
