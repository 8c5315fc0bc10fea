// Whatever a server answers: a call gives a token whose every property is of its type and that can be stored and read
// back, or rejects with one of our errors.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { Client, PinterestOAuthError, Token } from "pinterest-oauth";
import { withEmulator } from "./helpers/emulator.mjs";

const emulator = await withEmulator();

const NAMES = [
  ...["access_token", "token_type", "expires_in", "expires_at", "refresh_token", "refresh_token_expires_in"],
  ...["refresh_token_expires_at", "refresh_token_rotated", "scope", "scopes", "response_type", "obtained_at"],
  ...[
    "extra",
    "answer",
    "code",
    "message",
    "kind",
    "__proto__",
    "constructor",
    "toString",
    "",
    "\ud83d\ude00",
  ],
];
const VALUES = [
  ...["null", "true", "false", "0", "-5", "1.5", "1e15", "1e400", "123456789012345678901234567890", '""'],
  ...[
    '"a b"',
    '"a,b"',
    '"60"',
    '"2,592,000"',
    '"2030-01-01T00:00:00Z"',
    '"\\ud800"',
    '"\\u0000"',
    "[]",
    "[1]",
  ],
  ...['["a","b"]', '["a",null]', '[["a"]]', "{}", '{"a":1}', '{"access_token":"b"}', '{"__proto__":{"a":1}}'],
];

const isText = (value) => typeof value === "string";
const isSeconds = (value) => value === undefined || Number.isFinite(value);
const isDate = (value) => value === undefined || (value instanceof Date && !Number.isNaN(value.getTime()));
const isTexts = (value) => Array.isArray(value) && value.every(isText);
const TYPES = {
  accessToken: (value) => isText(value) && value !== "",
  tokenType: isText,
  expiresIn: isSeconds,
  expiresAt: isDate,
  refreshToken: (value) => value === undefined || (isText(value) && value !== ""),
  refreshTokenExpiresIn: isSeconds,
  refreshTokenExpiresAt: isDate,
  refreshTokenRotated: (value) => typeof value === "boolean",
  scope: (value) => value === undefined || isText(value),
  scopes: isTexts,
  responseType: (value) => value === undefined || isText(value),
  obtainedAt: isDate,
  extra: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** Numbers that look random and are the same in every run. */
function* numbers(seed) {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

const random = numbers(11);
const one = (list) => list[Math.floor(random.next().value * list.length)];

/** An answer of a few members, each with a value that is not its own; a name may come twice. */
function oddAnswer() {
  const members = Array.from({ length: 1 + Math.floor(random.next().value * 6) }, () => {
    return `${JSON.stringify(one(NAMES))}:${one(VALUES)}`;
  });
  return `{"access_token":"pina_a",${members}}`;
}

/** Each name with each value, and so many more that are mixed. */
const ANSWERS = [
  ...NAMES.flatMap((name) =>
    VALUES.map((value) => `{"access_token":"pina_a",${JSON.stringify(name)}:${value}}`),
  ),
  ...Array.from({ length: 2000 }, oddAnswer),
];

function check(token, answer) {
  for (const [name, isRight] of Object.entries(TYPES)) {
    assert.ok(isRight(token[name]), `${name} is ${inspect(token[name])} for ${answer}`);
  }
  assert.ok([true, false, undefined].includes(token.isExpired()), answer);
  assert.ok(inspect(token).startsWith("Token {") && JSON.stringify(token).includes("[redacted]"), answer);
  const stored = token.serialize();
  const again = Token.deserialize(stored);
  assert.equal(again.serialize(), stored, answer);
  for (const name of Object.keys(TYPES)) {
    assert.deepEqual(again[name], token[name], `${name} of ${answer}`);
  }
}

test("a stored document of odd values gives properties of the right types, or is refused", () => {
  let tokens = 0;
  for (const answer of ANSWERS) {
    try {
      check(Token.deserialize(answer), answer);
      tokens += 1;
    } catch (error) {
      assert.ok(error instanceof PinterestOAuthError, `${answer}: ${error.stack}`);
    }
  }
  assert.ok(tokens > ANSWERS.length / 2);
});

test("an answer of odd values gives a token with properties of the right types, or one of our errors", async () => {
  const client = new Client(emulator.settings());
  const some = ANSWERS.filter((_, place) => place % 20 === 0);
  await emulator.script(...some.map((body) => ({ body })));
  let tokens = 0;
  for (const answer of some) {
    const result = await client.oauthToken({ grantType: "client_credentials" }).catch((e) => e);
    if (result instanceof Token) {
      check(result, answer);
      tokens += 1;
    } else {
      assert.ok(result instanceof PinterestOAuthError, `${answer}: ${result.stack}`);
    }
  }
  assert.ok(tokens > some.length / 2);
});

test("an error of odd values is one of ours, with properties of the right types", async () => {
  const client = new Client(emulator.settings());
  const some = ANSWERS.filter((_, place) => place % 20 === 1).map((body) =>
    body.replace("access_token", "error"),
  );
  await emulator.script(
    ...some.map((body) => ({ status: 401, body, headers: [["retry-after", "18446744073709551615"]] })),
  );
  for (const answer of some) {
    const error = await client.oauthToken({ grantType: "client_credentials" }).catch((e) => e);
    assert.ok(error instanceof PinterestOAuthError, answer);
    assert.ok(isText(error.message) && isText(error.text) && isText(error.kind), answer);
    assert.ok(isSeconds(error.retryAfter) && isSeconds(error.pinterestCode), answer);
    assert.equal(typeof JSON.stringify(error), "string");
  }
});
