#!/bin/sh
# Prints cargo's target folder for this checkout: CARGO_TARGET_DIR, cargo's configuration, or ./target where
# there is no cargo, as under sudo.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${CARGO_TARGET_DIR:-}
if [ -z "$folder" ]; then
    cargo=${CARGO:-cargo}
    folder=$(cd "$root" && "$cargo" metadata --offline --no-deps --format-version 1 2>/dev/null |
        sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p') || folder=
fi
[ -n "$folder" ] || folder=target
case $folder in
    /*) echo "$folder" ;;
    *) echo "$root/$folder" ;;
esac
