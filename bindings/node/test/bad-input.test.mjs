// Inputs that only JavaScript can express: the error names the option, and nothing is sent. What is wrong in every
// language is a conformance case.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createContext, runInContext } from "node:vm";
import {
  Client,
  InvalidArgumentError,
  oauthToken,
  PinterestOAuthError,
  redirect,
  Token,
} from "pinterest-oauth";
import { withEmulator } from "./helpers/emulator.mjs";

const emulator = await withEmulator();
const TOKEN = Token.deserialize('{"access_token":"a"}');
const PAGE = "http://localhost:8085/";
const LOOP = [];
LOOP.push(LOOP);

const withCode = (fields) => ({ grantType: "authorization_code", code: "c", redirectUri: PAGE, ...fields });
const refresh = (fields) => ({ grantType: "refresh_token", ...fields });
const forApp = (fields) => ({ grantType: "client_credentials", ...fields });
const throwing = (name) =>
  Object.defineProperty({}, name, { enumerable: true, get: () => assert.fail("mine") });
const revoked = Proxy.revocable({}, {});
revoked.revoke();

/** The option that is named, and the request. */
const REQUESTS = [
  ["grantType", undefined],
  ["grantType", null],
  ["grantType", {}],
  ["grantType", { grantType: undefined }],
  ["grantType", { grantType: 7 }],
  ["grantType", { grantType: ["refresh_token"] }],
  ["options", "refresh_token"],
  ["options", 7],
  ["options", []],
  ["options", () => {}],
  ["options", revoked.proxy],
  ["grantType", new Map([["grantType", "client_credentials"]])],
  ["code", withCode({ code: "\ud800" })],
  ["code", withCode({ code: "c".repeat(50_000_000) })],
  ["code", withCode({ code: ["c"] })],
  ["code", withCode({ code: TOKEN })],
  ["code", withCode({ code: new String("c") })],
  ["code", withCode({ code: Symbol("c") })],
  ["code", withCode({ code: () => "c" })],
  ["code", withCode({ code: 1n })],
  ["code", withCode({ code: new Date() })],
  ["code", withCode({ code: Promise.resolve("c") })],
  ["code", withCode({ code: Buffer.from("c") })],
  ["redirectUri", withCode({ redirectUri: { href: PAGE } })],
  ["continuousRefresh", withCode({ continuousRefresh: 1 })],
  ["token", refresh({ token: "pinr.a" })],
  ["token", refresh({ token: "pinr.a", refreshToken: "pinr.a" })],
  ["scope", forApp({ scope: new Set(["pins:read"]) })],
  ["scope", forApp({ scope: ["pins:read", 1] })],
  ["scope", forApp({ scope: LOOP })],
  ["scope", forApp({ scope: ["\udfff"] })],
  ["extra", forApp({ extra: "a=b" })],
  ["extra", forApp({ extra: TOKEN })],
  ["extra", forApp({ extra: new Map([["a", "b"]]) })],
  ["extra", forApp({ extra: new URLSearchParams("a=b") })],
  ["extra.a", forApp({ extra: { a: 1n } })],
  ["extra.a", forApp({ extra: { a: Number.NaN } })],
  ["extra", forApp({ extra: { "\ud800": "c" } })],
  ["extra", forApp({ extra: revoked.proxy })],
  ["timeout", forApp({ timeout: "3" })],
  ["timeout", forApp({ timeout: true })],
  ["timeout", forApp({ timeout: Number.NaN })],
  ["timeout", forApp({ timeout: Number.POSITIVE_INFINITY })],
  ["timeout", forApp({ timeout: 0.9 })],
  ["timeout", forApp({ timeout: 600_001 })],
  ["timeoutMs", forApp({ timeoutMs: 3 })],
  ["timeout_ms", forApp({ timeout_ms: 3 })],
  ["redirect_uri", forApp({ redirect_uri: PAGE })],
  ["redirectURL", forApp({ redirectURL: PAGE })],
  ["toString", forApp({ toString: 1 })],
  ["__proto__", forApp(JSON.parse('{"__proto__": 1}'))],
  ["x".repeat(64), forApp({ ["x".repeat(1000)]: 1 })],
  ["scope", Object.assign(throwing("scope"), { grantType: "client_credentials" })],
  ["extra", forApp({ extra: throwing("a") })],
  ["scope", forApp({ scope: revoked.proxy })],
];

const SETTINGS = [
  ["settings", "https://a.example"],
  ["settings", []],
  ["caFile", { caFile: new URL("https://a.example/ca.pem") }],
  ["caFile", { caFile: Buffer.from("/ca.pem") }],
  ["timeout", { timeout: "soon" }],
  ["connectTimeout", { connectTimeout: Number.NaN }],
  ["connectTimeoutMs", { connectTimeoutMs: 1 }],
  ["appId", { appId: 1234567 }],
  ["appSecret", { appSecret: Buffer.from("s") }],
  ["allowHttp", { allowHttp: "yes" }],
  ["trustEnv", { trustEnv: 0 }],
  ["app_id", { app_id: "1" }],
  ["language", { language: "php" }],
  ["signal", { signal: AbortSignal.abort() }],
  ["appId", throwing("appId")],
];

