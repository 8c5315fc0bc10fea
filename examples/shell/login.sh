#!/bin/sh
# Logs a user in with the browser of this machine, and keeps the token; then makes a call with it.
#
# Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and register http://localhost:8085/ with the app. For a test server set
# PINTEREST_API_URI and PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.
set -eu
api=${PINTEREST_API_URI:-https://api.pinterest.com/v5}

pinterest-oauth login --account shop-42 --scope pins:read,boards:read,user_accounts:read \
    --redirect-uri "${1:-http://localhost:8085/}"
# By standard input: the arguments of a program are for all to see.
token=$(pinterest-oauth access-token --account shop-42)
printf 'Authorization: Bearer %s\n' "$token" | curl --silent --show-error --fail -H @- "$api/user_account"
