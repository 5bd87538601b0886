// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which of a tier's models is asked.

#include "base/clock.h"
#include "policy/policy.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace signalbox {

/// Index into Policy::models, −1 when the tier has none. The same draw meets the same replica, as far as load
/// does not come into it. `inFlight`: calls by model id. Replicas that `available` denies are passed over,
/// unless it denies all of them; those that were `tried` always.
int chooseReplica(const Policy& policy, const Tier& tier, std::uint64_t draw,
                  const std::map<std::string, int>& inFlight,
                  const std::function<bool(const Model&)>& available, const std::set<int>& tried = {});

/// Which models are better left alone for a while: what an endpoint's breaker cannot know, because the endpoint is
/// well. A key that is not accepted, a model that is gone and a rate limit answer at once; whoever counts only what is
/// under way would send everything there. Network thread only.
class CoolDowns
{
public:
    /// `askedMs`: how long the server asked to be left alone. Without a word of it, a second, doubled each time.
    void failed(const std::string& model, std::optional<double> askedMs, SteadyTime at);
    void answered(const std::string& model) { m_until.erase(model); }
    /// Milliseconds until it is worth asking again; 0 = now.
    double waitMs(const std::string& model, SteadyTime at) const;

private:
    struct Rest
    {
        SteadyTime until;
        double nextMs = 0;
    };
    std::map<std::string, Rest> m_until; ///< by model id
};

} // namespace signalbox
