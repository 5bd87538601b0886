// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Conditions and gates in a few words, for labels on the map, and whole, for their tool tips.

#include <QString>

namespace signalbox {

struct Condition;
struct TimeWindow;
struct Trigger;

/// "“legal” +4 · attachment": at most two parts, and how many more there are.
QString conditionShort(const Condition& condition);
/// Every part, with "and", "or" and "not" as they are nested.
QString conditionWhole(const Condition& condition);
/// "22:00–06:00 Mon–Fri"
QString timeWindowText(const TimeWindow& window);

/// What makes the gate fire, without its id and threshold: "judge", "says “UNSURE”", "silent for 3 s".
QString gateShort(const Trigger& trigger);
/// A sentence: gate, threshold, tiers, condition.
QString triggerWhole(const Trigger& trigger);

} // namespace signalbox
