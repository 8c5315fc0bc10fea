// Calls that can tell whose answer they got: each asks for scopes of its own, and is granted those.

import assert from "node:assert/strict";

const SCOPES = [
  "ads:read",
  "ads:write",
  "billing:read",
  "billing:write",
  "biz_access:read",
  "biz_access:write",
  "boards:read",
  "boards:read_secret",
  "boards:write",
  "boards:write_secret",
  "catalogs:read",
  "catalogs:write",
  "pins:read",
  "pins:read_secret",
  "pins:write",
  "pins:write_secret",
  "user_accounts:read",
  "user_accounts:write",
];
const PER_ASKER = 1000;

/** A set of scopes that is different for every number from 1 to 2 ** 18 - 1. */
const scopes = (number) => SCOPES.filter((_, place) => (number >> place) & 1);
const number = (granted) => granted.reduce((sum, scope) => sum + (1 << SCOPES.indexOf(scope)), 0);

/** Makes one call, and checks that the answer is the asker's. */
export async function ask(client, asker, turn) {
  const own = asker * PER_ASKER + turn;
  const token = await client.oauthToken({ grantType: "client_credentials", scope: scopes(own) });
  assert.equal(number(token.scopes), own);
}

/** Makes so many calls at once. */
export function askAtOnce(client, asker, times) {
  return Promise.all(Array.from({ length: times }, (_, turn) => ask(client, asker, turn + 1)));
}

/** Who used each connection that the emulator recorded. */
export function askersByConnection(requests) {
  const askers = new Map();
  for (const { connection, form } of requests) {
    const asked = number(Object.fromEntries(form).scope.split(","));
    askers.set(connection, (askers.get(connection) ?? new Set()).add(Math.floor(asked / PER_ASKER)));
  }
  return askers;
}
