// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A decision: a route with its router, confidence, the alternatives considered and reason codes.

#include "policy/policy.h"

#include <optional>
#include <string>
#include <vector>

namespace signalbox {

struct BarredTier
{
    int tier = -1;
    std::string reason; ///< "policy.vision_gap", "constraint.context_window", …
};

struct Alternative
{
    std::string name; ///< "difficulty 2", "billing.refund_status"
    double score = 0; ///< probability, 0–1
};

struct Decision
{
    Route route;
    RouteCarries carries; ///< what the route brings along; stays with it when a constraint moves the route
    std::string router; ///< "rules", "scoring", "fixed", "constraints"
    std::optional<double> confidence; ///< 0–1, uncalibrated; nothing when a rule decided
    std::string intent;               ///< "" when none was recognised
    int difficulty = 0;               ///< 1–3; 0 = not assessed
    double score = 0;                 ///< the scoring router's s
    std::vector<Alternative> alternatives;
    std::vector<std::string> reasons; ///< at least one, in the order in which they arose
    std::vector<BarredTier> barred;
    std::optional<std::vector<std::string>> allowedResidency; ///< what every matching residency rule allows; nothing = all
    std::string ruleId;   ///< the rule that decided, or ""
    std::string userTier; ///< id of the user tier, or ""
    bool locked = false;
    std::int64_t nanos = 0; ///< time taken

    bool isBarred(int tier) const;
    /// May text of this request be sent to this model, as far as residency goes? Judges are asked this, too.
    bool allowsModel(const Policy& policy, int model) const;
};

} // namespace signalbox
