// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a fault makes of an answer. The answer comes as parts whose meaning is known, whatever the protocol,
// and goes as bytes with their times.

#include "sandbox/chat_wire.h"
#include "sandbox/fault_book.h"
#include "sandbox/scripted_answer.h"

#include <functional>

namespace signalbox::sandbox {

struct AnswerPart
{
    using What = ReplyPart;
    What what = What::Content;
    double atMs = 0;
    int tokens = 0; ///< of a content part
    std::string bytes;
    bool tellsUsage = false;
};

struct PlannedAnswer
{
    bool stream = false;
    bool plainErrors = true; ///< an error within a stream is OpenAI's object, whose code has two forms
    std::string id;
    std::vector<AnswerPart> parts; ///< of a stream: its events
    std::string json;              ///< the same answer in one object
    double jsonAtMs = 0;
    std::function<std::string(std::string_view)> contentEvent; ///< an event with another text
    std::function<std::string(int, std::string_view)>
        errorBody; ///< the protocol's, for a status and a message
};

/// Before an answer is written.
UsageStyle usageStyleOf(const Hit& hit);
/// What the answer's text has at its end besides what it says, so that the fault has something to bite on.
std::string_view suffixFor(const Hit& hit);

/// Why the answer ends before it is whole; "" = it does not.
std::string_view finishReasonOf(const Hit& hit);

/// The answer without a fault.
ScriptedAnswer plainAnswer(PlannedAnswer answer);
/// With one. `timeScale` multiplies the delays of the fault, `seed` draws them.
ScriptedAnswer faultyAnswer(const Hit& hit, PlannedAnswer answer, double timeScale, std::uint64_t seed);

} // namespace signalbox::sandbox
