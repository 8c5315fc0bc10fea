#!/bin/sh
# Installs the C library under a prefix: header, libraries, pkg-config and CMake files, licences. No Rust is needed.
# Usage: ffi-c/install.sh [--uninstall] PREFIX [BUILD_DIRECTORY]
# BUILD_DIRECTORY holds what cargo built; by default it is `release` in cargo's target folder. DESTDIR is honoured,
# and so is LIBDIR, the libraries' folder under PREFIX (lib). What is installed may be moved as a whole. Where
# THIRD_PARTY_LICENSES names a file, it comes along.
set -eu
install=yes
[ "${1:-}" != --uninstall ] || { install=no; shift; }
case "${1:-}" in
    ''|-*) sed -n '2,6s/^# //p' "$0"; exit 2 ;;
    /*) prefix=$1 ;;
    *) prefix=$PWD/$1 ;;
esac
libdir=${LIBDIR:-lib}
case /$libdir/ in
    //*|*/../*) echo "LIBDIR is a folder under PREFIX, such as lib or lib64; '$libdir' is none" >&2; exit 2 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
top=$here/..
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$top/Cargo.toml" | head -n 1)
abi=$(sed -n 's/.*ABI_VERSION: u32 = \([0-9]*\);/\1/p' "$here/src/abi_version.rs")
soname=libpinterest_oauth.so.$abi
root=${DESTDIR:-}$prefix
lib=$root/$libdir
cmake=$lib/cmake/pinterest_oauth
doc=$root/share/doc/pinterest_oauth
share=$root/share/pinterest_oauth

if [ $install = no ]; then
    rm -f "$lib/libpinterest_oauth.so" "$lib/$soname" "$lib/$soname".* "$lib/libpinterest_oauth.a" \
        "$lib/pkgconfig/pinterest_oauth.pc" "$root/include/pinterest_oauth.h"
    rm -rf "$cmake" "$doc" "$share"
    for folder in "$lib/pkgconfig" "$lib/cmake" "$lib" "$root/include" "$root/share/doc" "$root/share" "$root"; do
        rmdir "$folder" 2>/dev/null || true # other software may be in there
    done
    echo "removed pinterest_oauth from $root"
    exit
fi

build=${2:-$("$here/target.sh")/release}
for file in libpinterest_oauth_ffi.so libpinterest_oauth_ffi.a; do
    [ -f "$build/$file" ] || {
        echo "$build/$file is missing: run 'make lib' first, or say where it is: $0 PREFIX BUILD_DIRECTORY" >&2
        exit 1
    }
done
# From the folder of the pkg-config file up to the prefix.
up=$(printf '%s/pkgconfig\n' "$libdir" | sed 's,//*,/,g; s,[^/][^/]*,..,g')
mkdir -p "$lib/pkgconfig" "$cmake" "$root/include" "$doc" "$share"
install -m 755 "$build/libpinterest_oauth_ffi.so" "$lib/$soname.$version"
ln -sf "$soname.$version" "$lib/$soname"
ln -sf "$soname" "$lib/libpinterest_oauth.so"
install -m 644 "$build/libpinterest_oauth_ffi.a" "$lib/libpinterest_oauth.a"
install -m 644 "$top/include/pinterest_oauth.h" "$root/include"
install -m 644 "$top/include/documents.json" "$share"
install -m 644 "$top/LICENSE-MIT" "$top/LICENSE-APACHE" "$doc"
[ -z "${THIRD_PARTY_LICENSES:-}" ] || install -m 644 "$THIRD_PARTY_LICENSES" "$doc/THIRD-PARTY-LICENSES.txt"
fill() { # fill TEMPLATE FILE
    sed -e "s|@UP@|$up|" -e "s|@LIBDIR@|$libdir|" -e "s|@VERSION@|$version|" -e "s|@SONAME@|$soname|" "$here/$1" >"$2"
    chmod 644 "$2"
}
fill pinterest_oauth.pc.in "$lib/pkgconfig/pinterest_oauth.pc"
fill pinterest_oauth-config.cmake.in "$cmake/pinterest_oauth-config.cmake"
fill pinterest_oauth-config-version.cmake.in "$cmake/pinterest_oauth-config-version.cmake"
echo "installed pinterest_oauth $version under $root"

# What is left for programs to find it: the loader's cache, or a word to the user.
[ -z "${DESTDIR:-}" ] || exit 0
PATH=$PATH:/sbin:/usr/sbin
if [ "$(id -u)" = 0 ] && grep -qsxF "$lib" /etc/ld.so.conf /etc/ld.so.conf.d/*.conf; then
    ldconfig
else
    case $lib in
        /lib|/usr/lib) ldconfig 2>/dev/null || echo "run ldconfig as root, so that programs find it" ;;
        *) echo "programs find it with LD_LIBRARY_PATH='$lib', or when they are linked with -Wl,-rpath,'$lib'" ;;
    esac
fi
