#!/bin/sh
# Builds the Composer package of the bundle: OUT/server-bundle-VERSION.zip. Needs python3.
# Usage: bindings/php-symfony/package.sh OUT
set -eu
case "${1:-}" in ''|-h|--help) sed -n '2,3s/^# //p' "$0"; exit 2 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$top/Cargo.toml" | head -n 1)
mkdir -p "$1"
out=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for part in config src autoload.php README.md; do
    cp -R "$here/$part" "$work"
done
cp "$top/LICENSE-MIT" "$top/LICENSE-APACHE" "$work"
sed "s/^    \"description\"/    \"version\": \"$version\",\n&/" "$here/composer.json" > "$work/composer.json"
chmod -R u=rwX,go=rX "$work"
"$top/.ci/dist/archive.py" "$work" "$out/server-bundle-$version.zip"
echo "$out/server-bundle-$version.zip"
