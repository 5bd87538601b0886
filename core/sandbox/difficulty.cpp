// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/difficulty.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace signalbox::sandbox {

namespace {

enum class Cue { Condition, Time, Money, Contrast, Party, Pronoun };

const std::unordered_map<std::string_view, Cue>& cues()
{
    using enum Cue;
    static const std::unordered_map<std::string_view, Cue> words = {{"if", Condition},
                                                                    {"unless", Condition},
                                                                    {"until", Condition},
                                                                    {"once", Condition},
                                                                    {"would", Condition},
                                                                    {"suppose", Condition},
                                                                    {"before", Condition},
                                                                    {"after", Condition},
                                                                    {"while", Condition},
                                                                    {"either", Condition},
                                                                    {"otherwise", Condition},
                                                                    {"whether", Condition},
                                                                    {"ago", Time},
                                                                    {"since", Time},
                                                                    {"yesterday", Time},
                                                                    {"tomorrow", Time},
                                                                    {"last", Time},
                                                                    {"next", Time},
                                                                    {"today", Time},
                                                                    {"by", Time},
                                                                    {"monday", Time},
                                                                    {"tuesday", Time},
                                                                    {"wednesday", Time},
                                                                    {"thursday", Time},
                                                                    {"friday", Time},
                                                                    {"saturday", Time},
                                                                    {"sunday", Time},
                                                                    {"january", Time},
                                                                    {"february", Time},
                                                                    {"march", Time},
                                                                    {"april", Time},
                                                                    {"june", Time},
                                                                    {"july", Time},
                                                                    {"august", Time},
                                                                    {"september", Time},
                                                                    {"october", Time},
                                                                    {"november", Time},
                                                                    {"december", Time},
                                                                    {"week", Time},
                                                                    {"weeks", Time},
                                                                    {"days", Time},
                                                                    {"months", Time},
                                                                    {"later", Time},
                                                                    {"day", Time},
                                                                    {"much", Money},
                                                                    {"total", Money},
                                                                    {"difference", Money},
                                                                    {"owe", Money},
                                                                    {"prorated", Money},
                                                                    {"charged", Money},
                                                                    {"refund", Money},
                                                                    {"credit", Money},
                                                                    {"paid", Money},
                                                                    {"bill", Money},
                                                                    {"billed", Money},
                                                                    {"cost", Money},
                                                                    {"fee", Money},
                                                                    {"dollars", Money},
                                                                    {"pay", Money},
                                                                    {"but", Contrast},
                                                                    {"yet", Contrast},
                                                                    {"still", Contrast},
                                                                    {"although", Contrast},
                                                                    {"though", Contrast},
                                                                    {"however", Contrast},
                                                                    {"instead", Contrast},
                                                                    {"supposed", Contrast},
                                                                    {"promised", Contrast},
                                                                    {"told", Contrast},
                                                                    {"says", Contrast},
                                                                    {"said", Contrast},
                                                                    {"claims", Contrast},
                                                                    {"claim", Contrast},
                                                                    {"despite", Contrast},
                                                                    {"refused", Contrast},
                                                                    {"refuses", Contrast},
                                                                    {"insists", Contrast},
                                                                    {"never", Contrast},
                                                                    {"wrong", Contrast},
                                                                    {"except", Contrast},
                                                                    {"nobody", Contrast},
                                                                    {"neither", Contrast},
                                                                    {"twice", Contrast},
                                                                    {"ignored", Contrast},
                                                                    {"without", Contrast},
                                                                    {"denied", Contrast},
                                                                    {"according", Contrast},
                                                                    {"both", Contrast},
                                                                    {"bank", Party},
                                                                    {"lawyer", Party},
                                                                    {"legal", Party},
                                                                    {"colleague", Party},
                                                                    {"boss", Party},
                                                                    {"accountant", Party},
                                                                    {"owner", Party},
                                                                    {"admin", Party},
                                                                    {"auditor", Party},
                                                                    {"employee", Party},
                                                                    {"he", Party},
                                                                    {"she", Party},
                                                                    {"client", Party},
                                                                    {"ex", Party},
                                                                    {"they", Pronoun},
                                                                    {"it", Pronoun},
                                                                    {"that", Pronoun},
                                                                    {"this", Pronoun},
                                                                    {"one", Pronoun},
                                                                    {"them", Pronoun},
                                                                    {"those", Pronoun}};
    return words;
}

double logistic(double x)
{
    return 1.0 / (1.0 + std::exp(-x));
}

} // namespace

double latentDifficulty(std::string_view question, const Knowledge& knowledge)
{
    double count[6] = {};
    int words = 0;
    for (const std::string& word : wordsOf(question)) {
        ++words;
        if (const auto found = cues().find(word); found != cues().end())
            count[static_cast<int>(found->second)] += 1;
    }
    const auto of = [&](Cue cue) { return count[static_cast<int>(cue)]; };
    // The first of a kind says most, the fourth hardly anything.
    const auto damped = [](double n) { return std::log2(1.0 + n); };
    const double figures = static_cast<double>(numbersOf(question).size());
    const double money =
        of(Cue::Money) + static_cast<double>(std::count(question.begin(), question.end(), '$') +
                                             std::count(question.begin(), question.end(), '%'));

    double topics = 0; // passages that the question touches about as much as its best one
    double best = 0;
    for (const KnowledgePassage& passage : knowledge.passages())
        best = std::max(best, passage.relevance);
    for (const KnowledgePassage& passage : knowledge.passages())
        topics += best > 0 && passage.relevance > 0.55 * best;

    double z = -3.0;
    z += 0.55 * damped(subQuestions(question) - 1.0);
    z += 0.40 * damped(of(Cue::Condition));
    z += 0.35 * damped(of(Cue::Time));
    z += 0.45 * damped(figures);
    z += 0.30 * damped(money);
    z += 0.55 * damped(of(Cue::Contrast));
    z += 0.20 * damped(of(Cue::Party));
    z += 0.35 * (words > 0 ? std::min(3.0, 12.0 * of(Cue::Pronoun) / words) : 0);
    z += 0.45 * std::max(0.0, std::min(topics, 3.0) - 1.0);
    z += 0.018 * std::min(words, 90);
    return 1.0 + 2.0 * logistic(1.15 * z);
}

} // namespace signalbox::sandbox
