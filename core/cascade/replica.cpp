// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/replica.h"

#include <algorithm>

namespace signalbox {

namespace {

constexpr double kFirstRestMs = 1000;
constexpr double kLongestRestMs = 60'000;

} // namespace

int chooseReplica(const Policy& policy, const Tier& tier, std::uint64_t draw,
                  const std::map<std::string, int>& inFlight,
                  const std::function<bool(const Model&)>& available, const std::set<int>& tried)
{
    std::vector<std::size_t> usable;
    std::vector<std::size_t> up;
    for (std::size_t i = 0; i < tier.models.size(); ++i) {
        if (tier.models[i] < 0 || tried.contains(tier.models[i]))
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

void CoolDowns::failed(const std::string& model, std::optional<double> askedMs, SteadyTime at)
{
    Rest& rest = m_until.try_emplace(model, Rest{at, kFirstRestMs}).first->second;
    if (at < rest.until)
        return; // one of many that were under way
    const double ms = askedMs ? std::clamp(*askedMs, 0.0, kLongestRestMs) : rest.nextMs;
    if (!askedMs)
        rest.nextMs = std::min(rest.nextMs * 2, kLongestRestMs);
    rest.until = later(at, ms);
}

double CoolDowns::waitMs(const std::string& model, SteadyTime at) const
{
    const auto found = m_until.find(model);
    return found == m_until.end() || at >= found->second.until ? 0 : msBetween(at, found->second.until);
}

} // namespace signalbox
