// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Personal data in a text, found by its form: e-mail addresses, telephone numbers, payment cards (Luhn),
// IBANs (mod 97), US social security numbers and IP addresses. One pass each, linear in the text's length.
// What has no form of its own, a name or an address, is not found.

#include <cstdint>
#include <string_view>

namespace signalbox {

/// A set of kinds, as bits.
using PiiKinds = std::uint8_t;

namespace pii {
inline constexpr PiiKinds kEmail = 1;
inline constexpr PiiKinds kPhone = 2;
inline constexpr PiiKinds kCard = 4;
inline constexpr PiiKinds kIban = 8;
inline constexpr PiiKinds kSsn = 16;
inline constexpr PiiKinds kIpAddress = 32;
inline constexpr PiiKinds kAny = 63;
} // namespace pii

/// "email", "phone", "card", "iban", "ssn", "ip_address"; "any" is all of them; 0 for other words.
PiiKinds piiKindFrom(std::string_view name);

/// Which kinds occur. `folded` must have gone through foldForMatching().
PiiKinds findPii(std::string_view folded);

} // namespace signalbox
