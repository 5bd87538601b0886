// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/gate_checks.h"

#include "base/ids.h"
#include "base/json_writer.h"
#include "features/text_matcher.h"
#include "judging/json_shape.h"
#include "judging/refusals.h"
#include "judging/self_report.h"
#include "judging/stalls.h"
#include "judging/verifiers.h"

#include <algorithm>
#include <limits>

namespace signalbox {

namespace {

/// What a gate costs, as far as it can be told beforehand: what works it out itself comes first, then judges by the price
/// of their models; one whose price is unknown comes last.
double costRank(const Policy& policy, const Trigger& trigger)
{
    if (trigger.gate != GateKind::Judge || trigger.rubric < 0)
        return trigger.gate == GateKind::Judge ? 0 : -1;
    const int judge = policy.rubrics[static_cast<std::size_t>(trigger.rubric)].model;
    const std::optional<Price> price = judge < 0 ? std::nullopt : policy.models[static_cast<std::size_t>(judge)].price;
    if (!price || !price->inputPerMtok || !price->outputPerMtok)
        return std::numeric_limits<double>::infinity();
    return *price->inputPerMtok + *price->outputPerMtok;
}

Check below(std::optional<double> score, double threshold, std::string known, std::string unknown)
{
    Check check;
    check.score = score;
    check.threshold = threshold;
    check.known = score.has_value();
    check.fires = score && *score < threshold;
    check.explanation = check.known ? std::move(known) : std::move(unknown);
    return check;
}

Check yesOrNo(bool fires, std::string explanation)
{
    Check check;
    check.fires = fires;
    check.score = fires ? 0 : 1;
    check.threshold = 1;
    check.explanation = std::move(explanation);
    return check;
}

Check endedByItself(std::string_view finishReason)
{
    if (finishReason == "length")
        return yesOrNo(true, "The answer was cut off at its longest.");
    if (finishReason == "content_filter")
        return yesOrNo(true, "A filter of the provider ended the answer.");
    Check check = yesOrNo(false, "The model ended the answer itself.");
    if (finishReason.empty()) {
        check.known = false;
        check.score.reset();
        check.explanation = "The server did not say why the answer ends.";
    }
    return check;
}

Check refused(const TextMatcher* more, const AnswerSight& sight)
{
    if (sight.finishReason == "content_filter")
        return yesOrNo(true, "A filter of the provider ended the answer.");
    return checkRefusal(more, sight.text);
}

Check verified(const Trigger& trigger, const TextMatcher* patterns, const AnswerSight& sight)
{
    const std::string_view text = sight.text;
    switch (trigger.check) {
    case VerifierCheck::Pattern:
        return checkPatterns(*patterns, text);
    case VerifierCheck::Length:
        return checkLength(trigger.minChars, trigger.maxChars, text);
    case VerifierCheck::CodeParses:
        return checkCode(text);
    case VerifierCheck::Arithmetic:
        return checkArithmetic(text);
    case VerifierCheck::Complete:
        return endedByItself(sight.finishReason);
    }
    return {};
}

Check selfEscalated(const Trigger& trigger, const AnswerSight& sight)
{
    if (!trigger.marker.empty() && sight.text.find(trigger.marker) != std::string_view::npos)
        return yesOrNo(true, "The answer says \"" + trigger.marker + "\".");
    if (!trigger.tool.empty() && sight.toolCalls != nullptr &&
        std::ranges::any_of(*sight.toolCalls,
                            [&](const ToolCall& call) { return call.name == trigger.tool; }))
        return yesOrNo(true, "The model calls \"" + trigger.tool + "\".");
    return yesOrNo(false, "The model does not ask for help.");
}

Check toolCallsChecked(const AnswerSight& sight)
{
    if (sight.toolCalls == nullptr || sight.toolCalls->empty())
        return yesOrNo(false, "The model calls no tool.");
    std::string names;
    for (const ToolCall& call : *sight.toolCalls) {
        names += (names.empty() ? "" : ", ") + call.name;
        const auto spec = std::ranges::find(*sight.offered, call.name, &ToolSpec::name);
        if (spec == sight.offered->end()) {
            if (sight.brought == nullptr ||
                std::ranges::find(*sight.brought, call.name) == sight.brought->end())
                return yesOrNo(true, "There is no tool \"" + call.name + "\".");
            continue; // the request brought it, and only its name
        }
        const std::string arguments = call.argumentsJson.empty() ? "{}" : call.argumentsJson;
        const std::string schema =
            spec->parametersJson.empty() ? R"({"type":"object"})" : spec->parametersJson;
        if (std::string error = shapeError(schema, arguments); !error.empty())
            return yesOrNo(true, "The arguments of \"" + call.name + "\": " + error);
    }
    return yesOrNo(false, "Calls " + names + ".");
}

} // namespace

GatePhase phaseOf(GateKind gate)
{
    if (isAskedBefore(gate))
        return GatePhase::Request;
    return gate == GateKind::Timeout || gate == GateKind::Stall ? GatePhase::Call : GatePhase::Answer;
}

bool looksAtAnswer(std::string_view name)
{
    for (const GateKind gate : {GateKind::Confidence, GateKind::Retrieval, GateKind::Keyword,
                                GateKind::TokenBudget, GateKind::Timeout}) {
        if (name == gateName(gate))
            return false;
    }
    return true;
}

std::vector<int> gatesFor(const Policy& policy, const Observation& observation, int tier, GatePhase phase)
{
    std::vector<int> gates;
    for (std::size_t t = 0; t < policy.triggers.size(); ++t) {
        const Trigger& trigger = policy.triggers[t];
        const bool here = trigger.appliesTo.empty() ||
                          std::ranges::find(trigger.appliesTo, tier) != trigger.appliesTo.end();
        if (here && phaseOf(trigger.gate) == phase && t < observation.triggerApplies.size() &&
            observation.triggerApplies[t])
            gates.push_back(static_cast<int>(t));
    }
    std::ranges::stable_sort(
        gates, {}, [&](int t) { return costRank(policy, policy.triggers[static_cast<std::size_t>(t)]); });
    return gates;
}

std::string noVerdictReason(const Trigger& trigger)
{
    return "gate.no_verdict." + trigger.id;
}

GateMatchers::GateMatchers(const Policy& policy)
{
    for (const Trigger& trigger : policy.triggers) {
        m_needsFeatures = m_needsFeatures || trigger.gate == GateKind::Keyword;
        if (trigger.keywords.empty() && trigger.patterns.empty()) {
            m_matchers.push_back(nullptr);
            continue;
        }
        TextMatcher::Builder builder;
        for (const std::string& keyword : trigger.keywords)
            builder.addKeyword(keyword);
        for (const std::string& pattern : trigger.patterns)
            builder.addPattern(pattern);
        m_matchers.push_back(builder.build());
    }
}

RequestGates::RequestGates(const Policy& policy, const GateMatchers& matchers, const Observation& seen,
                           const Decision& decision, const Features* features, double bestPassage)
    : m_policy(policy), m_seen(seen), m_confidence(decision.confidence), m_bestPassage(bestPassage)
{
    if (!matchers.needsFeatures())
        return;
    m_keywords.resize(policy.triggers.size());
    for (std::size_t t = 0; t < policy.triggers.size(); ++t) {
        if (policy.triggers[t].gate == GateKind::Keyword)
            m_keywords[t] = keyword(static_cast<int>(t), matchers, features);
    }
}

Check RequestGates::keyword(int trigger, const GateMatchers& matchers, const Features* features) const
{
    const TextMatcher* matcher = matchers.of(trigger);
    if (matcher == nullptr || features == nullptr)
        return yesOrNo(false, "There is nothing to look for.");
    const TextMatcher::Hits hits = matcher->match(features->folded);
    const auto any = [](const std::vector<char>& all, char state) {
        return std::ranges::find(all, state) != all.end();
    };
    if (any(hits.keyword, TextMatcher::kOccurs) || any(hits.pattern, TextMatcher::kOccurs))
        return yesOrNo(true, "The user's words have one of the keywords or patterns.");
    Check check = yesOrNo(false, "The user's words have none of the keywords and patterns.");
    if (!features->textComplete || any(hits.pattern, TextMatcher::kIncomplete)) {
        check.known = false;
        check.score.reset();
        check.explanation = "The user's words could not be searched completely.";
    }
    return check;
}

std::vector<int> RequestGates::of(int tier) const
{
    return gatesFor(m_policy, m_seen, tier, GatePhase::Request);
}

Check RequestGates::check(int index, int tier) const
{
    const Trigger& trigger = m_policy.triggers[static_cast<std::size_t>(index)];
    switch (trigger.gate) {
    case GateKind::Confidence:
        if (!m_confidence) // a rule decided: nobody was unsure
            return Check{true, false, {}, trigger.below, "The decision was none that has a confidence."};
        return below(m_confidence, trigger.below, "The router's confidence.", "");
    case GateKind::Retrieval:
        return below(m_bestPassage, trigger.below, "The score of the best passage.", "");
    case GateKind::Keyword:
        return m_keywords[static_cast<std::size_t>(index)];
    default: {
        const std::optional<int>& most = m_policy.tiers[static_cast<std::size_t>(tier)].budget.maxInputTokens;
        Check check;
        check.score = m_seen.inputTokens;
        if (most)
            check.threshold = *most;
        check.fires = most && m_seen.inputTokens > *most;
        check.explanation = "The request has about " + std::to_string(m_seen.inputTokens) + " tokens" +
                            (most ? "; the tier takes at most " + std::to_string(*most) + "." : ".");
        return check;
    }
    }
}

Check checkAnswer(const Policy& policy, const GateMatchers& matchers, int index, const AnswerSight& sight)
{
    const Trigger& trigger = policy.triggers[static_cast<std::size_t>(index)];
    switch (trigger.gate) {
    case GateKind::JsonSchema: {
        Check check;
        check.explanation = shapeError(trigger.schemaJson, sight.text);
        check.fires = !check.explanation.empty();
        return check;
    }
    case GateKind::ToolCall:
        return toolCallsChecked(sight);
    case GateKind::Refusal:
        return refused(matchers.of(index), sight);
    case GateKind::SelfEscalation:
        return selfEscalated(trigger, sight);
    case GateKind::Verifier:
        return verified(trigger, matchers.of(index), sight);
    case GateKind::LogProbability:
        return below(sight.meanLogProbability, trigger.below,
                     "The mean log-probability of the answer's tokens.",
                     "The server gave no log-probabilities.");
    case GateKind::SelfReported:
        return checkSelfReport(trigger.below, sight.text);
    default:
        return Check{false, false, {}, {}, "This gate looks at no answer."};
    }
}

bool judgedByText(const Trigger& trigger)
{
    switch (trigger.gate) {
    case GateKind::Refusal:
    case GateKind::Verifier:
    case GateKind::SelfReported:
        return true;
    case GateKind::SelfEscalation:
        return trigger.tool.empty();
    default:
        return false;
    }
}

std::string gateVersion(const Policy& policy, const Trigger& trigger)
{
    const auto short8 = [](const std::string& text) { return sha256Hex(text).substr(0, 8); };
    if (trigger.gate == GateKind::JsonSchema)
        return "schema@" + short8(trigger.schemaJson);
    if (trigger.gate == GateKind::SelfEscalation && !trigger.tool.empty())
        return "call@" + short8(trigger.tool + "\n" + trigger.marker);
    if (trigger.gate != GateKind::ToolCall)
        return {};
    std::string tools;
    for (const Tool& tool : policy.tools)
        tools += tool.id + "\n" + tool.description + "\n" + tool.parametersJson + "\n";
    return "tools@" + short8(tools);
}

Check checkStall(const Trigger& trigger, std::string_view text, std::optional<double> longestSilenceMs)
{
    LoopWatch watch;
    if (watch.feed(text))
        return Check{true, true, longestSilenceMs, {}, watch.explanation()};
    Check check;
    check.score = longestSilenceMs;
    if (!trigger.afterMs) {
        check.explanation = "The answer does not repeat itself.";
        return check;
    }
    check.threshold = *trigger.afterMs;
    check.known = longestSilenceMs.has_value();
    check.fires = longestSilenceMs && *longestSilenceMs >= *trigger.afterMs;
    check.explanation = !check.known  ? "How long nothing came was not measured."
                        : check.fires ? "Nothing came for " + std::to_string(*trigger.afterMs) + " ms."
                                      : "The longest silence, in milliseconds.";
    return check;
}

Check checkTimeout(const Tier& tier, double elapsedMs, std::optional<double> firstTokenMs, bool ended)
{
    Check check;
    check.score = elapsedMs;
    if (tier.budget.deadlineMs)
        check.threshold = *tier.budget.deadlineMs;
    check.explanation = "The time until the answer was there, in milliseconds.";
    if (tier.budget.firstTokenMs && (firstTokenMs ? *firstTokenMs > *tier.budget.firstTokenMs : ended)) {
        check.fires = true;
        check.threshold = *tier.budget.firstTokenMs;
        check.explanation =
            "The first token took longer than " + std::to_string(*tier.budget.firstTokenMs) + " ms.";
    } else if (ended || (tier.budget.deadlineMs && elapsedMs > *tier.budget.deadlineMs)) {
        check.fires = true;
        check.explanation = "The tier's deadline has passed.";
    }
    return check;
}

} // namespace signalbox
