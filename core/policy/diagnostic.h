// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the decoder and the doctor have to say about a policy.

#include <cstddef>
#include <string>
#include <vector>

namespace signalbox {

enum class Severity { Error, Warning, Note };

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
};

const char* severityName(Severity severity); ///< "error", "warning", "note"

} // namespace signalbox
