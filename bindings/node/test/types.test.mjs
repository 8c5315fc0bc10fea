// The types: that right programs compile, that wrong ones do not, and that every kind of resolution finds them.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "./helpers/programs.mjs";

const tools = join(process.env.CHECKOUT, "bindings", "node", "node_modules");
const here = fileURLToPath(new URL(".", import.meta.url));
const node = (...args) => run(process.execPath, args, { cwd: here });

const STRICTEST = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
  target: "es2022",
  types: ["node"],
  typeRoots: [join(tools, "@types")],
};
const NEWEST = join(tools, "typescript", "bin", "tsc");
const OLDER = join(tools, "@arethetypeswrong", "core", "node_modules", "typescript", "bin", "tsc");
const BOTH = ["types/usage.mts", "types/usage.cts"];

/** Compilers, their options and what they compile; a bundler has no `import … = require(…)`. */
const WAYS = {
  node16: [NEWEST, { module: "node16", moduleResolution: "node16" }, BOTH],
  nodenext: [NEWEST, { module: "nodenext", moduleResolution: "nodenext" }, BOTH],
  "a bundler": [NEWEST, { module: "esnext", moduleResolution: "bundler" }, BOTH.slice(0, 1)],
  "nodenext, by TypeScript 5.6": [OLDER, { module: "nodenext", moduleResolution: "nodenext" }, BOTH],
};

for (const [place, [name, [tsc, resolution, files]]] of Object.entries(WAYS).entries()) {
  test(`right programs compile and wrong ones do not, with the resolution of ${name}`, async () => {
    const config = join(here, `tsconfig.${place}.json`);
    writeFileSync(config, JSON.stringify({ compilerOptions: { ...STRICTEST, ...resolution }, files }));
    const { code, stdout } = await node(tsc, "-p", config);
    assert.equal(code, 0, stdout);
  });
}

describe("what the tool says that looks for wrong types", () => {
  test("is that every resolution finds them", async () => {
    const stage = join(here, "..", "..");
    const [tarball] = readdirSync(stage).filter((name) => name.endsWith(".tgz"));
    const attw = join(tools, "@arethetypeswrong", "cli", "dist", "index.js");
    const { code, stdout, stderr } = await node(attw, join(stage, tarball), "--format", "json");
    const { analysis, problems } = JSON.parse(stdout);
    assert.equal(analysis.packageName, "pinterest-oauth");
    // The oldest resolution knows no `exports`: it finds the package, and no entry beside it.
    const oldest = { kind: "NoResolution", entrypoint: "./emulator", resolutionKind: "node10" };
    assert.deepEqual(problems, { NoResolution: [oldest] }, stdout);
    assert.deepEqual(analysis.problems, [oldest]);
    assert.equal(code, 1, stderr);
  });
});

const PUBLIC = [
  "account",
  "answer",
  "client",
  "diagnostics",
  "emulator",
  "emulator-types",
  "errors",
  "finish",
  "manager",
  "oauth-api",
  "options",
  "status",
  "token",
];

test("everything that is public is documented", () => {
  const folder = join(here, "..", "node_modules", "pinterest-oauth", "dist");
  const undocumented = PUBLIC.flatMap((file) => {
    const lines = readFileSync(join(folder, `${file}.d.ts`), "utf8").split("\n");
    return lines.filter((line, place) => {
      const isMember =
        /^ {4}(static |readonly |get )*[a-zA-Z]\w*\??[(:]/.test(line) && !line.endsWith("?: undefined;");
      const isExport = /^export (declare )?(class|interface|type|function|const) \w/.test(line);
      return (isMember || isExport) && !lines[place - 1].endsWith("*/");
    });
  });
  assert.deepEqual(undocumented, []);
});
