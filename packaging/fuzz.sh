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

fuzz() {
    local target=$1 corpus=build/fuzz/corpus/$1 log=build/fuzz/$1.log seeds=() folder
    mkdir -p "$corpus"
    for folder in "tests/fuzz/corpus/$target" $([ "$target" != fuzz_policy ] || echo tests/policies/sound tests/policies/broken); do
        [ ! -d "$folder" ] || seeds+=("$folder")
    done
    if ! "build/asan/tests/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=20000 \
        -print_final_stats=1 -artifact_prefix=build/fuzz/found/ "$corpus" "${seeds[@]}" >"$log" 2>&1; then
        tail -n 60 "$log" >&2
        return 1
    fi
    echo "$target, $seconds s: $(sed -nE 's/^stat::(number_of_executed_units|peak_rss_mb): +//p' "$log" | paste -sd ' ' |
        sed -E 's/^([0-9]+) ([0-9]+)$/\1 inputs, at most \2 MB/')" >&2
}

# As many at once as there are processors.
status=0
running=0
for target in "${targets[@]}"; do
    if [ "$running" -ge "$(nproc)" ]; then
        wait -n || status=1
        running=$((running - 1))
    fi
    fuzz "$target" &
    running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
    wait -n || status=1
    running=$((running - 1))
done
exit "$status"
