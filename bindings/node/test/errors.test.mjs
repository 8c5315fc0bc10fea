// What fails says why, what to do, and where it was called.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as everything from "pinterest-oauth";
import { withEmulator } from "./helpers/emulator.mjs";

const { Client, InvalidGrantError, PinterestOAuthError } = everything;
const classes = Object.values(everything).filter((one) => one.prototype instanceof PinterestOAuthError);
const emulator = await withEmulator();
const REFRESH = { grantType: "refresh_token", refreshToken: "pinr.made-up" };

async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail("it did not reject");
}

describe("the classes", () => {
  test("can be made for a test of one's own, and know kind, code and advice", () => {
    for (const Class of classes) {
      const error = new Class("it failed", { httpStatus: 401, cause: "why" });
      assert.equal(error.kind, Class.kind);
      assert.equal(error.name, Class.name);
      assert.match(error.code, /^ERR_PINTEREST_[A-Z_]+$|^ABORT_ERR$/);
      assert.match(error.whatNow, /\.$/);
      assert.equal(error.text, `it failed. ${error.whatNow}`);
      assert.deepEqual([error.message, error.httpStatus, error.cause], ["it failed", 401, "why"]);
      assert.ok(error instanceof PinterestOAuthError && error instanceof Error);
      assert.ok(error.stack.startsWith(`${Class.name}: it failed`));
    }
  });

  test("have codes that differ", () => {
    const codes = new Set(classes.map((Class) => new Class().code));
    assert.equal(codes.size, classes.length);
  });
});

test("an error says everything that is known of it", async () => {
  await emulator.script({
    status: 401,
    headers: [
      ["x-pinterest-rid", "1234567890123456"],
      ["retry-after", "7"],
    ],
    bodyJson: { code: 283, message: "The authorization grant is invalid", more: [1] },
  });
  const error = await rejection(new Client(emulator.settings()).oauthToken(REFRESH));
  assert.ok(error instanceof InvalidGrantError);
  assert.equal(error.kind, "invalid_grant");
  assert.equal(error.code, "ERR_PINTEREST_INVALID_GRANT");
  assert.equal(error.outcome, "rejected");
  assert.equal(error.httpStatus, 401);
  assert.equal(error.pinterestCode, 283);
  assert.equal(error.pinterestMessage, "The authorization grant is invalid");
  assert.equal(error.requestId, "1234567890123456");
  assert.deepEqual(error.body, { code: 283, message: "The authorization grant is invalid", more: [1] });
  assert.ok(error.headers.some(([name, value]) => name === "retry-after" && value === "7"));
  assert.deepEqual(error.extra, { more: [1] });
  assert.equal(error.whatNow, "Let the user log in again.");
  const numbers = "HTTP 401, code 283, request id 1234567890123456, retry after 7 s";
  assert.equal(error.text, `The authorization grant is invalid (${numbers}). Let the user log in again.`);
  assert.deepEqual(error.answer, {
    method: "POST",
    path: "/v5/oauth/token",
    status: 401,
    requestId: "1234567890123456",
    milliseconds: error.answer.milliseconds,
    attempts: 1,
  });
  assert.ok(!("field" in error) && !("cause" in error));
});

test("a rate limit says when to come back", async () => {
  await emulator.switches({ rateLimit: { limit: 1, window: 60 } });
  const client = new Client(emulator.settings());
  await client.oauthToken({ grantType: "client_credentials" });
  const error = await rejection(client.oauthToken({ grantType: "client_credentials" }));
  assert.equal(error.kind, "rate_limited");
  assert.ok(error.retryAfter > 0 && error.retryAfter <= 60);
  assert.equal(error.rateLimit.limit, 1);
  assert.equal(error.rateLimit.remaining, 0);
});

test("a deadline that passes is a TimeoutError", async () => {
  await emulator.script({ action: "hang" });
  const error = await rejection(new Client(emulator.settings()).oauthToken({ ...REFRESH, timeout: 500 }));
  assert.ok(error instanceof everything.TimeoutError);
  assert.deepEqual([error.name, error.kind, error.outcome], ["TimeoutError", "timeout", "unknown"]);
});

