// npm runs this where a checkout's folder is installed (`npm install …/bindings/node`): it must be built first.

import { existsSync } from "node:fs";
import { join, relative } from "node:path";

const here = join(import.meta.dirname, "..");
const within = relative(here, process.env.INIT_CWD ?? here) === "";
if (!within && !(existsSync(join(here, "dist", "index.js")) && existsSync(join(here, "native")))) {
  console.error(
    `${here} is not built yet: run "npm install --no-package-lock" and "npm run build:release" in it, with Rust 1.88`,
  );
  process.exit(1);
}
