// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The confidence that an answer states of itself, in English or German.

#include "judging/check.h"

#include <optional>
#include <string_view>

namespace signalbox {

/// 0–1: of "Confidence: 85 %", "confidence = 0.85", "\"confidence\": 0.85", "confidence: 8/10", "I am 70 %
/// sure", "Ich bin mir zu 70 % sicher". The last statement counts. Nothing when the answer states none, or
/// one that lies on no scale that can be told (7 of how many?).
std::optional<double> statedConfidence(std::string_view answer);

/// Fires below; unknown when the answer states nothing.
Check checkSelfReport(double below, std::string_view answer);

} // namespace signalbox
