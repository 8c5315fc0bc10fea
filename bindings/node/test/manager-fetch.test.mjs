// account.fetch: the token of the account, and one retry where the resource does not take it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { after, beforeEach, describe, test } from "node:test";
import { rejection, withWorld } from "./helpers/world.mjs";

const world = await withWorld();

/** A resource server: it takes the tokens in `good`, and notes what came. */
let came = [];
let good = new Set();
let refusal = { status: 401, body: { code: 2, message: "Authentication failed." } };
const server = createServer(async (request, response) => {
  const body = await text(request);
  const { method, url, headers } = request;
  came.push({ method, url, headers, body });
  const isGood = good.has(headers.authorization?.replace("Bearer ", ""));
  const [status, answer] = isGood ? [200, { url, body }] : [refusal.status, refusal.body];
  response.writeHead(status, { "content-type": "application/json" });
  response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const base = `http://127.0.0.1:${server.address().port}`;
after(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  came = [];
  good = new Set();
  refusal = { status: 401, body: { code: 2, message: "Authentication failed." } };
});

/** An account with a token that is a day old, and does not pass any more: the next one does. */
async function withRejected() {
  const account = await world.account();
  await world.pass(1);
  // What the next refresh gives is not known before, so every other token is good.
  const old = await account.accessToken();
  good = { has: (token) => token !== undefined && token !== old };
  return { account, old };
}

test("a request carries the access token, and whatever else was given", async () => {
  const account = await world.account();
  good.add(await account.accessToken());
  const answer = await account.fetch(`${base}/v5/pins?page_size=1`, {
    method: "POST",
    body: "pin",
    headers: { "x-mine": "1", authorization: "Basic b2xk" },
  });
  assert.deepEqual([answer.status, await answer.json()], [200, { url: "/v5/pins?page_size=1", body: "pin" }]);
  assert.equal(came.length, 1);
  assert.equal(came[0].headers["x-mine"], "1");
  assert.equal(came[0].headers.authorization, `Bearer ${await account.accessToken()}`);
});

describe("an answer 401 with code 2", () => {
  const bodies = {
    "no body": [undefined, ""],
    text: ["text", "text"],
    "a Buffer": [Buffer.from("bytes"), "bytes"],
    "an ArrayBuffer": [new TextEncoder().encode("bytes").buffer, "bytes"],
    "a typed array": [new TextEncoder().encode("bytes"), "bytes"],
    "a Blob": [new Blob(["blob"]), "blob"],
    URLSearchParams: [new URLSearchParams({ a: "1 2" }), "a=1+2"],
  };
  for (const [name, [body, sent]] of Object.entries(bodies)) {
    test(`is asked once more with a new token: ${name}`, async () => {
      const { account, old } = await withRejected();
      const answer = await account.fetch(new URL(base), {
        method: body === undefined ? "GET" : "POST",
        body,
      });
      assert.equal(answer.status, 200);
      assert.deepEqual(
        came.map((one) => one.body),
        [sent, sent],
      );
      assert.equal(came[0].headers.authorization, `Bearer ${old}`);
      assert.equal(came[1].headers.authorization, `Bearer ${await account.accessToken()}`);
      assert.equal(await world.refreshes(), 1);
    });
  }

  test("is asked once more with a new token: FormData", async () => {
    const { account } = await withRejected();
    const body = new FormData();
    body.set("file", new Blob(["pixels"]), "a.png");
    assert.equal((await account.fetch(base, { method: "POST", body })).status, 200);
    assert.ok(came.length === 2 && came.every((one) => one.body.includes("pixels")));
  });

  test("is asked once more with a new token: a Request without a body", async () => {
    const { account } = await withRejected();
    const request = new Request(`${base}/a`, { headers: { "x-mine": "1" } });
    assert.equal((await account.fetch(request)).status, 200);
    assert.deepEqual(
      came.map(({ headers, url }) => [headers["x-mine"], url]),
      [
        ["1", "/a"],
        ["1", "/a"],
      ],
    );
  });

  test("is handed out where the body cannot be sent again; the next request has a new token", async () => {
    const streams = [
      (account) =>
        account.fetch(base, { method: "POST", body: Readable.toWeb(Readable.from(["a"])), duplex: "half" }),
      (account) => account.fetch(new Request(base, { method: "POST", body: "a" })),
    ];
    for (const send of streams) {
      came = [];
      const { account } = await withRejected();
      const answer = await send(account);
      assert.deepEqual([answer.status, (await answer.json()).code, came.length], [401, 2, 1]);
      assert.equal((await account.fetch(base)).status, 200);
      await account.remove();
    }
  });

  test("is handed out where the new token is refused as well, and nothing is sent for the one after", async () => {
    const { account } = await withRejected();
    good = new Set();
    const first = await account.fetch(base);
    assert.deepEqual([first.status, (await first.json()).code, came.length], [401, 2, 2]);
    const second = await account.fetch(base);
    assert.deepEqual([second.status, (await second.json()).code, came.length], [401, 2, 3]);
    assert.equal(await world.refreshes(), 1);
  });

  test("of a hundred requests at once makes one refresh", async () => {
    const { account } = await withRejected();
    const answers = await Promise.all(Array.from({ length: 100 }, () => account.fetch(base)));
    assert.deepEqual(
      answers.filter(({ status }) => status !== 200),
      [],
    );
    assert.equal(await world.refreshes(), 1);
    await Promise.all(answers.map((answer) => answer.text()));
  });
});

test("any other refusal is handed out, and refreshes nothing", async () => {
  const others = [
    { status: 401, body: { code: 3, message: "no scope" } },
    { status: 401, body: "<html>" },
    { status: 401, body: "null" },
    { status: 403, body: { code: 2 } },
    { status: 500, body: { code: 2 } },
  ];
  const account = await world.account();
  for (refusal of others) {
    came = [];
    const answer = await account.fetch(base);
    const expected = typeof refusal.body === "string" ? refusal.body : JSON.stringify(refusal.body);
    assert.deepEqual([answer.status, await answer.text(), came.length], [refusal.status, expected, 1]);
  }
  assert.equal(await world.refreshes(), 0);
});

test("without an account nothing is sent to the resource", async () => {
  const error = await rejection(world.manager().account("nobody").fetch(base));
  assert.equal(error.name, "UnknownAccountError");
  assert.deepEqual(came, []);
});

test("a signal ends a request, also that of a Request", async () => {
  const account = await world.account();
  const signal = AbortSignal.abort();
  for (const input of [[base, { signal }], [new Request(base, { signal })]]) {
    assert.equal((await rejection(account.fetch(...input))).name, "AbortError");
  }
  assert.deepEqual(came, []);
});
