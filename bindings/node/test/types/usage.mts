// What must compile, and what must not, for a program with `import`.

import { createServer } from "node:http";
import {
  AbortError,
  Account,
  type Answer,
  type AuthorizeUrl,
  type CallMessage,
  Client,
  type ClientSettings,
  createConfiguration,
  type DoctorReport,
  finish,
  InvalidGrantError,
  type Kind,
  type Login,
  type LoginBegin,
  type LoginEnd,
  type LoginEvent,
  type LoginHandler,
  type LoginStarted,
  type ManagerSettings,
  NotSavedError,
  type OauthAccessTokenResponse,
  OauthApi,
  type OauthApiOauthTokenRequest,
  oauthToken,
  PinterestOAuthError,
  type RefreshDueReport,
  type Removed,
  redirect,
  type Status,
  Token,
  TokenManager,
  type TokenRequest,
} from "pinterest-oauth";
import { type Consent, Emulator, EmulatorError, type Fault } from "pinterest-oauth/emulator";

// As the document of the generated client has it.
const configuration = createConfiguration();
const apiInstance = new OauthApi(configuration);
const request: OauthApiOauthTokenRequest = {
  grantType: "authorization_code",
};
const data: OauthAccessTokenResponse = await apiInstance.oauthToken(request);
console.log("API called successfully. Returned data:", data);

const settings: ClientSettings = { appId: undefined, timeout: 5000, caFile: new URL("file:///ca.pem") };
const client = new Client(settings);
const { url, state }: AuthorizeUrl = client.authorizeUrl("http://localhost:8085/", {
  scope: ["pins:read"] as const,
});
const code: string = redirect(new URL(url), { state });
const same: string = client.redirect(url, { state });
const token: Token = await client.oauthToken({ grantType: "authorization_code", code, redirectUri: url });
const next: Token = await client.refresh(token, { signal: AbortSignal.timeout(1000), timeout: undefined });
const expiry: Date | undefined = next.expiresAt;
const within: boolean | undefined = next.isExpired() ?? next.expiresWithin(60_000);
const answer: Answer | undefined = next.answer;
const { requestId, milliseconds }: Answer = await client.revoke("a", { tokenTypeHint: "access_token" });
console.log(within, answer?.rateLimit?.remaining, requestId?.length, milliseconds + 1, same);
const requests: TokenRequest[] = [
  { grantType: "refresh_token", refreshToken: "r", scope: "a,b" },
  { grantType: "refresh_token", token, extra: { a: 1, b: true } },
  { grantType: "client_credentials", continuousRefresh: true },
];
await oauthToken({ grantType: "client_credentials" }, { trustEnv: false });

try {
  await client.conversionToken(token.accessToken);
} catch (error) {
  if (error instanceof InvalidGrantError || error instanceof AbortError) {
    const kind: Kind = error.kind;
    const seconds: number | undefined = error.retryAfter;
    console.log(kind, seconds, error.outcome === "unknown", error.cause);
  }
  if (error instanceof PinterestOAuthError && error.kind === "rate_limited") {
    const remaining: number | null | undefined = error.rateLimit?.remaining;
    console.log(remaining, new Headers(error.headers), error.text, error.answer?.attempts);
  }
}
const emulator = await Emulator.start({ switches: { rotation: "strict" } });
const fault: Fault = { status: 503, headers: [["retry-after", "7"]], times: 2 };
await emulator.script(fault, { action: "reset" });
const consent: Consent = await emulator.authorize({ redirectUri: "http://localhost:8085/", deny: true });
const mine = new Client(emulator.settings({ https: true }));
const refused: boolean = new Error("no") instanceof EmulatorError;
const seen = (message: CallMessage): string | number | undefined => message.kind ?? message.status;
// @ts-expect-error no such rotation
await emulator.switches({ rotation: "sideways" });
// @ts-expect-error no such action
await emulator.script({ action: "explode" });
// @ts-expect-error an emulator is started
new Emulator();
const made = new InvalidGrantError("no", { httpStatus: 401, cause: "why" });

const stored: ManagerSettings = {
  ...settings,
  store: new URL("file:///srv/tokens"),
  fileSystems: ["nfs4"] as const,
};
const manager = new TokenManager(stored);
const account: Account = manager.account("shop-42");
const bearer: string = await account.accessToken({
  scopes: ["pins:read"] as const,
  signal: AbortSignal.timeout(1),
});
const now: string | undefined =
  manager.account().accessTokenNow() ?? manager.app("ads:read").accessTokenNow();
