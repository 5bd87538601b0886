// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/conversation.h"

#include "base/ids.h"

namespace signalbox {

namespace {

constexpr std::string_view kLayoutVersion = "layout-1";

} // namespace

const std::string& systemPromptOf(const Policy& policy, int tier)
{
    const std::string& own = policy.tiers[static_cast<std::size_t>(tier)].systemPrompt;
    return own.empty() ? policy.systemPrompt : own;
}

std::string carriedDraftMessage(const CarriedDraft& draft)
{
    return "A previous draft was rejected (" + draft.reason + "). Write a better answer.\nDraft: " + draft.text;
}

std::vector<Message> conversationFor(const Policy& policy, int tier, const std::vector<Message>& messages,
                                     const std::vector<RetrievedPassage>& knowledge, const CarriedDraft* draft)
{
    std::vector<Message> out;
    out.reserve(messages.size() + 2);
    std::string system = systemPromptOf(policy, tier);
    if (!knowledge.empty()) {
        system += system.empty() ? "Knowledge:" : "\n\nKnowledge:";
        for (const RetrievedPassage& passage : knowledge)
            system += "\n[" + passage.documentId + "] " + passage.title + ": " + passage.text;
    }
    if (!system.empty())
        out.push_back({"system", std::move(system)});
    if (draft != nullptr)
        out.push_back({"system", carriedDraftMessage(*draft)});
    out.insert(out.end(), messages.begin(), messages.end());
    return out;
}

std::string promptVersion(const Policy& policy)
{
    std::string all(kLayoutVersion);
    all += '\n';
    all += policy.systemPrompt;
    for (const Tier& tier : policy.tiers) {
        if (!tier.systemPrompt.empty())
            all += "\n" + tier.id + "\n" + tier.systemPrompt;
    }
    return sha256Hex(all).substr(0, 12);
}

} // namespace signalbox
