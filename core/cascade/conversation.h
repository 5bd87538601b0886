// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a tier is told: system prompt, knowledge, the rejected draft, the conversation. One layout for live runs and
// for the token estimates of what-if.

#include "cascade/trace.h"
#include "policy/policy.h"

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
};

/// System prompt of a tier: its own, else the policy's.
const std::string& systemPromptOf(const Policy& policy, int tier);

std::vector<Message> conversationFor(const Policy& policy, int tier, const std::vector<Message>& messages,
                                     const std::vector<RetrievedPassage>& knowledge, const CarriedDraft* draft);

/// The system message that carries a rejected draft upwards.
std::string carriedDraftMessage(const CarriedDraft& draft);

/// Hash of every system prompt of the policy and of the layout above: which words the models were given.
std::string promptVersion(const Policy& policy);

} // namespace signalbox
