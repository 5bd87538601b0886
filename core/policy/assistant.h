// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A first policy from a few answers: what the traffic looks like decides the pattern, as the routing pattern
// decision table prefers it, and the reasons stand in the policy as notes. Pure.

#include <optional>
#include <span>
#include <string>

namespace signalbox {

/// The rows of the decision table.
enum class TrafficShape {
    StableIntents,
    VariablePhrasing,
    Compliance,
    InteractiveChat,
    Batch,
    AgentWithTools,
    EarlyProduct,
};

struct TrafficInfo
{
    TrafficShape shape;
    const char* id;     ///< of its template: "interactive-chat"
    const char* title;  ///< the traffic: "Interactive chat, tight p95 latency"
    const char* about;  ///< one sentence: what the template does
    const char* prefer; ///< the pattern that the table prefers
    const char* avoid;  ///< and the one it warns of
    const char* why;    ///< the reason, a sentence
};
std::span<const TrafficInfo> trafficShapes();
const TrafficInfo& infoOf(TrafficShape shape);

struct AssistantAnswers
{
    TrafficShape shape = TrafficShape::EarlyProduct;
    std::string name; ///< "" = the traffic's title
    // Objectives; what is not stated gets what is usual for the traffic.
    std::optional<double> p95LatencyMs;
    std::optional<double> costPerResolvedUsd;
    std::optional<double> minQuality; ///< of 5, by a judge
    /// The built-in sandbox with its models and prices; else a server of one's own.
    bool sandbox = true;
    std::string baseUrl;              ///< "https://api.example.com/v1"
    std::string keyEnv;               ///< the environment variable that holds its key; "" = it wants none
    std::string onPremUrl;            ///< a server on one's own machines; "" = there is none
    std::string smallModel = "small"; ///< what the servers call their models
    std::string midModel = "mid";
    std::string frontierModel = "frontier";
    std::string judgeModel = "judge"; ///< another one than those that answer: it would judge itself
    std::string region = "us";      ///< residency of what is not on-premises
    bool personalDataStays = false; ///< personal data stays on one's own machines; always so for Compliance
    std::string today;              ///< YYYY-MM-DD: the date of the sandbox's prices; "" = the clock
};

/// The policy's text, in canonical form. It has no errors; in the sandbox no warnings either.
std::string policyFromAnswers(const AssistantAnswers& answers);

/// What the answers lack, in a sentence for the person who gives them: a URL, say; "" = nothing.
std::string missingAnswer(const AssistantAnswers& answers);

} // namespace signalbox
