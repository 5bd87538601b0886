// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/simulated_model.h"

#include "base/ids.h"
#include "base/random.h"
#include "base/text.h"
#include "sandbox/difficulty.h"
#include "sandbox/mistakes.h"
#include "sandbox/reading.h"
#include "sandbox/schema_reply.h"
#include "sandbox/stated_length.h"

#include <algorithm>
#include <array>

namespace signalbox::sandbox {

namespace {

/// All system messages but a rejected draft, which must not change what a model can do.
std::string knowledgeText(const WireRequest& request)
{
    std::string text;
    for (const Message& message : request.messages) {
        if (message.role == "system" && !message.content.starts_with("A previous draft was rejected"))
            text += message.content + "\n";
    }
    return text;
}

bool wantsPerson(std::string_view question)
{
    const std::string lower = toLowerAscii(question);
    constexpr std::array<std::string_view, 6> words = {"human",    "real person",  "to a person",
                                                       "an agent", "someone call", "call me"};
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

/// A greeting or thanks: next to no content, and nothing asked.
bool isSmallTalk(std::string_view question)
{
    return question.find('?') == std::string_view::npos && termsOf(question).size() <= 2 &&
           question.size() < 80;
}

std::string opener(std::uint64_t phrase)
{
    constexpr std::array<std::string_view, 8> openers = {"",
                                                         "",
                                                         "",
                                                         "Thanks for asking. ",
                                                         "Happy to help. ",
                                                         "Sure. ",
                                                         "Good question. ",
                                                         "Thank you for writing. "};
    return std::string(openers[phrase % openers.size()]);
}

/// Sentences that belong to the answer: one for each thing asked, then more of the best passage up to the
/// length that the model likes, in the order in which the knowledge has them.
std::vector<std::size_t> sentencesFor(std::string_view question, const Knowledge& knowledge,
                                      int verbosityTokens)
{
    const auto& ranking = knowledge.ranking();
    const std::size_t asked = std::min<std::size_t>(static_cast<std::size_t>(subQuestions(question)), 4);
    std::vector<std::size_t> chosen;
    int tokens = 0;
    for (const std::size_t index : ranking) {
        const KnowledgeSentence& sentence = knowledge.sentences()[index];
        const int more = estimateTokens(sentence.text);
        const bool needed = chosen.size() < asked;
        const bool related = sentence.relevance > 0.4 * knowledge.sentences()[ranking[0]].relevance;
        if (!needed && !(related && tokens + more <= verbosityTokens))
            break;
        chosen.push_back(index);
        tokens += more;
    }
    return chosen;
}

std::string joined(const Knowledge& knowledge, std::vector<std::size_t> chosen)
{
    // The passage of the best sentence first, then as the knowledge has them.
    const std::size_t lead = chosen.empty() ? 0 : knowledge.sentences()[chosen[0]].passage;
    std::sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) {
        const auto key = [&](std::size_t i) {
            return std::pair(knowledge.sentences()[i].passage != lead, i);
        };
        return key(a) < key(b);
    });
    std::string text;
    for (const std::size_t index : chosen)
        text.append(text.empty() ? "" : " ").append(knowledge.sentences()[index].text);
    return text;
}

/// Without knowledge a good model says that it has none and a poor one makes something up.
std::string withoutKnowledge(bool right, std::uint64_t phrase, Random& random)
{
    constexpr std::array<std::string_view, 3> honest = {
        "I do not have the details on this at hand, and I would rather not guess. A colleague who can look "
        "into the account will give you a certain answer.",
        "The information I was given does not say, so I cannot promise anything here. The right step is to "
        "pass this on to a person who can look it up.",
        "I have no information that answers this. So that you get a certain answer, a person on the team "
        "should look at it."};
    if (right)
        return std::string(honest[phrase % honest.size()]);
    return random.uniform() < 0.5 ? inventedPolicy(random) : vagueAnswer(random);
}

std::string mistaken(std::string_view question, const Knowledge& knowledge, const ModelScenario& model,
                     const Draws& draws)
{
    Random random(draws.phrase);
    const std::vector<std::size_t> chosen = sentencesFor(question, knowledge, model.verbosityTokens);
    if (draws.mistake < 0.28) {
        if (std::string text = withOtherNumbers(joined(knowledge, chosen), draws.severity, random);
            !text.empty())
            return text;
    }
    if (draws.mistake < 0.48) {
        std::string text;
        bool turned = false;
        for (const std::size_t index : chosen) {
            const std::string_view sentence = knowledge.sentences()[index].text;
            std::string other = !turned || draws.severity > 0.6 ? negated(sentence) : std::string();
            turned = turned || !other.empty();
            text += (text.empty() ? "" : " ") + (other.empty() ? std::string(sentence) : other);
        }
        if (turned)
            return text;
    }
    if (draws.mistake < 0.68) { // the wrong passage: what has least to do with the question
        std::vector<std::size_t> all(knowledge.sentences().size());
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = i;
        std::stable_sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) {
            return knowledge.sentences()[a].relevance < knowledge.sentences()[b].relevance;
        });
        all.resize(std::min<std::size_t>(all.size(), 2));
        return joined(knowledge, all);
    }
    if (draws.mistake < 0.82) { // a part only, and not the better one
        const std::size_t last =
            std::min<std::size_t>(knowledge.ranking().size() - 1, draws.severity < 0.4 ? 1 : 3);
        return std::string(knowledge.sentences()[knowledge.ranking()[last]].text);
    }
    if (draws.mistake < 0.91)
        return vagueAnswer(random);
    return inventedPolicy(random) +
           (draws.severity < 0.5 ? " " + joined(knowledge, {chosen[0]}) : std::string());
}

} // namespace

