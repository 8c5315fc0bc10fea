// What is documented works: every block of the README, and the example.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { clickingBrowser, freePort } from "./helpers/browser.mjs";
import { withEmulator } from "./helpers/emulator.mjs";
import { run } from "./helpers/programs.mjs";

const port = await freePort();
const redirectUris = [`http://localhost:${port}/`, `http://localhost:${port}/callback`];
const emulator = await withEmulator({ redirectUris });
const store = mkdtempSync(join(tmpdir(), "pinterest-oauth-"));
after(() => rmSync(store, { recursive: true }));
const project = fileURLToPath(new URL("..", import.meta.url));
const checkout = process.env.CHECKOUT;
const tools = join(checkout, "bindings", "node", "node_modules");
const readme = readFileSync(join(project, "node_modules", "pinterest-oauth", "README.md"), "utf8");
const blocks = [...readme.matchAll(/^```typescript\n(.*?)^```/gms)].map(([, block]) => block);
const [managed, resource, first, shown, web, login, deadline, again, seen, told, ownTest, generated] = blocks;

/** What the logins take for granted. */
const GIVEN = `
const stored: string[] = [];
const store = async (text: string) => { stored.push(text); };
const load = async () => stored[0] ?? "";
async function sendTheUserTo(page: string): Promise<string> {
  const form = new URLSearchParams([...new URL(page).searchParams, ["decision", "allow"]]);
  const answer = await fetch(page.split("?")[0] ?? "", { method: "POST", body: form, redirect: "manual" });
  return answer.headers.get("location") ?? "";
}
`;
const THEN = `
if (stored.length !== 2 || !token.refreshTokenRotated) throw new Error("it did not rotate");
console.log("rotated");
`;

/** Compiles a program strictly, and runs it as a user of this app would. */
async function compiled(name, source, environment = {}) {
  writeFileSync(join(project, `${name}.mts`), source);
  const options = ["--strict", "--module", "nodenext", "--target", "es2022", "--types", "node"];
  const roots = ["--typeRoots", join(tools, "@types"), "--ignoreConfig"];
  const tsc = join(tools, "typescript", "bin", "tsc");
  const { code, stdout } = await run(process.execPath, [tsc, ...options, ...roots, `${name}.mts`], {
    cwd: project,
  });
  assert.equal(code, 0, stdout);
  const env = { ...process.env, ...emulator.environment(), PINTEREST_OAUTH_STORE: store, ...environment };
  return run(process.execPath, [`${name}.mjs`], { cwd: project, env });
}

test("each block of the README is run here", () => {
  assert.equal(blocks.length, 12);
});

const IMPORTS = /^import .*\n/gm;

/** A block with what it takes for granted. */
const whole = (block, then) => block.match(IMPORTS).join("") + GIVEN + block.replace(IMPORTS, "") + then;

/** A block whose login has further options. */
function withOptions(block, options) {
  const begun = JSON.stringify({ account: "shop-42", ...options }).slice(1, -1);
  assert.ok(block.includes('account: "shop-42"'));
  return block.replace('account: "shop-42"', begun);
}

