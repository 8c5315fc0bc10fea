/** The options of every call, as TypeScript checks them. The core checks them once more, by name. */

import type { Login, LoginStarted } from "./login";
import type { LoginEvent } from "./login-end";
import type { Token } from "./token";

/** Settings of a client. What is not given comes from the environment, unless `trustEnv` is `false`. */
export interface ClientSettings {
  /** The app's id. Default: `PINTEREST_APP_ID`. */
  appId?: string | undefined;
  /** The app's secret. Default: `PINTEREST_APP_SECRET`. */
  appSecret?: string | undefined;
  /** Which of Pinterest's servers are called. Default: `"production"`. */
  environment?: "production" | "sandbox" | undefined;
  /** The address of the API, up to its version. Default: `PINTEREST_API_URI`, or that of `environment`. */
  baseUrl?: string | URL | undefined;
  /** The address of the pages that users see. Default: `PINTEREST_OAUTH_URI`, or Pinterest's. */
  oauthUrl?: string | URL | undefined;
  /** The deadline of a whole call in milliseconds, at most 600,000. Default: 30,000. */
  timeout?: number | undefined;
  /** The deadline of connecting in milliseconds. Default: 10,000. */
  connectTimeout?: number | undefined;
  /** A proxy for every call: `http://`, `https://` or `socks5h://`. Default: from the environment. */
  proxy?: string | URL | undefined;
  /** Hosts that are reached without the proxy, separated by commas. Default: `NO_PROXY`. */
  noProxy?: string | undefined;
  /** A PEM file whose certificates are trusted instead of the system's. Default: `SSL_CERT_FILE`, and
   * `NODE_EXTRA_CA_CERTS` beside. */
  caFile?: string | URL | undefined;
  /** Whether a connection is used again for the next call; off, each call has one of its own. Default: `true`. */
  keepAlive?: boolean | undefined;
  /** Allows plain http to hosts other than this machine: secrets then travel unencrypted. Default: `false`. */
  allowHttp?: boolean | undefined;
  /** Whether the environment is read. Default: `true`. */
  trustEnv?: boolean | undefined;
}

/** Settings of a token manager: those of a client, and where tokens are kept. */
export interface ManagerSettings extends ClientSettings {
  /** The folder in which tokens are kept; `":memory:"` keeps them in this process alone. Default:
   * `PINTEREST_OAUTH_STORE`, else the first of systemd's `STATE_DIRECTORY`, else `pinterest-oauth` in the user's state
   * folder. */
  store?: string | URL | undefined;
  /** A second folder, on another disk, for a token that the store cannot take. It is kept in the store's own settings. */
  recoveryDir?: string | URL | undefined;
  /** File systems allowed besides the local ones, by name, for example `"nfs4"`: where locks are not reliable, tokens may
   * be lost. */
  fileSystems?: readonly string[] | undefined;
  /** A file with a number of seconds by which the clock is moved, for tests; only with a `baseUrl` on this machine. */
  clockOffsetFile?: string | URL | undefined;
}

/** What a method of an account takes that may wait for Pinterest. */
export interface WaitOptions {
  /** Ends the wait: the promise rejects with an {@link AbortError} at once. What was sent goes on and is stored. */
  signal?: AbortSignal | undefined;
}

/** What `accessToken` takes. */
export interface AccessTokenOptions extends WaitOptions {
  /** The scopes that the token must have. Default: none. */
  scopes?: Scope | undefined;
}

/** What `login` takes: the end of a login. */
export interface LoginRequest extends WaitOptions {
  /** The code of the redirect. */
  code: string;
  /** The very same address as in the authorization URL. */
  redirectUri: string | URL;
  /** The state of the redirect: the same redirect is used once, whoever brings it. Default: the code says which it is. */
  state?: string | undefined;
  /** Whether to ask for a refresh token that rotates. Default: `true`. */
  continuousRefresh?: boolean | undefined;
  /** Further form fields. */
  extra?: Extra | undefined;
  /** The deadline of the call in milliseconds, at most 600,000. Default: the manager's. */
  timeout?: number | undefined;
}

