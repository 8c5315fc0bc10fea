#!/bin/sh
# Builds the Composer package with the native library inside: OUT/pinterest-oauth and a zip of it.
# Usage: bindings/php/package.sh OUT [LIBRARY]     the library is target/release's unless named
set -eu
case "${1:-}" in ''|-h|--help) sed -n '2,3s/^# //p' "$0"; exit 2 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
library=${2:-$here/../../target/release/libpinterest_oauth_ffi.so}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$here/../../Cargo.toml" | head -n 1)
[ -f "$library" ] || { echo "$library is missing: run 'make lib' first" >&2; exit 1; }
mkdir -p "$1"
out=$(cd "$1" && pwd)
package=$out/pinterest-oauth
platform=$(php -r 'require $argv[1]; echo Pinterest\OAuth\Internal\Locator::platform();' "$here/autoload.php")

rm -rf "$package" "$out/pinterest-oauth-$version.zip"
mkdir -p "$package/lib/$platform"
for part in src bin resources autoload.php README.md; do
    cp -R "$here/$part" "$package"
done
cp "$here/../../LICENSE-MIT" "$here/../../LICENSE-APACHE" "$package"
install -m 755 "$library" "$package/lib/$platform/libpinterest_oauth.so"
sed "s/^    \"description\"/    \"version\": \"$version\",\n&/" "$here/composer.json" > "$package/composer.json"
chmod -R u=rwX,go=rX "$package"
composer archive --quiet --no-interaction --working-dir="$package" --format=zip --dir="$out" \
    --file="pinterest-oauth-$version"
echo "$out/pinterest-oauth-$version.zip"
