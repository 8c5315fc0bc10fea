// Worker threads: each with calls of its own, ended at any time.

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { Client } from "pinterest-oauth";
import { askAtOnce } from "./helpers/asking.mjs";
import { withEmulator } from "./helpers/emulator.mjs";
import { program } from "./helpers/programs.mjs";

const emulator = await withEmulator();
const FILE = new URL("./helpers/asking-worker.mjs", import.meta.url);
const start = (asker, times, waits = false) => {
  return new Worker(FILE, { workerData: { settings: emulator.settings(), asker, times, waits } });
};

async function arrived(count) {
  while ((await emulator.requests()).length < count) {
    await setImmediate();
  }
}

test("workers and the main thread call at once, and each gets its own answers", async () => {
  await emulator.script({ action: "pinterest", delayMs: 50, times: 250 });
  const workers = [1, 2, 3, 4].map((asker) => start(asker, 50));
  const ended = workers.map((worker) => Promise.all([once(worker, "message"), once(worker, "exit")]));
  await askAtOnce(new Client(emulator.settings()), 5, 50);
  assert.deepEqual(await Promise.all(ended), Array(4).fill([["answered"], [0]]));
  assert.equal((await emulator.requests()).length, 250);
});

test("a worker that is terminated during its calls harms nobody", async () => {
  const client = new Client(emulator.settings());
  for (let turn = 1; turn <= 10; turn += 1) {
    await emulator.reset();
    await emulator.script({ action: "hang", times: 20 });
    const worker = start(1, 20, true);
    await once(worker, "message");
    await arrived(20);
    await worker.terminate();
  }
  await emulator.reset();
  await askAtOnce(client, 2, 20);
});

test("a worker that is terminated while its answers arrive harms nobody", async () => {
  for (let turn = 1; turn <= 20; turn += 1) {
    const worker = start(1, 60, true);
    await once(worker, "message");
    await worker.terminate();
  }
  await askAtOnce(new Client(emulator.settings()), 2, 20);
});

test("a worker ends by itself although a call of another thread is under way", async () => {
  await emulator.script({ action: "hang" });
  const controller = new AbortController();
  const call = new Client(emulator.settings()).oauthToken({
    grantType: "client_credentials",
    signal: controller.signal,
  });
  await arrived(1);
  const worker = start(1, 5);
  assert.deepEqual(await once(worker, "exit"), [0]);
  controller.abort();
  await assert.rejects(call, { name: "AbortError" });
});

test("the package may live in workers alone, and end with them during calls", async () => {
  await emulator.script({ action: "hang", times: 5 }, { action: "pinterest", delayMs: 5, times: 100 });
  const source = `
    import { once } from "node:events";
    import { Worker } from "node:worker_threads";
    for (let turn = 0; turn < 6; turn += 1) {
      const workerData = { settings: ${JSON.stringify(emulator.settings())}, asker: 1, times: 5, waits: true };
      const worker = new Worker(${JSON.stringify(FILE.pathname)}, { workerData, execArgv: [] });
      await once(worker, "message");
      await worker.terminate();
    }
    console.log("done");
  `;
  assert.deepEqual(await program(source), { code: 0, signal: null, stdout: "done\n", stderr: "" });
});
