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
import { withEmulator } from "./helpers/emulator.mjs";
import { run } from "./helpers/programs.mjs";

const emulator = await withEmulator();
const store = mkdtempSync(join(tmpdir(), "pinterest-oauth-"));
after(() => rmSync(store, { recursive: true }));
const project = fileURLToPath(new URL("..", import.meta.url));
const checkout = process.env.CHECKOUT;
const tools = join(checkout, "bindings", "node", "node_modules");
const readme = readFileSync(join(project, "node_modules", "pinterest-oauth", "README.md"), "utf8");
const blocks = [...readme.matchAll(/^```typescript\n(.*?)^```/gms)].map(([, block]) => block);
const [managed, first, resource, login, deadline, again, seen, ownTest, generated] = blocks;

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
async function compiled(name, source) {
  writeFileSync(join(project, `${name}.mts`), source);
  const options = ["--strict", "--module", "nodenext", "--target", "es2022", "--types", "node"];
  const roots = ["--typeRoots", join(tools, "@types"), "--ignoreConfig"];
  const tsc = join(tools, "typescript", "bin", "tsc");
  const { code, stdout } = await run(process.execPath, [tsc, ...options, ...roots, `${name}.mts`], {
    cwd: project,
  });
  assert.equal(code, 0, stdout);
  const env = { ...process.env, ...emulator.environment(), PINTEREST_OAUTH_STORE: store };
  return run(process.execPath, [`${name}.mjs`], { cwd: project, env });
}

test("each block of the README is run here", () => {
  assert.equal(blocks.length, 9);
});

const IMPORTS = /^import .*\n/gm;

/** A block with what it takes for granted. */
const whole = (block, then) => block.match(IMPORTS).join("") + GIVEN + block.replace(IMPORTS, "") + then;

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
    assert.deepEqual(await compiled("first", whole(first, "")), ended(""));
    const shown = `console.log(bearer.slice(0, 5));`;
    assert.deepEqual(await compiled("managed", managed + shown), ended("pina_\n"));
    assert.deepEqual(await compiled("resource", resource + use), ended('{"isGood":true}\n'));
  } finally {
    server.close();
  }
  assert.deepEqual(paths, ["/v5/pins"]);
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
