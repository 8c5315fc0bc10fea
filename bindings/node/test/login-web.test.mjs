// The login of a web app: the example with its workers behind one address, and what a request says.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, beforeEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { AbortError, finish, InvalidArgumentError, InvalidConfigError } from "pinterest-oauth";
import { Browser, freePort } from "./helpers/browser.mjs";
import { run } from "./helpers/programs.mjs";
import { rejection, withWorld } from "./helpers/world.mjs";

const port = await freePort();
const origin = `http://localhost:${port}`;
const redirectUri = `${origin}/callback`;
const SECURE = "https://app.example/callback";
const world = await withWorld({ redirectUris: [redirectUri, SECURE] });
const { emulator } = world;
const SLOW = { path: "/v5/oauth/token", action: "pinterest", delayMs: 1000 };

/** The cookies of open logins that a browser has. */
const open = (browser) => browser.cookies("localhost").filter((name) => name.startsWith("pinterest-oauth-"));

/** The code and the state of an address. */
const secrets = (address) => ["code", "state"].map((name) => new URL(address).searchParams.get(name));

describe("the example of a web app", () => {
  let app;
  let text;

  beforeEach(async () => {
    const project = fileURLToPath(new URL("..", import.meta.url));
    copyFileSync(join(process.env.CHECKOUT, "examples", "node", "web.mjs"), join(project, "web.mjs"));
    const own = { PINTEREST_OAUTH_STORE: join(world.folder, "tokens"), REDIRECT_URI: redirectUri };
    const env = { ...process.env, ...emulator.environment(), ...own };
    app = spawn(process.execPath, ["web.mjs"], { cwd: project, env, timeout: 60_000 });
    text = "";
    for (const stream of [app.stdout, app.stderr]) {
      stream.on("data", (bytes) => {
        text += bytes;
      });
    }
    await listening(3);
  });

  afterEach(async () => {
    app.kill("SIGTERM");
    assert.deepEqual(await once(app, "exit"), [0, null], text);
  });

  /** Waits until the app has printed this so often; what was found. */
  async function printed(pattern, count = 1) {
    for (;;) {
      const found = [...text.matchAll(pattern)];
      if (found.length >= count) {
        return found;
      }
      await Promise.race([app.stdout, app.stderr].map((stream) => once(stream, "data")));
    }
  }

  const listening = (count) => printed(/^(\d+) listens$/gm, count);

  /** Which workers have answered the requests for a path. */
  async function answered(path, count = 1) {
    const lines = await printed(new RegExp(`^(\\d+) \\w+ ${path}$`, "gm"), count);
    return lines.map(([, pid]) => pid);
  }

  /** Begins a login, and clicks; the address to which the browser is sent. */
  async function leave(browser, { next = "/settings", decision = "allow" } = {}) {
    const { status, location } = await browser.ask(`${origin}/login?next=${encodeURIComponent(next)}`);
    assert.equal(status, 303, text);
    return browser.click(location, decision);
  }

  test("logs its owner in, and the browser ends where it wanted to", async () => {
    const browser = new Browser();
    assert.match((await browser.ask(`${origin}/`)).body, /Nobody/);
    const back = await leave(browser);
    const answer = await browser.ask(back);
    assert.deepEqual([answer.status, answer.location], [303, `${origin}/settings`], text);
    assert.deepEqual(
      [answer.headers["cache-control"], answer.headers["referrer-policy"]],
      ["no-store", "no-referrer"],
    );
    assert.deepEqual(open(browser), []);
    assert.equal((await browser.goTo(answer.location)).body, "Here are your settings.");
    assert.match((await browser.ask(`${origin}/`)).body, /Logged in: .*pins:read/);
    for (const secret of secrets(back)) {
      assert.ok(secret.length > 20 && !text.includes(secret), text);
    }
  });

  test("ends on another worker than it began, also after a restart of all", async () => {
    const browser = new Browser();
    const back = await leave(browser);
    const begun = await answered("/login");
    for (const [, pid] of await listening(3)) {
      process.kill(Number(pid), "SIGKILL");
    }
    await listening(6);
    assert.equal((await browser.ask(back)).status, 303, text);
    const ended = await answered("/callback");
    assert.deepEqual([begun.length, ended.length], [1, 1]);
    assert.notEqual(begun[0], ended[0]);
  });

  test("takes the same redirect twice on two workers, and sends its code once", async () => {
    await emulator.script(SLOW);
    const browser = new Browser();
    const back = await leave(browser);
    const answers = await Promise.all([1, 2, 3].map(() => browser.ask(back)));
    assert.deepEqual(
      answers.map(({ status, location }) => [status, location]),
      Array(3).fill([303, `${origin}/settings`]),
      text,
    );
    assert.equal(new Set(await answered("/callback", 3)).size, 3);
    assert.equal(await world.codes(), 1);
  });

  test("lets several tabs log in side by side", async () => {
    const browser = new Browser();
    const first = await leave(browser, { next: "/?first" });
    const second = await leave(browser, { next: "/?second" });
    assert.equal(open(browser).length, 2);
    assert.equal((await browser.ask(first)).location, `${origin}/?first`);
    assert.equal((await browser.ask(second)).location, `${origin}/?second`);
    assert.deepEqual(open(browser), []);
  });

  test("says to another browser that the login is not its own, and sends nothing", async () => {
    const browser = new Browser();
    const back = await leave(browser);
    const answer = await new Browser().ask(back);
    assert.deepEqual([answer.status, answer.location], [400, undefined]);
    assert.match(answer.body, /begun in another browser/);
    const changed = back.replace("state=", "state=x");
    assert.equal((await browser.ask(changed)).status, 400);
    assert.equal(await world.codes(), 0);
    assert.equal((await browser.ask(back)).status, 303);
  });

  test("spends no code on what is no visit", async () => {
    const browser = new Browser();
    const back = await leave(browser);
    const visits = [
      { method: "HEAD" },
      { method: "POST" },
      { headers: { "sec-purpose": "prefetch;prerender" } },
      { headers: { purpose: "prefetch" } },
      { headers: { "x-moz": "prefetch" } },
    ];
    for (const visit of visits) {
      assert.equal((await browser.ask(back, visit)).status, 204, JSON.stringify(visit));
    }
    assert.equal(await world.codes(), 0);
    assert.equal((await browser.ask(back)).status, 303);
  });

  test("says to a person who refuses that nothing was stored", async () => {
    for (const denial of ["with_state", "without_state"]) {
      await emulator.switches({ denial });
      const browser = new Browser();
      const answer = await browser.ask(await leave(browser, { decision: "deny" }));
      assert.deepEqual([answer.status, answer.body], [403, "Access was not given; nothing was stored."]);
      assert.deepEqual(open(browser), []);
    }
    assert.deepEqual(await world.manager().accounts(), []);
  });

  test("begins no login whose end would lead away, or would not find its cookie", async () => {
    const browser = new Browser();
    for (const next of ["https://evil.example", "//evil.example", "/\\evil.example"]) {
      assert.equal((await browser.ask(`${origin}/login?next=${encodeURIComponent(next)}`)).status, 400);
    }
    assert.equal((await browser.ask(`http://127.0.0.1:${port}/login`)).status, 502);
    await printed(/^host .*redirectUri/gm);
    assert.ok(!text.includes("evil"), text);
    assert.deepEqual([open(browser), browser.cookies("127.0.0.1")], [[], []]);
  });
});

