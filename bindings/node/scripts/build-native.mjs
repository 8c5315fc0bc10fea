// Builds the native half with cargo, and puts it where the package looks for it. After tsc.
//
//     node scripts/build-native.mjs [--release]

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { nativePath } from "../dist/platform.js";

const FILES = {
  darwin: "libpinterest_oauth_node.dylib",
  linux: "libpinterest_oauth_node.so",
  win32: "pinterest_oauth_node.dll",
};

const root = join(import.meta.dirname, "..", "..", "..");
const options = process.argv.slice(2);
const build = ["build", "--locked", "-q", "-p", "pinterest-oauth-node", ...options];
execFileSync("cargo", build, { cwd: root, stdio: "inherit" });

const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const built = join(target, options.includes("--release") ? "release" : "debug", FILES[process.platform]);
const path = nativePath();
mkdirSync(dirname(path), { recursive: true });
for (const license of ["LICENSE-APACHE", "LICENSE-MIT"]) {
  copyFileSync(join(root, license), join(import.meta.dirname, "..", license));
}
// Another process may have the old one open.
copyFileSync(built, `${path}.new`);
renameSync(`${path}.new`, path);
