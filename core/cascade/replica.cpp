// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/replica.h"

namespace signalbox {

int chooseReplica(const Policy& policy, const Tier& tier, std::uint64_t draw,
                  const std::map<std::string, int>& inFlight,
                  const std::function<bool(const Model&)>& available)
{
    std::vector<std::size_t> usable;
    std::vector<std::size_t> up;
    for (std::size_t i = 0; i < tier.models.size(); ++i) {
        if (tier.models[i] < 0)
            continue;
        usable.push_back(i);
        if (available(policy.models[static_cast<std::size_t>(tier.models[i])]))
            up.push_back(i);
    }
    if (!up.empty())
        usable = std::move(up);
    if (usable.empty())
        return -1;
    const auto weightOf = [&](std::size_t i) { return i < tier.weights.size() ? tier.weights[i] : 1.0; };
    if (tier.balance == Balance::Weighted) {
        double all = 0;
        for (const std::size_t i : usable)
            all += weightOf(i);
        double left = static_cast<double>(draw >> 11) / 9007199254740992.0 * all; // 53 bits: 0 … 1
        for (const std::size_t i : usable) {
            left -= weightOf(i);
            if (left < 0)
                return tier.models[i];
        }
        return tier.models[usable.back()];
    }
    int best = -1;
    double bestLoad = 0;
    for (std::size_t k = 0; k < usable.size(); ++k) {
        const std::size_t i = usable[(draw + k) % usable.size()];
        const auto found = inFlight.find(policy.models[static_cast<std::size_t>(tier.models[i])].id);
        const double load = found == inFlight.end() ? 0 : found->second / weightOf(i);
        if (best < 0 || load < bestLoad) {
            best = tier.models[i];
            bestLoad = load;
        }
    }
    return best;
}

} // namespace signalbox
