// Packs the npm packages: this one without a native half, and one with the native half of a system.
//
//     node scripts/package.mjs OUT ADDON SYSTEM [SYSTEM ...]
//
// ADDON is the library that cargo built for the first SYSTEM, such as linux-x64-gnu; every SYSTEM becomes an
// optional dependency of the main package. Where THIRD_PARTY_LICENSES names a file, it comes along.

import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const here = join(import.meta.dirname, "..");
const root = join(here, "..", "..");
const [to, addon, ...systems] = process.argv.slice(2);
if (systems.length === 0) {
  console.error("usage: node scripts/package.mjs OUT ADDON SYSTEM [SYSTEM ...]");
  process.exit(2);
}
const out = resolve(to);
mkdirSync(out, { recursive: true });
const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
const run = (folder, command, ...args) =>
  execFileSync(command, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });

const { scripts, devDependencies, files, ...manifest } = JSON.parse(
  readFileSync(join(here, "package.json"), "utf8"),
);
const named = (system) => `${manifest.name}-${system}`;
const typescript = join("node_modules", "typescript", "bin", "tsc");
if (!existsSync(join(here, typescript))) {
  run(here, "npm", "install", "--no-package-lock", ...quiet);
}

const stage = mkdtempSync(join(tmpdir(), "pinterest-oauth-npm-"));
try {
  pack("main", { ...manifest, files: ["dist"], optionalDependencies: pins() }, (folder) => {
    run(here, process.execPath, typescript, "--outDir", join(folder, "dist"));
    copyFileSync(join(here, "README.md"), join(folder, "README.md"));
  });
  const [os, cpu, libc] = systems[0].split("-");
  const native = {
    name: named(systems[0]),
    version: manifest.version,
    description: `${manifest.description}: its native half for ${systems[0]}`,
    license: manifest.license,
    author: manifest.author,
    engines: manifest.engines,
    os: [os],
    cpu: [cpu],
    ...(libc && os === "linux" ? { libc: [{ gnu: "glibc" }[libc] ?? libc] } : {}),
    main: "pinterest_oauth.node",
    files: ["pinterest_oauth.node"],
  };
  pack("native", native, (folder) => {
    cpSync(addon, join(folder, "pinterest_oauth.node"));
    const text = `# ${native.name}\n\nThe native half of the package ${manifest.name}, which installs it by itself.\n`;
    writeFileSync(join(folder, "README.md"), text);
  });
} finally {
  rmSync(stage, { recursive: true });
}

/** Exactly the version of the main package: both halves are of one release. */
function pins() {
  return Object.fromEntries(systems.map((system) => [named(system), manifest.version]));
}

function pack(name, document, fill) {
  const folder = join(stage, name);
  mkdirSync(folder);
  fill(folder);
  const texts = ["LICENSE-APACHE", "LICENSE-MIT"].map((text) => [join(root, text), text]);
  if (process.env.THIRD_PARTY_LICENSES && name === "native") {
    texts.push([process.env.THIRD_PARTY_LICENSES, "THIRD-PARTY-LICENSES.txt"]);
  }
  for (const [from, text] of texts) {
    copyFileSync(from, join(folder, text));
    document.files.push(text);
  }
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(document, undefined, 2)}\n`);
  run(folder, "npm", "pack", `--pack-destination=${out}`, ...quiet);
}
