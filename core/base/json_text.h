// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The smallest parts of JSON text, shared by everything that writes or reads it by hand.

#include <string>
#include <string_view>

namespace signalbox {

/// The text between the quotes, escaped; ill-formed UTF-8 becomes U+FFFD.
void appendJsonEscaped(std::string& out, std::string_view text);

/// The same with its quotes.
void appendJsonString(std::string& out, std::string_view text);

/// One code point (at most U+10FFFF) in UTF-8.
void appendUtf8(std::string& out, unsigned codePoint);

} // namespace signalbox
