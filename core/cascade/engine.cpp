// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/engine.h"

#include "cascade/run.h"

#include <atomic>
#include <future>
#include <unordered_map>

namespace signalbox {

/// Shared with the tasks that are posted to the network thread; the maps are touched there only.
struct CascadeEngine::State
{
    State(Transport& transport, TraceSink& sink, SecretSource& secrets, const DocumentIndex* documents, EngineConfig config)
        : context(transport, sink, secrets, documents, std::move(config))
    {
    }
    EngineContext context;
    std::unordered_map<RunId, std::shared_ptr<Run>> runs;
    std::atomic<RunId> nextId{1};
    std::atomic<std::uint64_t> stops{0};
    bool closed = false;

    void cancelAll()
    {
        std::vector<std::shared_ptr<Run>> all;
        for (const auto& [id, run] : runs)
            all.push_back(run);
        for (const std::shared_ptr<Run>& run : all)
            run->cancel();
    }
};

CascadeEngine::CascadeEngine(Transport& transport, TraceSink& sink, SecretSource& secrets, const DocumentIndex* documents, EngineConfig config)
    : m_state(std::make_shared<State>(transport, sink, secrets, documents, std::move(config)))
{
}

CascadeEngine::~CascadeEngine()
{
    std::promise<void> gone;
    const auto state = m_state;
    ++state->stops; // a batch whose runs end by this starts no other ones
    const auto close = [state] {
        state->closed = true;
        state->cancelAll();
    };
    if (state->context.transport.onNetworkThread()) {
        close();
        return;
    }
    state->context.transport.post([&] {
        close();
        gone.set_value();
    });
    gone.get_future().wait();
}

RunId CascadeEngine::start(CompiledPolicyPtr policy, Request request, RunOptions options, std::shared_ptr<RunObserver> observer)
{
    const RunId id = m_state->nextId.fetch_add(1);
    const auto state = m_state;
    state->context.transport.post([state, id, policy = std::move(policy), request = std::move(request), options = std::move(options),
                                   observer = std::move(observer)]() mutable {
        const std::weak_ptr<State> weak = state;
        const bool stopped = options.unlessStoppedSince && *options.unlessStoppedSince != state->stops;
        const auto run = std::make_shared<Run>(state->context, id, policy, std::move(request), std::move(options),
                                               std::move(observer), [weak](RunId ended) {
                                                   if (const auto alive = weak.lock())
                                                       alive->runs.erase(ended);
                                               });
        state->runs.emplace(id, run);
        run->begin();
        if (state->closed || stopped)
            run->cancel();
    });
    return id;
}

void CascadeEngine::cancel(RunId id)
{
    const auto state = m_state;
    state->context.transport.post([state, id] {
        const auto found = state->runs.find(id);
        if (found == state->runs.end())
            return;
        const std::shared_ptr<Run> run = found->second; // outlives its own removal
        run->cancel();
    });
}

void CascadeEngine::cancelAll()
{
    const auto state = m_state;
    ++state->stops; // before the runs end, so that whoever starts the next one sees it
    state->context.transport.post([state] { state->cancelAll(); });
}

void CascadeEngine::forgetAnswers(std::vector<std::string> traceIds)
{
    const auto state = m_state;
    state->context.transport.post([state, traceIds = std::move(traceIds)] {
        for (const std::string& id : traceIds)
            state->context.answers.forget(id);
    });
}

void CascadeEngine::spentElsewhere(std::vector<SpentEarlier> spent)
{
    const auto state = m_state;
    state->context.transport.post([state, spent = std::move(spent)] {
        for (const SpentEarlier& one : spent)
            remember(state->context.spending, one);
    });
}

std::uint64_t CascadeEngine::stops() const
{
    return m_state->stops;
}

} // namespace signalbox
