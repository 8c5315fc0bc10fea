// Worker threads, processes and the workers of a cluster: one refresh, and all get its token.

import assert from "node:assert/strict";
import { fork } from "node:child_process";
import cluster from "node:cluster";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { withWorld } from "./helpers/world.mjs";

const world = await withWorld();
const FILE = fileURLToPath(new URL("./helpers/manager-worker.mjs", import.meta.url));
const TIMES = 20;

/** What one of them said last, when it has ended well. */
async function answered(child) {
  const said = [];
  child.on("message", (message) => said.push(message));
  const [code] = await once(child, "exit");
  assert.equal(code, 0);
  return said.at(-1);
}

const ways = {
  threads: (asks) => new Worker(FILE, { workerData: asks, execArgv: [] }),
  processes: (asks) => fork(FILE, { execArgv: [], env: { ...process.env, ASKS: JSON.stringify(asks) } }),
  "workers of a cluster": (asks) => {
    cluster.setupPrimary({ exec: FILE, execArgv: [] });
    return cluster.fork({ ASKS: JSON.stringify(asks) });
  },
};

for (const [name, start] of Object.entries(ways)) {
  test(`four ${name} and this thread make one refresh of an expired token, and all get the new one`, async () => {
    const account = await world.account();
    const first = await account.accessToken();
    await world.pass(31);
    const asks = { settings: world.settings(), account: "shop-42", times: TIMES };
    const all = await Promise.all([
      Promise.all(Array.from({ length: TIMES }, () => account.accessToken())),
      ...Array.from({ length: 4 }, () => answered(start(asks))),
    ]);
    assert.equal(all.flat().length, 5 * TIMES);
    const tokens = new Set(all.flat());
    assert.equal(tokens.size, 1);
    assert.ok(!tokens.has(first));
    assert.equal(await world.refreshes(), 1);
  });
}

test("a worker that is terminated in a refresh harms nobody: the token is stored", async () => {
  const account = await world.account();
  const first = await account.accessToken();
  await world.pass(31);
  await world.emulator.script({ action: "pinterest", delayMs: 500 });
  const worker = ways.threads({ settings: world.settings(), account: "shop-42", times: TIMES });
  await world.refreshesAre(1);
  await worker.terminate();
  assert.notEqual(await account.accessToken(), first);
  assert.equal(await world.refreshes(), 1);
});
