// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/scenario.h"

namespace signalbox::sandbox {

// Equal to resources/scenarios/harbor-support.json, which a test holds it to: the sandbox works without any
// file.
const char* const kDefaultScenario = R"json({
  "name": "Harbor Support",
  "time_scale": 1.0,
  "models": {
    "support-3b-ft": {"ttft_ms": {"median": 180, "sigma": 0.25}, "tokens_per_second": {"median": 210, "sigma": 0.15},
                      "skill": [0.88, 0.58, 0.28], "verbosity_tokens": 40, "shape_error_rate": 0.12},
    "mid-mini":      {"ttft_ms": {"median": 260, "sigma": 0.30}, "tokens_per_second": {"median": 125, "sigma": 0.18},
                      "skill": [0.96, 0.87, 0.70], "verbosity_tokens": 60, "shape_error_rate": 0.03},
    "frontier":      {"ttft_ms": {"median": 500, "sigma": 0.35}, "tokens_per_second": {"median": 78, "sigma": 0.20},
                      "skill": [0.99, 0.97, 0.93], "verbosity_tokens": 85, "shape_error_rate": 0.005, "cache_prompts_above_tokens": 256},
    "judge-mini":    {"ttft_ms": {"median": 70, "sigma": 0.20}, "tokens_per_second": {"median": 1200, "sigma": 0.10},
                      "skill": [0.90, 0.70, 0.50], "verbosity_tokens": 40, "shape_error_rate": 0.0},
    "echo":          {"echo": true, "ttft_ms": {"median": 50, "sigma": 0.0}, "tokens_per_second": {"median": 1000, "sigma": 0.0}}
  },
  "judge": {"error_rate": 0.08, "max_error": 2.0},
  "faults": []
}
)json";

} // namespace signalbox::sandbox
