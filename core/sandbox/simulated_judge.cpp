// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/simulated_judge.h"

#include "base/json_text.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/text.h"
#include "sandbox/reading.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace signalbox::sandbox {

namespace {

std::optional<std::string> section(std::string_view text, const std::string& name)
{
    const std::string open = "<" + name + ">", close = "</" + name + ">";
    const std::size_t from = text.find(open);
    const std::size_t to = from == std::string_view::npos ? from : text.find(close, from);
    if (to == std::string_view::npos)
        return std::nullopt;
    return std::string(trimmed(text.substr(from + open.size(), to - from - open.size())));
}

template <std::size_t N>
bool hasAny(std::string_view lower, const std::array<std::string_view, N>& phrases)
{
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](std::string_view phrase) { return lower.find(phrase) != std::string_view::npos; });
}

bool isHonest(std::string_view lower)
{
    constexpr std::array<std::string_view, 7> phrases = {
        "do not have the",        "don't have the",       "does not say", "no information",
        "would rather not guess", "not in the knowledge", "cannot find"};
    return hasAny(lower, phrases);
}

bool isVague(std::string_view lower)
{
    constexpr std::array<std::string_view, 10> phrases = {"it depends",       "in most cases",
                                                          "can vary",         "case to case",
                                                          "generally",        "possible reasons",
                                                          "usual places",     "should not be a problem",
                                                          "normally handled", "may not need to do anything"};
    return hasAny(lower, phrases);
}

bool handsOver(std::string_view lower)
{
    constexpr std::array<std::string_view, 4> phrases = {"to a person", "a person on the team",
                                                         "what can we help", "how can we help"};
    return hasAny(lower, phrases);
}

/// Odd = the sentence denies something.
int denials(std::string_view sentence)
{
    constexpr std::array<std::string_view, 9> words = {"not",    "no",   "never",   "cannot", "nothing",
                                                       "nobody", "none", "without", "neither"};
    int count = 0;
    for (const std::string& word : wordsOf(sentence))
        count += std::find(words.begin(), words.end(), word) != words.end() || word.ends_with("n't");
    return count;
}

struct Finding
{
    bool factual = false;  ///< says something that could be checked
    double support = 0;    ///< share of its words, by rarity, that its best sentence of the knowledge has
    std::size_t match = 0; ///< that sentence
    double contradictions = 0;
    std::string because;
};

Finding examine(std::string_view sentence, const Knowledge& knowledge,
                const std::vector<std::string>& questionNumbers)
{
    Finding finding;
    const Terms terms = termsOf(sentence);
    const std::vector<std::string> numbers = numbersOf(sentence);
    if (terms.size() < 3 && numbers.empty())
        return finding;
    finding.factual = true;
    double total = 0;
    for (const std::uint64_t term : terms)
        total += knowledge.idf(term);
    for (std::size_t i = 0; i < knowledge.sentences().size() && total > 0; ++i) {
        double shared = 0;
        for (const std::uint64_t term : terms)
            shared += contains(knowledge.sentences()[i].terms, term) ? knowledge.idf(term) : 0;
        if (shared / total > finding.support) {
            finding.support = shared / total;
            finding.match = i;
        }
    }
    if (knowledge.empty())
        return finding;
    const auto known = numbersOf(knowledge.sentences()[finding.match].text);
    const auto has = [](const std::vector<std::string>& list, const std::string& number) {
        return std::find(list.begin(), list.end(), number) != list.end();
    };
    for (const std::string& number : numbers) {
        if (has(known, number) || has(questionNumbers, number))
            continue;
        const bool elsewhere =
            std::any_of(knowledge.sentences().begin(), knowledge.sentences().end(),
                        [&](const KnowledgeSentence& other) { return has(numbersOf(other.text), number); });
        finding.contradictions += elsewhere ? 0.35 : 1.0;
        if (finding.because.empty() && !elsewhere)
            finding.because = "The number " + number + " is not in the knowledge.";
    }
    if (finding.support > 0.6 &&
        denials(sentence) % 2 != denials(knowledge.sentences()[finding.match].text) % 2) {
        finding.contradictions += 1.3;
        finding.because = "The answer says the opposite of the knowledge.";
    }
    return finding;
}

