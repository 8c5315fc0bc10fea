// A signal ends a call, and only that call.

import assert from "node:assert/strict";
import { EventEmitter, getEventListeners } from "node:events";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { AbortError, Client, TimeoutError, Token } from "pinterest-oauth";
import { withEmulator } from "./helpers/emulator.mjs";

const emulator = await withEmulator();
const TOKEN = Token.deserialize('{"access_token":"pina_made-up","refresh_token":"pinr.made-up"}');
const REFRESH = { grantType: "refresh_token", refreshToken: "pinr.made-up" };

async function arrived(count) {
  while ((await emulator.requests()).length < count) {
    await setImmediate();
  }
}

test("a signal that was aborted before ends the call before anything is sent", async () => {
  const client = new Client(emulator.settings());
  const signal = AbortSignal.abort(new Error("too late"));
  const calls = [
    client.oauthToken({ ...REFRESH, signal }),
    client.refresh(TOKEN, { signal }),
    client.revoke("a", { signal }),
    client.conversionToken("a", { signal }),
  ];
  for (const call of calls) {
    const error = await call.catch((e) => e);
    assert.ok(error instanceof AbortError);
    assert.deepEqual([error.name, error.code, error.kind], ["AbortError", "ABORT_ERR", "cancelled"]);
    assert.equal(error.outcome, "not_sent");
    assert.equal(error.cause, signal.reason);
  }
  assert.equal(await emulator.connections(), 0);
});

test("a signal ends a call that is under way, and says that its outcome is unknown", async () => {
  await emulator.script({ action: "hang" });
  const client = new Client(emulator.settings());
  const controller = new AbortController();
  const call = client.oauthToken({ ...REFRESH, signal: controller.signal }).catch((e) => e);
  await arrived(1);
  controller.abort("enough");
  const error = await call;
  assert.ok(error instanceof AbortError);
  assert.deepEqual([error.outcome, error.cause], ["unknown", "enough"]);
  const { method, path, attempts, status } = error.answer;
  assert.deepEqual([method, path, attempts, status], ["POST", "/v5/oauth/token", 1, undefined]);
  assert.match(error.stack, /abort\.test\.mjs|Client\.oauthToken/);
});

test("every call can have a deadline of its own", async () => {
  const client = new Client(emulator.settings());
  const timeout = 300;
  const calls = [
    () => client.oauthToken({ ...REFRESH, timeout }),
    () => client.refresh(TOKEN, { timeout }),
    () => client.revoke("a", { timeout }),
    () => client.conversionToken("a", { timeout }),
  ];
  await emulator.script({ action: "hang", times: calls.length });
  for (const call of calls) {
    await assert.rejects(call, TimeoutError);
  }
});

test("other calls of the client go on, and so does the client", async () => {
  await emulator.script({ action: "hang" }, { action: "pinterest" });
  const client = new Client(emulator.settings());
  const controller = new AbortController();
  const ended = client.oauthToken({ ...REFRESH, signal: controller.signal }).catch((e) => e);
  await arrived(1);
  const other = client.oauthToken({ grantType: "client_credentials" });
  controller.abort();
  assert.equal((await ended).cause.name, "AbortError");
  assert.match((await other).accessToken, /^pin/);
  assert.match((await client.oauthToken({ grantType: "client_credentials" })).accessToken, /^pin/);
});

test("AbortSignal.timeout ends a call with its reason as the cause", async () => {
  await emulator.script({ action: "hang" });
  const client = new Client(emulator.settings());
  const error = await client.oauthToken({ ...REFRESH, signal: AbortSignal.timeout(100) }).catch((e) => e);
  assert.ok(error instanceof AbortError && !(error instanceof TimeoutError));
  assert.equal(error.cause.name, "TimeoutError");
});

test("a signal that is aborted after the answer changes nothing, and keeps nothing", async () => {
  const client = new Client(emulator.settings());
  const controller = new AbortController();
  const { signal } = controller;
  const token = await client.oauthToken({ grantType: "client_credentials", signal });
  await client.oauthToken({ grantType: "password", signal }).catch(() => {});
  assert.equal(getEventListeners(signal, "abort").length, 0);
  controller.abort();
  assert.match(token.accessToken, /^pin/);
});

test("an error that is no abort has no cause, though the signal exists", async () => {
  await emulator.script({ status: 503 });
  const client = new Client(emulator.settings());
  const error = await client.oauthToken({ ...REFRESH, signal: new AbortController().signal }).catch((e) => e);
  assert.equal(error.kind, "server_error");
  assert.ok(!("cause" in error));
});

test("one signal ends a hundred calls without a warning", async () => {
  const warnings = [];
  const warn = (warning) => warnings.push(warning);
  process.on("warning", warn);
  await emulator.script({ action: "hang", times: 100 });
  const client = new Client(emulator.settings());
  const controller = new AbortController();
  const calls = Array.from({ length: 100 }, () =>
    client.oauthToken({ ...REFRESH, signal: controller.signal }),
  );
  const ended = Promise.allSettled(calls);
  await arrived(100);
  controller.abort();
  const reasons = (await ended).map(({ reason }) => reason);
  assert.ok(reasons.every((reason) => reason instanceof AbortError));
  await setImmediate();
  process.off("warning", warn);
  assert.deepEqual(warnings, []);
});

test("a signal of another make works", async () => {
  await emulator.script({ action: "hang" });
  const events = new EventEmitter();
  const signal = {
    aborted: false,
    reason: undefined,
    addEventListener: (name, listener) => events.on(name, listener),
    removeEventListener: (name, listener) => events.off(name, listener),
  };
  const call = new Client(emulator.settings()).oauthToken({ ...REFRESH, signal }).catch((e) => e);
  await arrived(1);
  Object.assign(signal, { aborted: true, reason: "mine" });
  events.emit("abort");
  assert.equal((await call).cause, "mine");
  assert.equal(events.listenerCount("abort"), 0);
});

test("what is no signal is refused by name", async () => {
  const client = new Client(emulator.settings());
  for (const signal of [true, "stop", {}, new AbortController(), 0, () => {}]) {
    await assert.rejects(client.oauthToken({ ...REFRESH, signal }), {
      kind: "invalid_argument",
      field: "signal",
    });
  }
  assert.equal(await emulator.connections(), 0);
});
