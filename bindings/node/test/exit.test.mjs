// A process ends when its work does: a call under way keeps it alive, and nothing else does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withEmulator } from "./helpers/emulator.mjs";
import { program } from "./helpers/programs.mjs";

const emulator = await withEmulator();

/** Runs a program with a client and a way to call; it has a minute to end by itself. */
function runs(source) {
  const head = `
    import { Client } from "pinterest-oauth";
    const client = new Client({ timeout: 50_000 });
    const call = (options) => client.oauthToken({ grantType: "client_credentials", ...options });
  `;
  return program(head + source, { environment: emulator.environment() });
}

const ended = (code, stdout = "") => ({ code, signal: null, stdout, stderr: "" });

test("an idle client keeps nothing alive", async () => {
  assert.deepEqual(await runs(""), ended(0));
});

test("a process ends after its calls, with the client still there", async () => {
  const source = `
    await Promise.all(Array.from({ length: 300 }, () => call()));
    globalThis.kept = [client, await call()];
    console.log("called");
  `;
  assert.deepEqual(await runs(source), ended(0, "called\n"));
});

test("a call under way keeps the process alive until its answer is there", async () => {
  await emulator.script({ action: "pinterest", delayMs: 500 });
  assert.deepEqual(await runs(`call().then(() => console.log("answered"));`), ended(0, "answered\n"));
});

test("a process ends after a call that was aborted", async () => {
  await emulator.script({ action: "hang" });
  const source = `await call({ signal: AbortSignal.timeout(100) }).catch(({ code }) => console.log(code));`;
  assert.deepEqual(await runs(source), ended(0, "ABORT_ERR\n"));
});

test("a process ends after a call that failed, and after one that was refused", async () => {
  await emulator.script({ action: "reset" });
  const source = `
    await call().catch(({ kind }) => console.log(kind));
    await call({ scope: 7 }).catch(({ kind }) => console.log(kind));
  `;
  assert.deepEqual(await runs(source), ended(0, "connect\ninvalid_argument\n"));
});

test("process.exit ends a process with calls under way", async () => {
  await emulator.script({ action: "hang", times: 200 });
  const source = `
    for (let turn = 0; turn < 20; turn += 1) call();
    setTimeout(() => process.exit(7), 50);
  `;
  for (let turn = 0; turn < 5; turn += 1) {
    assert.deepEqual(await runs(source), ended(7));
  }
});

test("process.exit ends a process while answers arrive", async () => {
  const source = `
    let answers = 0;
    for (let turn = 0; turn < 200; turn += 1) call().then(() => ++answers === 5 && process.exit(7));
  `;
  for (let turn = 0; turn < 5; turn += 1) {
    assert.deepEqual(await runs(source), ended(7));
  }
});

test("an error that nobody catches ends the process as errors do", async () => {
  const { code, stderr } = await runs(`await call({ grantType: "password" });`);
  assert.equal(code, 1);
  assert.match(stderr, /InvalidArgumentError: grantType must be/);
});

test("calls whose errors are caught leave no rejection unhandled", async () => {
  await emulator.script({ action: "reset", times: 50 });
  const source = `
    process.on("unhandledRejection", () => console.log("unhandled"));
    const calls = Array.from({ length: 50 }, () => call());
    await Promise.allSettled([...calls, call({ scope: 7 }), call({ signal: AbortSignal.abort() }), call({ signal: 1 })]);
    console.log("done");
  `;
  assert.deepEqual(await runs(source), ended(0, "done\n"));
});
