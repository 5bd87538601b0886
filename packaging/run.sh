#!/usr/bin/env bash
# Installs what is missing, builds, and opens the window on the sample workspace.
#   packaging/run.sh                  the window
#   packaging/run.sh --headless       the same job without a display: the sample prompts through the live cascade,
#                                     what a moved threshold would change, the KPI table, a workspace and a picture of its charts
#   packaging/run.sh --headless DIR   the same, written to DIR (default: build/headless)
# Needs no key and no network once the packages are installed.
set -euo pipefail
# What the caller names is meant from where the caller stands, not from the folder of the sources.
words=()
before=
for word in "$@"; do
    case $before:$word in
    *:-* | -[!-]*:*) words+=("$word") ;; # options, and the values of Qt's own such as -platform
    *) words+=("$(realpath -m -- "$word")") ;;
    esac
    before=$word
done
set -- "${words[@]}"
cd "$(dirname "$0")/.."
bash packaging/install.sh --without sanitizers
[ -f build/release/build.ninja ] || cmake --preset release --log-level=WARNING >&2
cmake --build --preset release --target signalbox signalbox-cli >&2

cli=build/release/app/signalbox-cli
window=build/release/app/signalbox

if [ "${1:-}" != --headless ]; then
    if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        echo "There is no display to open a window on. Without one: packaging/run.sh --headless" >&2
        exit 3
    fi
    exec "$window" "$@"
fi

out=${2:-build/headless}
mkdir -p "$out"
workspace=$out/harbor.signalbox
sample=resources/samples
policy=$sample/harbor-support.policy.json
"$cli" import documents "$sample/harbor-support/articles.jsonl" --workspace "$workspace" >&2
"$cli" import prompts "$sample/harbor-support/prompts.jsonl" --workspace "$workspace" --dataset harbor-sample >&2

echo "== Every tier asked, for the outcome matrix" >&2
"$cli" run --policy "$policy" --dataset harbor-sample --workspace "$workspace" --concurrency 64 --all-tiers --out "$out/all-tiers.jsonl" >/dev/null
echo "== What if the grounding judge had to give 4.5 instead of 3.5?"
"$cli" whatif --policy "$policy" --workspace "$workspace" --dataset harbor-sample --set /triggers/grounding/below=4.5 | sed -n '/re-simulated/,$p'
echo
echo "== The policy, live"
"$cli" run --policy "$policy" --dataset harbor-sample --workspace "$workspace" --concurrency 32 --out "$out/traces.jsonl" >"$out/kpis.txt"
"$cli" check --workspace "$workspace" >&2
QT_QPA_PLATFORM=offscreen "$window" --headless-charts "$workspace" "$out/dashboard.png" >&2
echo "workspace  $workspace"
echo "traces     $out/traces.jsonl"
echo "charts     $out/dashboard.png"
echo
cat "$out/kpis.txt"
