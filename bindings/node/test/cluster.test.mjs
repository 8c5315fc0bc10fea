// node:cluster: a server of several processes.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { askersByConnection } from "./helpers/asking.mjs";
import { withEmulator } from "./helpers/emulator.mjs";

const emulator = await withEmulator();
const APP = fileURLToPath(new URL("./helpers/cluster-app.mjs", import.meta.url));
const VISITORS = Array.from({ length: 90 }, (_, place) => place + 1);

for (const https of [false, true]) {
  test(`every visitor of a cluster gets the answer to its own question, over ${https ? "https" : "http"}`, async () => {
    const environment = { ...process.env, SETTINGS: JSON.stringify(emulator.settings({ https })) };
    const primary = spawn(process.execPath, [APP], {
      env: environment,
      timeout: 60_000,
      killSignal: "SIGKILL",
    });
    const complaints = [];
    primary.stderr.on("data", (bytes) => complaints.push(String(bytes)));
    const [port] = await once(createInterface({ input: primary.stdout }), "line");
    const visit = async (asker) => {
      const answer = await fetch(`http://127.0.0.1:${port}/${asker}`);
      return answer.json();
    };
    const visits = await Promise.all(VISITORS.map(visit));
    primary.stdin.end();
    assert.deepEqual(await once(primary, "exit"), [0, null], complaints.join(""));
    assert.deepEqual(
      visits.map(({ asker }) => asker),
      VISITORS,
    );
    const workers = new Map(visits.map(({ asker, pid }) => [asker, pid]));
    assert.ok(new Set(workers.values()).size > 1);
    workers.set(99, primary.pid);
    const requests = await emulator.requests();
    assert.equal(requests.length, VISITORS.length + 2);
    for (const askers of askersByConnection(requests).values()) {
      assert.equal(new Set([...askers].map((asker) => workers.get(asker))).size, 1);
    }
  });
}
