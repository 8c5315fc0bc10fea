#!/bin/sh
# Compiles a C# program against the built module, for .NET Core: build.sh NAME SOURCE ... makes target/dotnet-NAME.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$(cd "$here/../../.." && pwd)/target}
name=$1 folder=$target/dotnet-$1
shift
rm -rf "$folder"
mkdir -p "$folder"
cp "$target"/powershell/Pinterest.OAuth/lib/*/* "$folder"
mcs -warnaserror+ -r:"$folder/Pinterest.OAuth.dll" -out:"$folder/$name.exe" "$@"
mv "$folder/$name.exe" "$folder/$name.dll" # .NET Core's runner takes only this name
