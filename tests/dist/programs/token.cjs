// The same, by require.
const began = performance.now();
const { oauthToken } = require("pinterest-oauth");
const took = performance.now() - began;
oauthToken({ grantType: "client_credentials", scope: "ads:read" }).then((token) => {
  console.log(took.toFixed(1), token.scopes.join(" "));
});
