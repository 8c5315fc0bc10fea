#!/bin/sh
# Compiles a C# program against the built module, for .NET Core: build.sh NAME SOURCE ... makes target/dotnet-NAME.
# The program `tests` alone gets what stands for PowerShell's assembly; any other one has no PowerShell.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$(cd "$here/../../.." && pwd)/target}
name=$1 folder=$target/dotnet-$1 references=
shift
rm -rf "$folder"
mkdir -p "$folder"
cp "$target"/powershell/Pinterest.OAuth/*/*.dll "$target"/powershell/Pinterest.OAuth/*/lib/*/* "$folder"
if [ "$name" = tests ]; then
    references=-r:$folder/System.Management.Automation.dll
    mcs -target:library -delaysign+ -keyfile:"$here/../stub/powershell.pub" -out:"${references#-r:}" "$here"/../stub/*.cs
fi
mcs -warnaserror+ -r:"$folder/Pinterest.OAuth.dll" $references -out:"$folder/$name.exe" "$@"
mv "$folder/$name.exe" "$folder/$name.dll" # .NET Core's runner takes only this name
