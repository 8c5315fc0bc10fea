// HTTP mocks do not see these calls: what the README says of them.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { withEmulator } from "./helpers/emulator.mjs";
import { program } from "./helpers/programs.mjs";

const emulator = await withEmulator();
const tool = (name) => JSON.stringify(join(process.env.CHECKOUT, "bindings", "node", "node_modules", name));

/** What keeps a program from the network, and proves that it does. */
const MOCKS = {
  nock: `
    const nock = require(${tool("nock")});
    nock.disableNetConnect();
  `,
  "undici's MockAgent": `
    const { MockAgent, setGlobalDispatcher } = require(${tool("undici")});
    const agent = new MockAgent();
    agent.disableNetConnect();
    setGlobalDispatcher(agent);
  `,
  "a replaced fetch": `globalThis.fetch = () => Promise.reject(new Error("mine"));`,
};

for (const [name, mock] of Object.entries(MOCKS)) {
  test(`${name} does not see a call`, async () => {
    const source = `
      import { createRequire } from "node:module";
      import { oauthToken } from "pinterest-oauth";
      const require = createRequire("/");
      ${mock}
      const { PINTEREST_API_URI } = process.env;
      await fetch(PINTEREST_API_URI).then(() => console.log("not caught"), () => console.log("caught"));
      console.log((await oauthToken({ grantType: "client_credentials" })).tokenType);
    `;
    const { stdout, stderr } = await program(source, { environment: emulator.environment() });
    assert.deepEqual([stdout, stderr], ["caught\nbearer\n", ""]);
    assert.equal((await emulator.requests()).length, 1);
  });
}

test("beside nock the emulator can be told once this machine is allowed", async () => {
  const source = `
    import { createRequire } from "node:module";
    import { Client } from "pinterest-oauth";
    import { Emulator } from "pinterest-oauth/emulator";
    const nock = createRequire("/")(${tool("nock")});
    nock.disableNetConnect();
    nock.enableNetConnect("127.0.0.1");
    const emulator = await Emulator.start({ tls: false });
    await emulator.script({ status: 503 });
    await new Client(emulator.settings()).oauthToken({ grantType: "client_credentials" }).catch(({ kind }) => console.log(kind));
    await emulator.stop();
  `;
  const { stdout, stderr } = await program(source);
  assert.deepEqual([stdout, stderr], ["server_error\n", ""]);
});
