// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/examination.h"

#include "base/clock.h"
#include "policy/layout.h"

#include <algorithm>

namespace signalbox {

bool lacks(const Model& model, const char* capability)
{
    return !model.capabilities.empty() &&
           std::ranges::find(model.capabilities, capability) == model.capabilities.end();
}

Examination::Examination(DecodeContext& context, const std::string& today)
    : m_context(context), m_tree(context.tree()), m_policy(context.policy()), m_graph(m_policy)
{
    parseIsoDate(today, m_today);
    const Router& router = m_policy.router;
    const NodeIndex node = part("router");
    m_routers.push_back({&router, node, nullptr, 0});
    const NodeIndex steps = m_tree.member(node, "steps");
    NodeIndex step = steps == kNoNode ? kNoNode : m_tree.firstChild(steps);
    for (std::size_t i = 0; i < router.steps.size() && step != kNoNode; ++i, step = m_tree.nextSibling(step))
        m_routers.push_back({&router.steps[i], step, &router, i});
}

NodeIndex Examination::keyOr(NodeIndex object, std::string_view key) const
{
    const NodeIndex found = object == kNoNode ? kNoNode : m_tree.member(object, key);
    return found == kNoNode ? object : found;
}

NodeIndex Examination::element(const char* list, std::size_t position) const
{
    const auto [entry, fresh] = m_elements.try_emplace(list);
    if (fresh) {
        if (const NodeIndex node = part(list); node != kNoNode)
            entry->second = childrenOf(m_tree, node);
    }
    return position < entry->second.size() ? entry->second[position] : m_tree.root();
}

const std::string& Examination::residencyOf(int index) const
{
    return m_policy.endpoints[static_cast<std::size_t>(model(index).endpoint)].residency;
}

std::string Examination::namesOf(const std::vector<int>& tiers) const
{
    constexpr std::size_t kShown = 4;
    std::string names;
    const std::size_t shown = tiers.size() <= kShown ? tiers.size() : kShown - 1;
    for (std::size_t i = 0; i < shown; ++i) {
        const bool last = i + 1 == tiers.size();
        names += (i == 0 ? "" : last ? " and " : ", ") + inQuotes(tier(tiers[i]).id);
    }
    if (shown < tiers.size())
        names += " and " + std::to_string(tiers.size() - shown) + " more";
    return names;
}

std::string Examination::journeyName(const Journey& journey) const
{
    std::string name;
    for (std::size_t i = 0; i < journey.tiers.size(); ++i)
        name += (i == 0 ? "" : i < journey.together ? " + " : " → ") + tier(journey.tiers[i]).id;
    return name;
}

bool Examination::appliesTo(const Trigger& trigger, int index) const
{
    return trigger.appliesTo.empty() ||
           std::ranges::find(trigger.appliesTo, index) != trigger.appliesTo.end();
}

std::vector<int> Examination::tiersOf(const Trigger& trigger) const
{
    if (!trigger.appliesTo.empty())
        return trigger.appliesTo;
    std::vector<int> all;
    for (std::size_t i = 0; i < m_policy.tiers.size(); ++i)
        all.push_back(static_cast<int>(i));
    return all;
}

bool Examination::hasRouter(std::initializer_list<RouterKind> kinds) const
{
    return std::ranges::any_of(m_routers, [&](const RouterAt& at) {
        return std::ranges::find(kinds, at.router->kind) != kinds.end();
    });
}

void forEachCondition(const Condition& condition, const std::function<void(const Condition&)>& visit)
{
    visit(condition);
    for (const auto* parts : {&condition.all, &condition.any, &condition.none}) {
        for (const Condition& part : *parts)
            forEachCondition(part, visit);
    }
}

} // namespace signalbox
