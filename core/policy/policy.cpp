// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/policy.h"

#include <algorithm>

namespace signalbox {

std::string Trigger::reasonCode() const
{
    return (gate == GateKind::Judge ? "gate.judge_below." : "gate.schema_invalid.") + id;
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

} // namespace signalbox
