// Two copies of the package in one program, as jest.resetModules(), hot reload and a bundle beside node_modules make
// them.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { withEmulator } from "./helpers/emulator.mjs";

const require = createRequire(import.meta.url);
const emulator = await withEmulator();

/** The package, evaluated anew: what jest.resetModules() brings about. */
function copy() {
  for (const path of Object.keys(require.cache).filter((name) => /pinterest-oauth/.test(name))) {
    delete require.cache[path];
  }
  return require("pinterest-oauth");
}

const [one, other] = [copy(), copy()];
const FAULT = { status: 401, bodyJson: { code: 283, message: "no" } };

test("they are two", () => {
  assert.notEqual(one.Token, other.Token);
  assert.notEqual(one.InvalidGrantError, other.InvalidGrantError);
});

test("a token of one works in the other, and loses nothing", async () => {
  const { code } = await emulator.authorize({ redirectUri: "http://localhost:8085/", scope: "pins:read" });
  const redirectUri = "http://localhost:8085/";
  const token = await new one.Client(emulator.settings()).oauthToken({
    grantType: "authorization_code",
    code,
    redirectUri,
  });
  const client = new other.Client(emulator.settings());
  const next = await client.refresh(token);
  assert.ok(next.refreshTokenRotated && next.scopes.includes("pins:read"));
  await client.oauthToken({ grantType: "refresh_token", token: next });
  assert.ok(token instanceof one.Token && token instanceof other.Token);
  await assert.rejects(client.oauthToken({ grantType: "client_credentials", scope: token }), {
    field: "scope",
    message: /must not be a Token/,
  });
});

test("an error of one is caught by the classes of the other, each by its own", async () => {
  await emulator.script(FAULT);
  const token = one.Token.deserialize('{"access_token":"a","refresh_token":"pinr.b"}');
  const error = await new one.Client(emulator.settings()).refresh(token).catch((e) => e);
  for (const { AbortError, InvalidGrantError, InternalError, PinterestOAuthError } of [one, other]) {
    assert.ok(error instanceof InvalidGrantError && error instanceof PinterestOAuthError);
    assert.ok(!(error instanceof AbortError) && !(error instanceof InternalError));
  }
});

test("a class derived from an error knows its own errors alone", async () => {
  class Mine extends other.InvalidGrantError {}
  assert.ok(new Mine("mine") instanceof Mine && new Mine("mine") instanceof one.InvalidGrantError);
  assert.ok(!(new one.InvalidGrantError("no") instanceof Mine));
  assert.ok(!(new other.InvalidGrantError("no") instanceof Mine));
});

test("what is neither is neither", () => {
  const others = [
    undefined,
    null,
    7,
    "token",
    {},
    { kind: "internal" },
    new Error("no"),
    () => {},
    Symbol("a"),
  ];
  for (const value of [...others, one.Token.prototype, one.PinterestOAuthError.prototype]) {
    assert.ok(!(value instanceof other.Token));
    assert.ok(!(value instanceof other.PinterestOAuthError));
  }
});

test("a copy that is evaluated anew a hundred times calls as the first does", async () => {
  for (let turn = 0; turn < 100; turn += 1) {
    const { Client } = copy();
    if (turn % 20 === 0) {
      await new Client(emulator.settings()).oauthToken({ grantType: "client_credentials" });
    }
  }
});