describe("a proxy that ends TLS and changes the host", () => {
  const scratch = mkdtempSync(join(tmpdir(), "pinterest-oauth-"));
  const [key, certificate] = ["key.pem", "certificate.pem"].map((name) => join(scratch, name));
  const servers = [];
  after(() => {
    rmSync(scratch, { recursive: true });
    return Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  });

  async function serve(server) {
    servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return server.address().port;
  }

  test("needs the host to be given; the rest comes from the request", async () => {
    const made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate];
    const about = ["-days", "1", "-subj", "/CN=app.example", "-addext", "subjectAltName=DNS:app.example"];
    assert.equal((await run("openssl", [...made, ...about])).code, 0);
    const manager = world.manager();
    const app = createServer(async (request, response) => {
      if (request.url.startsWith("/callback")) {
        const { status, setCookies, next } = await manager.finishLogin({ request });
        response.writeHead(status, { location: next ?? "/", "set-cookie": setCookies }).end();
      } else {
        assert.throws(() => manager.beginLogin({ redirectUri: SECURE, request }), { field: "host" });
        const host = request.headers["x-forwarded-host"];
        const { url, setCookies } = manager.beginLogin({ redirectUri: SECURE, request, host, next: "/in" });
        response.writeHead(303, { location: url, "set-cookie": setCookies }).end();
      }
    });
    const port = await serve(app);
    const proxy = createSecureServer(
      { key: readFileSync(key), cert: readFileSync(certificate) },
      (from, to) => {
        const { method, url, headers } = from;
        const passed = { ...headers, host: "internal:8000", "x-forwarded-host": headers.host };
        request({ host: "127.0.0.1", port, method, path: url, headers: passed, agent: false }, (answer) => {
          to.writeHead(answer.statusCode, answer.headers);
          answer.pipe(to);
        }).end();
      },
    );
    const places = { "app.example": await serve(proxy) };
    const browser = new Browser({ places, ca: readFileSync(certificate) });
    const page = (await browser.ask("https://app.example/login")).location;
    const [cookie] = browser.cookies("app.example");
    assert.match(cookie, /^__Host-pinterest-oauth-/);
    const back = await browser.click(page);
    assert.ok(back.startsWith(`${SECURE}?`));
    const last = await browser.ask(back);
    assert.deepEqual([last.status, last.location], [303, "https://app.example/in"]);
    assert.deepEqual(browser.cookies("app.example"), []);
  });
});