test("a bad request is refused by the name of its option, and nothing is sent", async () => {
  const client = new Client(emulator.settings());
  for (const [place, [field, request]] of REQUESTS.entries()) {
    const error = await client.oauthToken(request).catch((e) => e);
    assert.ok(error instanceof InvalidArgumentError, `${place} ${field}: ${error}`);
    assert.deepEqual([error.field, error.outcome], [field, "not_sent"], `${place}: ${error}`);
    assert.ok(error.message.startsWith(field.split(".")[0]), error.message);
    assert.equal(error.whatNow, `Fix \`${field}\`.`);
  }
  assert.equal(await emulator.connections(), 0);
});

test("a bad setting is refused by its name, by the client and by the call without one", async () => {
  for (const [field, settings] of SETTINGS) {
    const named = (error) => error instanceof PinterestOAuthError && error.field === field;
    assert.throws(() => new Client(settings), named, field);
    await assert.rejects(oauthToken({ grantType: "client_credentials" }, settings), named, field);
  }
});

describe("the other calls", () => {
  const CALLS = [
    ["refreshToken", (client) => client.refresh()],
    ["grantType", (client) => client.refresh(TOKEN, { grantType: "x" })],
    ["options", (client) => client.refresh(TOKEN, 5)],
    ["token", (client) => client.revoke()],
    ["token", (client) => client.revoke(TOKEN)],
    ["token", (client) => client.revoke("a", { token: "b" })],
    ["accessToken", (client) => client.conversionToken(TOKEN)],
    ["redirectUri", (client) => client.authorizeUrl()],
    ["redirectUri", (client) => client.authorizeUrl(7)],
    ["state", (client) => client.redirect("https://a.example/?code=c")],
    ["url", (client) => client.redirect(7, { state: "s" })],
    ["state", () => redirect("https://a.example/?code=c")],
    ["url", () => redirect(undefined, { state: "s" })],
    ["options", () => redirect("?code=c", "state")],
    ["url", () => redirect("?code=c", { state: "s", url: "?code=d" })],
    ["language", () => redirect("?code=c", { state: "s", language: "php" })],
    ["milliseconds", () => TOKEN.expiresWithin()],
    ["milliseconds", () => TOKEN.expiresWithin("60000")],
    ["milliseconds", () => TOKEN.expiresWithin(Number.NaN)],
    ["milliseconds", () => TOKEN.expiresWithin(Number.POSITIVE_INFINITY)],
  ];

  test("name what is wrong as well, and send nothing", async () => {
    const client = new Client(emulator.settings());
    for (const [place, [field, call]] of CALLS.entries()) {
      const error = await (async () => call(client))().catch((e) => e);
      assert.ok(error instanceof InvalidArgumentError, `${place}: ${error}`);
      assert.equal(error.field, field, `${place}: ${error}`);
    }
    assert.equal(await emulator.connections(), 0);
  });

  test("refuse a call on something that is no client", async () => {
    await assert.rejects(Client.prototype.oauthToken.call({}, {}), TypeError);
    assert.throws(() => Client({}), TypeError);
  });
});

test("what a getter throws is the cause", async () => {
  const client = new Client(emulator.settings());
  const request = Object.assign(throwing("scope"), { grantType: "client_credentials" });
  await assert.rejects(client.oauthToken(request), ({ cause }) => cause instanceof assert.AssertionError);
});

test("what is no text is no token document", () => {
  for (const text of [null, undefined, 7, {}, "\udc00", Buffer.from("{}")]) {
    assert.throws(() => Token.deserialize(text), { kind: "invalid_argument", field: "token" });
  }
});

test("a client without credentials says so before anything is sent", async () => {
  new Client(emulator.settings()).check();
  for (const field of ["appId", "appSecret"]) {
    const client = new Client({ ...emulator.settings(), [field]: undefined, trustEnv: false });
    assert.throws(() => client.check(), { name: "InvalidConfigError", field, outcome: "not_sent" });
  }
  assert.deepEqual(await emulator.requests(), []);
});

test("properties of Object.prototype are no options", async () => {
  Object.prototype.proxy = "http://127.0.0.1:9";
  try {
    await new Client(emulator.settings()).oauthToken(forApp());
  } finally {
    delete Object.prototype.proxy;
  }
});

test("odd but right values are accepted", async () => {
  class Request {
    grantType = "client_credentials";
    scope = Object.freeze(["pins:read"]);
    extra = Object.assign(Object.create(null), { a: true });
    code = undefined;
    refreshToken = null;
    [Symbol("mine")] = 1;
  }
  const client = new Client(emulator.settings());
  await client.oauthToken(new Request());
  await client.oauthToken(forApp({ timeout: 20_000.5 }));
  await client.oauthToken(new Proxy(forApp({ extra: new Proxy({ a: 1 }, {}) }), {}));
  const foreign = runInContext(
    '({ grantType: "client_credentials", scope: ["pins:read"], extra: { a: "b" } })',
    createContext(),
  );
  await client.oauthToken(foreign);
  const sent = (await emulator.requests()).map(({ form }) => Object.fromEntries(form).a);
  assert.deepEqual(sent, ["true", undefined, "1", "b"]);
});
