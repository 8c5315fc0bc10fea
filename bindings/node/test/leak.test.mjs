// 100,000 calls in one process: its memory stays what it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "./helpers/programs.mjs";

const APP = fileURLToPath(new URL("./helpers/leak-app.mjs", import.meta.url));
// 50,000 calls that kept 50 bytes each would show.
const ALLOWED_KIB = 2500;
// V8 enlarges the space of new objects in steps of megabytes, at any time; here it has its full size at once.
const FLAGS = ["--expose-gc", "--min-semi-space-size=16", "--max-semi-space-size=16"];

// KiB by which the memory grew from the second quarter to the last; the least that was needed counts.
async function growth(t) {
  const { code, stdout, stderr } = await run(process.execPath, [...FLAGS, APP], { timeout: 240_000 });
  assert.equal(code, 0, stderr);
  const { samples, ends } = JSON.parse(stdout);
  t.diagnostic(stdout);
  assert.equal(
    Object.values(ends).reduce((sum, count) => sum + count),
    100_000,
  );
  for (const end of ["token", "invalid_grant", "rate_limited", "invalid_argument", "cancelled"]) {
    assert.ok(ends[end] > 1000, end);
  }
  const least = (from, to) => Math.min(...samples.slice(samples.length * from, samples.length * to));
  return least(0.75, 1) - least(0.25, 0.5);
}

test("100,000 calls, failed and aborted ones among them, leave the memory flat", async (t) => {
  // A leak shows in every run. What the system's allocator keeps for a while does not.
  let grown = await growth(t);
  for (let again = 0; again < 2 && grown >= ALLOWED_KIB; again += 1) {
    grown = await growth(t);
  }
  assert.ok(grown < ALLOWED_KIB, `${grown} KiB`);
});