describe("what a request says", () => {
  /** A login that somebody has begun and allowed: the address, and the cookie. */
  async function begun(options = {}) {
    const { url, setCookies } = world.manager().beginLogin({ redirectUri, scope: "pins:read", ...options });
    const back = await new Browser().click(url);
    return { back, cookie: setCookies[0].split(";")[0], url };
  }

  const requests = {
    "is that of a Request": ({ back, cookie }) => new Request(back, { headers: { cookie } }),
    "is that of an object like node:http's": ({ back, cookie }) => ({
      method: "GET",
      url: back.slice(origin.length),
      headers: { host: "localhost", cookie, "sec-purpose": undefined },
    }),
    "is that of several Cookie headers": ({ back, cookie }) => ({
      url: back,
      headers: { cookie: ["a=b", cookie] },
    }),
  };
  for (const [name, make] of Object.entries(requests)) {
    test(name, async () => {
      const end = await world.manager().finishLogin({ request: make(await begun()) });
      assert.deepEqual([end.outcome, end.scopes, end.next], ["done", ["pins:read"], undefined]);
      assert.ok(end.expiresAt instanceof Date);
    });
  }

  test("stands behind what is given beside it", async () => {
    const { back, cookie } = await begun();
    const manager = world.manager();
    const request = new Request(back, { headers: { cookie, purpose: "prefetch" } });
    const { outcome, status } = await manager.finishLogin({ request });
    assert.deepEqual([outcome, status], ["not_a_visit", 204]);
    const other = await manager.finishLogin({ request, purpose: "", cookies: "a=b" });
    assert.equal(other.outcome, "mismatch");
    assert.equal((await manager.finishLogin({ request, purpose: "" })).outcome, "done");
    assert.equal((await manager.finishLogin({ query: back, cookies: cookie })).outcome, "done");
    assert.equal(await world.codes(), 1);
  });

  test("has the host, also of HTTP/2", () => {
    const begin = (headers) => world.manager().beginLogin({ redirectUri, request: { headers } });
    const inHttp2 = Object.assign(Object.create(null), { ":authority": "localhost", ":method": "GET" });
    for (const headers of [{ host: "LOCALHOST:1" }, new Headers({ host: "localhost" }), inHttp2, {}]) {
      assert.ok(begin(headers).url.startsWith("http"));
    }
    for (const headers of [{ host: "a.example" }, { ":authority": "a.example" }]) {
      assert.throws(() => begin(headers), { field: "host" });
    }
  });

  test("is never a mistake of the program, whatever a visitor sends", async () => {
    for (const odd of ["", "\ud800", "\0\r\n", "é=ü; =", "x".repeat(100_000), "?state=a&state=b"]) {
      const visit = { query: odd, cookies: odd };
      const end = await world.manager().finishLogin(visit);
      assert.deepEqual([end.outcome, end.status, end.setCookies], ["mismatch", 400, []]);
      const ahead = await world.manager().finishLogin({ ...visit, method: odd || "-", purpose: odd });
      assert.equal(ahead.outcome, "not_a_visit");
    }
  });
});

