// Programs that esbuild and webpack put into one file, run where nothing else is.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { promisify } from "node:util";
import { withEmulator } from "./helpers/emulator.mjs";
import { run } from "./helpers/programs.mjs";

const emulator = await withEmulator();
const tools = createRequire(join(process.env.CHECKOUT, "bindings", "node", "package.json"));
const root = dirname(createRequire(import.meta.url).resolve("pinterest-oauth/package.json"));
const [system] = readdirSync(join(root, "native"));
const scratch = mkdtempSync(join(tmpdir(), "pinterest-oauth-"));
after(() => rmSync(scratch, { recursive: true }));

/** The program: a call that goes well, and one that is refused. */
const PROGRAM = `
import { Client, version } from "pinterest-oauth";
const client = new Client();
const { tokenType } = await client.oauthToken({ grantType: "client_credentials" });
const error = await client.oauthToken({ grantType: "password" }).catch((e) => e);
console.log(version, tokenType, error.name, error instanceof Error);
`;
const COMMONJS = `(async () => {${PROGRAM.replace(/import (.*) from (.*);/, "const $1 = require($2);")}})();`;
const { version } = tools("./package.json");
const PRINTED = `${version} bearer InvalidArgumentError true\n`;

/** A project with the program, and the package as it was before its platforms were split off, or after. */
function project(name, { split = false } = {}) {
  const folder = join(scratch, name);
  const modules = join(folder, "node_modules");
  const inside = join(modules, "pinterest-oauth");
  cpSync(root, inside, { recursive: true });
  if (split) {
    const platform = join(modules, `pinterest-oauth-${system}`);
    cpSync(join(inside, "native", system), platform, { recursive: true });
    const description = { name: `pinterest-oauth-${system}`, version, main: "pinterest_oauth.node" };
    writeFileSync(join(platform, "package.json"), JSON.stringify(description));
    rmSync(join(inside, "native"), { recursive: true });
  }
  writeFileSync(join(folder, "package.json"), '{"name": "an-app", "version": "9.9.9"}');
  writeFileSync(join(folder, "app.mjs"), PROGRAM);
  writeFileSync(join(folder, "app.cjs"), COMMONJS);
  return folder;
}

/** Runs a bundle away from its project: in an app of another version, without any package beside it. */
async function alone(folder, file) {
  const app = `${folder}-alone`;
  mkdirSync(app);
  cpSync(join(folder, "out"), join(app, "out"), { recursive: true });
  cpSync(join(folder, "package.json"), join(app, "package.json"));
  return runs(join(app, "out", file));
}

async function runs(file) {
  const env = { ...process.env, ...emulator.environment() };
  const { code, stdout, stderr } = await run(process.execPath, [file], { env });
  assert.deepEqual([code, stdout], [0, PRINTED], stderr);
}

for (const split of [false, true]) {
  const named = split ? "the package of the platform" : "the package itself";

  describe(`with the native half in ${named}`, () => {
    test("the package works as it is", async () => {
      await runs(join(project(`node-${split}`, { split }), "app.mjs"));
    });

    test("esbuild makes a bundle that runs alone", async () => {
      const folder = project(`esbuild-${split}`, { split });
      const { warnings } = await tools("esbuild").build({
        absWorkingDir: folder,
        entryPoints: ["app.cjs"],
        outdir: "out",
        bundle: true,
        minify: true,
        platform: "node",
        loader: { ".node": "copy" },
        logLevel: "silent",
      });
      assert.deepEqual(warnings, []);
      await alone(folder, "app.js");
    });

    test("webpack makes a bundle that runs alone", async () => {
      const folder = project(`webpack-${split}`, { split });
      await webpack(folder, {
        module: { rules: [{ test: /\.node$/, loader: tools.resolve("node-loader") }] },
        ignoreWarnings: [/pinterest-oauth/],
      });
      await alone(folder, "app.js");
    });
  });
}

async function webpack(context, options) {
  const entry = "./app.cjs";
  const output = { path: join(context, "out"), filename: "app.js" };
  const bundle = promisify(tools("webpack"));
  const stats = await bundle({ context, entry, mode: "production", target: "node", output, ...options });
  assert.deepEqual([stats.hasErrors(), stats.hasWarnings()], [false, false], stats.toString());
}

describe("with the package left out", () => {
  test("esbuild makes a bundle that runs beside it", async () => {
    const folder = project("esbuild-external");
    const { warnings } = await tools("esbuild").build({
      absWorkingDir: folder,
      entryPoints: ["app.mjs"],
      outdir: "out",
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      format: "esm",
      external: ["pinterest-oauth"],
      logLevel: "silent",
    });
    assert.deepEqual(warnings, []);
    await runs(join(folder, "out", "app.mjs"));
  });

  test("webpack makes a bundle that runs beside it", async () => {
    const folder = project("webpack-external");
    await webpack(folder, { externals: { "pinterest-oauth": "commonjs pinterest-oauth" } });
    await runs(join(folder, "out", "app.js"));
  });
});

test("esbuild says what it lacks when it is told nothing", async () => {
  const building = tools("esbuild").build({
    absWorkingDir: project("esbuild-untold"),
    entryPoints: ["app.cjs"],
    outdir: "out",
    bundle: true,
    platform: "node",
    logLevel: "silent",
  });
  await assert.rejects(building, /No loader is configured for "\.node" files/);
});

test("a bundle whose native half is lost says where to read what bundlers need to be told", async () => {
  const folder = project("lost");
  const out = join(folder, "out");
  await tools("esbuild").build({
    absWorkingDir: folder,
    entryPoints: ["app.cjs"],
    outdir: "out",
    bundle: true,
    platform: "node",
    loader: { ".node": "copy" },
    logLevel: "silent",
  });
  const [half] = readdirSync(out).filter((name) => name.endsWith(".node"));
  rmSync(join(out, half));
  const { code, stderr } = await run(process.execPath, [join(out, "app.js")]);
  assert.equal(code, 1);
  assert.match(stderr, /cannot load its native library .* see Bundlers in the README/);
});
