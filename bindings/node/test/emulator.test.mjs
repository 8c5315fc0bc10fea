// `pinterest-oauth/emulator`: Pinterest's OAuth on this machine, for the tests of those who use this package.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { AccessDeniedError, Client, InvalidGrantError, redirect } from "pinterest-oauth";
import { Emulator, EmulatorError } from "pinterest-oauth/emulator";
import { withEmulator } from "./helpers/emulator.mjs";
import { program } from "./helpers/programs.mjs";

const emulator = await withEmulator();
const PAGE = "http://localhost:8085/";
const FOR_APP = { grantType: "client_credentials" };

test("it is there for import and for require", () => {
  assert.equal(createRequire(import.meta.url)("pinterest-oauth/emulator").Emulator, Emulator);
});

test("a person gives access, and a client gets a token over http and over https", async () => {
  for (const https of [false, true]) {
    const client = new Client(emulator.settings({ https }));
    const { state } = client.authorizeUrl(PAGE);
    const given = await emulator.authorize({ redirectUri: PAGE, scope: "pins:read", state });
    const code = redirect(given.redirect, { state });
    assert.equal(code, given.code);
    const token = await client.oauthToken({ grantType: "authorization_code", code, redirectUri: PAGE });
    assert.deepEqual(token.scopes, ["pins:read"]);
  }
  const requests = await emulator.requests();
  assert.deepEqual(
    requests.map(({ listener, method, path, answered }) => [listener, method, path, answered]),
    ["http", "https"].map((listener) => [listener, "POST", "/v5/oauth/token", 200]),
  );
  assert.equal(Object.fromEntries(requests[0].form).grant_type, "authorization_code");
  assert.match(requests[0].headersByName.authorization, /^Basic /);
  assert.equal(await emulator.connections(), 2);
});

test("a person refuses", async () => {
  const { state } = new Client(emulator.settings()).authorizeUrl(PAGE);
  const refused = await emulator.authorize({ redirectUri: PAGE, state, deny: true });
  assert.equal(refused.code, undefined);
  assert.throws(() => redirect(refused.redirect, { state }), AccessDeniedError);
});

test("the environment is that of a program which uses it", async () => {
  const source = `
    import { oauthToken } from "pinterest-oauth";
    console.log((await oauthToken({ grantType: "client_credentials" })).tokenType);
  `;
  const { stdout } = await program(source, { environment: emulator.environment() });
  assert.equal(stdout, "bearer\n");
});

test("switches change what it does, and are told", async () => {
  assert.equal((await emulator.switches()).rotation, "grace");
  const all = await emulator.switches({ rotation: "strict", rateLimit: { limit: 2, window: 60 } });
  assert.deepEqual([all.rotation, all.rateLimit], ["strict", { limit: 2, window: 60 }]);
  const client = new Client(emulator.settings());
  await client.oauthToken(FOR_APP);
  await client.oauthToken(FOR_APP);
  await assert.rejects(client.oauthToken(FOR_APP), { kind: "rate_limited" });
  await emulator.reset();
  assert.equal((await emulator.switches()).rotation, "grace");
});

test("the clock moves in milliseconds", async () => {
  const { code } = await emulator.authorize({ redirectUri: PAGE });
  const now = await emulator.advance(601_000);
  assert.ok(now.getTime() >= Date.now() + 600_000);
  const request = { grantType: "authorization_code", code, redirectUri: PAGE };
  await assert.rejects(new Client(emulator.settings()).oauthToken(request), InvalidGrantError);
});

test("faults are played in their order, and forgotten", async () => {
  await emulator.script(
    { status: 503 },
    { bodyJson: { access_token: "pina_mine" }, times: 2 },
    { status: 500 },
  );
  const client = new Client(emulator.settings());
  await assert.rejects(client.oauthToken(FOR_APP), { httpStatus: 503 });
  assert.equal((await client.oauthToken(FOR_APP)).accessToken, "pina_mine");
  await emulator.clear();
  assert.notEqual((await client.oauthToken(FOR_APP)).accessToken, "pina_mine");
  assert.equal((await emulator.requests()).length, 1);
});

test("what it refuses is an EmulatorError that says why", async () => {
  const refused = (message) => ({ name: "EmulatorError", message });
  await assert.rejects(emulator.switches({ rotatoin: "strict" }), refused(/rotatoin/));
  await assert.rejects(emulator.script({ statsu: 503 }), refused(/statsu/));
  await assert.rejects(emulator.authorize({ redirectUri: "https://a.example/" }), EmulatorError);
});

test("without TLS it has no https settings, rather than settings that reach Pinterest", async () => {
  const options = {
    tls: false,
    redirectUris: ["https://mine.example/back"],
    switches: { systemUser: false },
  };
  const mine = await Emulator.start(options);
  try {
    assert.throws(() => mine.settings({ https: true }), { name: "EmulatorError", message: /tls/ });
    assert.deepEqual([mine.addresses.httpsBaseUrl, mine.addresses.caFile], [undefined, undefined]);
    assert.match((await mine.authorize({ redirectUri: "https://mine.example/back" })).redirect, /^https:/);
    const client = new Client(mine.settings());
    const token = await client.oauthToken(FOR_APP);
    await assert.rejects(client.revoke(token.accessToken), { kind: "forbidden" });
  } finally {
    await mine.stop();
  }
});

test("it ends with stop, which can be called twice, and with the scope that uses it", async () => {
  const mine = await Emulator.start({ tls: false });
  await mine.stop();
  await mine.stop();
  await assert.rejects(mine.requests());
  const other = await Emulator.start({ tls: false });
  await other[Symbol.asyncDispose]();
  await assert.rejects(other.requests());
});

test("one that nobody stops ends with its program, which does not wait for it", async () => {
  const source = `
    import { Emulator } from "pinterest-oauth/emulator";
    console.log((await Emulator.start({ tls: false })).addresses.controlUrl);
  `;
  const { code, stdout } = await program(source);
  assert.equal(code, 0);
  let there = true;
  while (there) {
    there = await fetch(`${stdout.trim()}/health`).then(
      () => true,
      () => false,
    );
  }
});

test("a command that is missing or is another program is named, and what it says is told", async () => {
  const command = process.env.PINTEREST_OAUTH_COMMAND;
  const start = (options) => Emulator.start(options).catch((e) => e);
  const wrong = await start({ switches: { rotatoin: "strict" } });
  assert.ok(wrong instanceof EmulatorError && /rotatoin/.test(wrong.message), wrong.message);
  try {
    process.env.PINTEREST_OAUTH_COMMAND = "/nowhere/pinterest-oauth";
    assert.match((await start()).message, /did not start: .*\/nowhere.*PINTEREST_OAUTH_COMMAND/);
    process.env.PINTEREST_OAUTH_COMMAND = "echo";
    assert.match((await start()).message, /echo is another program/);
    process.env.PINTEREST_OAUTH_COMMAND = "true";
    assert.match((await start()).message, /true said nothing/);
  } finally {
    process.env.PINTEREST_OAUTH_COMMAND = command;
  }
});
