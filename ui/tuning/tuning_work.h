// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What Tuning computes, away from the window: the policy as it is over recorded outcomes, and the same with
// one number changed, as a paired difference. Any thread.

#include "base/result.h"
#include "policy/edit.h"
#include "replay/what_if.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

/// The policy as it is, over one dataset.
struct TuningBase
{
    std::shared_ptr<WhatIf> whatIf;
    std::string policyText;
    PolicyPtr policy;
    WhatIfResult result;
    double coverage = 0; ///< share of cells that are known or barred
    int resamples = 0;
};
using TuningBasePtr = std::shared_ptr<const TuningBase>;

/// The same with one number changed.
struct TuningOutcome
{
    std::string pointer;
    double setting = 0;
    WhatIfResult result;
    Difference difference;
    std::optional<Estimate> p95LatencyMs; ///< paired difference of the 95th percentiles
    int resamples = 0;
    double tookMs = 0;
};
using TuningOutcomePtr = std::shared_ptr<const TuningOutcome>;

Result<TuningBasePtr> tuningBase(std::shared_ptr<WhatIf> whatIf, const std::string& policyText,
                                 int resamples);
Result<TuningOutcomePtr> tuningOutcome(const TuningBase& base, const std::string& pointer, double setting,
                                       int resamples);

/// Settings for the curve: `count` of them over the range, the policy's own among them.
std::vector<double> curveSettings(const Tunable& tunable, int count);

/// How a moved request came off: negative worse, positive better, 0 the same; nothing when it was not judged
/// twice.
std::optional<int> verdictOn(const MovedRequest& moved);

} // namespace signalbox
