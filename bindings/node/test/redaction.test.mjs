// Secrets come out where they are asked for by name, and nowhere else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { format, inspect } from "node:util";
import { serialize } from "node:v8";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import {
  Client,
  createConfiguration,
  NotSavedError,
  OauthApi,
  PinterestOAuthError,
  Token,
  TokenManager,
} from "pinterest-oauth";
import { Browser, freePort } from "./helpers/browser.mjs";
import { withEmulator } from "./helpers/emulator.mjs";
import { program } from "./helpers/programs.mjs";

const emulator = await withEmulator();
const CANARY = "c4nary";
const SECRET = `app-${CANARY}-secret`;
const TOKEN = {
  access_token: `pina_${CANARY}`,
  refresh_token: `pinr.${CANARY}`,
  new: CANARY,
  scope: "pins:read",
};
const token = Token.deserialize(JSON.stringify(TOKEN));

/** Every way in which a value becomes text or a copy. */
function everything(value) {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage([value]);
  const sent = receiveMessageOnPort(port2).message;
  port1.close();
  const all = { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true, showProxy: true };
  const shown = [
    inspect(value),
    inspect([value], all),
    inspect(value, { ...all, customInspect: false, getters: false }),
    inspect(value, { ...all, customInspect: false, showHidden: false }),
    inspect(value, { depth: 0, colors: true }),
    format("%s %o %O %j", value, value, value, value),
    String(value),
    JSON.stringify({ value }),
    inspect({ ...value }, all),
    inspect(Object.assign({}, value), all),
    inspect(Object.getOwnPropertyDescriptors(value), all),
    inspect(structuredClone(value), all),
    inspect(sent, all),
    serialize(value).toString("latin1"),
    Reflect.ownKeys(value).join(),
  ];
  try {
    assert.deepEqual(value, { access: 1 });
  } catch ({ message }) {
    shown.push(message);
  }
  return shown.join("\n");
}

