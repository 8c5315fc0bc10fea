// Installs the packed package in an empty project and runs the tests there.
//
//     node scripts/test.mjs [abort workers ...]

import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import "./stage.mjs";

const checkout = join(import.meta.dirname, "..", "..", "..");
process.chdir(join(checkout, "target", "node", "project"));

// Nothing that a client would read from the environment reaches a test.
for (const name of Object.keys(process.env)) {
  if (/^(PINTEREST_|SSL_CERT_|NODE_|UV_)|_PROXY$|^(REQUEST_METHOD|RUST_BACKTRACE)$/i.test(name)) {
    delete process.env[name];
  }
}
process.env.CHECKOUT = checkout;

const wanted = process.argv.slice(2);
const tests = readdirSync("test").filter((name) => name.endsWith(".test.mjs"));
const chosen = tests.filter((name) => wanted.length === 0 || wanted.includes(basename(name, ".test.mjs")));
const files = chosen.map((name) => join(process.cwd(), "test", name));

const count = { "test:pass": 0, "test:fail": 0 };
const results = run({ files, concurrency: 2, timeout: 300_000 });
for (const event of Object.keys(count)) {
  results.on(event, ({ details, file, name }) => {
    const counts = details.type !== "suite" && name !== file;
    count[event] += counts ? 1 : 0;
  });
}
const failures = [];
results.on("test:fail", ({ details, file, name }) => {
  process.exitCode = 1;
  if (details.type !== "suite") {
    const [reason] = (details.error?.cause?.message ?? details.error?.message ?? "").split("\n");
    failures.push(`FAILED ${basename(file ?? name)}: ${name}: ${reason}`);
  }
});
results.compose(new spec()).pipe(process.stdout);
process.on("exit", () => {
  for (const failure of failures) {
    console.log(failure);
  }
  console.log(`${count["test:pass"]} passed, ${count["test:fail"]} failed`);
  if (count["test:pass"] === 0) {
    process.exitCode = 1;
  }
});
