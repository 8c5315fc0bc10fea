#!/bin/sh
# The build tools of `make dist`, pinned, in a folder of their own, which it prints.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tools=$("$here/../../ffi-c/target.sh")/dist-tools
if ! cmp -s "$here/requirements.txt" "$tools/requirements.txt"; then
    rm -rf "$tools"
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$here/requirements.txt" >&2
    cp "$here/requirements.txt" "$tools/requirements.txt"
fi
echo "$tools"
