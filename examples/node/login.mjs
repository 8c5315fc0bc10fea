// Logs a user in with the browser of this machine, and keeps the token: one call.
//
// Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and register http://localhost:8085/ with the app. For a test server set
// PINTEREST_API_URI and PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.

import { PinterestOAuthError, TokenManager } from "pinterest-oauth";

const [redirectUri = "http://localhost:8085/"] = process.argv.slice(2);

try {
  const end = await new TokenManager().login({
    account: "shop-42",
    scope: ["pins:read", "boards:read"],
    redirectUri,
    confirm: true,
  });
  console.log("Scopes:", [...end.scopes].join(", "));
  console.log(
    'Calls to Pinterest may be made with await new TokenManager().account("shop-42").accessToken().',
  );
} catch (error) {
  if (!(error instanceof PinterestOAuthError)) {
    throw error;
  }
  console.error(error.text);
  process.exitCode = 1;
}
