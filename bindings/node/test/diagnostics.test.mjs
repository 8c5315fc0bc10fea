// Each call can be seen on the channel `pinterest-oauth:call`, and no secret with it.

import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { Client, Token } from "pinterest-oauth";
import { withEmulator } from "./helpers/emulator.mjs";
import { program } from "./helpers/programs.mjs";

const CHANNEL = "pinterest-oauth:call";
const CANARY = "c4nary-of-a-secret";
const emulator = await withEmulator();
let messages;
const listen = (message) => messages.push(message);
beforeEach(() => {
  messages = [];
  subscribe(CHANNEL, listen);
});
afterEach(() => unsubscribe(CHANNEL, listen));

const RID = ["x-pinterest-rid", "1234567890123456"];
const REFRESH = { grantType: "refresh_token", refreshToken: `pinr.${CANARY}` };

test("a call that goes well is told of once, with what the token's answer says", async () => {
  await emulator.script({ headers: [RID], bodyJson: { access_token: `pina_${CANARY}` } });
  const token = await new Client(emulator.settings()).oauthToken({ grantType: "client_credentials" });
  assert.deepEqual(messages, [{ ...token.answer, outcome: "ok" }]);
  const [{ method, path, status, requestId, attempts, milliseconds }] = messages;
  assert.deepEqual([method, path, status, requestId, attempts], ["POST", "/v5/oauth/token", 200, RID[1], 1]);
  assert.equal(typeof milliseconds, "number");
});

test("a revocation is told of", async () => {
  const client = new Client(emulator.settings());
  const token = await client.oauthToken({ grantType: "client_credentials" });
  const answer = await client.revoke(token.accessToken);
  assert.deepEqual(messages[1], { ...answer, outcome: "ok" });
  assert.equal(messages[1].path, "/v5/oauth/token/revoke");
});

test("a call that fails is told of with the error's kind and outcome", async () => {
  await emulator.script({ status: 401, headers: [RID], bodyJson: { code: 283, message: "no" } });
  const error = await new Client(emulator.settings()).oauthToken(REFRESH).catch((e) => e);
  assert.deepEqual(messages, [{ ...error.answer, outcome: "rejected", kind: "invalid_grant" }]);
});

test("a call without an answer is told of without a status", async () => {
  await emulator.script({ action: "reset" }, { action: "hang" });
  const client = new Client(emulator.settings());
  await client.oauthToken(REFRESH).catch(() => {});
  await client.oauthToken({ ...REFRESH, timeout: 100 }).catch(() => {});
  assert.deepEqual(
    messages.map(({ kind, outcome, status }) => [kind, outcome, status]),
    [
      ["connect", "unknown", undefined],
      ["timeout", "unknown", undefined],
    ],
  );
});

test("a call that was refused before anything was to be sent is none", async () => {
  const client = new Client(emulator.settings());
  await client.oauthToken({ grantType: "password" }).catch(() => {});
  await client.oauthToken({ ...REFRESH, signal: AbortSignal.abort() }).catch(() => {});
  assert.deepEqual(messages, []);
});

test("no message holds a secret, whatever the server echoes", async () => {
  const { accessToken, refreshToken } = { accessToken: `pina_${CANARY}`, refreshToken: `pinr.${CANARY}` };
  const body = { access_token: accessToken, refresh_token: refreshToken, scope: CANARY, new: CANARY };
  const echo = ["x-pinterest-rid", CANARY];
  const client = new Client({ ...emulator.settings(), appSecret: CANARY });
  await emulator.script(
    { headers: [echo], bodyJson: body },
    { status: 401, headers: [echo], bodyJson: { code: 283, message: `${accessToken} ${refreshToken}` } },
    { action: "reset" },
  );
  const token = Token.deserialize(JSON.stringify(body));
  for (let turn = 0; turn < 3; turn += 1) {
    await client.refresh(token).catch(() => {});
  }
  assert.equal(messages.length, 3);
  assert.ok(!inspect(messages, { depth: 9, showHidden: true }).includes(CANARY));
});

test("a listener that throws loses no token", async () => {
  const source = `
    import { subscribe } from "node:diagnostics_channel";
    import { Client } from "pinterest-oauth";
    subscribe("${CHANNEL}", () => { throw new Error("mine"); });
    process.on("uncaughtException", ({ message }) => console.log(message));
    const token = await new Client().oauthToken({ grantType: "client_credentials" });
    console.log(token.tokenType);
  `;
  const { code, stdout, stderr } = await program(source, { environment: emulator.environment() });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.deepEqual(stdout.trim().split("\n").sort(), ["bearer", "mine"]);
});
