#!/bin/sh
# Installs the C library under a prefix: header, shared and static library, pkg-config file.
# Usage: ffi-c/install.sh PREFIX [BUILD_DIRECTORY]     DESTDIR is honoured.
set -eu
case "${1:-}" in
    ''|-h|--help) sed -n '2,3s/^# //p' "$0"; exit 2 ;;
    /*) prefix=$1 ;;
    *) prefix=$PWD/$1 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
build=${2:-$here/../target/release}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$here/../Cargo.toml" | head -n 1)
abi=$(sed -n 's/.*ABI_VERSION: u32 = \([0-9]*\);/\1/p' "$here/src/abi_version.rs")
soname=libpinterest_oauth.so.$abi
root=${DESTDIR:-}$prefix

for file in libpinterest_oauth_ffi.so libpinterest_oauth_ffi.a; do
    [ -f "$build/$file" ] || { echo "$build/$file is missing: run 'make lib' first" >&2; exit 1; }
done
mkdir -p "$root/lib/pkgconfig" "$root/include"
install -m 755 "$build/libpinterest_oauth_ffi.so" "$root/lib/$soname.$version"
ln -sf "$soname.$version" "$root/lib/$soname"
ln -sf "$soname" "$root/lib/libpinterest_oauth.so"
install -m 644 "$build/libpinterest_oauth_ffi.a" "$root/lib/libpinterest_oauth.a"
install -m 644 "$here/../include/pinterest_oauth.h" "$root/include/pinterest_oauth.h"
sed -e "s|@PREFIX@|$prefix|" -e "s|@VERSION@|$version|" "$here/pinterest_oauth.pc.in" \
    > "$root/lib/pkgconfig/pinterest_oauth.pc"
echo "installed pinterest_oauth $version under $root"
