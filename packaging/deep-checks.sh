#!/usr/bin/env bash
# What takes too long for every test run: clang-tidy over the core and the programs, and the fuzzers for a while each.
#   packaging/deep-checks.sh [SECONDS]     seconds for each fuzzer (default 600)
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
bash packaging/install.sh
missing=()
for package in clang-19 clang-tidy-19 libclang-rt-19-dev; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
cmake --preset dev --log-level=WARNING
cmake --build --preset dev
echo "== clang-tidy"
find core app/cli -name '*.cpp' -print0 | xargs -0 -P 2 -n 4 clang-tidy-19 -p build/dev --quiet
echo "== fuzzers, $seconds s each"
cmake --preset fuzz --log-level=WARNING
cmake --build --preset fuzz
for target in build/fuzz/tests/fuzz_*; do
    [ -x "$target" ] && [ -f "$target" ] || continue
    corpus=build/fuzz/corpus/$(basename "$target")
    mkdir -p "$corpus"
    seeds=tests/fuzz/corpus/$(basename "$target")
    [ -d "$seeds" ] || seeds=
    "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 "$corpus" ${seeds:+"$seeds"}
done