/// A JSON answer is judged by its "reply".
std::string spokenText(const std::string& answer)
{
    if (!answer.starts_with('{'))
        return answer;
    const auto json = nlohmann::json::parse(answer, nullptr, false);
    if (json.is_object() && json.contains("reply") && json["reply"].is_string())
        return json["reply"].get<std::string>();
    return answer;
}

double tenths(double value)
{
    return std::round(value * 10) / 10;
}

Assessment verdict(int of, double quality, std::string evidence, std::string explanation)
{
    return {tenths(1 + (of - 1) * std::clamp(quality, 0.0, 1.0)), std::move(evidence),
            std::move(explanation)};
}

/// An answer without a checkable statement: polite, honest, or evasive.
Assessment assessWords(const JudgeTask& task, const Knowledge& knowledge, std::string_view lower)
{
    const bool greeting =
        task.question.find('?') == std::string::npos && knowledge.questionTerms().size() <= 2;
    const bool asksPerson = toLowerAscii(task.question).find("person") != std::string::npos ||
                            toLowerAscii(task.question).find("human") != std::string::npos;
    if (handsOver(lower) && (greeting || asksPerson))
        return verdict(task.of, 0.95, std::string(lower.substr(0, 120)),
                       "The message asks for nothing that the knowledge could hold, and the answer fits it.");
    if (isHonest(lower) && (knowledge.empty() || knowledge.familiarity() < 0.3))
        return verdict(task.of, 0.66, std::string(lower.substr(0, 120)),
                       "The knowledge does not hold the answer, and the answer says so.");
    if (isHonest(lower))
        return verdict(task.of, 0.35, std::string(lower.substr(0, 120)),
                       "The answer says that it does not know, but the knowledge holds more.");
    return verdict(task.of, greeting ? 0.5 : 0.18, std::string(lower.substr(0, 120)),
                   "The answer is vague and states nothing that answers the question.");
}

} // namespace

std::optional<JudgeTask> readJudgeTask(const WireRequest& request)
{
    std::string system;
    for (const Message& message : request.messages) {
        if (message.role == "system")
            system += message.content + "\n";
    }
    for (const char* key : {"\"score\"", "\"evidence\"", "\"explanation\""}) {
        if (system.find(key) == std::string::npos)
            return std::nullopt;
    }
    constexpr std::string_view scale = "from 1 to ";
    const std::size_t at = system.rfind(scale);
    JudgeTask task;
    if (at == std::string::npos ||
        std::from_chars(system.data() + at + scale.size(), system.data() + system.size(), task.of).ec !=
            std::errc() ||
        task.of < 2 || task.of > 1000)
        return std::nullopt;
    const std::string_view user = request.lastUser();
    auto question = section(user, "question"), knowledge = section(user, "knowledge"),
         answer = section(user, "answer");
    if (!question || !knowledge || !answer)
        return std::nullopt;
    task.question = std::move(*question);
    task.knowledge = std::move(*knowledge);
    task.answer = std::move(*answer);
    return task;
}

