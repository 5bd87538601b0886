// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the decoder and the doctor have to say about a policy.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

enum class Severity { Error, Warning, Note };

/// Replaces `length` bytes at `offset` of the text that was read.
struct TextEdit
{
    std::size_t offset = 0;
    std::size_t length = 0;
    std::string replacement;
    bool operator==(const TextEdit&) const = default;
};

/// A change that certainly mends what a diagnostic tells of. Edits do not overlap and are sorted by offset.
struct QuickFix
{
    std::string title; ///< what it does: "Rename to \"threshold\"", "Remove the comma"
    std::vector<TextEdit> edits;
};

struct Diagnostic
{
    std::string code;    ///< stable, "SB1203"; the catalogue is policy/diagnostic_codes.h
    Severity severity = Severity::Error;
    std::string pointer; ///< JSON Pointer; elements of lists with ids are addressed by id: /tiers/T0/budget
    int line = 1;        ///< 1-based
    int column = 1;      ///< 1-based, in code points
    std::size_t offset = 0; ///< byte offset into the text
    std::size_t length = 0; ///< bytes that are concerned
    std::string message; ///< what is wrong
    std::string hint;    ///< what to do; may be empty
    std::vector<QuickFix> fixes; ///< where one is certain; the first is the one to offer
};

/// The text with the fix applied.
std::string applyFix(std::string_view text, const QuickFix& fix);

const char* severityName(Severity severity); ///< "error", "warning", "note"

} // namespace signalbox
