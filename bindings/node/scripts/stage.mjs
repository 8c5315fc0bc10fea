// Packs the package and installs the tarball in an empty project, target/node/project, with the tests.
//
//     node scripts/stage.mjs

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = join(import.meta.dirname, "..");
const stage = join(here, "..", "..", "target", "node");
const project = join(stage, "project");

function npm(folder, ...args) {
  execFileSync("npm", [...args, "--loglevel=error"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

rmSync(stage, { recursive: true, force: true });
mkdirSync(project, { recursive: true });
npm(here, "pack", "--ignore-scripts", `--pack-destination=${stage}`);
const [tarball] = readdirSync(stage).filter((name) => name.endsWith(".tgz"));
writeFileSync(join(project, "package.json"), '{"name": "an-empty-project", "private": true}\n');
npm(project, "install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", join(stage, tarball));
cpSync(join(here, "test"), join(project, "test"), { recursive: true });
