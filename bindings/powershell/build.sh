#!/bin/sh
# Builds the module: build.sh [C-LIBRARY [FOLDER]]. It goes into FOLDER/VERSION, which it prints.
# The library is target/stage's unless said otherwise (`make stage`), the folder target/powershell/Pinterest.OAuth.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$(cd "$here/../.." && pwd)/target}
library=${1:-$target/stage/lib/libpinterest_oauth.so}
modules=${2:-$target/powershell/Pinterest.OAuth}
case $(uname -m) in
    x86_64) platform=linux-x64 ;;
    aarch64) platform=linux-arm64 ;;
    *) echo "build.sh: there is no name for the platform $(uname -m)" >&2; exit 1 ;;
esac
version=$(sed -n "s/^ *ModuleVersion *= '\(.*\)'/\1/p" "$here/module/Pinterest.OAuth.psd1")
folder=$modules/$version
[ $# -ge 2 ] || rm -rf "$modules"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What stands for PowerShell's own assembly at compile time; it is not shipped.
mcs -target:library -delaysign+ -keyfile:"$here/stub/powershell.pub" -out:"$work/System.Management.Automation.dll" "$here"/stub/*.cs
printf '[assembly: System.Reflection.AssemblyVersion("%s")]\n' "$version" >"$work/Version.cs"
mcs -target:library -optimize+ -warnaserror+ -r:"$work/System.Management.Automation.dll" \
    -doc:"$work/Pinterest.OAuth.xml" -out:"$work/Pinterest.OAuth.dll" "$here"/src/*.cs "$here"/src/cmdlets/*.cs "$work/Version.cs"
mcs -warnaserror+ -r:"$work/System.Management.Automation.dll" -r:System.Xml -out:"$work/Help.exe" "$here"/help/*.cs
mono "$work/Help.exe" "$work/Pinterest.OAuth.dll" "$work/Pinterest.OAuth.xml" >"$work/Pinterest.OAuth.dll-Help.xml"

mkdir -p "$folder/lib/$platform" "$folder/en-US"
install -m 644 "$here"/module/*.ps* "$work/Pinterest.OAuth.dll" "$work/Pinterest.OAuth.xml" "$folder"
install -m 644 "$here"/module/en-US/* "$work/Pinterest.OAuth.dll-Help.xml" "$folder/en-US"
install -m 644 "$library" "$folder/lib/$platform/libpinterest_oauth.so"
echo "$folder"