/** Gets what happens during a login: first what it shows to the person, then every event. What it throws, or rejects with,
 * ends the login. */
export type LoginHandler = (event: LoginStarted | LoginEvent, login: Login) => unknown;

/** What `login` of a token manager takes: a login with a browser, on the machine of the person. */
export interface LoginOptions extends WaitOptions {
  /** The account to log in. Default: `"default"`. */
  account?: string | undefined;
  /** An address on this machine, the same to the letter as registered with the app. Default: `http://localhost:8085/`. */
  redirectUri?: string | URL | undefined;
  /** The scopes to ask for. */
  scope?: Scope | undefined;
  /** Whether to open a browser. Default: where the person would see it. */
  browser?: boolean | undefined;
  /** Whether to ask, with the event `confirm`, before the token of one person replaces that of another. Default:
   * `false`. */
  confirm?: boolean | undefined;
  /** Whether to ask for a refresh token that rotates. Default: `true`. */
  continuousRefresh?: boolean | undefined;
  /** Further parameters of Pinterest's page. */
  extra?: Extra | undefined;
  /** How long to wait for the person, in milliseconds: above 0, at most 3,600,000. Default: 300,000. The exchange that
   * follows has the manager's own deadline. */
  timeout?: number | undefined;
  /** Gets what happens. Default: it is printed to standard error, and a person at a terminal can paste there. */
  onEvent?: LoginHandler | undefined;
}

