// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A scenario: which models the sandbox serves, how fast and how able they are, how often the judge errs, and
// what goes wrong. Read from JSON; README.md describes every key.

#include "base/result.h"
#include "sandbox/fault.h"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::sandbox {

struct ModelScenario
{
    bool echo = false; ///< answers a short fixed text, for benchmarks
    Spread ttftMs{100, 0.2};
    Spread tokensPerSecond{200, 0.15}; ///< pace after the first token
    std::array<double, 3> skill{0.9, 0.7,
                                0.5}; ///< probability of a right answer at latent difficulty 1, 2, 3
    double shapeErrorRate = 0;        ///< of answers that were asked for as JSON
    int verbosityTokens = 40;         ///< an answer goes on to about this length
    int reasoningTokens = 0;          ///< thought before the first word, and billed
    int cachePromptsAboveTokens = 0;  ///< system messages from here on are reported as cached; 0 = never
    int cacheWritesAboveTokens = 0;   ///< user messages from here on are reported as written to the cache; 0 = never
};

struct JudgeScenario
{
    double errorRate = 0.08; ///< share of verdicts that are off by 0.5 or more
    double maxError = 2;     ///< furthest that one is off
};

struct Scenario
{
    std::string name;
    double timeScale = 1; ///< every delay is multiplied by this; 0 = none at all
    std::map<std::string, ModelScenario, std::less<>> models;
    JudgeScenario judge;
    std::vector<Fault> faults;
};

/// Error: sandbox.scenario_invalid, with the JSON Pointer as context.
Result<Scenario> readScenario(std::string_view json);

extern const char* const kDefaultScenario;

} // namespace signalbox::sandbox
