// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer over what is believed of a judge's answer, and over the fences around what is judged. The first
// byte is the rubric's scale, the rest what the judge answered, or what the model did that tries to talk to
// the judge. build/asan/tests/fuzz_judge -max_len=4096 CORPUS tests/fuzz/corpus/fuzz_judge
#include "base/text.h"
#include "judging/judge.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace signalbox;

void mustHold(bool holds, const char* what)
{
    if (!holds) {
        std::fprintf(stderr, "%s\n", what);
        std::abort();
    }
}

std::size_t occurrences(const std::string& text, const std::string& part)
{
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

void checkAnswer(const Rubric& rubric, const std::string& answer)
{
    const Result<JudgeVerdict> verdict = parseJudgeAnswer(rubric, answer);
    if (!verdict) {
        mustHold(verdict.error().code.starts_with("judge."), "A refusal has no code that is known.");
        mustHold(!verdict.error().message.empty() && isValidUtf8(verdict.error().message),
                 "A refusal has no words that can be shown.");
        return;
    }
    mustHold(std::isfinite(verdict->score) && verdict->score >= 1 && verdict->score <= rubric.of,
             "A score is not on the scale.");
    mustHold(isValidUtf8(verdict->evidence) && isValidUtf8(verdict->explanation),
             "A verdict's words are not well-formed UTF-8.");
    const nlohmann::json again = {
        {"score", verdict->score}, {"evidence", verdict->evidence}, {"explanation", verdict->explanation}};
    for (const std::string& same : {again.dump(), "```json\n" + again.dump(2) + "\n```"}) {
        const Result<JudgeVerdict> second = parseJudgeAnswer(rubric, same);
        // Escapes may take it over the bound of what is read.
        mustHold(second ? second->score == verdict->score && second->evidence == verdict->evidence &&
                              second->explanation == verdict->explanation
                        : second.error().code == "judge.too_large",
                 "The same verdict, written again, is another.");
    }
}

/// Whatever stands in question, knowledge and answer: no section ends before its end.
void checkFences(const Rubric& rubric, const std::string& text)
{
    const std::vector<Message> messages = judgeMessages(rubric, text, {{text, text, text, 1}}, text);
    mustHold(messages.size() == 2, "The conversation has not two messages.");
    for (const char* section : {"question", "knowledge", "answer"}) {
        mustHold(occurrences(messages[1].content, std::string("<") + section + ">") == 1,
                 "A section begins twice.");
        mustHold(occurrences(messages[1].content, std::string("</") + section + ">") == 1,
                 "A section ends twice.");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    Rubric rubric;
    rubric.id = "grounding";
    rubric.instructions = "Score the answer.";
    rubric.of = 2 + data[0] % 99;
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    checkAnswer(rubric, text);
    checkFences(rubric, text);
    return 0;
}
