// SPDX-License-Identifier: GPL-3.0-or-later
// Decisions on the sample policy and its prompts. Run from the source folder, or with SIGNALBOX_SOURCE_DIR set.
#include "exchange/prompts.h"
#include "policy/document.h"
#include "routers/compiled_policy.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

using namespace signalbox;

namespace {

std::string sample(const std::string& name)
{
    const char* root = std::getenv("SIGNALBOX_SOURCE_DIR");
    return std::string(root != nullptr ? root : ".") + "/resources/samples/" + name;
}

void decideOnSample(benchmark::State& state)
{
    const auto document = readPolicyFile(sample("harbor-support.policy.json"));
    const auto import = readPromptsFile(sample("harbor-support/prompts.jsonl"));
    if (!document || !(*document)->runnable() || !import) {
        state.SkipWithError("the sample cannot be read; set SIGNALBOX_SOURCE_DIR");
        return;
    }
    const CompiledPolicy compiled((*document)->policy);
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(decide(compiled, import->prompts[i].request));
        i = (i + 1) % import->prompts.size();
    }
}
BENCHMARK(decideOnSample)->Unit(benchmark::kMicrosecond);

void readSamplePolicy(benchmark::State& state)
{
    const auto document = readPolicyFile(sample("harbor-support.policy.json"));
    if (!document) {
        state.SkipWithError("the sample cannot be read; set SIGNALBOX_SOURCE_DIR");
        return;
    }
    for (auto _ : state)
        benchmark::DoNotOptimize(readPolicy((*document)->text));
}
BENCHMARK(readSamplePolicy)->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
