// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/conversation.h"

#include "base/ids.h"
#include "base/json_writer.h"
#include "base/text.h"

#include <algorithm>

namespace signalbox {

namespace {

constexpr std::string_view kLayoutVersion = "layout-1";

} // namespace

const std::string& systemPromptOf(const Policy& policy, int tier, int promptTemplate)
{
    if (promptTemplate >= 0)
        return policy.templates[static_cast<std::size_t>(promptTemplate)].systemPrompt;
    const std::string& own = policy.tiers[static_cast<std::size_t>(tier)].systemPrompt;
    return own.empty() ? policy.systemPrompt : own;
}

std::string carriedDraftMessage(const CarriedDraft& draft)
{
    return "A previous draft was rejected (" + draft.reason + "). Write a better answer.\nDraft: " + draft.text;
}

std::vector<Message> conversationFor(const Policy& policy, int tier, const std::vector<Message>& messages,
                                     const std::vector<RetrievedPassage>& knowledge, const CarriedDraft* draft,
                                     int promptTemplate)
{
    std::vector<Message> out;
    out.reserve(messages.size() + 2);
    std::string system = systemPromptOf(policy, tier, promptTemplate);
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

void shortenMessages(std::vector<Message>& messages, int tokens)
{
    for (std::size_t i = 0; i + 1 < messages.size() && tokens > 0;) {
        if (messages[i].role == "system") {
            ++i;
            continue;
        }
        tokens -= estimateTokens(messages[i].content);
        messages.erase(messages.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (messages.empty() || tokens <= 0)
        return;
    std::string& last = messages.back().content;
    const int goal = std::max(1, estimateTokens(last) - tokens);
    // A token is four characters or a word and a third, whichever is more: half by half until it fits.
    std::size_t keep = last.size();
    std::size_t low = 0;
    while (low + 1 < keep) {
        const std::size_t middle = low + (keep - low) / 2;
        if (estimateTokens(std::string_view(last).substr(0, middle)) <= goal)
            low = middle;
        else
            keep = middle;
    }
    while (low > 0 && (static_cast<unsigned char>(last[low]) & 0xC0) == 0x80)
        --low; // not within a character
    last.resize(low);
}

std::string promptVersion(const Policy& policy, int promptTemplate)
{
    std::string all(kLayoutVersion);
    all += '\n';
    if (promptTemplate >= 0) {
        all += "template\n" + policy.templates[static_cast<std::size_t>(promptTemplate)].systemPrompt;
    } else {
        all += policy.systemPrompt;
        for (const Tier& tier : policy.tiers) {
            if (!tier.systemPrompt.empty())
                all += "\n" + tier.id + "\n" + tier.systemPrompt;
        }
    }
    for (const Tier& tier : policy.tiers) {
        if (tier.temperature)
            all += "\n" + tier.id + "\ntemperature " + jsonNumber(*tier.temperature);
        if (tier.topP)
            all += "\n" + tier.id + "\ntop_p " + jsonNumber(*tier.topP);
    }
    return sha256Hex(all).substr(0, 12);
}

PromptVersions::PromptVersions(const Policy& policy)
{
    for (int t = -1; t < static_cast<int>(policy.templates.size()); ++t)
        m_versions.push_back(promptVersion(policy, t));
}

} // namespace signalbox
