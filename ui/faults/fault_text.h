// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Faults of the sandbox in the words of a person: what family a kind belongs to, what a fault does, and how a
// run has to come out of it.

#include "sandbox/fault_client.h"

#include <QString>

namespace signalbox {

/// In the order in which they are listed.
enum class FaultFamily { Status, Slow, Connection, Broken, Odd, TooMuch, Elsewhere, Cost, Other };
inline constexpr int kFaultFamilies = static_cast<int>(FaultFamily::Other) + 1;

FaultFamily familyOf(const std::string& kind);
QString familyName(FaultFamily family);
/// Its title in the language of the window; those of a scenario of one's own stay as they are.
QString faultTitle(const FaultState& fault);
/// One sentence on what the kind is.
QString kindInWords(const std::string& kind);
/// "answers at try 3", "provider.cut after 1 try, part of the answer"
QString expectedText(const std::optional<ExpectedOutcome>& expect);
/// The same in whole sentences, with what becomes of the cost and who may be asked next.
QString expectedInWords(const std::optional<ExpectedOutcome>& expect);
/// Such a fault hits whatever is asked: it cannot be aimed at a model.
bool hitsEveryModel(const FaultState& fault);
/// Such a fault goes off after a time and counts no requests.
bool endsByItself(const FaultState& fault);

} // namespace signalbox
