// Tokens are kept, and refreshed once when they are due, whoever asks.

import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Account, Client, NotSavedError, Token, TokenManager } from "pinterest-oauth";
import { rejection, withWorld } from "./helpers/world.mjs";

const world = await withWorld();
const { emulator } = world;

describe("an access token", () => {
  test("is there after the login, from memory", async () => {
    const account = world.manager().account("shop-42");
    assert.equal(account.accessTokenNow(), undefined);
    const token = await account.login(await world.consent());
    assert.equal(await account.accessToken(), token.accessToken);
    assert.equal(account.accessTokenNow(), token.accessToken);
    const { accessToken, refreshToken } = await account.token();
    assert.deepEqual([accessToken, refreshToken], [token.accessToken, token.refreshToken]);
    assert.equal(await world.refreshes(), 0);
  });

  test("that is cached comes in the same turn, without a thread", async () => {
    const account = await world.account();
    let got;
    account.accessToken().then((token) => {
      got = token;
    });
    await Promise.resolve();
    assert.equal(got, account.accessTokenNow());
  });

  test("is refreshed exactly once when it is due, and all callers get it", async () => {
    const account = await world.account();
    const first = await account.accessToken();
    await world.pass(25);
    const early = new Set(await Promise.all(Array.from({ length: 50 }, () => account.accessToken())));
    assert.ok([...early].every((token) => typeof token === "string"));
    const second = await account.accessToken();
    assert.notEqual(second, first);
    assert.equal(await world.manager().account("shop-42").accessToken(), second);
    assert.equal(await world.refreshes(), 1);
    await world.pass(31);
    const late = new Set(await Promise.all(Array.from({ length: 50 }, () => account.accessToken())));
    assert.equal(late.size, 1);
    assert.ok(!late.has(second));
    assert.equal(await world.refreshes(), 2);
  });

  test("of a manager made anew comes from the memory of the first", async () => {
    const account = await world.account();
    assert.equal(world.manager().account("shop-42").accessTokenNow(), account.accessTokenNow());
    assert.equal(world.manager().account("shop-43").accessTokenNow(), undefined);
  });

  test("is handed out while it is valid, although its refresh fails", async () => {
    const account = await world.account();
    const first = await account.accessToken();
    await world.pass(25);
    await emulator.script({ status: 503 });
    assert.equal(await account.accessToken(), first);
    const { trouble, state } = await account.status();
    assert.deepEqual(
      [trouble.kind, trouble.httpStatus, trouble.count, state],
      ["server_error", 503, 1, "ready"],
    );
    assert.ok(trouble.at instanceof Date && trouble.retryAt > trouble.at);
    assert.equal(await account.accessToken(), first);
    assert.equal(await world.refreshes(), 1);
  });

  test("that must have scopes is refused by name of the kind where it lacks one", async () => {
    const account = await world.account();
    assert.match(await account.accessToken({ scopes: "pins:read" }), /^pina_/);
    assert.match(await account.accessToken({ scopes: ["pins:read"] }), /^pina_/);
    const before = (await emulator.requests()).length;
    const error = await rejection(account.accessToken({ scopes: ["pins:read", "ads:write"] }));
    assert.deepEqual([error.kind, error.outcome], ["insufficient_scope", "not_sent"]);
    assert.equal((await emulator.requests()).length, before);
  });

  test("of an account that nobody logged in is an UnknownAccountError", async () => {
    const error = await rejection(world.manager().account().accessToken());
    assert.deepEqual([error.name, error.kind], ["UnknownAccountError", "unknown_account"]);
    assert.equal(error.outcome, "not_sent");
    assert.match(error.stack, /manager\.test\.mjs/);
  });

  test("that has expired, with a refresh token that is refused, is a ReauthorizationRequiredError", async () => {
    await emulator.switches({ rotation: "strict" });
    const account = await world.account();
    // Somebody else uses the refresh token up.
    await new Client(emulator.settings()).refresh(await account.export());
    await world.pass(31);
    const error = await rejection(account.accessToken());
    assert.deepEqual([error.name, error.pinterestCode], ["ReauthorizationRequiredError", 283]);
    assert.equal((await account.status()).state, "needs_login");
    const report = await world.manager().refreshDue();
    assert.deepEqual(report.needsLogin, ["shop-42"]);
    await account.login(await world.consent());
    assert.match(await account.accessToken(), /^pina_/);
    assert.equal((await account.status()).state, "ready");
  });
});

