#!/bin/sh
# Runs a program of mcs on .NET Core 3.1: dotnet.sh PROGRAM.dll [ARGUMENT ...]; without a program it only gets
# the runtime, from PyPI, into target/dotnet.
set -eu
target=${CARGO_TARGET_DIR:-$(cd "$(dirname "$0")/../.." && pwd)/target}
runtime=$target/dotnet
version=3.1.23
program=$runtime/dotnetcore2/bin/dotnet
if ! [ -x "$program" ] || ! [ -d "$runtime/dotnetcore2-$version.dist-info" ]; then
    rm -rf "$runtime"
    python=$target/venv/bin/python
    [ -x "$python" ] || python=python3
    "${PYTHON:-$python}" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
        --no-deps --target "$runtime" "dotnetcore2==$version" >&2
    chmod +x "$program"
fi
[ $# -gt 0 ] || exit 0
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 # there is no ICU that it could use
[ -e "${1%.dll}.runtimeconfig.json" ] || printf '%s\n' \
    '{"runtimeOptions": {"framework": {"name": "Microsoft.NETCore.App", "version": "3.1.0"}}}' \
    >"${1%.dll}.runtimeconfig.json"
exec "$program" "$@"
