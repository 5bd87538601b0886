// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The rows of the decision table in the window's language. Core names them in English, as the policy's notes
// do.

#include "policy/assistant.h"

#include <QString>

#include <span>

namespace signalbox {

/// Every text that is translated here; a test looks for core's among them.
std::span<const char* const> trafficTexts();

QString trafficTitle(TrafficShape shape);
QString trafficAbout(TrafficShape shape);
QString trafficPrefer(TrafficShape shape);
QString trafficAvoid(TrafficShape shape);
QString trafficWhy(TrafficShape shape);
QString missingAnswerText(const AssistantAnswers& answers);

} // namespace signalbox