describe("a rejected access token", () => {
  test("is replaced once, then refused", async () => {
    const account = await world.account();
    const first = await account.accessToken();
    await world.pass(1);
    const second = await account.rejected(first);
    assert.notEqual(second, first);
    assert.equal(await account.accessToken(), second);
    assert.equal(await account.rejected(first), second);
    const error = await rejection(account.rejected(second, 2));
    assert.deepEqual([error.name, error.outcome], ["InvalidTokenError", "not_sent"]);
    assert.equal(await world.refreshes(), 1);
  });

  test("with code 3 refreshes nothing", async () => {
    const account = await world.account();
    const error = await rejection(account.rejected(await account.accessToken(), 3));
    assert.equal(error.name, "InsufficientScopeError");
    assert.equal(await world.refreshes(), 0);
  });
});

describe("an account", () => {
  test("says where it stands, with times as a token has them", async () => {
    const account = await world.account();
    const { obtainedAt, expiresAt, refreshTokenExpiresAt } = await account.token();
    const { refreshAt, loginAt, ...status } = await account.status();
    assert.ok(refreshAt < expiresAt && refreshAt > obtainedAt && loginAt instanceof Date);
    assert.deepEqual(status, {
      account: "shop-42",
      appId: emulator.appId,
      environment: new URL(emulator.addresses.baseUrl).origin,
      state: "ready",
      scopes: ["pins:read"],
      obtainedAt,
      expiresAt,
      refreshTokenExpiresAt,
      generation: 1,
      refreshing: false,
      unsaved: false,
    });
    assert.equal(account.unsaved(), undefined);
  });

  test("takes a token that was issued elsewhere, and gives it out again", async () => {
    const { code, redirectUri } = await world.consent();
    const request = { grantType: "authorization_code", code, redirectUri };
    const token = await new Client(emulator.settings()).oauthToken(request);
    const account = world.manager().account("imported");
    assert.equal(await account.import(token), undefined);
    assert.equal((await account.export()).serialize(), token.serialize());
    assert.equal(await account.accessToken(), token.accessToken);
  });

  test("is refreshed although nothing is due, where it is forced", async () => {
    const account = await world.account();
    const first = await account.accessToken();
    await world.pass(1);
    const token = await account.refresh({ force: true });
    assert.ok(token instanceof Token && token.accessToken !== first);
    assert.equal(await account.accessToken(), token.accessToken);
  });

  test("gets another name, and is removed", async () => {
    const account = await world.account("old");
    assert.equal(await account.rename("new"), undefined);
    assert.equal(account.name, "old");
    assert.equal((await rejection(account.accessToken())).kind, "unknown_account");
    const renamed = world.manager().account("new");
    assert.match(await renamed.accessToken(), /^pina_/);
    assert.deepEqual(await renamed.remove(), { account: "new", token: true, logins: 0, copies: 0 });
    assert.equal((await rejection(renamed.remove())).name, "UnknownAccountError");
    assert.deepEqual(await world.manager().accounts(), []);
  });

  test("logs in once with one redirect", async () => {
    const request = { ...(await world.consent()), state: "the-state" };
    const account = world.manager().account("twice");
    const [one, other] = await Promise.all([account.login(request), account.login(request)]);
    assert.equal(one.accessToken, other.accessToken);
    const sent = (await emulator.requests()).filter(({ path }) => path === "/v5/oauth/token");
    assert.equal(sent.length, 1);
  });

  test("is made by a manager alone, and cannot be changed", async () => {
    assert.throws(() => new Account(), { name: "TypeError", message: /account\(\) of a TokenManager/ });
    const account = world.manager().account();
    assert.ok(account instanceof Account);
    assert.equal(account.name, "default");
    assert.throws(() => Object.assign(account, { name: "x" }), TypeError);
  });
});

