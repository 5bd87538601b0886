// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/vocabulary.h"

#include "base/text.h"

#include <algorithm>

namespace signalbox {

namespace {

using T = ObjectType;

// clang-format off
constexpr KeyInfo kPolicy[] = {
    {"signalbox"}, {"name"}, {"note"}, {"description"}, {"priority"}, {"weights", T::Weights}, {"slo", T::Slo},
    {"budget", T::Budget}, {"system_prompt"}, {"endpoints", T::Endpoint}, {"models", T::Model},
    {"tiers", T::Tier}, {"user_tiers", T::UserTier}, {"templates", T::Template}, {"tools", T::Tool},
    {"rules", T::Rule}, {"router", T::Router}, {"cascade", T::Cascade}, {"rubrics", T::Rubric},
    {"triggers", T::Trigger}, {"retrieval", T::Retrieval}, {"cache", T::Cache},
    {"stickiness", T::Stickiness}, {"release_gates", T::ReleaseGate}, {"handoff", T::Handoff},
    {"copy", T::Copy}, {"export", T::Export}};
constexpr KeyInfo kWeights[] = {{"note"}, {"cost"}, {"quality"}, {"latency"}};
constexpr KeyInfo kSlo[] = {
    {"note"}, {"p95_latency_ms"}, {"cost_per_resolved_usd"}, {"min_quality", T::MinQuality}};
constexpr KeyInfo kMinQuality[] = {{"note"}, {"at_least"}, {"of"}, {"source"}};
constexpr KeyInfo kEndpoint[] = {
    {"id"}, {"note"}, {"protocol"}, {"base_url"}, {"key", T::Key}, {"residency"}};
constexpr KeyInfo kKey[] = {{"note"}, {"env"}, {"keychain"}};
constexpr KeyInfo kModel[] = {
    {"id"}, {"note"}, {"endpoint"}, {"name"}, {"family"}, {"context_tokens"}, {"max_output_tokens"},
    {"capabilities"}, {"price", T::Price}};
constexpr KeyInfo kPrice[] = {
    {"note"}, {"input_per_mtok"}, {"cached_input_per_mtok"}, {"cache_write_per_mtok"}, {"output_per_mtok"},
    {"reasoning_per_mtok"}, {"source"}, {"as_of"}};
constexpr KeyInfo kTier[] = {
    {"id"}, {"note"}, {"title"}, {"specialty"}, {"models", T::Replica}, {"balance"}, {"fallback"},
    {"budget", T::Budget}, {"temperature"}, {"top_p"}, {"system_prompt"}};
constexpr KeyInfo kReplica[] = {{"note"}, {"model"}, {"weight"}};
constexpr KeyInfo kBudget[] = {
    {"note"}, {"deadline_ms"}, {"first_token_ms"}, {"max_cost_usd"}, {"max_cost_usd_per_hour"},
    {"max_input_tokens"}, {"max_output_tokens"}, {"max_total_tokens"}};
constexpr KeyInfo kUserTier[] = {
    {"id"}, {"note"}, {"when", T::Condition}, {"budget", T::Budget}, {"slo", T::Slo}, {"lane"},
    {"over_budget"}};
constexpr KeyInfo kTemplate[] = {{"id"}, {"note"}, {"system_prompt"}};
constexpr KeyInfo kTool[] = {{"id"}, {"note"}, {"description"}, {"parameters"}};
constexpr KeyInfo kRule[] = {
    {"id"}, {"note"}, {"when", T::Condition}, {"route", T::Route}, {"exclude"}, {"allow_residency"},
    {"locked"}, {"taints_thread"}, {"exclusive"}, {"reason"}};
constexpr KeyInfo kRoute[] = {{"note"}, {"to"}, {"template"}, {"tools"}};
constexpr KeyInfo kCondition[] = {
    {"note"}, {"keyword"}, {"pattern"}, {"has_attachment"}, {"metadata"}, {"min_input_tokens"},
    {"max_input_tokens"}, {"language"}, {"pii"}, {"header"}, {"time_of_day", T::TimeWindow}, {"user_tier"},
    {"has_tools"}, {"all", T::Condition}, {"any", T::Condition}, {"not", T::Condition}};
constexpr KeyInfo kTimeWindow[] = {{"note"}, {"from"}, {"to"}, {"days"}, {"utc_offset"}};
constexpr KeyInfo kRouter[] = {
    {"id"}, {"kind"}, {"note"}, {"artefact"}, {"model"}, {"instructions"}, {"deadline_ms"},
    {"max_output_tokens"}, {"bias"}, {"steepness"}, {"medium_at"}, {"hard_at"}, {"signals", T::Signal},
    {"intents", T::Intent}, {"centroids", T::Centroid}, {"min_similarity"}, {"min_margin"}, {"weak"},
    {"strong"}, {"threshold"}, {"k"}, {"min_quality"}, {"exploration"}, {"candidates"}, {"allow"},
    {"choices", T::Choice}, {"steps", T::Router}, {"min_confidence"}, {"map", T::MapRow},
    {"otherwise", T::Route}};
constexpr KeyInfo kSignal[] = {
    {"id"}, {"note"}, {"feature"}, {"keyword"}, {"pattern"}, {"weight"}, {"per"}, {"at_most"}};
constexpr KeyInfo kIntent[] = {{"id"}, {"note"}, {"keywords"}};
constexpr KeyInfo kCentroid[] = {{"id"}, {"note"}, {"examples"}};
constexpr KeyInfo kChoice[] = {{"id"}, {"note"}, {"description"}, {"route", T::Route}};
constexpr KeyInfo kMapRow[] = {
    {"note"}, {"intent"}, {"difficulty"}, {"min_confidence"}, {"route", T::Route}};
constexpr KeyInfo kCascade[] = {
    {"pattern"}, {"note"}, {"order"}, {"lanes"}, {"stagger_ms"}, {"accept"}, {"pool"}, {"unsure", T::Unsure},
    {"stages", T::Stage}, {"samples"}, {"compare"}, {"rubric"}, {"at_least"}, {"min_share"}, {"max_hops"},
    {"carry"}, {"background"}, {"stream"}, {"after_cut"}, {"when_exhausted"}};
constexpr KeyInfo kUnsure[] = {{"note"}, {"marker"}, {"escalate"}};
constexpr KeyInfo kStage[] = {{"id"}, {"note"}, {"role"}, {"tier"}, {"prompt"}};
constexpr KeyInfo kRubric[] = {{"id"}, {"note"}, {"model"}, {"of"}, {"instructions"}};
constexpr KeyInfo kTrigger[] = {
    {"id"}, {"note"}, {"gate"}, {"rubric"}, {"below"}, {"of"}, {"schema"}, {"keyword"}, {"pattern"},
    {"marker"}, {"tool"}, {"check"}, {"min_chars"}, {"max_chars"}, {"after_ms"}, {"when", T::Condition},
    {"applies_to"}, {"escalate", T::Route}, {"at_most"}};
constexpr KeyInfo kRetrieval[] = {{"note"}, {"enabled"}, {"when"}, {"model"}, {"top_k"}, {"min_score"}};
constexpr KeyInfo kCache[] = {{"note"}, {"kind"}, {"min_similarity"}, {"ttl_s"}, {"model"}, {"scope"}};
constexpr KeyInfo kStickiness[] = {{"note"}, {"by"}, {"max_age_s"}, {"session_key"}};
constexpr KeyInfo kReleaseGate[] = {
    {"id"}, {"note"}, {"dataset"}, {"metric"}, {"at_least"}, {"at_most"}, {"source"}, {"confidence"}};
constexpr KeyInfo kHandoff[] = {{"note"}, {"queue"}, {"copy"}, {"include"}};
constexpr KeyInfo kCopy[] = {{"note"}, {"escalating"}, {"restarted"}, {"rejected"}};
constexpr KeyInfo kExport[] = {
    {"note"}, {"forced"}, {"errors"}, {"warnings"}, {"notes"}, {"hash"}, {"version"}, {"checked_at"}};

struct TypeInfo
{
    T type;
    std::string_view name;
    std::span<const KeyInfo> keys;
};
constexpr TypeInfo kTypes[] = {
    {T::Free, "an object", {}},
    {T::Policy, "a policy", kPolicy},
    {T::Weights, "a set of weights", kWeights},
    {T::Slo, "a set of objectives (slo)", kSlo},
    {T::MinQuality, "a minimal quality", kMinQuality},
    {T::Endpoint, "an endpoint", kEndpoint},
    {T::Key, "a reference to a key", kKey},
    {T::Model, "a model", kModel},
    {T::Price, "a price", kPrice},
    {T::Tier, "a tier", kTier},
    {T::Replica, "a replica of a tier", kReplica},
    {T::Budget, "a budget", kBudget},
    {T::UserTier, "a user tier", kUserTier},
    {T::Template, "a template", kTemplate},
    {T::Tool, "a tool", kTool},
    {T::Rule, "a rule", kRule},
    {T::Route, "a route", kRoute},
    {T::Condition, "a condition", kCondition},
    {T::TimeWindow, "a time of day", kTimeWindow},
    {T::Router, "a router", kRouter},
    {T::Signal, "a signal", kSignal},
    {T::Intent, "an intent", kIntent},
    {T::Centroid, "a centroid", kCentroid},
    {T::Choice, "a choice", kChoice},
    {T::MapRow, "a map row", kMapRow},
    {T::Cascade, "a cascade", kCascade},
    {T::Unsure, "what an unsure specialist does", kUnsure},
    {T::Stage, "a stage", kStage},
    {T::Rubric, "a rubric", kRubric},
    {T::Trigger, "a trigger", kTrigger},
    {T::Retrieval, "retrieval", kRetrieval},
    {T::Cache, "the cache", kCache},
    {T::Stickiness, "stickiness", kStickiness},
    {T::ReleaseGate, "a release gate", kReleaseGate},
    {T::Handoff, "the handoff", kHandoff},
    {T::Copy, "copy", kCopy},
    {T::Export, "the export mark", kExport},
};
// clang-format on

consteval bool typesStandAtTheirPlace()
{
    std::size_t at = 0;
    for (const TypeInfo& info : kTypes) {
        if (static_cast<std::size_t>(info.type) != at++ || info.keys.size() > kMostKeys)
            return false;
    }
    return at == kObjectTypes;
}
static_assert(typesStandAtTheirPlace());

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
    return kTypes[static_cast<std::size_t>(type)].keys;
}

std::string_view nameOf(ObjectType type)
{
    return kTypes[static_cast<std::size_t>(type)].name;
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

/// The one candidate that the word begins ("deadline" of "deadline_ms"), or that ends the word ("api_key" for "key").
static std::string_view soleExtended(std::string_view word, const std::vector<std::string_view>& candidates)
{
    constexpr std::size_t kTelling = 3;
    const auto extends = [](std::string_view longer, std::string_view part, bool atFront) {
        return part.size() >= kTelling && longer.size() > part.size() + 1 &&
               (atFront ? longer.starts_with(part) && longer[part.size()] == '_'
                        : longer.ends_with(part) && longer[longer.size() - part.size() - 1] == '_');
    };
    std::string_view sole;
    for (const std::string_view candidate : candidates) {
        if (!extends(candidate, word, true) && !extends(word, candidate, false))
            continue;
        if (!sole.empty())
            return {};
        sole = candidate;
    }
    return sole;
}

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
    const Nearest nearest = nearestOf(word, candidates);
    const std::string_view meant = nearest.word.empty() ? soleExtended(word, candidates) : nearest.word;
    return !meant.empty() && (nearest.alone || nearest.word.empty()) ? "Did you mean \"" + std::string(meant) + "\"?"
                                                                       : std::string();
}

} // namespace signalbox
