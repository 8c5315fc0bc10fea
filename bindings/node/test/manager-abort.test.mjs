// A signal ends the wait at once. What was sent goes on, and its token is stored.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { AbortError, finish } from "pinterest-oauth";
import { rejection, withWorld } from "./helpers/world.mjs";

const world = await withWorld();
const { emulator } = world;
const SLOW = { action: "pinterest", delayMs: 1000 };

test("a signal that was aborted before ends the call before anything is done", async () => {
  const account = await world.account();
  await world.pass(31);
  const request = await world.consent();
  const signal = AbortSignal.abort(new Error("too late"));
  const calls = [
    account.accessToken({ signal }),
    account.accessToken({ signal, scopes: "pins:read" }),
    account.token({ signal }),
    account.rejected("a", 2, { signal }),
    account.login({ ...request, signal }),
    account.refresh({ force: true, signal }),
    world.manager().refreshDue({ signal }),
  ];
  for (const error of await Promise.all(calls.map(rejection))) {
    assert.ok(error instanceof AbortError);
    assert.deepEqual([error.outcome, error.cause], ["not_sent", signal.reason]);
  }
  assert.equal(await world.refreshes(), 0);
});

test("one that is aborted during a refresh ends the wait at once, and the token is stored", async () => {
  const account = await world.account();
  const first = await account.accessToken();
  await world.pass(31);
  await emulator.script(SLOW);
  const controller = new AbortController();
  let isOver = false;
  const other = account.accessToken().finally(() => {
    isOver = true;
  });
  const call = rejection(account.accessToken({ signal: controller.signal }));
  await world.refreshesAre(1);
  controller.abort("enough");
  const error = await call;
  assert.ok(error instanceof AbortError && !isOver);
  assert.deepEqual(
    [error.name, error.code, error.cause, error.outcome],
    ["AbortError", "ABORT_ERR", "enough", "unknown"],
  );
  assert.match(error.stack, /manager-abort\.test\.mjs/);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  const second = await other;
  assert.notEqual(second, first);
  assert.equal((await world.manager().account("shop-42").export()).accessToken, second);
  assert.equal(await world.refreshes(), 1);
});

test("one that everybody aborts is stored as well", async () => {
  const account = await world.account();
  const first = await account.accessToken();
  await world.pass(31);
  await emulator.script(SLOW);
  const signal = AbortSignal.timeout(300);
  const calls = [
    account.accessToken({ signal }),
    account.token({ signal }),
    account.accessToken({ signal, scopes: "pins:read" }),
  ];
  for (const error of await Promise.all(calls.map(rejection))) {
    assert.equal(error.cause.name, "TimeoutError");
  }
  assert.equal(await finish(10), false);
  assert.equal(await finish(), true);
  const { accessToken } = await account.export();
  assert.notEqual(accessToken, first);
  assert.equal(await account.accessToken(), accessToken);
  assert.equal(await world.refreshes(), 1);
});

test("a login that is aborted is stored", async () => {
  const account = world.manager().account("new");
  const request = await world.consent();
  await emulator.script(SLOW);
  const error = await rejection(account.login({ ...request, signal: AbortSignal.timeout(300) }));
  assert.equal(error.outcome, "unknown");
  assert.equal(await finish(), true);
  assert.match(await account.accessToken(), /^pina_/);
});

test("finish waits for nothing where nothing is under way, and refuses what is no time", async () => {
  assert.equal(await finish(0), true);
  for (const milliseconds of ["5", Number.NaN, null]) {
    assert.equal((await rejection(finish(milliseconds))).field, "milliseconds");
  }
});
