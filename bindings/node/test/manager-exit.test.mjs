// However a process ends: what was sent is stored first. Only what is killed does not wait.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, test } from "node:test";
import { program } from "./helpers/programs.mjs";
import { withWorld } from "./helpers/world.mjs";

const world = await withWorld();
const { emulator } = world;
const SLOW = { action: "pinterest", delayMs: 1000 };

const source = (then) => `
  import { setTimeout } from "node:timers/promises";
  import { TokenManager } from "pinterest-oauth";
  const account = new TokenManager(${JSON.stringify(world.settings())}).account("shop-42");
  ${then}
`;

/** An account whose token has expired, and whose refresh takes a second. */
async function expired() {
  const account = await world.account();
  const { accessToken } = await account.export();
  await world.pass(31);
  await emulator.script(SLOW);
  return { account, accessToken };
}

/** That the refresh was sent once, and its token is stored. */
async function isStored({ account, accessToken }) {
  const token = await account.export();
  assert.notEqual(token.accessToken, accessToken);
  assert.ok(await account.accessToken());
  assert.equal(await world.refreshes(), 1);
}

describe("a process with a refresh under way", () => {
  const ends = {
    "that has nothing else to do": [0, "account.accessToken();"],
    "whose wait was aborted": [
      0,
      "await account.accessToken({ signal: AbortSignal.timeout(500) }).catch(() => {});",
    ],
    "that calls process.exit": [7, "account.accessToken(); await setTimeout(500); process.exit(7);"],
    "that fails": [1, `account.accessToken(); await setTimeout(500); throw new Error("no");`],
  };
  for (const [name, [code, then]] of Object.entries(ends)) {
    test(`${name} stores the token first`, async () => {
      const before = await expired();
      assert.equal((await program(source(then))).code, code);
      await isStored(before);
    });
  }

  test("that ends itself on Ctrl-C stores the token first", async () => {
    const before = await expired();
    const then = `process.on("SIGINT", () => process.exit(130)); account.accessToken(); console.log("asked");`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", source(then)], {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: 60_000,
      killSignal: "SIGKILL",
    });
    await once(child.stdout, "data");
    await world.refreshesAre(1);
    child.kill("SIGINT");
    assert.deepEqual(await once(child, "exit"), [130, null]);
    await isStored(before);
  });

  test("in a worker that is terminated stores the token first", async () => {
    const before = await expired();
    const worker = `
      const { TokenManager } = require("pinterest-oauth");
      new TokenManager(${JSON.stringify(world.settings())}).account("shop-42").accessToken();
    `;
    // The package lives in the worker alone.
    const main = `
      import { setTimeout } from "node:timers/promises";
      import { Worker } from "node:worker_threads";
      const worker = new Worker(${JSON.stringify(worker)}, { eval: true, execArgv: [] });
      await setTimeout(700);
      process.exit(7);
    `;
    assert.equal((await program(main)).code, 7);
    await isStored(before);
  });
});

test("an idle manager keeps nothing alive", async () => {
  await world.account();
  const then = `globalThis.kept = [account, await account.accessToken()]; console.log("got it");`;
  const ended = { code: 0, signal: null, stdout: "got it\n", stderr: "" };
  assert.deepEqual(await program(source(then)), ended);
});

test("a hundred managers and copies of the package add one listener, and no warning", async () => {
  const then = `
    import { createRequire } from "node:module";
    const require = createRequire(process.cwd() + "/a.js");
    const before = process.listenerCount("exit");
    for (let turn = 0; turn < 100; turn += 1) {
      for (const path of Object.keys(require.cache)) delete require.cache[path];
      new (require("pinterest-oauth").TokenManager)(${JSON.stringify(world.settings())});
    }
    console.log(process.listenerCount("exit") - before);
  `;
  const { stdout, stderr } = await program(source(then));
  assert.deepEqual([stdout, stderr], ["0\n", ""]);
});
