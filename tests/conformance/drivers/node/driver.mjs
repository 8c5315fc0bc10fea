// The Node driver of the conformance cases: the public package and nothing else.

import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { Client, oauthToken, PinterestOAuthError, Token } from "../../../../bindings/node/dist/index.mjs";

const results = Number(process.env.CONFORMANCE_FD ?? 3);

/** Options are in camel case, and times without their unit, where documents have snake case and a unit. */
function options(document) {
  const renamed = Object.entries(document).map(([name, value]) => {
    const camel = name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
    return [camel.replace(/^(timeout|connectTimeout)Ms$/, "$1"), value];
  });
  return Object.fromEntries(renamed);
}

/** Names of options at the beginning of a message, or in `field`, as documents name them. */
function renamed(text) {
  const snake = (names) => names.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return text?.replace(/^\w+(?: and \w+)*/, snake);
}

/** What an error says of itself, as the document that every language gets. */
function errorDocument(error) {
  const { message, kind, whatNow, outcome, field, httpStatus, pinterestCode, pinterestMessage } = error;
  const { requestId, retryAfter, rateLimit, headers, body } = error;
  return {
    kind,
    message: field === undefined ? message : renamed(message),
    what_now: whatNow,
    outcome,
    field: renamed(field),
    http_status: httpStatus,
    code: pinterestCode,
    pinterest_message: pinterestMessage,
    request_id: requestId,
    retry_after: retryAfter,
    rate_limit: rateLimit,
    headers,
    body,
  };
}

/** The four-argument call: everything but the credentials comes from the environment. */
async function oneshot(config, { grant_type: grantType, user, pass }) {
  process.env.PINTEREST_API_URI = config.base_url;
  delete process.env.SSL_CERT_FILE;
  if ("ca_file" in config) {
    process.env.SSL_CERT_FILE = config.ca_file;
  }
  const token = await oauthToken({ grantType }, { appId: user, appSecret: pass });
  return token.serialize();
}

/** One call; its answer document. */
async function call(client, operation, document) {
  const request = options(document);
  switch (operation) {
    case "token": {
      if (typeof request.token === "object" && request.token !== null) {
        request.token = Token.deserialize(JSON.stringify(request.token));
      }
      return (await client.oauthToken(request)).serialize();
    }
    case "revoke": {
      const { token, ...rest } = request;
      await client.revoke(token, rest);
      return "{}";
    }
    case "conversion_token": {
      const { accessToken, ...rest } = request;
      return (await client.conversionToken(accessToken, rest)).serialize();
    }
    case "authorize_url": {
      const { redirectUri, ...rest } = request;
      return JSON.stringify(client.authorizeUrl(redirectUri, rest));
    }
    default: {
      const { url, ...rest } = request;
      return JSON.stringify({ code: client.redirect(url, rest), state: request.state });
    }
  }
}

let kept;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => (await lines.next()).value;
for (let line = await next(); line !== undefined; line = await next()) {
  const [config, request] = [JSON.parse(await next()), JSON.parse(await next())];
  const operation = line.replace("reuse:", "");
  let result;
  try {
    if (operation === "oneshot") {
      result = `{"ok":${await oneshot(config, request)}}`;
    } else if (operation === "token_read") {
      result = `{"ok":${Token.deserialize(request.token).serialize()}}`;
    } else {
      kept = operation === line || !kept ? new Client(options(config)) : kept;
      result = `{"ok":${await call(kept, operation, request)}}`;
    }
  } catch (error) {
    if (!(error instanceof PinterestOAuthError)) {
      throw error;
    }
    result = JSON.stringify({ error: errorDocument(error) }, (_, value) => value ?? null);
  }
  writeSync(results, `${result}\n`);
}
