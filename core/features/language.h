// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which language a text is in, by CLD2's compact language detector. Thread-safe.

#include <string>
#include <string_view>

namespace signalbox {

/// ISO 639-1 code ("de"), or "" when the detector is not sure, as with very short texts, or when the language
/// has no such code. Only the first 64 KiB are looked at. The text must be valid UTF-8.
std::string detectLanguage(std::string_view text);

/// The code under which detectLanguage() tells this language: "iw" and "nb" become "he" and "no", others
/// stay.
std::string canonicalLanguage(std::string_view code);

} // namespace signalbox
