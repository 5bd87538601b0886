// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A trace in words and tables, as rich text in the theme's colours.

#include "cascade/trace.h"

#include <QStringList>

namespace signalbox {

/// The prompt, the hops with their attempts and gates, the charges, the answer.
QString traceHtml(const Trace& trace, const QStringList& tierOrder);
/// The decision, what was barred, what was retrieved, versions.
QString decisionHtml(const Trace& trace, const QStringList& tierOrder);

} // namespace signalbox
