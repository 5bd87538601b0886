#!/usr/bin/env bash
# Installs what is missing, builds, and runs all tests: the development build, the same tests under
# AddressSanitizer and UndefinedBehaviorSanitizer, the core's threads under ThreadSanitizer, and each fuzzer for a minute.
#   packaging/test.sh            everything, as CI does
#   packaging/test.sh dev        one of them only: dev, asan, tsan or fuzz
set -euo pipefail
cd "$(dirname "$0")/.."
bash packaging/install.sh
presets=("$@")
[ ${#presets[@]} -gt 0 ] || presets=(dev asan tsan fuzz)
for preset in "${presets[@]}"; do
    echo "== $preset" >&2
    if [ "$preset" = fuzz ]; then
        bash packaging/fuzz.sh 60
        continue
    fi
    cmake --preset "$preset" --log-level=WARNING
    cmake --build --preset "$preset"
    ctest --preset "$preset"
done
