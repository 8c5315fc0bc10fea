// The Node driver of the conformance cases: the public package and nothing else.

import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import {
  Client,
  oauthToken,
  PinterestOAuthError,
  redirect,
  Token,
} from "../../../../bindings/node/dist/index.mjs";
import { managed } from "./managed.mjs";

const results = Number(process.env.CONFORMANCE_FD ?? 3);
const CENTURY = 100 * 365 * 86_400 * 1000;

const camel = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Options are in camel case and times in milliseconds, where documents have snake case and seconds. */
function options(document) {
  const renamed = Object.entries(document).map(([name, value]) => {
    const isTime = /timeout$/.test(name) && typeof value === "number";
    return [camel(name), isTime ? value * 1000 : value];
  });
  return Object.fromEntries(renamed);
}

const table = JSON.parse(readFileSync(new URL("../../../../include/documents.json", import.meta.url)));

/** The first argument of a call is the first field of its request; `oauthToken` takes the whole. */
function firstOf(operation) {
  const { request } = [...table.calls, ...table.without_a_call].find((call) => call.name === operation);
  return camel(table.documents.find(({ name }) => name === request).fields[0].name);
}

/** What an object of the package says of each field of its document; absent is null there. */
function documentOf(name, object) {
  const { fields } = table.documents.find((document) => document.name === name);
  return Object.fromEntries(fields.map((field) => [field.name, object[camel(field.name)] ?? null]));
}

const answerDocument = (answer) => answer && documentOf("answer", answer);

function errorDocument(error) {
  const { pinterestCode: code = null, field } = error;
  const named = { code, field: field ? snake(field) : null, answer: answerDocument(error.answer) };
  return { ...documentOf("error", error), ...named };
}

/** The document of a token with what its methods say. Numbers stay as they were sent. */
function tokenDocument(token) {
  const methods = {
    answer: answerDocument(token.answer),
    is_expired: token.isExpired() ?? null,
    expires_within_a_century: token.expiresWithin(CENTURY) ?? null,
  };
  return `${token.serialize().slice(0, -1)},${JSON.stringify(methods).slice(1)}`;
}

/** The four-argument call: everything but the credentials comes from the environment. */
function oneshot(config, { grant_type: grantType, user, pass }) {
  process.env.PINTEREST_API_URI = config.base_url;
  delete process.env.SSL_CERT_FILE;
  if ("ca_file" in config) {
    process.env.SSL_CERT_FILE = config.ca_file;
  }
  return oauthToken({ grantType }, { appId: user, appSecret: pass });
}

/** What a method of the client gives. */
function call(client, operation, request) {
  const method = client[camel(operation)].bind(client);
  if (operation !== "oauth_token") {
    const { [firstOf(operation)]: first, ...others } = request;
    return method(first, others);
  }
  if (typeof request.token === "object" && request.token !== null) {
    return method({ ...request, token: Token.deserialize(JSON.stringify(request.token)) });
  }
  return method(request);
}

let kept;

/** The answer document of an operation. */
async function run(line, config, document) {
  const operation = line.replace("reuse:", "");
  if (operation === "token_read") {
    return tokenDocument(Token.deserialize(document.token));
  }
  if (operation === "oneshot") {
    return tokenDocument(await oneshot(config, document));
  }
  if (operation === "redirect") {
    const { url, ...others } = options(document);
    return JSON.stringify({ code: redirect(url, others), state: others.state });
  }
  if (operation.includes(".")) {
    const words = { options, documentOf, errorDocument, tokenDocument };
    return managed(operation, options(config), document, words);
  }
  kept = operation === line || !kept ? new Client(options(config)) : kept;
  const answer = await call(kept, operation, options(document));
  if (answer instanceof Token) {
    return tokenDocument(answer);
  }
  return JSON.stringify(operation === "authorize_url" ? answer : { answer: answerDocument(answer) });
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => (await lines.next()).value;
for (let line = await next(); line !== undefined; line = await next()) {
  const [config, document] = [JSON.parse(await next()), JSON.parse(await next())];
  let result;
  try {
    result = `{"ok":${await run(line, config, document)}}`;
  } catch (error) {
    if (!(error instanceof PinterestOAuthError)) {
      throw error;
    }
    result = JSON.stringify({ error: errorDocument(error) });
  }
  writeSync(results, `${result}\n`);
}
