// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a simulated model answers. It knows the request's messages, its own name and numbers, and a seed;
// nothing else.

#include "sandbox/chat_wire.h"
#include "sandbox/scenario.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox::sandbox {

/// Everything random about one answer, drawn from the model's name, the last user message and the seed alone.
/// So a model treats the same question the same way whatever else the conversation carries.
struct Draws
{
    double success = 0;    ///< uniform; below the probability of success the answer is right
    double mistake = 0;    ///< uniform; which kind of mistake
    double severity = 0;   ///< uniform
    double shape = 0;      ///< uniform; below the shape error rate the JSON is broken
    double ttftNormal = 0; ///< standard normal
    double paceNormal = 0; ///< standard normal
    std::uint64_t phrase = 0;
};

Draws drawsFor(std::string_view model, std::string_view lastUser, std::uint64_t seed);

/// Interpolates the skills at difficulty 1, 2 and 3.
double successProbability(const ModelScenario& model, double difficulty);

struct SimulatedAnswer
{
    std::string text;
    bool right = false;
    double difficulty = 1;
};

SimulatedAnswer simulateAnswer(const ModelScenario& model, const WireRequest& request, const Draws& draws);

} // namespace signalbox::sandbox
