// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Two answers to one question before a judge, who is asked twice: once in either order, because judges favour
// a place. Network thread only. Private to the engine.

#include "cascade/run_scope.h"
#include "providers/chat.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

class PairJudge
{
public:
    struct Verdict
    {
        std::optional<double> score; ///< the lower of the two; nothing = one of them could not be had
        std::string explanation;
        std::vector<Attempt> attempts;
        std::vector<Charge> charges;
        bool simulated = false;
    };
    /// Called once, from the network thread's loop or from within start(); not after the judge is destroyed.
    using OnEnd = std::function<void(Verdict)>;

    /// `hop`: of the second answer, which the calls belong to; they come after the attempts that it had.
    PairJudge(std::shared_ptr<const RunScope> scope, const Rubric& rubric, const Hop& hop, std::string first,
              std::string second, OnEnd onEnd);
    PairJudge(PairJudge&&) = default;
    PairJudge& operator=(PairJudge&&) = default;
    ~PairJudge();

    void start();
    /// Stops; what was paid until then.
    Verdict cancel();

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace signalbox
