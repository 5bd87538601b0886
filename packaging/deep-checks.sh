#!/usr/bin/env bash
# What takes too long for every test run: a build without precompiled headers (they hide includes that are missing),
# clang-tidy over the core and the programs, and the fuzzers for a while each.
#   packaging/deep-checks.sh [SECONDS]     seconds for each fuzzer (default 600)
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
bash packaging/install.sh
if [ "$(dpkg-query -W -f '${db:Status-Status}' clang-tidy-19 2>/dev/null)" != installed ]; then
    root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    "${root[@]}" apt-get install -y -qq --no-install-recommends clang-tidy-19
fi
echo "== without precompiled headers"
cmake --preset dev -B build/plain -DCMAKE_CXX_COMPILER=clang++-19 -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON --log-level=WARNING
cmake --build build/plain
echo "== clang-tidy"
find core app/cli -name '*.cpp' -print0 | xargs -0 -P 2 -n 4 clang-tidy-19 -p build/plain --quiet
bash packaging/fuzz.sh "$seconds"
