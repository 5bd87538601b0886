#!/usr/bin/env bash
# Installs what is missing, builds, and runs all tests: the development build, the same tests under
# AddressSanitizer and UndefinedBehaviorSanitizer, and the core's threads under ThreadSanitizer.
#   packaging/test.sh            everything, as CI does
#   packaging/test.sh dev        one preset only: dev, asan or tsan
set -euo pipefail
cd "$(dirname "$0")/.."
bash packaging/install.sh
presets=("$@")
[ ${#presets[@]} -gt 0 ] || presets=(dev asan tsan)
for preset in "${presets[@]}"; do
    echo "== $preset" >&2
    cmake --preset "$preset" --log-level=WARNING
    cmake --build --preset "$preset"
    ctest --preset "$preset"
done
