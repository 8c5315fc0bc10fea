// What an ordinary user does wrong with a token manager is said in JavaScript's words, and nothing is sent.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { PinterestOAuthError, TokenManager } from "pinterest-oauth";
import { rejection, withWorld } from "./helpers/world.mjs";

const world = await withWorld();
afterEach(async () => assert.equal(await world.refreshes(), 0));

const argument = (field, message) => ({ name: "InvalidArgumentError", field, message });

test("a name that is none is refused by name", () => {
  const manager = world.manager();
  const wrong = [undefined, null, 7, {}, ["a"], true, new String("a"), Symbol("a"), "\ud800"];
  for (const name of wrong) {
    assert.throws(() => manager.account(name), argument("account", /^account must (be text|not contain)/));
  }
  assert.throws(() => manager.account(""), argument("account", "account must not be empty"));
  assert.throws(() => manager.account("a".repeat(1025)), argument("account", /at most 1,024 bytes/));
  assert.throws(() => manager.account("ü".repeat(513)), argument("account", /at most 1,024 bytes/));
  for (const name of ["a\0", "a\nb", "\u0085"]) {
    assert.throws(() => manager.account(name), argument("account", /control characters/));
  }
});

test("names that only look dangerous are names", async () => {
  for (const name of ["../..", "/etc/passwd", "🦆", "A", "a", " ", "CON", "ü".repeat(512)]) {
    const account = await world.account(name);
    assert.equal((await account.status()).account, name);
  }
  assert.equal((await world.manager().accounts()).length, 8);
});

test("settings that do not exist or cannot be used are refused by name", () => {
  for (const [settings, field] of [
    [{ storage: "x" }, "storage"],
    [{ recovery_dir: "x" }, "recovery_dir"],
    [{ store: 7 }, "store"],
    [{ fileSystems: "nfs4" }, "fileSystems"],
    [{ fileSystems: [7] }, "fileSystems"],
    [{ timeout: "5s" }, "timeout"],
    [{ recoveryDir: new URL("https://a.example/") }, "recoveryDir"],
    [{ clockOffsetFile: "x", baseUrl: "https://a.example" }, "clockOffsetFile"],
  ]) {
    assert.throws(
      () => world.manager(settings),
      (error) => error instanceof PinterestOAuthError && error.field === field,
      field,
    );
  }
  assert.throws(() => new TokenManager("x"), argument("settings", "settings must be an object"));
  assert.throws(() => new TokenManager({ trustEnv: false, store: ":memory:" }), { field: "appId" });
});

test("options that do not exist or cannot be used are refused by name", async () => {
  const manager = world.manager();
  const account = manager.account();
  const calls = () => ({
    options: [account.accessToken("pins:read"), account.token(7), account.refresh(true), manager.doctor("x")],
    scope: [account.accessToken({ scope: "pins:read" })],
    scopes: [account.accessToken({ scopes: 7 }), account.accessToken({ scopes: ["a", 7] })],
    timeout: [account.token({ timeout: 5 })],
    force: [account.refresh({ force: "yes" })],
    repair: [manager.doctor({ repair: 1 })],
    parallel: [0, 1.5, "4", -1, 1025].map((parallel) => manager.refreshDue({ parallel })),
    signal: [
      account.accessToken({ signal: true }),
      account.login({ code: "c", redirectUri: "r", signal: {} }),
    ],
    accessToken: [account.rejected(undefined), account.rejected(7)],
    code: [account.rejected("a", "2"), account.rejected("a", 1.5), account.login({ redirectUri: "r" })],
    redirectUri: [account.login({ code: "c" })],
    request: [account.login("c")],
    grantType: [account.login({ grantType: "authorization_code", code: "c", redirectUri: "r" })],
    token: [
      account.import(undefined),
      account.import('{"access_token":"a"}'),
      account.import({ access_token: "a" }),
    ],
    newName: [account.rename(undefined), account.rename(""), account.rename("a\n")],
  });
  const errors = Object.entries(calls()).map(([field, all]) => [field, Promise.all(all.map(rejection))]);
  for (const [field, all] of errors) {
    for (const error of await all) {
      assert.deepEqual(
        [error.name, error.field, error.outcome],
        ["InvalidArgumentError", field, "not_sent"],
        field,
      );
      assert.ok(error.message.startsWith(field), error.message);
    }
  }
  assert.throws(() => manager.app(undefined), argument("scopes", /must be text or a list of texts/));
  assert.throws(() => manager.app({}), argument("scopes", /must be text or a list of texts/));
});

test("an option that is unknown is answered with those that there are", async () => {
  const error = await rejection(world.manager().account().accessToken({ scope: "pins:read" }));
  assert.equal(error.message, "scope is not an option here: there are scopes, signal");
});
