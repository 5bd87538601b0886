// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a policy would have done over recorded outcomes. Uses the same decide() and Strategy as live runs.

#include "replay/kpis.h"
#include "replay/outcome_matrix.h"
#include "routers/compiled_policy.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace signalbox {

struct SimulatedRun
{
    RunResult result;
    std::string route;   ///< the decision's
    std::string path;    ///< "T0 → T1"
    bool complete = true; ///< false: a cell or a score that it needed is missing; left out of figures
    std::string missing;  ///< why not: "whatif.no_outcome", "whatif.not_enough_samples" …
    /// Part of its cost is an estimate and was not recorded so: of a call that was stopped, live unknown, its share by
    /// time; of one that carried a draft, a longer input.
    bool costIsEstimate = false;
};

struct MovedRequest
{
    int row = 0; ///< into the matrix
    std::string prompt;
    std::string from, to; ///< final tiers
    std::string why;      ///< reason codes that are new
    std::optional<double> qualityFrom, qualityTo;
    std::optional<NanoUsd> costFrom, costTo;
    bool costFromIsEstimate = false, costToIsEstimate = false; ///< as in SimulatedRun
};

struct WhatIfResult
{
    std::vector<SimulatedRun> runs; ///< by row of the matrix
    Kpis kpis;                      ///< over complete runs
    int incomplete = 0;
    int estimatedCosts = 0; ///< of complete runs, those whose cost is an estimate
};

/// Paired difference of two policies over the same prompts (bootstrap of pairs, 95 %).
struct Difference
{
    std::optional<Estimate> quality;   ///< 0–1
    std::optional<Estimate> costUsd;   ///< per request
    std::optional<Estimate> latencyMs; ///< mean
    std::optional<Estimate> escalationRate;
    std::vector<MovedRequest> moved;
};

struct CurvePoint
{
    double setting = 0;
    double costUsd = 0;     ///< mean per request, over runs with known cost
    double quality = 0;     ///< mean, 0–1
    Interval qualityInterval;
    double escalationRate = 0;
    double p95LatencyMs = 0;
    bool costKnown = false;    ///< false: no run of this setting has a known cost; draw no point
    bool qualityKnown = false; ///< false: nothing was judged
    int n = 0;
};

class WhatIf
{
public:
    explicit WhatIf(std::shared_ptr<const OutcomeMatrix> matrix);
    ~WhatIf();

    /// A policy that may not be run (see mayRun()) gives runs that are all incomplete: ask before.
    /// Thread-safe. Observations are kept while the policy's matching fingerprint stays the same.
    WhatIfResult simulate(const CompiledPolicy& policy, int resamples = 1000);
    Difference compare(const WhatIfResult& baseline, const WhatIfResult& changed, int resamples = 1000) const;

    const OutcomeMatrix& matrix() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// The same policy text with one number replaced, for each of `settings`: a point each. Stops early when `cancelled` says so.
Result<std::vector<CurvePoint>> sweepSetting(WhatIf& whatIf, const std::string& policyText, const std::string& pointer,
                                             const std::vector<double>& settings,
                                             const std::function<bool()>& cancelled = {});

} // namespace signalbox