test("only the owner who began a login ends it", async () => {
  const manager = world.manager();
  const { url, setCookies } = manager.beginLogin({ redirectUri, account: "shop-42", owner: "user 7" });
  const visit = { query: await new Browser().click(url), cookies: setCookies[0].split(";")[0] };
  for (const owner of [undefined, "user 8"]) {
    const end = await manager.finishLogin({ ...visit, owner });
    assert.deepEqual([end.outcome, end.account], ["mismatch", undefined]);
  }
  assert.equal((await manager.finishLogin({ ...visit, owner: "user 7" })).account, "shop-42");
});

test("a signal ends the wait, the token is stored, and the visitor who comes again gets it", async () => {
  const manager = world.manager();
  const { url, setCookies } = manager.beginLogin({ redirectUri });
  const visit = { query: await new Browser().click(url), cookies: setCookies[0].split(";")[0] };
  await emulator.script(SLOW);
  const controller = new AbortController();
  const first = rejection(manager.finishLogin({ ...visit, signal: controller.signal }));
  while ((await world.codes()) === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  controller.abort("left");
  const error = await first;
  assert.ok(error instanceof AbortError);
  assert.deepEqual([error.outcome, error.cause], ["unknown", "left"]);
  assert.equal(await finish(), true);
  assert.equal((await manager.finishLogin(visit)).outcome, "done");
  assert.equal(await world.codes(), 1);
});

test("each option that cannot be used is named, in JavaScript's words", async () => {
  const manager = world.manager();
  const begin = (options) => () => manager.beginLogin(options);
  const wrong = [
    [{}, "redirectUri"],
    [undefined, "redirectUri"],
    [{ redirectUri: "/callback" }, "redirectUri"],
    [{ redirectUri: "http://app.example/" }, "redirectUri"],
    [{ redirectUri, redirect_uri: redirectUri }, "redirect_uri"],
    [{ redirectUri, nxt: "/" }, "nxt"],
    [{ redirectUri, next: "//a" }, "next"],
    [{ redirectUri, account: "" }, "account"],
    [{ redirectUri, owner: 7 }, "owner"],
    [{ redirectUri, cookies: 7 }, "cookies"],
    [{ redirectUri, request: "GET" }, "request"],
    [{ redirectUri, request: { headers: 1 } }, "request"],
    [{ redirectUri, signal: AbortSignal.timeout(1) }, "signal"],
  ];
  for (const [options, field] of wrong) {
    assert.throws(begin(options), (error) => {
      assert.ok(error instanceof InvalidArgumentError, `${field}: ${error}`);
      return error.field === field;
    });
  }
  for (const [options, field] of [
    [{ timeout: 0 }, "timeout"],
    [{ owner: "" }, "owner"],
    [{ request: 7 }, "request"],
    [{ url: "x" }, "url"],
    [{ signal: 1 }, "signal"],
  ]) {
    const error = await rejection(manager.finishLogin(options));
    assert.ok(error instanceof InvalidArgumentError, error);
    assert.equal(error.field, field);
  }
  const bare = world.manager({ appSecret: undefined });
  assert.throws(() => bare.beginLogin({ redirectUri }), InvalidConfigError);
  assert.ok((await rejection(bare.finishLogin({}))) instanceof InvalidConfigError);
});
