// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/cache_use.h"

#include "base/ids.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "features/pii.h"

#include <algorithm>
#include <cstddef>

namespace signalbox {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// White space at the ends of lines and of the whole says nothing; anywhere else it may (code, tables).
std::string normalised(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '\n') {
            while (!out.empty() && out.back() != '\n' && isBlank(out.back()))
                out.pop_back();
        }
        if (!out.empty() || !isBlank(c))
            out += c;
    }
    while (!out.empty() && isBlank(out.back()))
        out.pop_back();
    return out;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Words with digits, in their order: questions about order 17 and order 18 are as near as can be.
void writeNumbers(JsonWriter& json, std::string_view text)
{
    json.key("numbers").beginArray();
    std::size_t at = 0;
    while (at < text.size()) {
        if (isBlank(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && !isBlank(text[end]))
            ++end;
        std::string_view word = text.substr(at, end - at);
        at = end;
        const auto last = std::ranges::find_if(word.rbegin(), word.rend(), isDigit);
        if (last == word.rend())
            continue;
        const auto first = std::ranges::find_if(word, isDigit);
        json.text(std::string(first, last.base()));
    }
    json.endArray();
}

/// How often it denies something: with the word "not", a question is still as near as can be to itself
/// without.
std::int64_t denials(std::string_view text)
{
    static constexpr std::string_view kDenies[] = {
        "no",    "not",   "never", "none",   "nor",    "neither", "without", "cannot", "except",
        "nicht", "kein",  "keine", "keinen", "keinem", "keiner",  "keines",  "nie",    "niemals",
        "ohne",  "außer", "pas",   "sans",   "jamais", "aucun",   "aucune",  "nunca",  "sin",
        "non",   "senza", "mai",   "geen",   "niet",   "zonder"};
    std::int64_t count = 0;
    const std::string folded = foldForMatching(text); // typographic apostrophes are plain
    for (std::size_t at = folded.find("n't"); at != std::string::npos; at = folded.find("n't", at + 1))
        ++count;
    for (const std::string& word : wordsOf(folded))
        count += std::ranges::find(kDenies, word) != std::end(kDenies) ? 1 : 0;
    return count;
}

std::size_t questionAt(const Request& request)
{
    for (std::size_t i = request.messages.size(); i > 0; --i) {
        if (request.messages[i - 1].role == "user")
            return i - 1;
    }
    return request.messages.size();
}

void writeTurns(JsonWriter& json, const Request& request)
{
    const std::size_t question = questionAt(request);
    json.key("turns").beginArray();
    for (std::size_t i = 0; i < request.messages.size(); ++i) {
        if (i == question)
            json.null();
        else
            json.beginArray()
                .text(request.messages[i].role)
                .text(sha256Hex(request.messages[i].content))
                .endArray();
    }
    json.endArray().key("tools").beginArray();
    for (const std::string& tool : request.tools)
        json.text(tool);
    json.endArray();
}

void writeScope(JsonWriter& json, const AnswerCacheSpec& cache, const Request& request)
{
    json.key("scope").beginArray();
    for (const std::string& key : cache.scope) {
        const auto found = request.metadata.find(key);
        json.beginArray().text(key);
        if (found == request.metadata.end())
            json.null();
        else
            json.text(found->second);
        json.endArray();
    }
    json.endArray();
}

void writeDecision(JsonWriter& json, const Policy& policy, const Observation& seen, const Decision& decision,
                   const RequestGates& gates)
{
    const auto flags = [&](const char* key, const std::vector<char>& values) {
        json.key(key).beginArray();
        for (const char value : values)
            json.integer(std::int64_t{value});
        json.endArray();
    };
    json.key("user_tier").integer(std::int64_t{seen.userTier});
    flags("rules", seen.ruleMatches);
    flags("conditions", seen.triggerApplies);
    json.key("keywords").beginArray();
    for (std::size_t t = 0; t < policy.triggers.size(); ++t) {
        if (policy.triggers[t].gate != GateKind::Keyword)
            continue;
        const Check check = gates.check(static_cast<int>(t), -1);
        json.integer(std::int64_t{!check.known ? 2 : check.fires ? 1 : 0});
    }
    json.endArray().key("barred").beginArray();
    for (const BarredTier& barred : decision.barred)
        json.integer(std::int64_t{barred.tier});
    json.endArray().key("residency");
    if (decision.allowedResidency) {
        json.beginArray();
        for (const std::string& residency : *decision.allowedResidency)
            json.text(residency);
        json.endArray();
    } else {
        json.null();
    }
    // A question that goes to another tier is one that the policy tells apart, however near its words are.
    json.key("route").text(policy.routeName(decision.route));
    json.key("template").integer(std::int64_t{decision.carries.promptTemplate});
    json.key("locked").text(decision.locked ? decision.ruleId : std::string());
}

} // namespace

std::string_view questionOf(const Request& request)
{
    return request.lastUserText();
}

std::string cacheNotUsedFor(const Request& request, const Features& features)
{
    if (questionOf(request).find_first_not_of(" \t\r\n") == std::string_view::npos)
        return "cache.not_used.no_question";
    if (!request.attachments.empty())
        return "cache.not_used.attachment";
    if (!features.textComplete)
        return "cache.not_used.unreadable";
    for (const Message& message : request.messages) {
        if (findPii(foldForMatching(message.content)) != 0)
            return "cache.not_used.personal_data";
    }
    return {};
}

CacheKey cacheKeyOf(const Policy& policy, const Request& request, const Observation& seen,
                    const Decision& decision, const RequestGates& gates, const std::string& documents)
{
    const std::string question = normalised(questionOf(request));
    JsonWriter json;
    json.beginObject().key("policy").text(policy.contentHash);
    json.key("documents").text(documents);
    writeScope(json, *policy.cache, request);
    writeTurns(json, request);
    writeDecision(json, policy, seen, decision, gates);
    writeNumbers(json, question);
    json.key("denials").integer(denials(question));
    CacheKey key;
    key.partition = sha256Hex(json.endObject().take());
    key.question = sha256Hex(question);
    return key;
}

bool mayBeGivenAgain(const Trace& trace, const Hop& hop)
{
    const bool passed = std::ranges::all_of(
        hop.gates, [](const GateResult& gate) { return gate.verdict == GateVerdict::Passed; });
    return trace.status == TraceStatus::Answered && !trace.answer.empty() &&
           hop.status == HopStatus::Accepted && hop.reason == "gate.all_passed" && !hop.partial && !hop.wasCutOff() &&
           hop.toolCalls.empty() && passed &&
           std::ranges::find(trace.reasons, "budget.truncated") == trace.reasons.end();
}

} // namespace signalbox
