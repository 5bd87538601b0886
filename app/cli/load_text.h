// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A load test's report for people: figures, a histogram of characters, the verdict.

#include "load/load_report.h"

#include <string>
#include <vector>

namespace signalbox::cli {

/// `how` the requests came, in words. `worstDepth`: hops of the policy's worst case, 0 = not known.
std::string loadReportText(const LoadReport& report, const std::vector<ObjectiveVerdict>& verdicts,
                           const Policy& policy, const std::string& how, int worstDepth);

} // namespace signalbox::cli