test("a server that is not there is a ConnectError, and nothing was sent", async () => {
  const client = new Client({ ...emulator.settings(), baseUrl: "http://127.0.0.1:9/v5" });
  const error = await rejection(client.oauthToken(REFRESH));
  assert.ok(error instanceof everything.ConnectError);
  assert.equal(error.outcome, "not_sent");
});

test("a certificate that is not trusted is a TlsError", async () => {
  const { caFile } = emulator.settings({ https: true });
  const client = new Client({ ...emulator.settings(), baseUrl: emulator.addresses.untrustedBaseUrl, caFile });
  assert.ok((await rejection(client.oauthToken(REFRESH))) instanceof everything.TlsError);
});

test("the stack names those who awaited the call", async () => {
  await emulator.script({ times: 2, status: 401, bodyJson: { code: 283, message: "no" } });
  const client = new Client(emulator.settings());
  async function renewTheToken() {
    return await client.oauthToken(REFRESH);
  }
  async function nightlyJob() {
    await renewTheToken();
  }
  const { stack } = await rejection(nightlyJob());
  assert.match(stack, /^InvalidGrantError: no\n/);
  assert.match(stack, /at async Client\.oauthToken .*\n.*at async renewTheToken .*errors\.test\.mjs:\d+/);
  assert.match(stack, /at async nightlyJob .*errors\.test\.mjs:\d+/);
  const together = await rejection(Promise.all([renewTheToken()]));
  assert.match(together.stack, /at async renewTheToken/);
});

test("the stack of what throws at once names the caller", () => {
  function setUp() {
    return new Client({ environment: "test" });
  }
  assert.throws(setUp, ({ stack }) => /at new Client .*\n\s+at setUp .*errors\.test\.mjs:\d+/.test(stack));
});

test("a message calls options by their names in JavaScript, and times are milliseconds", async () => {
  const client = new Client(emulator.settings());
  const missing = await rejection(client.oauthToken({ grantType: "authorization_code", code: "c" }));
  assert.equal(missing.message, "redirectUri is required for grantType authorization_code");
  assert.equal(missing.text, `${missing.message}. Fix \`redirectUri\`.`);
  const both = {
    grantType: "refresh_token",
    refreshToken: "a",
    token: everything.Token.deserialize('{"access_token":"a"}'),
  };
  assert.match(
    (await rejection(client.oauthToken(both))).message,
    /^token and refreshToken exclude each other/,
  );
  const deadline = "must be from 1 to 600000 milliseconds";
  const late = await rejection(client.oauthToken({ ...REFRESH, timeout: 600_001 }));
  assert.equal(late.message, `timeout ${deadline}`);
  const unsuitable = await rejection(client.oauthToken({ ...REFRESH, timeout: "3" }));
  assert.equal(unsuitable.message, "timeout must be a number of milliseconds");
  assert.throws(() => new Client({ connectTimeout: 0 }), { message: `connectTimeout ${deadline}` });
  assert.throws(() => client.authorizeUrl(), { field: "redirectUri", message: /^redirectUri / });
});

test("an error of the JavaScript half has the properties of one of the core", async () => {
  const client = new Client(emulator.settings());
  const core = await rejection(client.oauthToken({ grantType: "client_credentials", timeout: 0 }));
  const own = await rejection(client.oauthToken({ grantType: "client_credentials", timeout: Number.NaN }));
  assert.deepEqual(Object.getOwnPropertyNames(own).sort(), Object.getOwnPropertyNames(core).sort());
  assert.deepEqual([own.kind, own.field, own.outcome], [core.kind, core.field, core.outcome]);
  assert.deepEqual([own.whatNow, own.headers], [core.whatNow, core.headers]);
  assert.equal(own.text, "timeout must be a finite number. Fix `timeout`.");
});

test("JSON.stringify writes the name, the message and all that is known", async () => {
  await emulator.script({ status: 403, bodyJson: { code: 29, message: "no" } });
  const error = await rejection(new Client(emulator.settings()).oauthToken(REFRESH));
  const written = JSON.parse(JSON.stringify({ error })).error;
  assert.equal(written.name, "ForbiddenError");
  assert.equal(written.message, error.message);
  assert.deepEqual([written.kind, written.httpStatus, written.pinterestCode], ["forbidden", 403, 29]);
  assert.ok(!("stack" in written));
});
