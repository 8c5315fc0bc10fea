// Calls run side by side and leave the event loop alone.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { Client } from "pinterest-oauth";
import { askAtOnce } from "./helpers/asking.mjs";
import { withEmulator } from "./helpers/emulator.mjs";

const emulator = await withEmulator();
const AT_ONCE = 300;

test("300 calls are under way at once, while the event loop goes on", async () => {
  // The server lives in this very event loop, and answers nobody before the last one has asked.
  const waiting = [];
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      waiting.push(response);
      if (waiting.length === AT_ONCE) {
        for (const [place, one] of waiting.entries()) {
          one.end(JSON.stringify({ access_token: `pina_${place}` }));
        }
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const baseUrl = `http://127.0.0.1:${server.address().port}`;
  const client = new Client({ appId: "1", appSecret: "s", baseUrl, trustEnv: false });
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  });
  const calls = Array.from({ length: AT_ONCE }, () => client.oauthToken({ grantType: "client_credentials" }));
  const tokens = new Set((await Promise.all(calls)).map(({ accessToken }) => accessToken));
  clearInterval(ticking);
  server.close();
  assert.equal(tokens.size, AT_ONCE);
  assert.ok(ticks > 0);
});

test("each of 300 answers belongs to the call that asked, over http and https", async () => {
  for (const https of [false, true]) {
    await emulator.reset();
    await emulator.script({ action: "pinterest", delayMs: 100, times: AT_ONCE });
    await askAtOnce(new Client(emulator.settings({ https })), 1, AT_ONCE);
    assert.equal((await emulator.requests()).length, AT_ONCE);
  }
});

test("calls one after the other use one connection", async () => {
  const client = new Client(emulator.settings());
  for (let turn = 0; turn < 20; turn += 1) {
    await client.oauthToken({ grantType: "client_credentials" });
  }
  const connections = new Set((await emulator.requests()).map(({ connection }) => connection));
  assert.equal(connections.size, 1);
});
