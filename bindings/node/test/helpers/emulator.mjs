// Pinterest's OAuth server on this machine: the command of this project, spoken to over its control port.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, beforeEach } from "node:test";

const COMMAND = join(
  process.env.CHECKOUT,
  process.env.CARGO_TARGET_DIR ?? "target",
  "debug",
  "pinterest-oauth",
);
const OPTIONS = ["emulator", "--json", "--until-stdin-closes", "--show-secret"];

/** An emulator for the tests of a file; each finds it as at its start. */
export function withEmulator() {
  const emulator = new Emulator();
  before(() => emulator.start());
  beforeEach(() => emulator.reset());
  after(() => emulator.stop());
  return emulator;
}

class Emulator {
  async start() {
    this.process = spawn(COMMAND, OPTIONS, { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: this.process.stdout });
    const [line] = await once(lines, "line");
    this.urls = JSON.parse(line);
  }

  async stop() {
    this.process.stdin.end();
    await once(this.process, "exit");
  }

  /** The settings with which a client reaches it, and nothing else. */
  settings({ https = false } = {}) {
    const { app_id: appId, app_secret: appSecret, oauth_url: oauthUrl, ca_file: caFile } = this.urls;
    const baseUrl = https ? this.urls.https_base_url : this.urls.base_url;
    return { appId, appSecret, baseUrl, oauthUrl, trustEnv: false, ...(https ? { caFile } : {}) };
  }

  /** The environment of a program that uses it. */
  environment() {
    return {
      PINTEREST_APP_ID: this.urls.app_id,
      PINTEREST_APP_SECRET: this.urls.app_secret,
      PINTEREST_API_URI: this.urls.base_url,
      PINTEREST_OAUTH_URI: this.urls.oauth_url,
    };
  }

  /** The user gives access: `code`, and `redirect`, where the browser is sent. */
  authorize(asked = {}) {
    return this.control("POST", "/authorize", asked);
  }

  /** The answers to come. */
  script(...faults) {
    return this.control("POST", "/script", faults);
  }

  async requests() {
    return (await this.record()).requests;
  }

  record() {
    return this.control("GET", "/requests");
  }

  switches(changes) {
    return this.control("POST", "/switches", changes);
  }

  reset() {
    return this.control("POST", "/reset");
  }

  async control(method, path, document) {
    const body = document === undefined ? null : JSON.stringify(document);
    const headers = { "content-type": "application/json", connection: "close" };
    const answer = await fetch(this.urls.control_url + path, { method, body, headers });
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    }
    return answer.json();
  }
}
