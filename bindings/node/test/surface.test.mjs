// What the package offers, with `import` and with `require`, and that each of its calls works.

import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { describe, mock, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as imported from "pinterest-oauth";
import { withEmulator } from "./helpers/emulator.mjs";

const { Client, Configuration, createConfiguration, OauthApi, oauthToken, redirect, Token } = imported;
const required = createRequire(import.meta.url)("pinterest-oauth");
const REDIRECT_URI = "http://localhost:8085/";
const emulator = await withEmulator();

test("import and require give the same names and the same classes", () => {
  // What Node itself adds to a module that came by require.
  const { __esModule: _, "module.exports": __, ...names } = imported;
  assert.deepEqual(Object.keys(names).sort(), Object.keys(required).sort());
  for (const [name, value] of Object.entries(names)) {
    assert.equal(value, required[name], name);
  }
});

test("the version is that of the package", () => {
  assert.equal(imported.version, createRequire(import.meta.url)("pinterest-oauth/package.json").version);
});

describe("the client", () => {
  test("walks through a login, from the page to a refreshed token", async () => {
    const client = new Client(emulator.settings());
    const { url, state } = client.authorizeUrl(REDIRECT_URI, { scope: ["pins:read", "boards:read"] });
    assert.equal(new URL(url).searchParams.get("state"), state);
    const { redirect: address } = await emulator.authorize({
      redirectUri: REDIRECT_URI,
      scope: "pins:read,boards:read",
      state,
    });
    const code = redirect(address, { state });
    assert.equal(client.redirect(address, { state }), code);
    const token = await client.oauthToken({
      grantType: "authorization_code",
      code,
      redirectUri: REDIRECT_URI,
    });
    assert.deepEqual(token.scopes.sort(), ["boards:read", "pins:read"]);
    const next = await client.refresh(token);
    assert.ok(next.refreshTokenRotated);
    assert.notEqual(next.refreshToken, token.refreshToken);
    const last = await client.oauthToken({ grantType: "refresh_token", refreshToken: next.refreshToken });
    assert.match(last.accessToken, /^pina_/);
  });

  test("takes addresses as URL objects, and a CA file as one", async () => {
    const settings = emulator.settings({ https: true });
    const baseUrl = new URL(settings.baseUrl);
    const client = new Client({ ...settings, baseUrl, caFile: pathToFileURL(settings.caFile) });
    const { url, state } = client.authorizeUrl(new URL(REDIRECT_URI));
    assert.equal(new URL(url).searchParams.get("redirect_uri"), REDIRECT_URI);
    const { redirect: address } = await emulator.authorize({ redirectUri: REDIRECT_URI, state });
    const code = redirect(new URL(address), { state });
    await client.oauthToken({ grantType: "authorization_code", code, redirectUri: new URL(REDIRECT_URI) });
    assert.equal((await emulator.requests()).at(-1).listener, "https");
  });

  test("revokes a token and makes a conversion token", async () => {
    const client = new Client(emulator.settings());
    const token = await client.oauthToken({ grantType: "client_credentials", scope: "ads:write" });
    const conversion = await client.conversionToken(token.accessToken);
    assert.equal(conversion.tokenType, "conversion");
    const answer = await client.revoke(token.accessToken, { tokenTypeHint: "access_token" });
    assert.deepEqual([answer.path, answer.status], ["/v5/oauth/token/revoke", 200]);
    const paths = (await emulator.requests()).map(({ path }) => path);
    assert.deepEqual(paths.slice(1), ["/v5/oauth/conversion_token", "/v5/oauth/token/revoke"]);
  });

  test("sends every field of a request", async () => {
    const client = new Client(emulator.settings());
    await client.oauthToken({
      grantType: "client_credentials",
      scope: "pins:read",
      continuousRefresh: true,
      extra: { answer: 42, yes: true, text: "ü" },
      timeout: 20_000,
    });
    const [{ form }] = await emulator.requests();
    assert.deepEqual(Object.fromEntries(form), {
      grant_type: "client_credentials",
      scope: "pins:read",
      continuous_refresh: "true",
      answer: "42",
      yes: "true",
      text: "ü",
    });
  });

  test("keeps the asynchronous context of its caller", async () => {
    const storage = new AsyncLocalStorage();
    const client = new Client(emulator.settings());
    const seen = await storage.run("mine", async () => {
      await client.oauthToken({ grantType: "client_credentials" });
      return storage.getStore();
    });
    assert.equal(seen, "mine");
  });

  test("does without a client for one call", async () => {
    const token = await oauthToken({ grantType: "client_credentials" }, emulator.settings());
    assert.match(token.accessToken, /^pin/);
  });
});

describe("the names of generated clients", () => {
  const request = { grantType: "client_credentials" };

  test("take the credentials as basic authentication and the server as such", async () => {
    const { appId: username, appSecret: password, baseUrl, trustEnv } = emulator.settings();
    for (const baseServer of [baseUrl, new URL(baseUrl), { url: baseUrl }]) {
      const authMethods = { basic: { username, password } };
      const configuration = createConfiguration({ baseServer, authMethods, trustEnv });
      assert.ok(configuration instanceof Configuration);
      const token = await new OauthApi(configuration).oauthToken(request);
      assert.ok(token instanceof imported.OauthAccessTokenResponse);
    }
  });

  test("take the settings of the client as well", async () => {
    const configuration = createConfiguration(emulator.settings());
    assert.ok((await new OauthApi(configuration).oauthToken(request)) instanceof Token);
  });

  test("take the credentials and the server from the environment", async () => {
    Object.assign(process.env, emulator.environment());
    try {
      await new OauthApi(createConfiguration()).oauthToken(request);
      assert.equal((await emulator.requests()).length, 1);
    } finally {
      for (const name of Object.keys(emulator.environment())) {
        delete process.env[name];
      }
    }
  });

  test("refuse what generated clients take and this one does not", () => {
    const wrong = {
      "authMethods.basic.token": { authMethods: { basic: { username: "1", token: "t" } } },
      "authMethods.pinterest_oauth2": { authMethods: { pinterest_oauth2: { accessToken: "a" } } },
      authMethods: { authMethods: "basic" },
      baseUrl: { baseServer: "https://a.example", baseUrl: "https://b.example" },
      appId: { appId: "1", authMethods: { basic: { username: "1", password: "p" } } },
      middleware: { middleware: [] },
    };
    for (const [field, parameters] of Object.entries(wrong)) {
      assert.throws(() => createConfiguration(parameters), { kind: "invalid_argument", field });
    }
  });
});

describe("a token", () => {
  const stored =
    '{"access_token":"pina_a","token_type":"bearer","expires_in":60,"expires_at":1800000060,"refresh_token":"pinr.b",' +
    '"refresh_token_expires_in":120,"refresh_token_expires_at":1800000120,"refresh_token_rotated":true,' +
    '"scope":"a b","scopes":["a","b"],"response_type":"refresh_token","obtained_at":1800000000,' +
    '"extra":{"big":123456789012345678901234567890,"float":1.10,"n":null}}';

  test("says everything that Pinterest said", () => {
    const token = Token.deserialize(stored);
    assert.equal(token.accessToken, "pina_a");
    assert.equal(token.tokenType, "bearer");
    assert.equal(token.expiresIn, 60);
    assert.deepEqual(token.expiresAt, new Date(1_800_000_060_000));
    assert.equal(token.refreshToken, "pinr.b");
    assert.equal(token.refreshTokenExpiresIn, 120);
    assert.deepEqual(token.refreshTokenExpiresAt, new Date(1_800_000_120_000));
    assert.equal(token.refreshTokenRotated, true);
    assert.equal(token.scope, "a b");
    assert.deepEqual(token.scopes, ["a", "b"]);
    assert.equal(token.responseType, "refresh_token");
    assert.deepEqual(token.obtainedAt, new Date(1_800_000_000_000));
    assert.deepEqual(token.extra, { big: 1.2345678901234568e29, float: 1.1, n: null });
  });

  test("is written and read back to the letter", () => {
    assert.equal(Token.deserialize(stored).serialize(), stored);
  });

  test("says undefined of what Pinterest did not say", () => {
    const token = Token.deserialize('{"access_token":"a"}');
    for (const name of [
      "expiresIn",
      "expiresAt",
      "refreshToken",
      "refreshTokenExpiresAt",
      "scope",
      "obtainedAt",
    ]) {
      assert.equal(token[name], undefined, name);
    }
    assert.deepEqual([token.scopes, token.extra, token.tokenType], [[], {}, "bearer"]);
  });

  test("tells how its call went, and does not store it", async () => {
    await emulator.script({
      headers: [
        ["x-pinterest-rid", "1234567890123456"],
        ["x-ratelimit-limit", "100"],
      ],
      bodyJson: { access_token: "pina_a" },
    });
    const client = new Client(emulator.settings());
    const token = await client.oauthToken({ grantType: "client_credentials" });
    assert.deepEqual(token.answer, {
      method: "POST",
      path: "/v5/oauth/token",
      status: 200,
      requestId: "1234567890123456",
      rateLimit: { limit: 100, remaining: null, reset: null, policies: [] },
      milliseconds: token.answer.milliseconds,
      attempts: 1,
    });
    const again = Token.deserialize(token.serialize());
    assert.equal(again.answer, undefined);
    assert.equal(again.serialize(), token.serialize());
    assert.deepEqual([again.accessToken, again.obtainedAt], [token.accessToken, token.obtainedAt]);
  });

  test("says whether it has expired, in milliseconds of the clock that a program may replace", () => {
    const token = Token.deserialize(stored);
    const now = mock.method(Date, "now", () => 1_800_000_059_999);
    try {
      assert.deepEqual([token.isExpired(), token.expiresWithin(0)], [false, false]);
      assert.deepEqual([token.expiresWithin(1), token.expiresWithin(60_000)], [true, true]);
      now.mock.mockImplementation(() => 1_800_000_060_000);
      assert.deepEqual([token.isExpired(), token.expiresWithin(0)], [true, true]);
    } finally {
      now.mock.restore();
    }
  });

  test("does not guess when it expires", () => {
    const token = Token.deserialize('{"access_token":"a","expires_in":60}');
    assert.deepEqual([token.isExpired(), token.expiresWithin(1e12)], [undefined, undefined]);
  });

  test("cannot be changed, and its lists are the caller's own", () => {
    const token = Token.deserialize(stored);
    assert.throws(() => Object.assign(token, { accessToken: "x" }), TypeError);
    assert.throws(() => Object.assign(token, { mine: 1 }), TypeError);
    token.scopes.push("c");
    token.expiresAt.setTime(0);
    assert.throws(() => Object.assign(token.extra, { mine: 1 }), TypeError);
    assert.deepEqual(token.scopes, ["a", "b"]);
    assert.equal(token.expiresAt.getTime(), 1_800_000_060_000);
  });

  test("is made by deserialize alone", () => {
    assert.throws(() => new Token('{"access_token":"a"}'), {
      name: "TypeError",
      message: /Token\.deserialize/,
    });
  });
});