/** What a request of `node:http` and a `Request` have in common. */
export interface WebRequest {
  /** The method. */
  readonly method?: string | undefined;
  /** The address or its path, with the query. */
  readonly url?: string | undefined;
  /** The headers, by their names in lower case. */
  readonly headers:
    | { get(name: string): string | null }
    | Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What `beginLogin` takes: a login that a web app begins for its visitor. */
export interface BeginLoginOptions {
  /** Where the visitor comes back to: registered with the app, the same to the letter; https, or http on this machine. */
  redirectUri: string | URL;
  /** The account that is logged in. Default: `"default"`. */
  account?: string | undefined;
  /** The scopes to ask for. */
  scope?: Scope | undefined;
  /** Where the visitor goes afterwards: a path of the app itself, at most 512 bytes. */
  next?: string | undefined;
  /** Who begins it, such as the id of the app's own user: only the same one ends it. */
  owner?: string | undefined;
  /** The visitor's request: `cookies` and `host` come from it, where they are not given. */
  request?: WebRequest | undefined;
  /** The `Cookie` header of the request: with it logins that were left open do not pile up. */
  cookies?: string | undefined;
  /** The `Host` that the browser sees: it must be that of `redirectUri`, else the cookie would not come back. Give it
   * where a proxy changes it. */
  host?: string | undefined;
  /** Further parameters of the address. */
  extra?: Extra | undefined;
}

/** What `finishLogin` takes: a request that came to the redirect address of a web app. */
export interface FinishLoginOptions extends WaitOptions {
  /** The visitor's request: `method`, `query`, `cookies` and `purpose` come from it, where they are not given. */
  request?: WebRequest | undefined;
  /** The method of the request: all but GET are no visit. Default: `"GET"`. */
  method?: string | undefined;
  /** The query of the request, or its whole address. */
  query?: string | undefined;
  /** The `Cookie` header of the request; several are joined by a semicolon. */
  cookies?: string | undefined;
  /** The value of `Sec-Purpose`, `Purpose` or `X-Moz`, whichever the request has: what a browser fetches ahead is no
   * visit. */
  purpose?: string | undefined;
  /** Who is here, as given at the begin. */
  owner?: string | undefined;
  /** The deadline of the exchange in milliseconds, at most 600,000. Default: the manager's. */
  timeout?: number | undefined;
}

/** What `refresh` of an account takes. */
export interface RefreshOptions extends WaitOptions {
  /** Whether to refresh in any case. Default: `false`. */
  force?: boolean | undefined;
}

/** What `refreshDue` takes. */
export interface RefreshDueOptions extends WaitOptions {
  /** How many accounts are refreshed at once. Default: 16. */
  parallel?: number | undefined;
}

/** What `doctor` takes. */
export interface DoctorOptions {
  /** Whether damaged records are moved aside and what is missing is made. Default: `false`. */
  repair?: boolean | undefined;
}

/** What every call over the network takes. */
export interface CallOptions {
  /** The deadline of this call in milliseconds, at most 600,000. Default: the client's. */
  timeout?: number | undefined;
  /** Ends the call, which then rejects with an {@link AbortError}. */
  signal?: AbortSignal | undefined;
}

/** Scopes: text with commas or spaces, or a list. */
export type Scope = string | readonly string[];

/** Further parameters by name, for those that Pinterest may add. */
export type Extra = Readonly<Record<string, string | number | boolean>>;

/** Every field of a request for a token. Which of them a grant takes is below. */
export interface TokenFields extends CallOptions {
  /** The code of the redirect. */
  code?: string | undefined;
  /** The very same address as in the authorization URL. */
  redirectUri?: string | URL | undefined;
  /** The refresh token to exchange. */
  refreshToken?: string | undefined;
  /** The token to refresh, in place of `refreshToken`. What the answer leaves out is taken from it. */
  token?: Token | undefined;
  /** Scopes to ask for. Default: those of the refresh token, or none. */
  scope?: Scope | undefined;
  /** Whether to ask for a refresh token that rotates. Default: only with a code. */
  continuousRefresh?: boolean | undefined;
  /** Further form fields. */
  extra?: Extra | undefined;
}

/** What not every grant takes. */
type GrantField = "code" | "redirectUri" | "refreshToken" | "token" | "scope";

type Needed<F extends GrantField> = { [Name in F]-?: NonNullable<TokenFields[Name]> };
type WithScope = Omit<TokenFields, Exclude<GrantField, "scope">>;

/** Exchanges the code of a login for a token. */
export interface AuthorizationCodeRequest
  extends Omit<TokenFields, GrantField>,
    Needed<"code" | "redirectUri"> {
  /** A code is exchanged. */
  grantType: "authorization_code";
}

/** Exchanges a refresh token, or the one of a token, for a new token. */
export type RefreshTokenRequest = WithScope & {
  /** A refresh token is exchanged. */
  grantType: "refresh_token";
} & ((Needed<"refreshToken"> & { token?: undefined }) | (Needed<"token"> & { refreshToken?: undefined }));

/** Asks for a token of the app itself. */
export interface ClientCredentialsRequest extends WithScope {
  /** The app asks for itself. */
  grantType: "client_credentials";
}

/** What `oauthToken` takes: one of the three grants and what goes with it. */
export type TokenRequest = AuthorizationCodeRequest | RefreshTokenRequest | ClientCredentialsRequest;

/** What `revoke` takes beside the token. */
export interface RevokeOptions extends CallOptions {
  /** Which kind of token it is. */
  tokenTypeHint?: "access_token" | "refresh_token" | undefined;
}

/** What `redirect` takes beside the address. */
export interface RedirectOptions {
  /** The state that you kept. */
  state: string;
}

/** What `authorizeUrl` takes beside the address. */
export interface AuthorizeOptions {
  /** The scopes to ask for. */
  scope?: Scope | undefined;
  /** Your own state. Default: 32 random bytes of the operating system. */
  state?: string | undefined;
  /** Further parameters of the address. */
  extra?: Extra | undefined;
}

/** Where to send the user. */
export interface AuthorizeUrl {
  /** The address to open in the user's browser. */
  readonly url: string;
  /** Keep this, bound to the user's session, until the redirect comes back. */
  readonly state: string;
}
