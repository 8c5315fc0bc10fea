#!/bin/sh
# Makes a clean Debian system of a suite, once, and prints its folder: roots.sh SUITE.
# Roots are kept in PINTEREST_OAUTH_ROOTS, or /var/cache/pinterest-oauth/roots. Making one needs root, mmdebstrap
# and Debian's mirror. No Rust comes into them.
set -eu
suite=${1:?usage: roots.sh SUITE}
kept=${PINTEREST_OAUTH_ROOTS:-/var/cache/pinterest-oauth/roots}
packages="python3 python3-venv python3-pip perl make cpanminus libffi-platypus-perl gcc libc6-dev pkg-config
    cmake meson ninja-build util-linux zlib1g libstdc++6"
# The PHP of bullseye, 7.4, is older than what the package needs.
[ "$suite" = bullseye ] || packages="$packages php-cli php-zip composer unzip"
list=$(echo $packages | tr ' ' ,)
root=$kept/$suite-$(echo "$list" | sha256sum | cut -c1-12)
if ! [ -d "$root" ]; then
    [ "$(id -u)" = 0 ] || { echo "the system $suite is not there, and only root can make it" >&2; exit 3; }
    command -v mmdebstrap >/dev/null || { echo "mmdebstrap is not installed" >&2; exit 3; }
    mkdir -p "$kept"
    new=$(mktemp -d "$kept/.$suite-XXXXXX")
    trap 'rm -rf "$new"' EXIT
    chmod 755 "$new"
    # A mirror of sid may be older than its signature is good for; the signature itself is checked.
    mmdebstrap --quiet --aptopt='Acquire::Check-Valid-Until "false"' --mode=root --variant=minbase --include="$list" "$suite" "$new" >&2
    # A minimal system has no names at all.
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$new/etc/hosts"
    mkdir -p "$new/dist" "$new/inside" "$new/tools" "$new/checkout" "$new/kept" "$new/work"
    rm -rf "$new/var/cache/apt/archives" "$new/var/lib/apt/lists"
    mv "$new" "$root"
    trap - EXIT
fi
echo "$root"
