// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A request's question as a vector of an embedding model: called, remembered and charged like every other
// call of the request. Network thread only. Private to the engine.

#include "cascade/run_scope.h"
#include "providers/embeddings.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace signalbox {

/// A request does not wait longer than that for a vector: it can be answered without.
inline constexpr double kEmbeddingDeadlineMs = 5'000;

class EmbeddingTask
{
public:
    struct Outcome
    {
        std::vector<float> vector; ///< of length 1; empty = it could not be had
        std::vector<Attempt> attempts;
        std::vector<Charge> charges;
        bool simulated = false;
    };
    /// Called once, later than start() returns; not after the task is destroyed or cancelled.
    using OnEnd = std::function<void(Outcome)>;

    /// `firstTry`: how many calls the request has made as a whole.
    EmbeddingTask(std::shared_ptr<const RunScope> scope, int model, std::string text, int firstTry,
                  OnEnd onEnd);
    EmbeddingTask(EmbeddingTask&&) = default;
    EmbeddingTask& operator=(EmbeddingTask&&) = default;
    ~EmbeddingTask();

    void start();
    /// Stops; what was paid until then.
    Outcome cancel();

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// Of Euclidean length 1; empty for one that has no length.
std::vector<float> unitVector(std::vector<float> vector);

} // namespace signalbox
