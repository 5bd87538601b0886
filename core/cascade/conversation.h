// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a tier is told: system prompt, knowledge, the rejected draft, the conversation. One layout for live
// runs and for the token estimates of what-if.

#include "cascade/trace.h"
#include "policy/policy.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// The draft of an earlier hop and why it was not good enough.
struct CarriedDraft
{
    std::string tier;
    std::string reason; ///< reason code
    std::string text;
    std::string why;    ///< in the gate's words, or ""
    std::vector<std::string> calls; ///< of tools that it made: "lookup_order({\"id\": 7})"
};

/// System prompt of a tier: the template that its route carries (−1 = none), else the tier's own, else the
/// policy's.
const std::string& systemPromptOf(const Policy& policy, int tier, int promptTemplate = -1);

std::vector<Message> conversationFor(const Policy& policy, int tier, const std::vector<Message>& messages,
                                     const std::vector<RetrievedPassage>& knowledge,
                                     const CarriedDraft* draft, int promptTemplate = -1);

/// What one stage of a pipeline is told. `rewritten`: the question as an earlier stage wrote it, or ""; `draft`: the answer so
/// far, or "".
std::vector<Message> stageConversation(const Policy& policy, const Stage& stage, const std::vector<Message>& messages,
                                       const std::vector<RetrievedPassage>& knowledge, std::string_view rewritten,
                                       std::string_view draft, int promptTemplate = -1);

/// What a verifying stage said.
struct StageVerdict
{
    bool passed = false;
    std::string why;
};
/// Believes an answer that begins with PASS or FAIL. Nothing for any other.
std::optional<StageVerdict> parseStageVerdict(std::string_view answer);

/// The system message that carries a rejected draft upwards.
std::string carriedDraftMessage(const CarriedDraft& draft);

/// Makes a request shorter by so many tokens, as estimated: its oldest turns go first, then the end of its
/// last message. What systems say stays. At least one token is left of it.
void shortenMessages(std::vector<Message>& messages, int tokens);

/// Hash of every system prompt of the policy, of how tiers sample, and of the layout above: which words the
/// models were given and how they answer. Under a template its words take the place of the prompts.
std::string promptVersion(const Policy& policy, int promptTemplate = -1);

/// The versions under every template of a policy, worked out once.
class PromptVersions
{
public:
    explicit PromptVersions(const Policy& policy);
    const std::string& of(int promptTemplate) const
    {
        return m_versions[static_cast<std::size_t>(promptTemplate + 1)];
    }

private:
    std::vector<std::string> m_versions; ///< without one, then by template
};

} // namespace signalbox
