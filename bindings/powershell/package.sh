#!/bin/sh
# Builds the folders of which the packages are made: OUT/module for PowerShell, OUT/net for .NET programs.
# Usage: bindings/powershell/package.sh OUT LIBRARY PLATFORM [LIBRARY PLATFORM ...]     PLATFORM is linux-x64, ...
# Needs Debian's mono-mcs. Where THIRD_PARTY_LICENSES names a file, it comes along.
set -eu
case "${3:-}" in '') sed -n '2,4s/^# //p' "$0"; exit 2 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
rm -rf "$1"
mkdir -p "$1/net/lib/netstandard2.0"
out=$(cd "$1" && pwd)
shift
built=$("$here/build.sh" "$1" "$out/built")
mv "$built" "$out/module"
rm -rf "$out/built" "$out/module/lib"
"$top/.ci/dist/settle.py" "$out/module/Pinterest.OAuth.dll"
cp "$out/module/Pinterest.OAuth.dll" "$out/module/Pinterest.OAuth.xml" "$out/net/lib/netstandard2.0"
while [ $# -gt 1 ]; do
    mkdir -p "$out/module/lib/$2" "$out/net/runtimes/$2/native"
    install -m 644 "$1" "$out/module/lib/$2/libpinterest_oauth.so"
    install -m 644 "$1" "$out/net/runtimes/$2/native/libpinterest_oauth.so"
    shift 2
done
for folder in "$out/module" "$out/net"; do
    cp "$here/README.md" "$top/LICENSE-MIT" "$top/LICENSE-APACHE" "$folder"
    [ -z "${THIRD_PARTY_LICENSES:-}" ] || cp "$THIRD_PARTY_LICENSES" "$folder/THIRD-PARTY-LICENSES.txt"
done
