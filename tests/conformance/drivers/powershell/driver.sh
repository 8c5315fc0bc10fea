#!/bin/sh
# Starts powershell.ps1 with its input on a file descriptor of its own: the host of a script reads standard input too.
# PWSH names pwsh, POWERSHELL_MODULE the module's folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/../../../../target}
POWERSHELL_MODULE=${POWERSHELL_MODULE:-$target/powershell/Pinterest.OAuth}
DRIVER_INPUT=9
[ "${CONFORMANCE_FD:-3}" != 9 ] || DRIVER_INPUT=8
export POWERSHELL_MODULE DRIVER_INPUT
eval "exec $DRIVER_INPUT<&0 </dev/null"
exec "${PWSH:-pwsh}" -NoLogo -NoProfile -NonInteractive -File "$here/powershell.ps1"