describe("a manager", () => {
  test("lists accounts, refreshes what is due and looks its store over", async () => {
    const manager = world.manager();
    for (const name of ["b", "a", "ü"]) {
      await world.account(name);
    }
    assert.deepEqual(
      (await manager.accounts()).map(({ account }) => account),
      ["a", "b", "ü"],
    );
    const before = await manager.doctor();
    assert.deepEqual([before.accounts, before.lastRefreshDue], [3, undefined]);
    assert.ok(before.store.includes(world.folder) && before.storeId.length > 8);
    assert.ok(before.findings.some(({ what, repaired }) => what === "timer" && !repaired));
    await world.pass(25);
    await emulator.script({ status: 503 });
    const { failed, seconds, ...report } = await manager.refreshDue({ parallel: 2 });
    assert.deepEqual(report, { accounts: 3, due: 3, refreshed: 2, needsLogin: [] });
    assert.ok(seconds > 0);
    assert.deepEqual(
      failed.map(({ error }) => error.name),
      failed.map(() => "ServerError"),
    );
    const { lastRefreshDue } = await manager.doctor({ repair: true });
    assert.ok(lastRefreshDue.at instanceof Date);
    assert.deepEqual([lastRefreshDue.due, lastRefreshDue.refreshed, lastRefreshDue.needsLogin], [3, 2, 0]);
  });

  test("gets tokens of the app itself", async () => {
    const app = world.manager().app(["ads:read", "pins:read"]);
    assert.equal(app.name, "");
    const first = await app.accessToken();
    assert.equal(await world.manager().app("pins:read, ads:read").accessToken(), first);
    await world.pass(31);
    assert.notEqual(await app.accessToken(), first);
    const forms = (await emulator.requests()).map(({ form }) => Object.fromEntries(form).grant_type);
    assert.deepEqual(forms, ["client_credentials", "client_credentials"]);
  });

  test("keeps tokens in memory where it is told to", async () => {
    const account = await world.account("here", { store: ":memory:" });
    assert.match(await account.accessToken(), /^pina_/);
    assert.deepEqual(readdirSync(world.folder), []);
    assert.equal((await rejection(world.manager().account("here").token())).kind, "unknown_account");
  });

  test("takes folders as URL objects, and its store from the environment", async () => {
    await world.account("kept");
    const store = pathToFileURL(world.settings().store);
    const clockOffsetFile = pathToFileURL(world.emulator.addresses.clockFile);
    const account = new TokenManager({ ...world.settings(), store, clockOffsetFile }).account("kept");
    assert.match(await account.accessToken(), /^pina_/);
    const { appId, appSecret, baseUrl } = emulator.settings();
    process.env.PINTEREST_OAUTH_STORE = world.settings().store;
    try {
      assert.match(
        await new TokenManager({ appId, appSecret, baseUrl }).account("kept").accessToken(),
        /^pina_/,
      );
    } finally {
      delete process.env.PINTEREST_OAUTH_STORE;
    }
  });

  test("whose store cannot be made is a StoreUnavailableError", () => {
    const file = join(world.folder, "a-file");
    writeFileSync(file, "");
    assert.throws(() => world.manager({ store: file }), {
      name: "StoreUnavailableError",
      outcome: "not_sent",
    });
  });
});

test("an error that carries a token that was not saved shows it nowhere", () => {
  const token = Token.deserialize('{"access_token":"pina_c4nary"}');
  const error = new NotSavedError("no disk took it", { token, httpStatus: 200 });
  assert.equal(error.token.accessToken, "pina_c4nary");
  assert.deepEqual([error.kind, error.httpStatus], ["not_saved", 200]);
  assert.ok(!Object.keys(error).includes("token") && !("token" in error.toJSON()));
  assert.equal(new NotSavedError().token, undefined);
});
