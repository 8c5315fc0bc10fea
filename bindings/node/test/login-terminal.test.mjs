// A login where the program shows nothing itself: what a person sees, in a pipe and at a terminal, and how it ends.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { Browser, clickingBrowser, freePort, listen } from "./helpers/browser.mjs";
import { withWorld } from "./helpers/world.mjs";

const port = await freePort();
const redirectUri = `http://localhost:${port}/`;
const world = await withWorld({ redirectUris: [redirectUri] });
const OPTIONS = { redirectUri, scope: "pins:read", browser: false, timeout: 60_000 };
const START = new RegExp(`http://localhost:${port}/[\\w-]{16}`);

const source = (options, then = "") => `
  import { TokenManager } from "pinterest-oauth";
  const manager = new TokenManager(${JSON.stringify(world.settings())});
  const login = manager.login(${JSON.stringify({ ...OPTIONS, ...options })});
  ${then}
  const end = await login;
  console.log(\`\${end.outcome} \${end.user?.username}\`);
`;

/** A program under way, what it has printed, and its end. */
class Program {
  text = "";

  constructor(command, args, environment = {}) {
    const env = { ...process.env, ...environment };
    this.child = spawn(command, args, { env, timeout: 20_000, killSignal: "SIGKILL" });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on("data", (bytes) => {
        // A terminal ends its lines so.
        this.text += String(bytes).replaceAll("\r", "");
        this.more?.();
      });
    }
    this.ended = once(this.child, "close");
  }

  /** Waits until it has printed this; what was found. */
  async prints(pattern) {
    for (;;) {
      const found = pattern.exec(this.text);
      if (found) {
        return found;
      }
      const more = new Promise((resolve) => {
        this.more = resolve;
      });
      await Promise.race([more, this.ended.then(() => assert.match(this.text, pattern))]);
    }
  }

  type(text) {
    this.child.stdin.write(text);
  }
}

const plain = (program, environment) =>
  new Program(process.execPath, ["--input-type=module", "--eval", program], environment);

/** The same at a terminal of its own. */
function atTerminal(program) {
  const file = fileURLToPath(new URL("../at-terminal.mjs", import.meta.url));
  writeFileSync(file, program);
  return new Program("script", ["-qec", `"${process.execPath}" "${file}"`, "/dev/null"]);
}

async function isFree() {
  const server = await listen(port, "127.0.0.1");
  await new Promise((done) => server.close(done));
}

describe("in a pipe", () => {
  test("the start address is printed, no state, and the login ends when the browser comes back", async () => {
    const program = plain(source());
    const [startUrl] = await program.prints(START);
    const browser = new Browser();
    const page = (await browser.ask(startUrl)).location;
    await browser.goTo(await browser.click(page));
    assert.deepEqual(await program.ended, [0, null]);
    assert.match(
      program.text,
      /^Open http\S+ in a browser on this machine\. \(The way for other machines is shown on a terminal alone\.\)\n/,
    );
    assert.match(
      program.text,
      /\nThe browser is at Pinterest.*\nLogged in \(account default\): pins:read\..*\ndone undefined\n$/,
    );
    assert.ok(!program.text.includes("state=") && !program.text.includes("/oauth/"), program.text);
  });

  test("Ctrl-C ends the program at once, and the port is free", async () => {
    const program = plain(source());
    await program.prints(START);
    program.child.kill("SIGINT");
    assert.deepEqual(await program.ended, [null, "SIGINT"]);
    await isFree();
  });

  test("process.exit ends it at once", async () => {
    const program = plain(source({}, "setTimeout(() => process.exit(7), 100);"));
    assert.deepEqual(await program.ended, [7, null]);
    await isFree();
  });

  test("a question that nobody can answer is a no", async () => {
    const name = async (user) => {
      await world.emulator.switches({ user });
      const program = plain(source({ scope: "user_accounts:read", confirm: true }));
      const [startUrl] = await program.prints(START);
      const browser = new Browser();
      const back = await browser.click((await browser.ask(startUrl)).location);
      await Promise.all([browser.goTo(back), program.ended]);
      return program.text;
    };
    assert.match(await name("anna"), /done anna\n$/);
    assert.match(await name("bob"), /Replace\?\n.*AccessDeniedError/s);
    assert.match(await name("anna"), /done anna\n$/);
  });
});

test("a browser is opened that BROWSER names, and its address is printed", async () => {
  const program = plain(source({ browser: true }), { BROWSER: clickingBrowser(world.folder) });
  assert.deepEqual(await program.ended, [0, null], program.text);
  assert.match(
    program.text,
    /^Opening your browser: http\S+ \(open it yourself if nothing happens\)\.\nWaiting, Ctrl-C stops\.\n/,
  );
  assert.match(program.text, /done undefined\n$/);
});

describe("at a terminal", () => {
  test("the person pastes the address, which is not shown; what is wrong is said", async () => {
    const program = atTerminal(source());
    const [, page] = await program.prints(/in a browser anywhere:\n\n {2}(\S+)\n/);
    await program.prints(/^Or, where this machine's port is reached .*\n/m);
    program.type("pina_something\r");
    await program.prints(/^The address \S.* paste the whole address.*\.\n/m);
    const back = await new Browser().click(page);
    program.type(`\x1b[200~${back.replace("&", "&\r")}\x1b[201~\r`);
    await program.prints(new RegExp(`^received ${back.length + 1} characters\\n`, "m"));
    assert.deepEqual(await program.ended, [0, null], program.text);
    assert.match(program.text, /Logged in .*\ndone undefined\n$/);
    assert.ok(!program.text.includes(new URL(back).searchParams.get("code")), program.text);
  });

  test("Ctrl-C ends the program, and the port is free", async () => {
    const program = atTerminal(source());
    await program.prints(/^Or, where this machine's port is reached .*\n/m);
    program.type("\x03");
    assert.deepEqual(await program.ended, [130, null], program.text);
    await isFree();
  });

  test("the question is asked, and yes replaces", async () => {
    const answers = [
      ["anna", undefined, "done anna"],
      ["bob", "n", "AccessDeniedError"],
      ["bob", "y", "done bob"],
    ];
    for (const [user, answer, ends] of answers) {
      await world.emulator.switches({ user });
      const program = atTerminal(source({ scope: "user_accounts:read", confirm: true }));
      const [, page] = await program.prints(/in a browser anywhere:\n\n {2}(\S+)\n/);
      await program.prints(/^Or, where this machine's port is reached .*\n/m);
      program.type(`${await new Browser().click(page)}\r`);
      if (answer !== undefined) {
        await program.prints(/\[y\/N\]/);
        program.type(`${answer}\r`);
      }
      await program.ended;
      assert.ok(program.text.includes(ends), program.text);
    }
  });
});

test("a worker that is terminated leaves the port", async () => {
  const program = `
    const { parentPort } = require("node:worker_threads");
    const { TokenManager } = require("pinterest-oauth");
    const manager = new TokenManager(${JSON.stringify(world.settings())});
    const onEvent = ({ event }) => parentPort.postMessage(event);
    manager.login({ ...${JSON.stringify(OPTIONS)}, onEvent });
  `;
  const worker = new Worker(program, { eval: true });
  assert.deepEqual(await once(worker, "message"), ["started"]);
  await worker.terminate();
  const until = Date.now() + 10_000;
  for (;;) {
    try {
      return await isFree();
    } catch (error) {
      assert.ok(Date.now() < until, error);
    }
  }
});
