// The package as npm installs it, and what it says where it cannot run.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { run } from "./helpers/programs.mjs";

const require = createRequire(import.meta.url);
const root = dirname(require.resolve("pinterest-oauth/package.json"));
const description = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const [system] = readdirSync(join(root, "native"));
const scratch = mkdtempSync(join(tmpdir(), "pinterest-oauth-"));
after(() => rmSync(scratch, { recursive: true }));

/** A copy of the package that may be spoiled. */
function copied(name) {
  const folder = join(scratch, name, "node_modules", "pinterest-oauth");
  cpSync(root, folder, { recursive: true, filter: (path) => !path.endsWith(".node") });
  return { folder, native: join(folder, "native", system, "pinterest_oauth.node") };
}

const loading = (folder) =>
  run(process.execPath, ["-e", 'require("pinterest-oauth")'], { cwd: dirname(dirname(folder)) });

test("the package holds what it needs at run time, and no more", () => {
  assert.deepEqual(readdirSync(root).sort(), [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "dist",
    "native",
    "package.json",
  ]);
  assert.equal(description.dependencies, undefined);
  assert.ok(!Object.keys(description.scripts).some((name) => name.endsWith("install")));
  const endings = new Set(readdirSync(join(root, "dist")).map((name) => name.replace(/^[\w-]+/, "")));
  assert.deepEqual([...endings].sort(), [".d.mts", ".d.ts", ".js", ".mjs"]);
});

test("a system for which there is no native half is named, and so is the place", async () => {
  const { folder, native } = copied("missing");
  const { code, stderr } = await loading(folder);
  assert.equal(code, 1);
  assert.ok(stderr.includes(`cannot load its native library for ${system} from ${native}`), stderr);
  assert.ok(stderr.includes("ERR_PINTEREST_NATIVE"));
});

test("a native half of another version is refused with both versions and the place", async () => {
  const { folder, native } = copied("other");
  const stub = join(process.env.CHECKOUT, "bindings", "node", "test", "helpers", "stub.c");
  const built = await run(process.env.CC ?? "cc", [
    "-shared",
    "-fPIC",
    "-Wall",
    "-Werror",
    stub,
    "-o",
    native,
  ]);
  assert.equal(built.code, 0, built.stderr);
  const { code, stderr } = await loading(folder);
  assert.equal(code, 1);
  const said = `pinterest-oauth ${description.version} found a native library of version 99.0.0 at ${native}`;
  assert.ok(stderr.includes(said), stderr);
});

test("a file that is no library is refused, and the loader's complaint is the cause", async () => {
  const { folder, native } = copied("rubbish");
  cpSync(join(root, "package.json"), native);
  const { code, stderr } = await loading(folder);
  assert.equal(code, 1);
  assert.match(stderr, /cannot load its native library.*\[cause\]/s);
});
