// Variables are read as JavaScript sees them, and authorities that Node trusts besides are trusted here as well.

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { Emulator } from "pinterest-oauth/emulator";
import { withEmulator } from "./helpers/emulator.mjs";
import { program } from "./helpers/programs.mjs";

const emulator = await withEmulator();
const folder = mkdtempSync(join(tmpdir(), "pinterest-oauth-"));
after(() => rmSync(folder, { recursive: true }));

const CALL = `
  const { oauthToken } = require("pinterest-oauth");
  oauthToken({ grantType: "client_credentials" }).then(
    ({ tokenType }) => console.log(tokenType),
    ({ message }) => console.log(message),
  );
`;

/** A worker that makes a call, with an environment of its own; what it prints, where the process has another one. */
async function worker(own, ofProcess) {
  const source = `
    import { Worker } from "node:worker_threads";
    new Worker(${JSON.stringify(CALL)}, { eval: true, env: ${JSON.stringify(own)}, execArgv: [] });
  `;
  const { stdout, stderr } = await program(source, { environment: ofProcess });
  assert.equal(stderr, "");
  return stdout;
}

const NOBODY = { PINTEREST_APP_ID: "1", PINTEREST_APP_SECRET: "wrong" };

describe("a worker with an environment of its own", () => {
  test("has its credentials and addresses from there", async () => {
    assert.equal(await worker(emulator.environment(), NOBODY), "bearer\n");
  });

  test("has none from the process's, and is told the truth of it", async () => {
    const { PINTEREST_API_URI } = emulator.environment();
    const said = "appId is not set, nor is PINTEREST_APP_ID in process.env\n";
    assert.equal(await worker({ PINTEREST_API_URI }, emulator.environment()), said);
  });
});

test("what is set in process.env counts, also where a test runner has put another object there", async () => {
  const set = `Object.assign(process.env, ${JSON.stringify(emulator.environment())});`;
  const replaced = `process.env = ${JSON.stringify(emulator.environment())};`;
  for (const first of [set, replaced]) {
    const source = `import { createRequire } from "node:module";
      const require = createRequire(${JSON.stringify(import.meta.url)}); ${first} ${CALL}`;
    assert.equal((await program(source, { environment: NOBODY })).stdout, "bearer\n");
  }
});

describe("NODE_EXTRA_CA_CERTS", () => {
  const { PINTEREST_API_URI: _, ...rest } = emulator.environment();
  const https = { ...rest, PINTEREST_API_URI: emulator.addresses.httpsBaseUrl };
  const source = (settings) => `
    import { oauthToken } from "pinterest-oauth";
    const settings = ${JSON.stringify(settings)};
    await oauthToken({ grantType: "client_credentials" }, settings).then(
      ({ tokenType }) => console.log(tokenType),
      ({ kind }) => console.log(kind),
    );
  `;
  const called = async (environment, settings = {}) =>
    (await program(source(settings), { environment: { ...https, ...environment } })).stdout;
  const { caFile } = emulator.addresses;

  test("names authorities that are trusted", async () => {
    assert.equal(await called({}), "tls\n");
    assert.equal(await called({ NODE_EXTRA_CA_CERTS: caFile }), "bearer\n");
  });

  test("adds them to the system's, and to those that SSL_CERT_FILE and SSL_CERT_DIR name", async () => {
    const other = await Emulator.start();
    try {
      copyFileSync(caFile, join(folder, "00000000.0"));
      const { appId, appSecret, baseUrl } = other.settings({ https: true });
      for (const named of [{ SSL_CERT_DIR: folder }, { SSL_CERT_FILE: caFile }]) {
        const environment = { ...named, NODE_EXTRA_CA_CERTS: other.addresses.caFile };
        assert.equal(await called(environment), "bearer\n");
        assert.equal(await called(environment, { appId, appSecret, baseUrl }), "bearer\n");
      }
    } finally {
      await other.stop();
    }
  });

  test("adds nothing where it cannot be read, as in Node, which warns of it", async () => {
    assert.equal(await called({ NODE_EXTRA_CA_CERTS: join(folder, "none.pem") }), "tls\n");
  });

  test("gives way to caFile, and is not read where trustEnv is false", async () => {
    const other = await Emulator.start();
    try {
      const environment = { NODE_EXTRA_CA_CERTS: caFile };
      assert.equal(await called(environment, { caFile: other.addresses.caFile }), "tls\n");
      const settings = { ...emulator.settings({ https: true }), caFile: undefined };
      assert.equal(await called(environment, settings), "tls\n");
    } finally {
      await other.stop();
    }
  });
});
