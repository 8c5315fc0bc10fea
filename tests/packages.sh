#!/bin/sh
# Installs what the demo and the tests need and this machine lacks: Debian's packages, as root.
set -eu
missing=
need() { # need PACKAGE COMMAND [ARGUMENT ...]: the package is missing when the command fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
need gcc gcc --version
need g++ g++ --version
need libc6-dev test -f /usr/include/stdio.h
need binutils nm --version
need pkg-config pkg-config --version
need valgrind valgrind --version
need python3-venv python3 -c 'import venv, ensurepip'
need nodejs node --version
need npm npm --version
need libcurl4-openssl-dev test -f /usr/include/x86_64-linux-gnu/curl/curl.h -o -f /usr/include/curl/curl.h
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "These Debian packages are missing:$missing" >&2
    exit 1
fi
echo "Installing$missing ..."
apt-get update -qq
# shellcheck disable=SC2086 — a list of words
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
