// Node-API against koffi: the same call of the same core, through this package and through the C library.
//
//     npm run build:release && cargo build --release -p pinterest-oauth-ffi
//     npm install --no-save --no-package-lock koffi@3.3.4
//     node bench/compare.mjs

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

const here = import.meta.dirname;
const SEQUENTIAL = 5000;
const AT_ONCE = 400;
const PROCESSES = 15;
const ROUNDS = 5;

/** A server on a thread of its own: answers every request after so many milliseconds. */
async function serve(delay) {
  const worker = new Worker(join(here, "server.mjs"), { workerData: delay });
  const port = await new Promise((resolve) => worker.once("message", resolve));
  return { url: `http://127.0.0.1:${port}/v5`, stop: () => worker.terminate() };
}

const settings = (baseUrl) => ({ appId: "1234567", appSecret: "made-up", baseUrl, trustEnv: false });
const connect = {
  "node-api": async (url) => (await import("./with-napi.mjs")).connect(settings(url)),
  koffi: async (url) => (await import("./with-koffi.mjs")).connect(settings(url)),
};

const median = (numbers) => Math.round(numbers.sort((a, b) => a - b)[numbers.length >> 1]) || "-";

async function sequential(call) {
  const times = [];
  for (let turn = 0; turn < SEQUENTIAL; turn += 1) {
    const start = process.hrtime.bigint();
    await call();
    times.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  return median(times.slice(SEQUENTIAL / 5));
}

async function atOnce(call) {
  const start = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, call));
  return performance.now() - start;
}

function wholeProcess(name, url) {
  const start = performance.now();
  execFileSync(process.execPath, [join(here, "compare.mjs"), "once", name, url]);
  return performance.now() - start;
}

async function main() {
  const quick = await serve(0);
  const slow = await serve(20);
  const names = [...Object.keys(connect), "bare"];
  const rows = Object.fromEntries(names.map((name) => [name, { one: [], many: [], start: [] }]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, make] of Object.entries(connect)) {
      rows[name].one.push(await sequential(await make(quick.url)));
      const call = await make(slow.url);
      await atOnce(call);
      rows[name].many.push(await atOnce(call));
    }
  }
  for (let round = 0; round < PROCESSES; round += 1) {
    for (const name of names) {
      rows[name].start.push(wholeProcess(name, quick.url));
    }
  }
  for (const [name, { one, many, start }] of Object.entries(rows)) {
    console.log(name, {
      "one call after the other, µs": median(one),
      [`${AT_ONCE} at once, 20 ms server, ms`]: median(many),
      "a process with one call, ms": median(start),
    });
  }
  await Promise.all([quick.stop(), slow.stop()]);
}

const [, , once, name, url] = process.argv;
if (once) {
  await (await connect[name]?.(url))?.();
} else {
  await main();
}
