// A store of its own for each test, and a clock that moves the emulator and the managers alike.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "node:test";
import { TokenManager } from "pinterest-oauth";
import { withEmulator } from "./emulator.mjs";

const DAY = 86_400;
export const REDIRECT_URI = "http://localhost:8085/";

/** The emulator, and what each test has for itself. */
export async function withWorld(options) {
  const emulator = await withEmulator(options);
  const world = new World(emulator);
  beforeEach(() => world.begin());
  afterEach(() => world.end());
  return world;
}

class World {
  constructor(emulator) {
    this.emulator = emulator;
  }

  begin() {
    this.folder = mkdtempSync(join(tmpdir(), "pinterest-oauth-"));
  }

  end() {
    rmSync(this.folder, { recursive: true });
  }

  /** The settings of a manager, as JSON can hold them. */
  settings(more = {}) {
    const own = { store: join(this.folder, "tokens"), clockOffsetFile: this.emulator.addresses.clockFile };
    return { ...this.emulator.settings(), ...own, ...more };
  }

  manager(more) {
    return new TokenManager(this.settings(more));
  }

  /** What a login takes: somebody has given access. */
  async consent(scope = "pins:read") {
    const { code } = await this.emulator.authorize({ redirectUri: REDIRECT_URI, scope });
    return { code, redirectUri: REDIRECT_URI };
  }

  /** An account that is logged in. */
  async account(name = "shop-42", more = {}) {
    const account = this.manager(more).account(name);
    await account.login(await this.consent());
    return account;
  }

  async pass(days) {
    await this.emulator.advance(days * DAY * 1000);
  }

  /** How many requests with a refresh token came. */
  async refreshes() {
    return Object.values((await this.#counts()).refresh_tokens).reduce((sum, count) => sum + count, 0);
  }

  /** How many requests with a code came. */
  async codes() {
    const accounts = Object.values((await this.#counts()).accounts);
    return accounts.reduce((sum, { authorization_code }) => sum + authorization_code, 0);
  }

  async #counts() {
    return (await fetch(`${this.emulator.addresses.controlUrl}/counts`)).json();
  }

  /** Waits until so many have come. */
  async refreshesAre(count) {
    while ((await this.refreshes()) < count) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** What a promise rejects with. */
export async function rejection(promise) {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  if (error === undefined) {
    throw new Error("it did not reject");
  }
  return error;
}
