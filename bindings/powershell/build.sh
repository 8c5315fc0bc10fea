#!/bin/sh
# Builds the module folder: build.sh [C-LIBRARY [FOLDER]]
# The library is target/stage's unless said otherwise (`make stage`), the folder target/powershell/Pinterest.OAuth.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$(cd "$here/../.." && pwd)/target}
library=${1:-$target/stage/lib/libpinterest_oauth.so}
folder=${2:-$target/powershell/Pinterest.OAuth}
case $(uname -m) in
    x86_64) platform=linux-x64 ;;
    aarch64) platform=linux-arm64 ;;
    *) echo "build.sh: there is no name for the platform $(uname -m)" >&2; exit 1 ;;
esac
[ $# -ge 2 ] || rm -rf "$folder"
mkdir -p "$folder/lib/$platform"
install -m 644 "$here"/module/* "$folder"
install -m 644 "$library" "$folder/lib/$platform/libpinterest_oauth.so"
mcs -target:library -optimize+ -warnaserror+ -doc:"$folder/lib/$platform/Pinterest.OAuth.xml" \
    -out:"$folder/lib/$platform/Pinterest.OAuth.dll" "$here"/src/*.cs
echo "$folder"
