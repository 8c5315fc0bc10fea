// A token for the app itself, by the installed package; the time of the import in milliseconds.
const began = performance.now();
const { oauthToken } = await import("pinterest-oauth");
const took = performance.now() - began;
const token = await oauthToken({ grantType: "client_credentials", scope: "ads:read" });
console.log(took.toFixed(1), token.scopes.join(" "));