Draws drawsFor(std::string_view model, std::string_view lastUser, std::uint64_t seed)
{
    Random random(hash64(std::string(model) + "\n" + std::string(lastUser), seed));
    Draws draws;
    draws.success = random.uniform();
    draws.mistake = random.uniform();
    draws.severity = random.uniform();
    draws.shape = random.uniform();
    draws.ttftNormal = random.normal();
    draws.paceNormal = random.normal();
    draws.phrase = random.next();
    return draws;
}

double successProbability(const ModelScenario& model, double difficulty)
{
    const double d = std::clamp(difficulty, 1.0, 3.0);
    const std::size_t low = d < 2 ? 0 : 1;
    const double part = d - static_cast<double>(low + 1);
    return model.skill[low] * (1 - part) + model.skill[low + 1] * part;
}

SimulatedAnswer simulateAnswer(const ModelScenario& model, const WireRequest& request, const Draws& draws)
{
    if (model.echo)
        return {"This is a short answer of fixed length, for benchmarks.", true, 1};
    const std::string_view question = request.lastUser();
    const Knowledge knowledge = Knowledge::read(knowledgeText(request), question);
    SimulatedAnswer answer;
    answer.difficulty = latentDifficulty(question, knowledge);
    answer.right = draws.success < successProbability(model, answer.difficulty);
    bool decision = wantsPerson(question);
    Random random(draws.phrase);
    if (wantsPerson(question) && answer.right) {
        answer.text =
            "Of course. I am passing your message to a person on the team, who will take it from here.";
    } else if (isSmallTalk(question)) {
        answer.difficulty = 1;
        answer.right = draws.success < successProbability(model, 1);
        answer.text = answer.right ? "Hello, and thank you for writing. What can we help you with?"
                                   : vagueAnswer(random);
    } else if (knowledge.empty()) {
        answer.text = withoutKnowledge(answer.right, draws.phrase, random);
        decision = decision || answer.right;
    } else if (answer.right) {
        answer.text = opener(draws.phrase) +
                      joined(knowledge, sentencesFor(question, knowledge, model.verbosityTokens));
    } else {
        answer.text = opener(draws.phrase) + mistaken(question, knowledge, model, draws);
    }
    if (request.schemaJson.empty()) {
        answer.text = stretched(std::move(answer.text), wordsAskedFor(question), draws.phrase);
    } else {
        const bool broken = draws.shape < model.shapeErrorRate;
        answer.text = broken ? misshapenReply(request.schemaJson, answer.text, decision, draws.phrase >> 8)
                             : fittingReply(request.schemaJson, answer.text, decision);
    }
    return answer;
}

} // namespace signalbox::sandbox
