#!/bin/sh
# Builds the Composer package with the native library inside: OUT/pinterest-oauth and a zip of it.
# Usage: bindings/php/package.sh OUT [LIBRARY [PLATFORM LIBRARY PLATFORM ...]]
# LIBRARY is the one in cargo's target folder (release), PLATFORM this machine's, unless they are named.
# Needs php and python3. Where THIRD_PARTY_LICENSES names a file, it comes along.
set -eu
case "${1:-}" in ''|-h|--help) sed -n '2,5s/^# //p' "$0"; exit 2 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
out=$1
shift
[ $# -gt 0 ] || set -- "$("$top/ffi-c/target.sh")/release/libpinterest_oauth_ffi.so"
[ $# -gt 1 ] || set -- "$1" "$(php -r 'require $argv[1]; echo Pinterest\OAuth\Internal\Locator::platform();' "$here/autoload.php")"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$top/Cargo.toml" | head -n 1)
mkdir -p "$out"
out=$(cd "$out" && pwd)
package=$out/pinterest-oauth

rm -rf "$package" "$out/pinterest-oauth-$version.zip"
mkdir -p "$package"
while [ $# -gt 1 ]; do
    [ -f "$1" ] || { echo "$1 is missing: run 'make lib' first" >&2; exit 1; }
    mkdir -p "$package/lib/$2"
    install -m 755 "$1" "$package/lib/$2/libpinterest_oauth.so"
    shift 2
done
for part in src bin resources autoload.php README.md; do
    cp -R "$here/$part" "$package"
done
cp "$top/LICENSE-MIT" "$top/LICENSE-APACHE" "$package"
[ -z "${THIRD_PARTY_LICENSES:-}" ] || cp "$THIRD_PARTY_LICENSES" "$package/THIRD-PARTY-LICENSES.txt"
sed "s/^    \"description\"/    \"version\": \"$version\",\n&/" "$here/composer.json" > "$package/composer.json"
chmod -R u=rwX,go=rX "$package"
"$top/.ci/dist/archive.py" "$package" "$out/pinterest-oauth-$version.zip"
echo "$out/pinterest-oauth-$version.zip"
