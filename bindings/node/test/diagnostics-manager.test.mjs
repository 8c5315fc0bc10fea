// Each refresh of a token manager can be seen on the channel `pinterest-oauth:manager`, and no secret with it.

import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { Token } from "pinterest-oauth";
import { program } from "./helpers/programs.mjs";
import { rejection, withWorld } from "./helpers/world.mjs";

const CHANNEL = "pinterest-oauth:manager";
const CANARY = "c4nary-of-a-secret";
const REFUSED = { status: 401, bodyJson: { code: 283, message: "refused" }, times: 100 };
const world = await withWorld();
let messages;
const listen = (message) => messages.push(message);
beforeEach(async () => {
  messages = [];
  subscribe(CHANNEL, listen);
  // What other tests left.
  await world.manager().accounts();
  messages = [];
});
afterEach(() => unsubscribe(CHANNEL, listen));

const said = () => messages.map(({ level, account, event }) => `${level} ${account} ${event}`);

for (const [name, refresh] of [
  ["accessToken()", (manager) => manager.account("shop-42").accessToken()],
  ["token()", (manager) => manager.account("shop-42").token()],
  ["refreshDue()", (manager) => manager.refreshDue()],
]) {
  test(`a refresh by ${name} is one message with the account`, async () => {
    const account = await world.account();
    await world.pass(31);
    await refresh(world.manager());
    await account.accessToken();
    await account.status();
    assert.deepEqual(said(), ["info shop-42 refreshed"]);
    const [{ message, requestId, at }] = messages;
    assert.match(message, /^refreshed: a new token is stored, valid for 30 days/);
    assert.equal(typeof requestId, "string");
    assert.ok(at instanceof Date);
  });
}

test("a first refusal is a warning long before a login is needed", async () => {
  const account = await world.account();
  await world.pass(25);
  await world.emulator.script(REFUSED);
  await rejection(account.refresh({ force: true }));
  assert.deepEqual(said(), ["warning shop-42 doubtful"]);
  await world.pass(1);
  await rejection(account.refresh({ force: true }));
  assert.equal(said()[1], "error shop-42 needs_login");
});

test("no message holds a secret, whatever the server echoes", async () => {
  const tokens = { access_token: `pina_${CANARY}`, refresh_token: `pinr.${CANARY}`, expires_in: 60 };
  const account = world.manager().account("shop-42");
  await account.import(Token.deserialize(JSON.stringify(tokens)));
  await world.emulator.script(
    { headers: [["x-pinterest-rid", tokens.refresh_token]], bodyJson: tokens },
    { ...REFUSED, bodyJson: { code: 283, message: tokens.refresh_token } },
  );
  await account.refresh({ force: true });
  await rejection(account.refresh({ force: true }));
  assert.deepEqual(said(), ["info shop-42 refreshed", "warning shop-42 doubtful"]);
  assert.ok(!inspect(messages, { depth: 9, showHidden: true }).includes(CANARY));
});

test("a program that ends is told of a refresh that it did not wait for", async () => {
  await world.account();
  await world.pass(25);
  const source = `
    import { subscribe } from "node:diagnostics_channel";
    import { TokenManager } from "pinterest-oauth";
    subscribe("${CHANNEL}", ({ level, account, event }) => console.log(level, account, event));
    const account = new TokenManager(${JSON.stringify(world.settings())}).account("shop-42");
    const controller = new AbortController();
    const asked = account.accessToken({ signal: controller.signal });
    controller.abort();
    await asked.catch(({ name }) => console.log(name));
    process.exit();
  `;
  const { code, stdout, stderr } = await program(source);
  assert.deepEqual([code, stdout, stderr], [0, "AbortError\ninfo shop-42 refreshed\n", ""]);
});
