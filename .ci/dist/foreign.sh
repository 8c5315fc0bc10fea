#!/bin/sh
# Runs a command where Debian's Rust builds for another architecture: foreign.sh DEBIAN-ARCH COMMAND ...
# rustup's std of another architecture is not in any package registry; Debian has its own, which fits Debian's compiler
# alone. The system is made once (root, mmdebstrap), beside those of tests/dist. There is no network in it.
set -eu
arch=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
case $arch in arm64) linker=binutils-aarch64-linux-gnu ;; *) echo "no Rust of Debian's for $arch is known here" >&2; exit 1 ;; esac
kept=${PINTEREST_OAUTH_ROOTS:-/var/cache/pinterest-oauth/roots}
root=$kept/rust-sid-$arch
if ! [ -d "$root" ]; then
    [ "$(id -u)" = 0 ] || { echo "Debian's Rust for $arch is not there, and only root can make it" >&2; exit 1; }
    mkdir -p "$kept"
    new=$(mktemp -d "$kept/.rust-XXXXXX")
    trap 'rm -rf "$new"' EXIT
    # A mirror of sid may be older than its signature is good for; the signature itself is checked.
    mmdebstrap --quiet --aptopt='Acquire::Check-Valid-Until "false"' --mode=root --variant=minbase --architectures=amd64,"$arch" \
        --include=rustc,cargo,"libstd-rust-dev:$arch",$linker sid "$new" >&2
    chmod 755 "$new"
    mv "$new" "$root"
    trap - EXIT
fi
target=${DIST_TARGET:-$("$top/ffi-c/target.sh")} # holds what is built, and the tools
home=${CARGO_HOME:-$HOME/.cargo}
exec bwrap --ro-bind "$root/usr" /usr --ro-bind "$root/etc" /etc --ro-bind "$root/var" /var \
    --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 --symlink usr/sbin /sbin \
    --dev /dev --proc /proc --tmpfs /tmp --tmpfs /home --ro-bind "$top" "$top" --bind "$target" "$target" \
    --bind "$home" "$home" --unshare-net --die-with-parent --chdir "$top" --setenv HOME /home --setenv CARGO_HOME "$home" \
    --setenv PATH "$target/dist-tools/bin:/usr/bin:/bin" --unsetenv RUSTUP_TOOLCHAIN --unsetenv RUSTC "$@"
