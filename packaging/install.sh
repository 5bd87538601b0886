#!/usr/bin/env bash
# Installs the packages of packages.txt that are missing. Asks for root only when something is missing.
#   packaging/install.sh                      all of them
#   packaging/install.sh --without sanitizers all but those of one section of the list
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
skip=
[ "${1:-}" != --without ] || skip=$2
mapfile -t wanted < <(awk -v skip="$skip" '/^#/ { section = $2; sub(/:$/, "", section); next } NF && (skip == "" || section != skip)' "$here/packages.txt")
missing=()
for package in "${wanted[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
echo "Installing ${#missing[@]} packages: ${missing[*]}" >&2
root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Root is needed once to install packages: run this script as root or install sudo." >&2; exit 3; }
    root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${root[@]}" apt-get update -qq
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
