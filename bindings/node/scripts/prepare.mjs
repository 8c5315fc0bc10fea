// Development tools, the JavaScript and the native half, unoptimised: what a fresh clone needs to run.
//
//     node scripts/prepare.mjs

import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

const here = join(import.meta.dirname, "..");
const read = (...path) => JSON.parse(readFileSync(join(here, ...path, "package.json"), "utf8"));
const run = (command, ...args) => execFileSync(command, args, { cwd: here, stdio: "inherit" });

function isInstalled([name, version]) {
  try {
    return read("node_modules", name).version === version;
  } catch {
    return false;
  }
}

if (!Object.entries(read().devDependencies).every(isInstalled)) {
  // Without a lock file: npm's names addresses, and the tools are pinned in package.json.
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  run("npm", "install", "--no-package-lock", ...quiet);
}
rmSync(join(here, "dist"), { recursive: true, force: true });
run(process.execPath, join("node_modules", "typescript", "bin", "tsc"));
run(process.execPath, join("scripts", "build-native.mjs"));