Assessment assess(const JudgeTask& task)
{
    const Knowledge knowledge = Knowledge::read(task.knowledge, task.question);
    const std::string answer = spokenText(task.answer);
    const std::string lower = toLowerAscii(answer);
    if (trimmed(answer).empty())
        return verdict(task.of, 0, "", "The answer is empty.");
    const std::vector<std::string> questionNumbers = numbersOf(task.question);

    double support = 0, contradictions = 0;
    int factual = 0;
    std::vector<std::size_t> matched;
    std::string because, evidence;
    double evidenceRelevance = -1;
    for (const std::string_view sentence : sentencesOf(answer)) {
        const Finding finding = examine(sentence, knowledge, questionNumbers);
        if (!finding.factual)
            continue;
        ++factual;
        support += finding.support;
        contradictions += finding.contradictions;
        if (because.empty())
            because = finding.because;
        if (finding.support < 0.5 || knowledge.empty())
            continue;
        matched.push_back(finding.match);
        const double relevance =
            knowledge.sentences()[finding.match].relevance + (finding.because.empty() ? 0 : 1e3);
        if (relevance > evidenceRelevance) {
            evidenceRelevance = relevance;
            evidence = knowledge.sentences()[finding.match].text;
        }
    }
    if (matched.empty() && (factual == 0 || isHonest(lower) || isVague(lower) || handsOver(lower)))
        return assessWords(task, knowledge, lower);
    if (matched.empty()) {
        return verdict(task.of, knowledge.empty() ? 0.25 : 0.08, std::string(sentencesOf(answer).front()),
                       "Nothing in the knowledge supports the answer.");
    }
    support /= factual;

    // How much of what the knowledge could say to this question does the answer say?
    std::sort(matched.begin(), matched.end());
    matched.erase(std::unique(matched.begin(), matched.end()), matched.end());
    std::vector<double> said, best;
    for (const std::size_t index : matched)
        said.push_back(knowledge.sentences()[index].relevance);
    for (const KnowledgeSentence& sentence : knowledge.sentences())
        best.push_back(sentence.relevance);
    std::sort(said.rbegin(), said.rend());
    std::sort(best.rbegin(), best.rend());
    const std::size_t wanted = std::clamp<std::size_t>(static_cast<std::size_t>(subQuestions(task.question)),
                                                       1, std::min<std::size_t>(3, best.size()));
    double got = 0, possible = 0;
    for (std::size_t i = 0; i < wanted; ++i) {
        got += i < said.size() ? said[i] : 0;
        possible += best[i];
    }
    const double coverage = possible > 0 ? std::min(1.0, got / possible) : 1.0;
    double pointed = 0;
    for (const double relevance : said)
        pointed += best[0] > 0 ? relevance / best[0] : 1.0;
    pointed /= static_cast<double>(said.size());

    double quality = 0.02 + 0.28 * support + 0.55 * std::pow(coverage, 1.3) + 0.15 * pointed;
    quality *= std::pow(0.42, std::min(contradictions, 3.0));
    if (because.empty())
        because = coverage < 0.7  ? "The answer leaves open a part of what was asked."
                  : support < 0.8 ? "Some of the answer is not in the knowledge."
                                  : "The knowledge supports the answer.";
    return verdict(task.of, quality, std::move(evidence), std::move(because));
}

Assessment judged(const JudgeTask& task, const JudgeScenario& judge, std::uint64_t seed)
{
    Assessment out = assess(task);
    Random random(hash64(task.answer + "\n" + task.question, seed));
    if (random.uniform() >= judge.errorRate)
        return out;
    // Off by 0.5 or more; at an end of the scale towards the side where there is room, so that an error is
    // one.
    const double size = 0.5 + random.uniform() * (judge.maxError - 0.5);
    const bool up = random.uniform() < 0.5;
    const double there = out.score + (up ? size : -size), other = out.score + (up ? -size : size);
    const auto onScale = [&](double score) { return score >= 1 && score <= task.of; };
    const double score = onScale(there)   ? there
                         : onScale(other) ? other
                                          : std::clamp(there, 1.0, static_cast<double>(task.of));
    // Rounded away from the right score, so that rounding does not shrink an error of 0.5.
    out.score = std::clamp(score > out.score ? std::ceil(score * 10) / 10 : std::floor(score * 10) / 10, 1.0,
                           static_cast<double>(task.of));
    return out;
}

std::string verdictJson(const Assessment& assessment)
{
    char score[32];
    std::snprintf(score, sizeof score, "%.1f", assessment.score);
    std::string out = std::string("{\"score\": ") + score + ", \"evidence\": \"";
    appendJsonEscaped(out, assessment.evidence); // quotes may have been cut anywhere
    out += "\", \"explanation\": \"";
    appendJsonEscaped(out, assessment.explanation);
    out += "\"}";
    return out;
}

} // namespace signalbox::sandbox
