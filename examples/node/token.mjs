// A code becomes a token, and the token is refreshed.
//
// Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and for a test server PINTEREST_API_URI and
// PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.

import { createHash } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { Client, PinterestOAuthError, redirect } from "pinterest-oauth";

const REDIRECT_URI = "http://localhost:8085/";

/** What to print instead of a token: equal for equal tokens, and useless for anything else. */
function fingerprint(secret = "") {
  return createHash("sha256").update(secret).digest("hex").slice(0, 12);
}

function show(step, { accessToken, refreshToken }) {
  console.log(
    `${step}: access token ${fingerprint(accessToken)}, refresh token ${fingerprint(refreshToken)}`,
  );
}

async function ask(question) {
  console.log(question);
  const terminal = createInterface({ input: process.stdin });
  const answer = await terminal.question("");
  terminal.close();
  return answer.trim();
}

const client = new Client();
const { url, state } = client.authorizeUrl(REDIRECT_URI, { scope: ["pins:read", "boards:read"] });
const address = await ask(
  `Open this address, give access, and paste the address at which the browser ends up:\n${url}`,
);
try {
  const code = redirect(address, { state });
  let token = await client.oauthToken({ grantType: "authorization_code", code, redirectUri: REDIRECT_URI });
  show("code", token);
  token = await client.refresh(token);
  show("refresh", token);
  if (token.refreshTokenRotated) {
    console.log("The refresh token has rotated: store token.serialize() in place of the old one.");
  }
} catch (error) {
  if (!(error instanceof PinterestOAuthError)) {
    throw error;
  }
  console.error(error.text);
  process.exitCode = 1;
}
