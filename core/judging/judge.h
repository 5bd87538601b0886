// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// LLM judges: what is asked, and what of the answer is believed.

#include "base/result.h"
#include "features/request.h"
#include "policy/policy.h"
#include "retrieval/document_index.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

struct JudgeVerdict
{
    double score = 0; ///< 1…of
    std::string evidence;
    std::string explanation;
};

/// The judge's conversation: the rubric as system message; question, knowledge and answer as the user's, each fenced so
/// that text inside them cannot pass for instructions.
std::vector<Message> judgeMessages(const Rubric& rubric, std::string_view question, const std::vector<Passage>& knowledge,
                                   std::string_view answer);

/// Two answers to one question: the rubric says what their score is of, "how far they say the same" or "how much better the
/// second one is". Judges favour a place (Zheng et al. 2023, "Judging LLM-as-a-Judge"), so whoever asks asks in both orders.
std::vector<Message> pairMessages(const Rubric& rubric, std::string_view question, std::string_view first,
                                  std::string_view second);

/// JSON Schema of the answer, for response_format.
std::string judgeAnswerSchema(const Rubric& rubric);

/// Believes an answer only if it is one JSON object (a code fence around it is tolerated) with a numeric score on the
/// rubric's scale. Bounded; never throws.
Result<JudgeVerdict> parseJudgeAnswer(const Rubric& rubric, std::string_view answer);

/// "grounding@1a2b3c4d": the rubric and its prompt's hash.
std::string judgeVersion(const Rubric& rubric);
/// The same of the words that compare two answers.
std::string pairJudgeVersion(const Rubric& rubric);

} // namespace signalbox
