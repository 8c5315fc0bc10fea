import { Client } from "../dist/index.mjs";

export function connect(settings) {
  const client = new Client(settings);
  return () => client.oauthToken({ grantType: "client_credentials" });
}
