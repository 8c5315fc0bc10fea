// The same package for a program with `require`.

import pinterest = require("pinterest-oauth");

import { Client, type Token } from "pinterest-oauth";

async function main(): Promise<Token> {
  const client: pinterest.Client = new Client({ environment: "sandbox" });
  // @ts-expect-error no such environment
  new pinterest.Client({ environment: "test" });
  return client.oauthToken({ grantType: "client_credentials" });
}

export = main;