test("a token shows no secret in any form", () => {
  assert.ok(!everything(token).includes(CANARY));
  assert.match(inspect(token), /^Token \{.*accessToken: '\[redacted\]'.*pins:read/s);
  assert.equal(JSON.parse(JSON.stringify(token)).accessToken, "[redacted]");
  assert.equal(token.accessToken, TOKEN.access_token);
  assert.ok(token.serialize().includes(CANARY));
});

test("a token that was never looked at shows none either, nor does one that was", () => {
  const fresh = Token.deserialize(JSON.stringify(TOKEN));
  assert.ok(!everything(fresh).includes(CANARY));
  assert.equal(fresh.refreshToken, TOKEN.refresh_token);
  assert.ok(!everything(fresh).includes(CANARY));
});

test("a client and a configuration show nothing of themselves", () => {
  const settings = {
    appId: `id-${CANARY}`,
    appSecret: SECRET,
    proxy: `http://u:${CANARY}@127.0.0.1:1`,
    trustEnv: false,
  };
  const configuration = createConfiguration(settings);
  for (const value of [new Client(settings), configuration, new OauthApi(configuration)]) {
    assert.ok(!everything(value).includes(CANARY));
  }
});

test("a manager, its accounts and all that they tell show no token", async () => {
  const settings = { ...emulator.settings(), appSecret: SECRET, store: ":memory:" };
  const manager = new TokenManager(settings);
  const account = manager.account("shop-42");
  await account.import(token);
  assert.equal(await account.accessToken(), TOKEN.access_token);
  const error = new NotSavedError("no disk took it", { token: await account.token() });
  const told = [
    await account.status(),
    await manager.accounts(),
    await manager.refreshDue(),
    await manager.doctor(),
  ];
  await emulator.script({ status: 401, bodyJson: { code: 283, message: `bad pinr.${CANARY} ${SECRET}` } });
  const failed = await account.refresh({ force: true }).catch((e) => e);
  assert.ok(failed instanceof PinterestOAuthError);
  const removed = await account.remove();
  for (const value of [manager, account, error, failed, removed, ...told]) {
    assert.ok(!everything(value).includes(CANARY));
  }
  assert.equal(inspect(account), "Account { name: 'shop-42' }");
});

test("an error that echoes the request shows nothing of it", async () => {
  const client = new Client({ ...emulator.settings(), appSecret: SECRET });
  const basic = Buffer.from(`${emulator.appId}:${SECRET}`).toString("base64");
  const echo = `bad pinr.${CANARY} ${SECRET} ${basic} pina_${CANARY}`;
  const body = { code: 283, message: echo, refresh_token: `pinr.${CANARY}`, more: [echo] };
  await emulator.script({ status: 401, headers: [["x-echo", echo]], bodyJson: body });
  const error = await client
    .oauthToken({ grantType: "refresh_token", refreshToken: `pinr.${CANARY}` })
    .catch((e) => e);
  assert.equal(error.kind, "invalid_grant");
  const shown = everything(error) + error.stack;
  assert.ok(!shown.includes(CANARY) && !shown.includes(basic));
});

test("an input that is refused is not repeated", async () => {
  const client = new Client({ ...emulator.settings(), appSecret: SECRET });
  const requests = [
    { grantType: "refresh_token", refreshToken: `pinr.${CANARY}\nx` },
    { grantType: "refresh_token", code: CANARY, redirectUri: CANARY },
    { grantType: CANARY },
    { grantType: "client_credentials", scope: new Set([CANARY]) },
    { grantType: "refresh_token", token: CANARY },
    { grantType: "client_credentials", extra: { a: [CANARY] } },
    { grantType: "authorization_code", code: token, redirectUri: "http://localhost:8085/" },
  ];
  for (const request of requests) {
    const error = await client.oauthToken(request).catch((e) => e);
    assert.ok(error instanceof PinterestOAuthError);
    assert.ok(!(everything(error) + error.stack).includes(CANARY));
  }
  for (const settings of [{ proxy: `//u:${CANARY}` }, { baseUrl: `https://u:${CANARY}@a.example` }]) {
    assert.throws(
      () => new Client({ trustEnv: false, ...settings }),
      (error) => !everything(error).includes(CANARY),
    );
  }
  assert.throws(
    () => Token.deserialize(`{"access_token":"${CANARY}`),
    (error) => !everything(error).includes(CANARY),
  );
});

test("a program that calls, fails and logs all it has prints no secret", async () => {
  await emulator.script(
    { bodyJson: TOKEN },
    { status: 401, bodyJson: { code: 283, message: `bad pinr.${CANARY}` } },
    { action: "reset" },
    { bodyJson: TOKEN, times: 2 },
  );
  const source = `
    import { readFileSync } from "node:fs";
    import { Client, oauthToken } from "pinterest-oauth";
    const client = new Client();
    console.log(await client.oauthToken({ grantType: "client_credentials" }));
    for (let turn = 0; turn < 2; turn += 1) {
      await client.oauthToken({ grantType: "refresh_token", refreshToken: "pinr.${CANARY}" }).catch(console.error);
    }
    console.log(client, await client.refresh(await oauthToken({ grantType: "client_credentials" })).catch((e) => e));
    console.log(readFileSync("/proc/self/cmdline", "latin1").split("\\0").slice(0, -3));
    process.emitWarning(new Error("w"));
    await client.oauthToken({ grantType: "refresh_token", refreshToken: "pinr.${CANARY}\\nx" });
  `;
  const environment = {
    ...emulator.environment(),
    PINTEREST_APP_SECRET: SECRET,
    NODE_DEBUG: "*",
    RUST_LOG: "trace",
  };
  const { code, stdout, stderr } = await program(source, { environment, flags: ["--trace-warnings"] });
  assert.equal(code, 1);
  assert.ok(stderr.includes("InvalidArgumentError"));
  // Node shows the line of the program that failed: it is the program's own text, not the library's.
  const told = (stdout + stderr).replaceAll("pinr.c4nary\\\\n", "").replaceAll("pinr.c4nary\\n", "");
  assert.ok(
    !told.includes(CANARY),
    told.slice(Math.max(0, told.indexOf(CANARY) - 200), told.indexOf(CANARY) + 40),
  );
});

/** The secrets of an address: its state and its code. */
const secretsOf = (address) =>
  ["state", "code"].map((name) => new URL(address).searchParams.get(name)).filter((value) => value !== null);

/** That no secret is anywhere. */
function shows(secrets, text) {
  assert.ok(secrets.length > 0 && secrets.every((secret) => secret.length > 10));
  for (const secret of secrets) {
    assert.ok(!text.includes(secret), text);
  }
}

test("the begin, the end and the failure of a web app's login show no state, no cookie and no code", async () => {
  const manager = new TokenManager({ ...emulator.settings(), store: ":memory:" });
  const redirectUri = "http://localhost:8085/";
  const begin = manager.beginLogin({ redirectUri, next: "/in", owner: CANARY, cookies: `a=${CANARY}` });
  const { url, setCookies } = begin;
  const cookies = setCookies[0].split(";")[0];
  const [name, value] = cookies.split("=");
  const back = await new Browser().click(url);
  const secrets = [...secretsOf(url), ...secretsOf(back), value];
  assert.equal(secrets.length, 4);
  shows([...secrets, name], everything(begin));
  assert.ok(!everything(begin).includes(CANARY));
  assert.equal(inspect(begin), "LoginBegin { url: '[redacted]', setCookies: '[redacted]' }");
  assert.equal(JSON.stringify(begin), "{}");
  const visit = { query: back, cookies, owner: CANARY };
  await emulator.script({ path: "/v5/oauth/token", status: 503 });
  const failure = await manager.finishLogin(visit).catch((error) => error);
  assert.ok(failure instanceof PinterestOAuthError);
  shows(secrets, everything(failure) + failure.stack + failure.text);
  const ends = [
    await manager.finishLogin({ ...visit, owner: "x" }),
    await manager.finishLogin({ ...visit, cookies: "" }),
  ];
  for (const end of ends) {
    assert.equal(end.outcome, "mismatch");
    shows(secrets, everything(end));
  }
});

test("a login with a browser shows no state and no code, in nothing that it tells", async () => {
  const manager = new TokenManager({ ...emulator.settings(), store: ":memory:" });
  const told = [];
  const secrets = [];
  const redirectUri = `http://localhost:${await freePort()}/`;
  const onEvent = async (event, login) => {
    told.push(event, login);
    if (event.event === "started") {
      const { authorizeUrl } = login.show();
      told.push(login.show());
      secrets.push(...secretsOf(authorizeUrl));
      try {
        login.paste(`${redirectUri}?code=${CANARY}-of-another&state=${CANARY}`);
      } catch (error) {
        told.push(error, error.stack);
      }
      const back = `${redirectUri}?code=${CANARY}-of-this-one&state=${secrets[0]}`;
      secrets.push(...secretsOf(back));
      login.paste(back);
    }
  };
  const error = await manager.login({ redirectUri, browser: false, onEvent }).catch((failure) => failure);
  assert.equal(error.kind, "invalid_grant");
  assert.equal(secrets.length, 3);
  const text = [...told, error]
    .map((value) => (typeof value === "string" ? value : everything(value)))
    .join("\n");
  shows(secrets, text + error.stack + error.text);
  assert.ok(!text.includes(CANARY), text);
  assert.match(
    inspect(told[0]),
    /^LoginStarted \{.*startUrl.*authorizeUrl: '\[redacted\]'.*instructions: '\[redacted\]'/s,
  );
});
