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

/// A request does not wait longer than that for vectors: it can be answered without.
inline constexpr double kEmbeddingDeadlineMs = 5'000;
/// Nor for those of many documents at once.
inline constexpr double kDocumentsDeadlineMs = 30'000;
/// What every protocol takes in one call.
inline constexpr std::size_t kEmbeddedAtOnce = 96;

class EmbeddingTask
{
public:
    struct Outcome
    {
        std::vector<std::vector<float>> vectors; ///< one a text, of length 1; empty = they could not be had
        std::vector<Attempt> attempts;
        std::vector<Charge> charges;
        bool simulated = false;
    };
    /// Called once, later than start() returns; not after the task is destroyed or cancelled.
    using OnEnd = std::function<void(Outcome)>;

    struct What
    {
        int model = -1;
        std::vector<std::string> texts; ///< no more than kEmbeddedAtOnce
        std::string purpose;            ///< as in Attempt
        int firstTry = 0;               ///< how many calls the request has made as a whole
    };
    EmbeddingTask(std::shared_ptr<const RunScope> scope, What what, OnEnd onEnd);
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

/// The model as vectors of passages are kept by.
std::string embedderOf(const Policy& policy, int model);

/// Of Euclidean length 1; one that has no length stays as it is.
std::vector<float> unitVector(std::vector<float> vector);

} // namespace signalbox
