#!/usr/bin/env bash
# Builds the fuzzers and runs each for a while, starting from the seeds in tests/ and from what earlier runs found.
#   packaging/fuzz.sh [SECONDS]     seconds for each fuzzer (default 60)
# What a fuzzer finds is written to build/fuzz/found/, and the script fails.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
cmake --preset asan --log-level=WARNING
targets=()
for source in tests/fuzz/*.cpp; do
    targets+=("$(basename "$source" .cpp)")
done
cmake --build --preset asan --target "${targets[@]}"
mkdir -p build/fuzz/found
for target in "${targets[@]}"; do
    echo "== $target, $seconds s" >&2
    corpus=build/fuzz/corpus/$target
    mkdir -p "$corpus"
    seeds=()
    for folder in "tests/fuzz/corpus/$target" $([ "$target" != fuzz_policy ] || echo tests/policies/sound tests/policies/broken); do
        [ ! -d "$folder" ] || seeds+=("$folder")
    done
    log=build/fuzz/$target.log
    if ! "build/asan/tests/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=20000 \
        -print_final_stats=1 -artifact_prefix=build/fuzz/found/ "$corpus" "${seeds[@]}" >"$log" 2>&1; then
        tail -n 60 "$log" >&2
        exit 1
    fi
    grep -E 'number_of_executed_units|peak_rss_mb' "$log" >&2
done
