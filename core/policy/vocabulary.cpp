// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/vocabulary.h"

#include "base/text.h"

#include <algorithm>

namespace signalbox {

namespace {

using T = ObjectType;

constexpr KeyInfo kPolicy[] = {{"signalbox"},
                               {"name"},
                               {"note"},
                               {"description"},
                               {"priority"},
                               {"slo", T::Slo},
                               {"system_prompt"},
                               {"endpoints", T::Endpoint},
                               {"models", T::Model},
                               {"tiers", T::Tier},
                               {"rules", T::Rule},
                               {"router", T::Router},
                               {"cascade", T::Cascade},
                               {"rubrics", T::Rubric},
                               {"triggers", T::Trigger},
                               {"retrieval", T::Retrieval},
                               {"copy", T::Copy},
                               {"export", T::Export}};
constexpr KeyInfo kSlo[] = {
    {"note"}, {"p95_latency_ms"}, {"cost_per_resolved_usd"}, {"min_quality", T::MinQuality}};
constexpr KeyInfo kMinQuality[] = {{"note"}, {"at_least"}, {"of"}, {"source"}};
constexpr KeyInfo kEndpoint[] = {{"id"},       {"note"},        {"protocol"},
                                 {"base_url"}, {"key", T::Key}, {"residency"}};
constexpr KeyInfo kKey[] = {{"note"}, {"env"}, {"keychain"}};
constexpr KeyInfo kModel[] = {{"id"},           {"note"},           {"endpoint"},
                              {"name"},         {"context_tokens"}, {"max_output_tokens"},
                              {"capabilities"}, {"price", T::Price}};
constexpr KeyInfo kPrice[] = {
    {"note"},   {"input_per_mtok"}, {"cached_input_per_mtok"}, {"output_per_mtok"}, {"reasoning_per_mtok"},
    {"source"}, {"as_of"}};
constexpr KeyInfo kTier[] = {{"id"}, {"note"}, {"models"}, {"budget", T::Budget}, {"system_prompt"}};
constexpr KeyInfo kBudget[] = {
    {"note"}, {"deadline_ms"}, {"max_cost_usd"}, {"max_input_tokens"}, {"max_output_tokens"}};
constexpr KeyInfo kRule[] = {{"id"},     {"note"},      {"when", T::Condition},
                             {"route"},  {"exclude"},   {"allow_residency"},
                             {"locked"}, {"exclusive"}, {"reason"}};
constexpr KeyInfo kCondition[] = {{"note"},     {"keyword"},          {"pattern"},         {"has_attachment"},
                                  {"metadata"}, {"min_input_tokens"}, {"max_input_tokens"}};
constexpr KeyInfo kRouter[] = {{"kind"},
                               {"note"},
                               {"bias"},
                               {"steepness"},
                               {"medium_at"},
                               {"hard_at"},
                               {"signals", T::Signal},
                               {"intents", T::Intent},
                               {"map", T::MapRow},
                               {"otherwise"}};
constexpr KeyInfo kSignal[] = {{"id"},      {"note"},   {"feature"}, {"keyword"},
                               {"pattern"}, {"weight"}, {"per"},     {"at_most"}};
constexpr KeyInfo kIntent[] = {{"id"}, {"note"}, {"keywords"}};
constexpr KeyInfo kMapRow[] = {{"note"}, {"intent"}, {"difficulty"}, {"min_confidence"}, {"route"}};
constexpr KeyInfo kCascade[] = {{"pattern"},  {"note"},  {"order"},
                                {"max_hops"}, {"carry"}, {"when_exhausted"}};
constexpr KeyInfo kRubric[] = {{"id"}, {"note"}, {"model"}, {"of"}, {"instructions"}};
constexpr KeyInfo kTrigger[] = {{"id"},         {"note"},     {"gate"},   {"rubric"},
                                {"below"},      {"of"},       {"schema"}, {"when", T::Condition},
                                {"applies_to"}, {"escalate"}, {"at_most"}};
constexpr KeyInfo kRetrieval[] = {{"note"}, {"enabled"}, {"top_k"}, {"min_score"}};
constexpr KeyInfo kCopy[] = {{"note"}, {"escalating"}};
constexpr KeyInfo kExport[] = {{"note"}, {"forced"}, {"errors"}};

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> beforeLast(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
        std::swap(beforeLast, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

} // namespace

std::span<const KeyInfo> keysOf(ObjectType type)
{
    switch (type) {
    case T::Free:
        return {};
    case T::Policy:
        return kPolicy;
    case T::Slo:
        return kSlo;
    case T::MinQuality:
        return kMinQuality;
    case T::Endpoint:
        return kEndpoint;
    case T::Key:
        return kKey;
    case T::Model:
        return kModel;
    case T::Price:
        return kPrice;
    case T::Tier:
        return kTier;
    case T::Budget:
        return kBudget;
    case T::Rule:
        return kRule;
    case T::Condition:
        return kCondition;
    case T::Router:
        return kRouter;
    case T::Signal:
        return kSignal;
    case T::Intent:
        return kIntent;
    case T::MapRow:
        return kMapRow;
    case T::Cascade:
        return kCascade;
    case T::Rubric:
        return kRubric;
    case T::Trigger:
        return kTrigger;
    case T::Retrieval:
        return kRetrieval;
    case T::Copy:
        return kCopy;
    case T::Export:
        return kExport;
    }
    return {};
}

std::string_view nameOf(ObjectType type)
{
    switch (type) {
    case T::Free:
        return "an object";
    case T::Policy:
        return "a policy";
    case T::Slo:
        return "the objectives (slo)";
    case T::MinQuality:
        return "a minimal quality";
    case T::Endpoint:
        return "an endpoint";
    case T::Key:
        return "a reference to a key";
    case T::Model:
        return "a model";
    case T::Price:
        return "a price";
    case T::Tier:
        return "a tier";
    case T::Budget:
        return "a budget";
    case T::Rule:
        return "a rule";
    case T::Condition:
        return "a condition";
    case T::Router:
        return "a router";
    case T::Signal:
        return "a signal";
    case T::Intent:
        return "an intent";
    case T::MapRow:
        return "a map row";
    case T::Cascade:
        return "a cascade";
    case T::Rubric:
        return "a rubric";
    case T::Trigger:
        return "a trigger";
    case T::Retrieval:
        return "retrieval";
    case T::Copy:
        return "copy";
    case T::Export:
        return "the export mark";
    }
    return "an object";
}

namespace {

struct Nearest
{
    std::string_view word;
    std::size_t distance = 0;
    bool alone = false; ///< no other candidate is as near
};

Nearest nearestOf(std::string_view word, const std::vector<std::string_view>& candidates)
{
    if (word.empty() || word.size() > 64)
        return {};
    const std::string folded = toLowerAscii(word);
    const std::size_t limit = std::max<std::size_t>(1, word.size() / 3);
    Nearest nearest{{}, limit + 1, false};
    for (const std::string_view candidate : candidates) {
        if (candidate.size() > 64)
            continue;
        const std::size_t distance = editDistance(folded, toLowerAscii(candidate));
        if (distance < nearest.distance)
            nearest = {candidate, distance, true};
        else if (distance == nearest.distance && candidate != nearest.word)
            nearest.alone = false;
    }
    return nearest;
}

} // namespace

std::string nearestWord(std::string_view word, const std::vector<std::string_view>& candidates)
{
    return std::string(nearestOf(word, candidates).word);
}

std::string soleNearestWord(std::string_view word, const std::vector<std::string_view>& candidates)
{
    constexpr std::size_t kTelling = 4; // "T9" is as near to "T0" as anything
    const Nearest nearest = nearestOf(word, candidates);
    return nearest.alone && (nearest.distance == 0 || word.size() >= kTelling) ? std::string(nearest.word)
                                                                               : std::string();
}

std::string didYouMean(std::string_view word, const std::vector<std::string_view>& candidates)
{
    const std::string nearest = nearestWord(word, candidates);
    return nearest.empty() ? std::string() : "Did you mean \"" + nearest + "\"?";
}

} // namespace signalbox
