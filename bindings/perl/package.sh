#!/bin/sh
# Makes the distribution for CPAN with libraries inside: OUT/Pinterest-OAuth-VERSION.tar.gz.
# Usage: bindings/perl/package.sh OUT [PREBUILT]
# PREBUILT is a folder that becomes prebuilt/: linux-x86_64-gnu/libpinterest_oauth.so. Needs cargo, make and python3.
set -eu
case "${1:-}" in ''|-h|--help) sed -n '2,4s/^# //p' "$0"; exit 2 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
[ -z "${2:-}" ] || PINTEREST_OAUTH_PREBUILT=$(cd "$2" && pwd)
export PINTEREST_OAUTH_PREBUILT="${PINTEREST_OAUTH_PREBUILT:-}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# In a copy, so that nothing is left behind here.
mkdir "$work/bindings"
cp -R "$here" "$work/bindings/perl"
for part in core ffi-c include Cargo.toml Cargo.lock LICENSE-MIT LICENSE-APACHE; do
    ln -s "$top/$part" "$work/$part"
done
cd "$work/bindings/perl"
rm -rf blib Makefile Makefile.old MYMETA.* pm_to_blib Pinterest-OAuth-*
perl Makefile.PL PINTEREST_OAUTH_LIB=system >/dev/null
make -s distdir >/dev/null
name=$(ls -d Pinterest-OAuth-*)
find "$name" -type f ! -name '*.pl' -exec chmod 644 {} +
"$top/.ci/dist/archive.py" "$name" "$out/$name.tar.gz" "$name"
echo "$out/$name.tar.gz"