test("the manager of the README logs an account in, and has its token in three lines and for a resource", async () => {
  const paths = [];
  const server = createServer((request, response) => {
    paths.push(request.url);
    const isGood = request.headers.authorization?.startsWith("Bearer pina_");
    response.end(JSON.stringify({ isGood }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${server.address().port}/v5/pins`;
  const use = `console.log(JSON.stringify(await pins("${address}")));`;
  const ended = (stdout) => ({ code: 0, signal: null, stdout, stderr: "" });
  try {
    assert.deepEqual(await compiled("nobody", resource + use), ended('"please log in"\n'));
    const BROWSER = clickingBrowser(store);
    const here = { redirectUri: redirectUris[0], browser: true };
    const { stdout, stderr } = await compiled("first", withOptions(first, here), { BROWSER });
    assert.equal(stdout, "emulated_account [ 'pins:read', 'user_accounts:read' ]\n");
    assert.match(
      stderr,
      /^Opening your browser: .*\nWaiting, .*\nThe browser is .*\nLogged in as @emulated_account .*\n$/,
    );
    const look = `console.log(bearer.slice(0, 5));`;
    assert.deepEqual(await compiled("managed", managed + look), ended("pina_\n"));
    assert.deepEqual(await compiled("resource", resource + use), ended('{"isGood":true}\n'));
  } finally {
    server.close();
  }
  assert.deepEqual(paths, ["/v5/pins"]);
});

test("the login of the README that shows itself asks before it replaces another person's token", async () => {
  const given = `
const { Browser } = await import(String("./test/helpers/browser.mjs"));
const show = async (text: string) => {
  console.log(text.replace(/:\\d+\\/.*/, ""));
  if (text.startsWith("http")) {
    const browser = new Browser();
    await browser.goTo(await browser.click((await browser.ask(text)).location));
  }
};
const ask = async (question: string) => question.endsWith("Replace?");
`;
  const options = { redirectUri: redirectUris[0], scope: "user_accounts:read" };
  const printed = async (user) => {
    await emulator.switches({ user });
    const { stdout, stderr } = await compiled("shown", given + withOptions(shown, options));
    assert.equal(stderr, "");
    return stdout;
  };
  const begins = "http://localhost\nThe browser is at Pinterest: allow the app there.\n";
  assert.match(await printed("anna"), new RegExp(`^${begins}Logged in as @anna .*\n$`));
  assert.match(await printed("bob"), new RegExp(`^${begins}Logged in as @bob .*\n$`));
});

test("the web app of the README logs a visitor in", async () => {
  const [, redirectUri] = redirectUris;
  const serve = `
import { createServer } from "node:http";
const { Browser } = await import(String("./test/helpers/browser.mjs"));
const server = createServer((q, r) => void (q.url?.startsWith("/callback") ? callback(q, r) : begin(q, r)));
server.listen(${port}, "127.0.0.1", async () => {
  const browser = new Browser();
  const page = (await browser.ask("http://localhost:${port}/login")).location;
  const back = await browser.click(page);
  const ended = [await new Browser().ask(back), await browser.ask(back)];
  console.log(ended.map(({ status, location }) => [status, location && new URL(location).pathname].join(" ")).join());
  server.close();
});
`;
  const source = web.replace("https://app.example/callback", redirectUri) + serve;
  assert.deepEqual(await compiled("web-app", source), {
    code: 0,
    signal: null,
    stdout: "400 ,303 /settings\n",
    stderr: "",
  });
});

test("the login of the README compiles strictly, and ends with a rotated token", async () => {
  assert.deepEqual(await compiled("login", whole(login, THEN)), {
    code: 0,
    signal: null,
    stdout: "rotated\n",
    stderr: "",
  });
});

test("the call with a deadline of the README prints the scopes", async () => {
  const { code, stdout, stderr } = await compiled("deadline", deadline);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^\[ 'ads:read' \] \d{4}-/);
});

test("the refresh of the README that is made again where the outcome is unknown gives a token", async () => {
  const { code } = await emulator.authorize({ redirectUri: "http://localhost:8085/" });
  const use = `
    import { Client as Caller } from "pinterest-oauth";
    const client = new Caller();
    const redirectUri = "http://localhost:8085/";
    const token = await client.oauthToken({ grantType: "authorization_code", code: "${code}", redirectUri });
    console.log((await refreshed(client, token)).refreshTokenRotated);
  `;
  await emulator.script({ action: "passthrough" }, { action: "pinterest", resetAfter: 10 });
  const { stdout, stderr } = await compiled("again", again + use);
  assert.deepEqual([stdout, stderr], ["true\n", ""]);
  const statuses = (await emulator.requests()).map(({ answered }) => answered);
  assert.equal(statuses.length, 3);
});

test("the listener of the README prints a line for each call", async () => {
  const use = `
    import { oauthToken } from "pinterest-oauth";
    await oauthToken({ grantType: "client_credentials" });
    await oauthToken({ grantType: "client_credentials" }).catch(() => {});
  `;
  await emulator.script({ action: "passthrough" }, { status: 503 });
  const { code, stdout, stderr } = await compiled("seen", seen + use);
  assert.deepEqual([code, stderr], [0, ""]);
  const line = (status, end) => String.raw`POST /v5/oauth/token ${status} [\d.]+ ms 1 \S+ ${end}\n`;
  assert.match(stdout, new RegExp(`^${line(200, "ok undefined")}${line(503, "\\w+ server_error")}$`));
});

test("the listener of the README prints a line for each refresh", async () => {
  const use = `
    import { TokenManager } from "pinterest-oauth";
    await new TokenManager().app("ads:read").accessToken();
  `;
  const { code, stdout, stderr } = await compiled("told", told + use);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^\d{4}-\S+Z info {2}refreshed a new token is stored, valid for .* \S+\n$/);
});

test("the test of the README runs against an emulator of its own", async () => {
  assert.deepEqual(await compiled("own-test", ownTest), { code: 0, signal: null, stdout: "5\n", stderr: "" });
  assert.deepEqual(await emulator.requests(), []);
});

test("the generated client's program of the README prints a token without secrets", async () => {
  const { code, stdout, stderr } = await compiled("generated", generated);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /Returned data: Token \{.*\[redacted\]/s);
  assert.ok(!/pin[arc]_\w/.test(stdout));
});

test("the program of the generated client's document says which fields it lacks", async () => {
  const request = /(grantType: ).*?\n};/s;
  const source = generated.replace(request, '$1"authorization_code",\n};');
  const { code, stderr } = await compiled("document", source);
  assert.equal(code, 1);
  assert.match(stderr, /InvalidArgumentError: code and redirectUri are required/);
  assert.equal((await emulator.requests()).length, 0);
});

test("examples/node walks through a login with a person who clicks", async () => {
  copyFileSync(join(checkout, "examples", "node", "token.mjs"), join(project, "token.mjs"));
  const env = { ...process.env, ...emulator.environment() };
  const child = spawn(process.execPath, ["token.mjs"], {
    cwd: project,
    env,
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  const complaints = text(child.stderr);
  const printed = [];
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    if (line.startsWith("http")) {
      const page = new URL(line);
      const form = new URLSearchParams([...page.searchParams, ["decision", "allow"]]);
      const answer = await fetch(page.origin + page.pathname, {
        method: "POST",
        body: form,
        redirect: "manual",
      });
      child.stdin.end(`${answer.headers.get("location")}\n`);
    }
  }
  assert.equal(await complaints, "");
  assert.match(
    printed.join("\n"),
    /code: access token \w{12}, .*\nrefresh: access token \w{12}, .*\n.* rotated/,
  );
});

test("examples/node logs a person in with a browser, and keeps the token", async () => {
  copyFileSync(join(checkout, "examples", "node", "login.mjs"), join(project, "login.mjs"));
  const [BROWSER, STORE] = [clickingBrowser(store), join(store, "of the example")];
  const env = { ...process.env, ...emulator.environment(), BROWSER, PINTEREST_OAUTH_STORE: STORE };
  const { code, stdout } = await run(process.execPath, ["login.mjs", redirectUris[0]], { cwd: project, env });
  assert.equal(code, 0);
  assert.match(stdout, /^Scopes: pins:read, boards:read\nCalls to Pinterest may be made with .*\n$/);
  const look = `
    import { TokenManager } from "pinterest-oauth";
    console.log((await new TokenManager().account("shop-42").status()).state);
  `;
  const { stdout: state } = await compiled("kept", look, { PINTEREST_OAUTH_STORE: STORE });
  assert.equal(state, "ready\n");
});
