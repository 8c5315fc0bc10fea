// The package's own emulator, for the tests of a file.

import { resolve } from "node:path";
import { after, beforeEach } from "node:test";
import { Emulator } from "pinterest-oauth/emulator";

const { CHECKOUT, CARGO_TARGET_DIR = "target" } = process.env;
process.env.PINTEREST_OAUTH_COMMAND = resolve(CHECKOUT, CARGO_TARGET_DIR, "debug", "pinterest-oauth");

/** One that each test of a file finds as at its start. */
export async function withEmulator(options) {
  const emulator = await Emulator.start(options);
  beforeEach(() => emulator.reset());
  after(() => emulator.stop());
  return emulator;
}
