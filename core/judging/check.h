// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a deterministic check of an answer says. The same text always gives the same result: live runs ask
// while the request waits, what-if asks again of recorded answers.

#include <optional>
#include <string>

namespace signalbox {

struct Check
{
    bool known = true;  ///< false: it could not be told; whoever asks fails closed
    bool fires = false; ///< the answer is not good enough
    std::optional<double> score;
    std::optional<double> threshold; ///< fires below it
    std::string explanation;         ///< one sentence, also when it passes
};

} // namespace signalbox
