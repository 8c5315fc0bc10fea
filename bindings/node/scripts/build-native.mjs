// Builds the native half with cargo, and puts it where the package looks for it. After tsc.
//
//     node scripts/build-native.mjs [--release]

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { nativePath } from "../dist/platform.js";

const RUST = [1, 88];
const FILES = {
  darwin: "libpinterest_oauth_node.dylib",
  linux: "libpinterest_oauth_node.so",
  win32: "pinterest_oauth_node.dll",
};

const root = join(import.meta.dirname, "..", "..", "..");
const options = process.argv.slice(2);

/** What cargo prints; where there is none, or one that is too old, a sentence ends the build. */
function cargo(...command) {
  return execFileSync("cargo", command, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

function demandRust() {
  const needs = `the native half of pinterest-oauth is built with Rust ${RUST.join(".")} or newer`;
  let found;
  try {
    found = /^cargo (\d+)\.(\d+)/.exec(cargo("--version"));
  } catch {
    console.error(`${needs}, and cargo cannot be run: install it (https://rustup.rs)`);
    process.exit(1);
  }
  const [major, minor] = [Number(found?.[1]), Number(found?.[2])];
  if (major < RUST[0] || (major === RUST[0] && minor < RUST[1])) {
    console.error(`${needs}, and this is ${major}.${minor}: update it (rustup update)`);
    process.exit(1);
  }
}

demandRust();
const target = JSON.parse(cargo("metadata", "--no-deps", "--format-version", "1")).target_directory;
const build = ["build", "--locked", "-p", "pinterest-oauth-node", ...options];
execFileSync("cargo", build, { cwd: root, stdio: "inherit" });

const built = join(target, options.includes("--release") ? "release" : "debug", FILES[process.platform]);
const path = nativePath();
mkdirSync(dirname(path), { recursive: true });
for (const license of ["LICENSE-APACHE", "LICENSE-MIT"]) {
  copyFileSync(join(root, license), join(import.meta.dirname, "..", license));
}
// Another process may have the old one open.
copyFileSync(built, `${path}.new`);
renameSync(`${path}.new`, path);