const logged: Token = await account.login({ code, redirectUri: new URL(url), state });
const response: Response = await account.fetch("https://a.example", { method: "POST", body: "a" });
const status: Status = await account.status();
const report: RefreshDueReport = await manager.refreshDue({ parallel: 4 });
const { findings }: DoctorReport = await manager.doctor({ repair: true });
const removed: Removed = await account.remove();
const carried: Token | undefined = new NotSavedError("no", { token: logged }).token ?? account.unsaved();
const left: boolean = await finish(1000);
await account.import(await account.export());
await account.rename(await account.rejected(bearer, 2));
console.log(
  now,
  response.status,
  status.expiresAt?.getTime(),
  status.trouble?.pinterestCode,
  status.state === "doubtful",
);
console.log(
  report.failed[0]?.error.kind,
  findings[0]?.repaired,
  removed.copies,
  carried,
  left,
  await account.refresh(),
);
const onEvent: LoginHandler = async (event, login) => {
  if (event.event === "started") {
    const started: LoginStarted = event;
    login.paste(started.authorizeUrl ?? started.startUrl);
  } else if (event.event === "confirm") {
    login.answer(event.user?.id === event.previousUser?.id);
  }
  return event.event === "done" ? event.end?.scopes : login.cancel();
};
const here: LoginEnd = await manager.login({
  redirectUri: new URL("http://localhost:8085/"),
  scope: ["pins:read"],
  browser: false,
  confirm: true,
  timeout: 60_000,
  signal: AbortSignal.timeout(1),
  onEvent,
});
await manager.login();
await manager.login({ onEvent: ({ event }) => console.log(event) });
const incoming = new Request("https://a.example/callback?code=c");
const begun: LoginBegin = manager.beginLogin({
  redirectUri: "https://a.example/",
  next: "/",
  request: incoming,
});
const headers = { location: begun.url, "set-cookie": begun.setCookies };
createServer(async (request, response) => {
  const { cookie } = request.headers;
  manager.beginLogin({ redirectUri: "https://a.example/", request, cookies: cookie, host: "a.example" });
  const { status, setCookies, next, outcome } = await manager.finishLogin({ request, owner: "7" });
  response.writeHead(status, { location: next ?? "/", "set-cookie": setCookies }).end(outcome);
});
const gone: LoginEnd = await manager.finishLogin({
  method: "GET",
  query: "",
  cookies: "",
  purpose: undefined,
});
const waits = (event: LoginEvent, login: Login): string => `${event.message}${login.show().startUrl}`;
console.log(headers, gone.expiresAt?.getTime(), waits, here.user?.username);
// @ts-expect-error a login needs the address at which the visitor comes back
manager.beginLogin({ request: incoming });
// @ts-expect-error no such outcome
const failed: boolean = here.outcome === "failed";
// @ts-expect-error no such event
await manager.login({ onEvent: ({ event }) => event === "began" });

// @ts-expect-error a name is text
manager.account(undefined);
// @ts-expect-error scopes are an option
await account.accessToken("pins:read");
// @ts-expect-error the address is missing
await account.login({ code });
// @ts-expect-error a token is no text
await account.import("{}");
// @ts-expect-error no such state
const lost: boolean = status.state === "lost";
// @ts-expect-error an account is made by a manager
new Account();

// @ts-expect-error the code is missing
await client.oauthToken({ grantType: "authorization_code", redirectUri: "r" });
// @ts-expect-error a scope does not go with a code
await client.oauthToken({ grantType: "authorization_code", code, redirectUri: "r", scope: "a" });
// @ts-expect-error neither a refresh token nor a token
await client.oauthToken({ grantType: "refresh_token", scope: "a" });
// @ts-expect-error a code must be there
await client.oauthToken({ grantType: "authorization_code", code: undefined, redirectUri: "r" });
// @ts-expect-error a refresh token and a token exclude each other
await client.oauthToken({ grantType: "refresh_token", refreshToken: "r", token });
// @ts-expect-error no such grant
await client.oauthToken({ grantType: "password" });
// @ts-expect-error no such option
await client.oauthToken({ grantType: "client_credentials", redirectUrl: "r" });
// @ts-expect-error no such setting
new Client({ app_id: "1" });
// @ts-expect-error milliseconds are a number
new Client({ timeout: "5s" });
// @ts-expect-error the state is missing
client.redirect("https://a.example/");
// @ts-expect-error the state is missing
redirect("https://a.example/", {});
// @ts-expect-error a token is no text
await client.revoke(token);
// @ts-expect-error tokens are made by deserialize
new Token("{}");
// @ts-expect-error a token cannot be changed
token.accessToken = "a";
// @ts-expect-error a time is a number of milliseconds
token.expiresWithin("1h");
// @ts-expect-error no such kind
const wrong: boolean = made.kind === "invalid_grunt";
// @ts-expect-error the grant is missing
const empty: OauthApiOauthTokenRequest = {};

export { consent, empty, expiry, failed, lost, mine, refused, requests, seen, wrong };
