// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/hop_request.h"

#include "base/text.h"
#include "cascade/conversation.h"
#include "cascade/gate_checks.h"
#include "cascade/hop_budget.h"
#include "features/features.h"

#include <algorithm>

namespace signalbox {

namespace {

/// Whether its draft is carried upwards: a hop that failed has none.
bool hasDraft(const Hop& hop)
{
    return hop.status == HopStatus::Escalated || hop.status == HopStatus::Accepted || hop.status == HopStatus::Used;
}

bool wasCalled(const Hop& hop)
{
    return !hop.model.empty() && hop.status != HopStatus::Barred;
}

/// The hop whose model was called last before this one; none for hops that know nothing of each other: lanes,
/// samples and what runs in the background.
const Hop* calledBefore(const Trace& trace, const Hop& hop)
{
    const Hop* last = nullptr;
    if (!hop.role.empty())
        return last;
    for (const Hop& one : trace.hops) {
        if (one.index < hop.index && wasCalled(one))
            last = &one;
    }
    return last;
}

/// In the words of the gate that rejected the hop's draft; "" = no gate did.
std::string whyRejected(const Hop& hop)
{
    const auto fired = std::ranges::find_if(
        hop.gates, [&](const GateResult& gate) { return gate.verdict != GateVerdict::Passed && gate.reason == hop.reason; });
    return fired == hop.gates.end() ? std::string() : fired->explanation;
}

/// The hop whose draft was carried to this one, of those before it.
const Hop* draftedBefore(const Trace& trace, const Hop& hop)
{
    const Hop* last = nullptr;
    if (!hop.role.empty())
        return last;
    for (const Hop& one : trace.hops) {
        if (one.index < hop.index && wasCalled(one) && hasDraft(one) && (!one.text.empty() || !one.toolCalls.empty()))
            last = &one;
    }
    return last;
}

/// Which template a route carried stands in the trace by its words alone.
int templateOf(const Policy& policy, const Trace& trace)
{
    for (int t = 0; t < static_cast<int>(policy.templates.size()); ++t) {
        if (trace.promptVersion == promptVersion(policy, t))
            return t;
    }
    return -1;
}

/// The same for a hop: what led to it may have carried another one.
int templateAt(const Policy& policy, const Trace& trace, const Hop& hop)
{
    int carried = templateOf(policy, trace);
    for (const Hop& before : trace.hops) {
        if (before.index >= hop.index || !before.role.empty())
            continue;
        const int trigger = policy.triggerIndex(before.trigger);
        const int next = trigger >= 0 ? policy.triggers[static_cast<std::size_t>(trigger)].carries.promptTemplate
                         : before.reason == "pool.unsure" ? policy.cascade.unsureCarries.promptTemplate
                                                          : -1;
        carried = next >= 0 ? next : carried;
    }
    return carried;
}

/// What the hops before had taken of the request's budgets.
RequestSpent spentBefore(const Trace& trace, const Hop& hop)
{
    RequestSpent spent;
    spent.elapsedMs = hop.startMs;
    for (const Charge& charge : trace.charges) {
        if (charge.hop >= hop.index)
            continue;
        spent.cost += charge.cost.value_or(0);
        spent.outputTokens += charge.tokens.wholeOutput();
        spent.totalTokens += charge.tokens.wholeInput() + charge.tokens.wholeOutput();
    }
    return spent;
}

void takeGates(ChatRequest& request, const Policy& policy, const std::vector<int>& gates, const Trace& trace)
{
    const auto offer = [&](const std::string& id) {
        const auto tool = std::ranges::find(policy.tools, id, &Tool::id);
        if (tool != policy.tools.end() &&
            std::ranges::find(request.tools, id, &ToolSpec::name) == request.tools.end())
            request.tools.push_back({tool->id, tool->description, tool->parametersJson});
    };
    for (const int index : gates) {
        const Trigger& trigger = policy.triggers[static_cast<std::size_t>(index)];
        if (trigger.gate == GateKind::JsonSchema && request.responseSchemaJson.empty()) {
            request.responseSchemaJson = trigger.schemaJson;
            request.responseSchemaName = trigger.id;
        }
        request.logProbabilities = request.logProbabilities || trigger.gate == GateKind::LogProbability;
        if (trigger.gate == GateKind::SelfEscalation && !trigger.tool.empty())
            offer(trigger.tool);
        if (trigger.gate == GateKind::ToolCall) {
            for (const std::string& name : trace.tools)
                offer(name);
        }
    }
}

} // namespace

std::optional<CarriedDraft> carriedFrom(const Hop& hop, const Cascade& cascade)
{
    CarriedDraft draft;
    draft.tier = hop.tier;
    draft.reason = hop.reason;
    if (cascade.carryDraft) {
        draft.text = hop.text;
        draft.why = whyRejected(hop);
    }
    if (cascade.carryToolResults) {
        for (const ToolCall& call : hop.toolCalls)
            draft.calls.push_back(call.name + "(" + call.argumentsJson + ")");
    }
    return draft.text.empty() && draft.calls.empty() ? std::nullopt : std::optional(std::move(draft));
}

std::string addressOf(const Endpoint& endpoint, const std::string& sandboxBaseUrl)
{
    std::string address = endpoint.isSandbox() ? sandboxBaseUrl + "/v1" : endpoint.baseUrl;
    while (!address.empty() && address.back() == '/')
        address.pop_back();
    return address;
}

ChatRequest requestToModel(const Policy& policy, const Model& model, const std::string& sandboxBaseUrl)
{
    const Endpoint& endpoint = policy.endpoints[static_cast<std::size_t>(model.endpoint)];
    ChatRequest request;
    request.protocol = endpoint.protocol;
    request.endpointId = endpoint.id;
    request.baseUrl = addressOf(endpoint, sandboxBaseUrl);
    request.key = endpoint.key;
    request.modelName = model.name;
    return request;
}

Request requestOf(const Trace& trace)
{
    Request request;
    request.id = trace.promptId;
    request.messages = trace.messages;
    request.metadata = trace.metadata;
    request.attachments = trace.attachments;
    request.headers = trace.headers;
    request.tools = trace.tools;
    request.receivedAtMs = trace.receivedAtMs;
    return request;
}

Result<ChatRequest> requestOfHop(const CompiledPolicy& compiled, const Trace& trace, const Hop& hop,
                                 const std::string& sandboxBaseUrl)
{
    const Policy& policy = compiled.policy();
    if (!wasCalled(hop))
        return fail("trace.not_called", "No model was called in this hop.", hop.tier);
    if (hop.role.starts_with("stage:"))
        return fail("trace.stage",
                    "A stage works on what the stages before it wrote; its request cannot be made again from "
                    "the trace.",
                    hop.role);
    const int tierIndex = policy.tierIndex(hop.tier);
    const int modelIndex = policy.modelIndex(hop.model);
    if (tierIndex < 0 || modelIndex < 0 || policy.models[static_cast<std::size_t>(modelIndex)].endpoint < 0)
        return fail("trace.other_policy",
                    "The policy at hand is another one than the trace's: it has no " +
                        (tierIndex < 0 ? "tier " + hop.tier : "model " + hop.model) + ".",
                    trace.policyHash);
    const Tier& tier = policy.tiers[static_cast<std::size_t>(tierIndex)];
    const Model& model = policy.models[static_cast<std::size_t>(modelIndex)];
    const bool allTiers = trace.mode == TraceMode::AllTiers;
    const Hop* before = calledBefore(trace, hop);

    ChatRequest request = requestToModel(policy, model, sandboxBaseUrl);
    request.temperature = tier.temperature;
    request.topP = tier.topP;

    const Hop* drafted = draftedBefore(trace, hop);
    const std::optional<CarriedDraft> draft =
        allTiers || drafted == nullptr ? std::nullopt : carriedFrom(*drafted, policy.cascade);
    static const std::vector<RetrievedPassage> none;
    const bool withKnowledge = !before || allTiers || policy.cascade.carryRetrieval;
    request.messages =
        conversationFor(policy, tierIndex, trace.messages, withKnowledge ? trace.retrieved : none,
                        draft ? &*draft : nullptr, templateAt(policy, trace, hop));
    const Request asked = requestOf(trace);
    const Observation seen = compiled.observe(asked, extractFeatures(asked));
    const std::optional<int> most = requestBudget(policy, seen.userTier).maxInputTokens;
    if (!allTiers && most && seen.inputTokens > *most &&
        std::ranges::find(trace.reasons, "budget.truncated") != trace.reasons.end())
        shortenMessages(request.messages, seen.inputTokens - *most);
    int inputTokens = 0;
    for (const Message& message : request.messages)
        inputTokens += estimateTokens(message.content);
    request.maxOutputTokens =
        allTiers ? model.maxOutputTokens
                 : outputAllowance(hopBudget(policy, tierIndex, seen.userTier, spentBefore(trace, hop)),
                                   model, inputTokens)
                       .value_or(0);
    takeGates(request, policy, gatesFor(policy, seen, tierIndex, GatePhase::Answer), trace);
    return request;
}

} // namespace signalbox
