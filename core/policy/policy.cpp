// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/policy.h"

#include <algorithm>

namespace signalbox {

const char* routerKindName(RouterKind kind)
{
    switch (kind) {
    case RouterKind::Scoring:
        return "scoring";
    case RouterKind::Fixed:
        return "fixed";
    case RouterKind::Rules:
        return "rules";
    case RouterKind::Classifier:
        return "classifier";
    case RouterKind::Embedding:
        return "embedding";
    case RouterKind::Predictive:
        return "predictive";
    case RouterKind::Knn:
        return "knn";
    case RouterKind::Llm:
        return "llm";
    case RouterKind::Bandit:
        return "bandit";
    case RouterKind::Agentic:
        return "agentic";
    case RouterKind::Chain:
        return "chain";
    }
    return "";
}

const char* cascadePatternName(CascadePattern pattern)
{
    switch (pattern) {
    case CascadePattern::Direct:
        return "direct";
    case CascadePattern::Waterfall:
        return "waterfall";
    case CascadePattern::Race:
        return "race";
    case CascadePattern::SpecialistPool:
        return "specialist_pool";
    case CascadePattern::Pipeline:
        return "pipeline";
    case CascadePattern::Agreement:
        return "agreement";
    case CascadePattern::SelfConsistency:
        return "self_consistency";
    }
    return "";
}

namespace {

struct GateNames
{
    const char* written;
    const char* reason;
};

GateNames namesOf(GateKind gate)
{
    switch (gate) {
    case GateKind::Judge:
        return {"judge", "gate.judge_below."};
    case GateKind::JsonSchema:
        return {"json_schema", "gate.schema_invalid."};
    case GateKind::ToolCall:
        return {"tool_call", "gate.tool_call_invalid."};
    case GateKind::Confidence:
        return {"confidence", "gate.confidence_below."};
    case GateKind::Retrieval:
        return {"retrieval", "gate.retrieval_below."};
    case GateKind::Keyword:
        return {"keyword", "gate.keyword."};
    case GateKind::TokenBudget:
        return {"token_budget", "budget.input_tokens."};
    case GateKind::Timeout:
        return {"timeout", "budget.deadline."};
    case GateKind::Refusal:
        return {"refusal", "gate.refusal."};
    case GateKind::SelfEscalation:
        return {"self_escalation", "gate.self_escalation."};
    case GateKind::Verifier:
        return {"verifier", "gate.verifier."};
    case GateKind::LogProbability:
        return {"log_probability", "gate.log_probability_below."};
    case GateKind::SelfReported:
        return {"self_reported", "gate.self_reported_below."};
    case GateKind::Stall:
        return {"stall", "gate.stall."};
    }
    return {"", ""};
}

} // namespace

const char* gateName(GateKind gate)
{
    return namesOf(gate).written;
}

std::string Trigger::reasonCode() const
{
    return namesOf(gate).reason + id;
}

Weights presetWeights(const std::string& priority)
{
    if (priority == "quality")
        return {0.15, 0.70, 0.15};
    if (priority == "latency")
        return {0.20, 0.25, 0.55};
    return {0.60, 0.30, 0.10};
}

template <class T>
static int indexById(const std::vector<T>& elements, const std::string& id)
{
    const auto found = std::ranges::find(elements, id, &T::id);
    return found == elements.end() ? -1 : static_cast<int>(found - elements.begin());
}

int Policy::tierIndex(const std::string& id) const
{
    return indexById(tiers, id);
}

int Policy::modelIndex(const std::string& id) const
{
    return indexById(models, id);
}

int Policy::triggerIndex(const std::string& id) const
{
    return indexById(triggers, id);
}

std::string Policy::routeName(const Route& route) const
{
    if (route.isHuman())
        return "human";
    if (route.isTier() && route.tier >= 0 && route.tier < static_cast<int>(tiers.size()))
        return tiers[static_cast<std::size_t>(route.tier)].id;
    return {};
}

bool Policy::usesSandbox() const
{
    return std::ranges::any_of(endpoints, &Endpoint::isSandbox);
}

bool isAskedBefore(GateKind gate)
{
    return gate == GateKind::Confidence || gate == GateKind::Retrieval || gate == GateKind::Keyword ||
           gate == GateKind::TokenBudget;
}

} // namespace signalbox
