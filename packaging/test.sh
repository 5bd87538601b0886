#!/usr/bin/env bash
# Installs what is missing, builds, and runs all tests: a build with g++, the same tests with clang under
# AddressSanitizer and UndefinedBehaviorSanitizer, the core's threads under ThreadSanitizer, and each fuzzer for a minute.
#   packaging/test.sh            everything, as CI does
#   packaging/test.sh check      one of them only: check, asan, tsan or fuzz
set -euo pipefail
cd "$(dirname "$0")/.."
bash packaging/install.sh
presets=("$@")
[ ${#presets[@]} -gt 0 ] || presets=(check asan tsan fuzz)
started=$SECONDS
for preset in "${presets[@]}"; do
    echo "== $preset, after $((SECONDS - started)) s" >&2
    if [ "$preset" = fuzz ]; then
        bash packaging/fuzz.sh 60
        continue
    fi
    cmake --preset "$preset" --log-level=WARNING
    cmake --build --preset "$preset"
    echo "== the tests of $preset, after $((SECONDS - started)) s" >&2
    ctest --preset "$preset"
done
echo "== done, after $((SECONDS - started)) s" >&2
