// Those who come from another library find their lines beside ours: both columns of each table of the README run, and
// come to the same.

import assert from "node:assert/strict";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { withEmulator } from "./helpers/emulator.mjs";
import { run } from "./helpers/programs.mjs";
import { columns } from "./helpers/table.mjs";

const emulator = await withEmulator();
const project = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(join(project, "node_modules", "pinterest-oauth", "README.md"), "utf8");

/** The other libraries: what a program imports, and the addresses that it is given. */
const LIBRARIES = {
  oauth4webapi: `
    import * as oauth from "oauth4webapi";
    const issuer = pages, authorization_endpoint = pages + "/oauth/", token_endpoint = api + "/oauth/token";
    const revocation_endpoint = api + "/oauth/token/revoke";
    const refreshed = (text) => oauth.refreshTokenGrantRequest(as, app, auth, text)
      .then((response) => oauth.processRefreshTokenResponse(as, app, response));
  `,
  "simple-oauth2": `
    import { randomUUID } from "node:crypto";
    import simple from "simple-oauth2";
    const { AuthorizationCode, ClientCredentials } = simple;
    const [tokenHost, tokenPath, revokePath] = [api.replace("/v5", ""), "/v5/oauth/token", "/v5/oauth/token/revoke"];
    const server = { tokenHost, tokenPath, revokePath }, page = { authorizeHost: pages, authorizePath: "/oauth/" };
    const refreshed = (text) => client.createToken({ refresh_token: text }).refresh();
  `,
};
const OURS = `
  import { Client, InvalidGrantError, redirect, Token } from "pinterest-oauth";
  const refreshed = (refreshToken) => client.oauthToken({ grantType: "refresh_token", refreshToken });
`;

const GIVEN = `
  const { APP_ID: appId, APP_SECRET: appSecret, API: api, PAGES: pages } = process.env;
  const redirectUri = "http://localhost:8085/", scope = "pins:read";
  async function visit(page) {
    const form = new URLSearchParams([...new URL(page).searchParams, ["decision", "allow"]]);
    const answer = await fetch(String(page).split("?")[0], { method: "POST", body: form, redirect: "manual" });
    return answer.headers.get("location");
  }
`;
const THEN = `;
  const bad = await refreshed("pinr.made-up").catch((error) => error);
  console.log(JSON.stringify([bearer.length > 9, seconds, Object.keys(own).length >= 0, isOver(bad), isOver(new Error())]));
`;

async function comesTo(name, imports, lines) {
  const file = join(project, `${name}.mjs`);
  writeFileSync(file, GIVEN + imports + lines + THEN);
  const { httpsBaseUrl, oauthUrl, caFile } = emulator.addresses;
  const env = {
    ...process.env,
    ...{ APP_ID: emulator.appId, APP_SECRET: emulator.appSecret, API: httpsBaseUrl, PAGES: oauthUrl },
    ...{ NODE_EXTRA_CA_CERTS: caFile, SSL_CERT_FILE: caFile },
    ...{ PINTEREST_API_URI: httpsBaseUrl, PINTEREST_OAUTH_URI: oauthUrl },
  };
  const { code, stdout, stderr } = await run(process.execPath, [file], { env });
  assert.equal(code, 0, stderr);
  const forms = (await emulator.requests()).map(({ form }) => Object.fromEntries(form).grant_type);
  await emulator.reset();
  return { said: JSON.parse(stdout), forms };
}

for (const [library, theirs] of Object.entries(LIBRARIES)) {
  test(`both columns of the table about ${library} run, and come to the same`, async () => {
    const link = join(project, "node_modules", library);
    if (!existsSync(link)) {
      symlinkSync(join(process.env.CHECKOUT, "bindings", "node", "node_modules", library), link);
    }
    const table = columns(readme, `Coming from ${library}`);
    assert.ok(table.rows >= 10);
    const before = await comesTo(`${library}-theirs`, theirs, table.theirs);
    const now = await comesTo(`${library}-ours`, OURS, table.ours);
    assert.deepEqual(before, now);
    assert.deepEqual(now.said, [true, 2_592_000, true, true, false]);
  });
}
