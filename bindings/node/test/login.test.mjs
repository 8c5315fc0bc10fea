// A login with a browser, from nothing to a stored token; the browser is played with plain requests.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { AbortError, AccessDeniedError, finish, InvalidArgumentError, TimeoutError } from "pinterest-oauth";
import { Browser, freePort, listen } from "./helpers/browser.mjs";
import { rejection, withWorld } from "./helpers/world.mjs";

const port = await freePort();
const redirectUri = `http://localhost:${port}/`;
const world = await withWorld({ redirectUris: [redirectUri] });
const { emulator } = world;
const OPTIONS = { redirectUri, scope: "pins:read", browser: false, timeout: 60_000 };

/** A login that goes as `then` says once it has begun; its events beside. */
function begin(then, options = {}) {
  const events = [];
  const onEvent = (event, login) => {
    events.push(event);
    return event.event === "started" ? then(event, login) : undefined;
  };
  return { events, end: world.manager().login({ ...OPTIONS, onEvent, ...options }) };
}

/** That nobody listens any more. */
async function isFree() {
  for (const host of ["127.0.0.1", "::1"]) {
    const server = await listen(port, host);
    await new Promise((done) => server.close(done));
  }
}

test("a login ends with a stored token, and the browser at an address without a code", async () => {
  const browser = new Browser();
  let last;
  const { events, end } = begin(async ({ startUrl }) => {
    const page = (await browser.ask(startUrl)).location;
    last = await browser.goTo(await browser.click(page));
  });
  const ended = await end;
  assert.deepEqual(
    [ended.outcome, ended.status, ended.account, ended.scopes],
    ["done", 303, "default", ["pins:read"]],
  );
  assert.ok(ended.expiresAt instanceof Date && ended.refreshTokenExpiresAt > ended.expiresAt);
  assert.deepEqual(
    events.map(({ event }) => event),
    ["started", "opened", "done"],
  );
  assert.deepEqual(events.at(-1).end, ended);
  assert.match(events.at(-1).message, /^Logged in .*pins:read/);
  await setTimeout(0);
  assert.equal(last.address, `${redirectUri}done`);
  assert.match(last.body, /You are logged in/);
  assert.ok((await world.manager().account().accessToken()).startsWith("pina_"));
  assert.equal(await world.codes(), 1);
  await isFree();
});

test("an account by its name, an address as a URL, and further parameters", async () => {
  const options = { account: "shop-42", redirectUri: new URL(redirectUri), extra: { consent_type: "x" } };
  const { end } = begin(async ({ authorizeUrl }, login) => {
    assert.equal(new URL(authorizeUrl).searchParams.get("consent_type"), "x");
    login.paste(await new Browser().click(authorizeUrl));
  }, options);
  assert.equal((await end).account, "shop-42");
  assert.equal((await world.manager().account("shop-42").export()).scope, "pins:read");
});

test("a person who refuses is an AccessDeniedError, and nothing is stored", async () => {
  const { end } = begin(async ({ startUrl }) => {
    const browser = new Browser();
    const page = (await browser.ask(startUrl)).location;
    const last = await browser.goTo(await browser.click(page, "deny"));
    assert.equal(last.address, `${redirectUri}denied`);
  });
  const error = await rejection(end);
  assert.ok(error instanceof AccessDeniedError, error);
  assert.equal(await world.codes(), 0);
  assert.deepEqual(await world.manager().accounts(), []);
});

test("what is pasted wrong is named, and the login waits on", async () => {
  const said = [];
  const { events, end } = begin(async ({ authorizeUrl, startUrl, opened }, login) => {
    assert.equal(opened, false);
    for (const wrong of ["pina_code", startUrl, authorizeUrl, `${redirectUri}?code=c&state=s`, "  "]) {
      assert.throws(
        () => login.paste(wrong),
        (error) => {
          said.push(error.message);
          return error instanceof InvalidArgumentError && error.field === "address";
        },
      );
    }
    assert.throws(() => login.paste(undefined), { field: "address", message: /must be text/ });
    assert.equal(login.show().authorizeUrl, authorizeUrl);
    login.paste(await new Browser().click(authorizeUrl));
  });
  assert.equal((await end).outcome, "done");
  assert.equal(new Set(said).size, said.length);
  assert.deepEqual(
    events.map(({ event }) => event),
    ["started", "done"],
  );
});

test("nobody comes: a TimeoutError, after milliseconds", async () => {
  const { end } = begin(() => {}, { timeout: 50 });
  const error = await rejection(end);
  assert.ok(error instanceof TimeoutError);
  assert.equal(error.outcome, "not_sent");
  await isFree();
});

for (const host of ["127.0.0.1", "::1"]) {
  test(`a port that somebody has on ${host} is named before anybody is sent away`, async () => {
    const holder = await listen(port, host);
    try {
      const { events, end } = begin(() => {});
      const error = await rejection(end);
      assert.ok(error instanceof InvalidArgumentError);
      assert.equal(error.field, "redirectUri");
      assert.ok(error.message.includes(String(port)) && error.message.includes("redirectUri"), error.message);
      assert.deepEqual(events, []);
    } finally {
      await new Promise((done) => holder.close(done));
    }
  });
}

