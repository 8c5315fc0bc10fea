#!/bin/sh
# A code becomes a token, and the token is refreshed. Takes everything from the environment:
# PINTEREST_APP_ID, PINTEREST_APP_SECRET, PINTEREST_CODE, PINTEREST_REDIRECT_URI.
set -eu
store=$(mktemp)
trap 'rm -f "$store"' EXIT

pinterest-oauth token authorization_code --redirect-uri "$PINTEREST_REDIRECT_URI" --output "$store"
pinterest-oauth token refresh_token --token-file "$store" --output "$store"
