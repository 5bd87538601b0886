// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The simulated judge: it recognises a judge's request by its bytes, measures the answer against the
// knowledge in them, and errs at the scenario's rate.

#include "sandbox/chat_wire.h"
#include "sandbox/scenario.h"

#include <cstdint>
#include <optional>
#include <string>

namespace signalbox::sandbox {

struct JudgeTask
{
    std::string question;
    std::string knowledge; ///< lines "[id] Title: text"
    std::string answer;
    int of = 5; ///< the scale is 1…of
};

/// Nothing unless the system message asks for score, evidence and explanation on a scale from 1 to N, and the
/// last user message has the three fenced sections.
std::optional<JudgeTask> readJudgeTask(const WireRequest& request);

struct Assessment
{
    double score = 1; ///< 1…of, in tenths
    std::string evidence;
    std::string explanation;
};

/// What the judge finds when it does not err.
Assessment assess(const JudgeTask& task);

/// The same with the seeded error: with probability errorRate the score is off by 0.5 to maxError.
Assessment judged(const JudgeTask& task, const JudgeScenario& judge, std::uint64_t seed);

/// {"score", "evidence", "explanation"}
std::string verdictJson(const Assessment& assessment);

} // namespace signalbox::sandbox
