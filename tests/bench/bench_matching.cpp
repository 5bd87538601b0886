// SPDX-License-Identifier: GPL-3.0-or-later
// Large policies: 200 tiers, 2,000 rules, 5,000 patterns. Prompts are never seen twice, as warm repeats
// mislead.
#include "features/features.h"
#include "features/language.h"
#include "features/pii.h"
#include "features/text_matcher.h"
#include "policy/document.h"
#include "routers/compiled_policy.h"
#include "large_policy.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

using namespace signalbox;

namespace {

constexpr int kPatterns = 5000;
constexpr std::size_t kPromptCharacters = 2000;

/// Median and 99th percentile beside the mean that the library prints.
class Times
{
public:
    template <class Work>
    void time(benchmark::State& state, Work&& work)
    {
        const auto begin = std::chrono::steady_clock::now();
        work();
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        state.SetIterationTime(seconds);
        m_micros.push_back(seconds * 1e6);
    }
    void tell(benchmark::State& state)
    {
        std::sort(m_micros.begin(), m_micros.end());
        const auto at = [&](double share) {
            return m_micros[static_cast<std::size_t>(share * static_cast<double>(m_micros.size() - 1))];
        };
        state.counters["median_us"] = at(0.5);
        state.counters["p99_us"] = at(0.99);
    }

private:
    std::vector<double> m_micros;
};

std::vector<std::string> foldedPrompts(std::uint64_t seed, int count)
{
    bench::LargePolicy large(seed);
    std::vector<std::string> prompts;
    for (int i = 0; i < count; ++i)
        prompts.push_back(foldForMatching(large.prompt(kPromptCharacters)));
    return prompts;
}

void match(benchmark::State& state, const TextMatcher& matcher)
{
    const std::vector<std::string> prompts = foldedPrompts(99, 3000);
    Times times;
    std::size_t i = 0;
    std::size_t hits = 0;
    for (auto _ : state) {
        times.time(state, [&] {
            const TextMatcher::Hits found = matcher.match(prompts[i++ % prompts.size()]);
            hits += static_cast<std::size_t>(
                std::count(found.keyword.begin(), found.keyword.end(), TextMatcher::kOccurs) +
                std::count(found.pattern.begin(), found.pattern.end(), TextMatcher::kOccurs));
        });
    }
    times.tell(state);
    state.counters["hits"] = static_cast<double>(hits) / static_cast<double>(state.iterations());
}

void matchKeywords(benchmark::State& state)
{
    bench::LargePolicy large(7);
    TextMatcher::Builder builder;
    for (int i = 0; i < kPatterns; ++i)
        builder.addKeyword(large.phrase());
    match(state, *builder.build());
}
BENCHMARK(matchKeywords)->Unit(benchmark::kMicrosecond)->UseManualTime()->Iterations(3000);

void matchMixedPatterns(benchmark::State& state)
{
    bench::LargePolicy large(7);
    TextMatcher::Builder builder;
    for (int i = 0; i < kPatterns; ++i)
        builder.addPattern(large.pattern());
    match(state, *builder.build());
}
BENCHMARK(matchMixedPatterns)->Unit(benchmark::kMicrosecond)->UseManualTime()->Iterations(3000);

void decideOnLargePolicy(benchmark::State& state)
{
    bench::LargePolicy large(7);
    const PolicyDocumentPtr document = readPolicy(large.policy(200, 2000, kPatterns));
    if (!document->runnable()) {
        state.SkipWithError("the policy has errors");
        return;
    }
    const CompiledPolicy compiled(document->policy);
    Times times;
    for (auto _ : state) {
        const Request request = Request::fromPrompt("p", large.prompt(kPromptCharacters));
        times.time(state, [&] { benchmark::DoNotOptimize(decide(compiled, request)); });
    }
    times.tell(state);
}
BENCHMARK(decideOnLargePolicy)->Unit(benchmark::kMicrosecond)->UseManualTime()->Iterations(1000);

void compileLargePolicy(benchmark::State& state)
{
    const PolicyDocumentPtr document = readPolicy(bench::LargePolicy(7).policy(200, 2000, kPatterns));
    Times times;
    for (auto _ : state)
        times.time(state, [&] { benchmark::DoNotOptimize(CompiledPolicy(document->policy)); });
    times.tell(state);
}
BENCHMARK(compileLargePolicy)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(5);

void readLargePolicy(benchmark::State& state)
{
    const std::string text = bench::LargePolicy(7).policy(200, 2000, kPatterns);
    readPolicy(text); // every pattern has been checked once, as in an editor
    Times times;
    std::size_t problems = 0;
    for (auto _ : state)
        times.time(state, [&] { problems = readPolicy(text)->diagnostics.size(); });
    times.tell(state);
    state.counters["bytes"] = static_cast<double>(text.size());
    state.counters["problems"] = static_cast<double>(problems);
}
BENCHMARK(readLargePolicy)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(20);

/// As after a key: another letter in one rule, and the reading before at hand.
void readLargePolicyAfterAKey(benchmark::State& state)
{
    std::string text = bench::LargePolicy(7).policy(200, 2000, kPatterns);
    const std::size_t at = text.find("\"reason\"", text.size() / 2) + 12;
    PolicyDocumentPtr document = readPolicy(text);
    Times times;
    for (auto _ : state) {
        text.insert(at, 1, 'x');
        ReadOptions options;
        options.before = document;
        times.time(state, [&] { document = readPolicy(text, options); });
    }
    times.tell(state);
    state.counters["problems"] = static_cast<double>(document->diagnostics.size());
}
BENCHMARK(readLargePolicyAfterAKey)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(20);

void findPersonalData(benchmark::State& state)
{
    const std::vector<std::string> prompts = foldedPrompts(98, 1000);
    Times times;
    std::size_t i = 0;
    for (auto _ : state)
        times.time(state, [&] { benchmark::DoNotOptimize(findPii(prompts[i++ % prompts.size()])); });
    times.tell(state);
}
BENCHMARK(findPersonalData)->Unit(benchmark::kMicrosecond)->UseManualTime()->Iterations(1000);

void recogniseLanguage(benchmark::State& state)
{
    const std::vector<std::string> prompts = foldedPrompts(97, 1000);
    Times times;
    std::size_t i = 0;
    for (auto _ : state)
        times.time(state, [&] { benchmark::DoNotOptimize(detectLanguage(prompts[i++ % prompts.size()])); });
    times.tell(state);
}
BENCHMARK(recogniseLanguage)->Unit(benchmark::kMicrosecond)->UseManualTime()->Iterations(1000);

} // namespace

BENCHMARK_MAIN();
