// 100,000 calls of every kind and end in one process; prints its memory in KiB as they go on.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Client, Token } from "pinterest-oauth";

const CALLS = 100_000;
const AT_ONCE = 50;
const SAMPLES = 20;

const server = fork(fileURLToPath(new URL("./server.mjs", import.meta.url)), { execArgv: [] });
const [port] = await once(server, "message");
const settings = { appId: "1", appSecret: "s", baseUrl: `http://127.0.0.1:${port}`, trustEnv: false };
const token = Token.deserialize('{"access_token":"a","refresh_token":"pinr.r"}');
let client = new Client(settings);
const ends = new Map();

function call(turn) {
  switch (turn % 10) {
    case 0:
      return client.oauthToken({ grantType: "client_credentials", scope: ["a", 7] });
    case 1:
      return client.oauthToken({ grantType: "client_credentials", signal: AbortSignal.abort() });
    case 2: {
      const controller = new AbortController();
      const aborted = client.refresh(token, { signal: controller.signal });
      setImmediate(() => controller.abort());
      return aborted;
    }
    case 3:
      return client.oauthToken({ grantType: "client_credentials", signal: new AbortController().signal });
    default:
      return client.refresh(token);
  }
}

async function one(turn) {
  const end = await call(turn).then(
    (answer) => answer.expiresAt && "token",
    ({ kind }) => kind,
  );
  ends.set(end, (ends.get(end) ?? 0) + 1);
}

const samples = [];
for (let done = 0; done < CALLS; done += AT_ONCE) {
  await Promise.all(Array.from({ length: AT_ONCE }, (_, turn) => one(done + turn)));
  client = new Client(settings);
  if ((done + AT_ONCE) % (CALLS / SAMPLES) === 0) {
    globalThis.gc();
    await new Promise(setImmediate);
    globalThis.gc();
    samples.push(Math.round(process.memoryUsage.rss() / 1024));
  }
}
server.disconnect();
console.log(JSON.stringify({ samples, ends: Object.fromEntries(ends) }));