describe("another person's token", () => {
  /** Who is logged in at the end. */
  async function logIn(user, answer) {
    await emulator.switches({ user });
    const questions = [];
    const onEvent = async (event, login) => {
      if (event.event === "started") {
        login.paste(await new Browser().click(event.authorizeUrl));
      } else if (event.event === "confirm") {
        questions.push(event);
        login.answer(answer);
      }
    };
    const confirm = answer !== undefined;
    const end = await world
      .manager()
      .login({ ...OPTIONS, scope: ["user_accounts:read"], confirm, onEvent })
      .catch((error) => error);
    return { end, questions };
  }

  test("is replaced where the answer is yes, and kept where it is no", async () => {
    assert.equal((await logIn("anna")).end.user.username, "anna");
    const kept = await logIn("bob", false);
    assert.ok(kept.end instanceof AccessDeniedError);
    assert.match(kept.questions[0].message, /@bob.*@anna.*\?$/);
    assert.deepEqual(
      [kept.questions[0].user.username, kept.questions[0].previousUser.username],
      ["bob", "anna"],
    );
    const replaced = await logIn("bob", true);
    assert.deepEqual([replaced.end.user.username, replaced.end.previousUser.username], ["bob", "anna"]);
    assert.deepEqual((await logIn("bob", true)).questions, []);
  });
});

describe("a signal", () => {
  test("that was aborted before begins nothing", async () => {
    const signal = AbortSignal.abort("no");
    const { events, end } = begin(() => {}, { signal });
    const error = await rejection(end);
    assert.ok(error instanceof AbortError);
    assert.deepEqual([error.outcome, error.cause, events], ["not_sent", "no", []]);
  });

  test("ends the wait for the person, and the port is free", async () => {
    const controller = new AbortController();
    const { end } = begin(() => controller.abort("enough"), { signal: controller.signal });
    const error = await rejection(end);
    assert.ok(error instanceof AbortError);
    assert.deepEqual([error.outcome, error.cause, error.code], ["not_sent", "enough", "ABORT_ERR"]);
    assert.equal(getEventListeners(controller.signal, "abort").length, 0);
    await isFree();
  });

  test("that comes before the login has begun ends it as well", async () => {
    const controller = new AbortController();
    const { events, end } = begin(() => {}, { signal: controller.signal });
    controller.abort("at once");
    const error = await rejection(end);
    assert.deepEqual([error.outcome, error.cause, events], ["not_sent", "at once", []]);
    await isFree();
  });

  test("during the exchange ends the wait at once, and the token is stored", async () => {
    await emulator.script({ path: "/v5/oauth/token", action: "pinterest", delayMs: 1000 });
    const controller = new AbortController();
    const { end } = begin(
      async ({ authorizeUrl }, login) => {
        login.paste(await new Browser().click(authorizeUrl));
        while ((await world.codes()) === 0) {
          await setTimeout(5);
        }
        assert.deepEqual(await world.manager().accounts(), []);
        controller.abort();
      },
      { signal: controller.signal },
    );
    const error = await rejection(end);
    assert.ok(error instanceof AbortError, error);
    assert.equal(error.outcome, "unknown");
    assert.equal(await finish(), true);
    assert.ok((await world.manager().account().accessToken()).startsWith("pina_"));
  });
});

describe("a handler", () => {
  test("cancels the login", async () => {
    const { end } = begin((_, login) => login.cancel());
    const error = await rejection(end);
    assert.ok(error instanceof AbortError);
    assert.deepEqual([error.outcome, error.cause], ["not_sent", undefined]);
    await isFree();
  });

  for (const [what, fail] of Object.entries({
    throws: () => {
      throw new RangeError("mine");
    },
    rejects: async () => {
      await setTimeout(1);
      throw new RangeError("mine");
    },
  })) {
    test(`that ${what} ends the login with its error`, async () => {
      const { end } = begin(fail);
      const error = await rejection(end);
      assert.ok(error instanceof RangeError, error);
      await isFree();
    });
  }
});

test("while the login waits, the event loop turns", async () => {
  let turns = 0;
  const { end } = begin(async (_, login) => {
    for (; turns < 1000; turns += 1) {
      await new Promise(setImmediate);
    }
    login.cancel();
  });
  await rejection(end);
  assert.equal(turns, 1000);
});

test("each option that cannot be used is named, in JavaScript's words", async () => {
  const manager = world.manager();
  const wrong = [
    [{ redirectUri: "https://a.example/" }, "redirectUri"],
    [{ redirectUri: "localhost:8085" }, "redirectUri"],
    [{ account: "" }, "account"],
    [{ account: 7 }, "account"],
    [{ timeout: 0 }, "timeout"],
    [{ timeout: 3_600_001 }, "timeout"],
    [{ timeout: "1s" }, "timeout"],
    [{ browser: "no" }, "browser"],
    [{ confirm: 1 }, "confirm"],
    [{ extra: { state: "s" } }, "extra.state"],
    [{ onEvent: "print" }, "onEvent"],
    [{ signal: {} }, "signal"],
    [{ redirect_uri: redirectUri }, "redirect_uri"],
    [{ redirectUrl: redirectUri }, "redirectUrl"],
  ];
  for (const [options, field] of wrong) {
    const error = await rejection(manager.login({ browser: false, onEvent: () => {}, ...options }));
    assert.ok(error instanceof InvalidArgumentError, `${field}: ${error}`);
    assert.equal(error.field, field);
  }
  const { message } = await rejection(manager.login({ timeout: 3_600_001, onEvent: () => {} }));
  assert.match(message, /3,?600,?000 milliseconds/);
  const { field } = await rejection(begin((_, login) => login.answer("yes")).end);
  assert.equal(field, "replace");
});
