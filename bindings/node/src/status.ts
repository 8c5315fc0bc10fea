/** What a token manager tells of its accounts and its store. No secret is in it. */

import type { Kind, PinterestOAuthError } from "./errors";
import type { PinterestUser } from "./login-end";
import { renamed } from "./names";

/** Where an account stands. What is not known is absent. */
export interface Status {
  /** The name of the account. */
  readonly account: string;
  /** The app that it belongs to. */
  readonly appId: string;
  /** `"production"`, `"sandbox"`, or the origin of an address of one's own. */
  readonly environment: string;
  /** `"ready"`; `"doubtful"`, when Pinterest refused the refresh token once and is asked again; `"needs_login"`. */
  readonly state: "ready" | "doubtful" | "needs_login";
  /** What the access token may do. */
  readonly scopes: readonly string[];
  /** When the token was obtained. */
  readonly obtainedAt?: Date;
  /** When the access token expires. */
  readonly expiresAt?: Date;
  /** When the next refresh is due; absent where none can be. */
  readonly refreshAt?: Date;
  /** When the refresh token expires. */
  readonly refreshTokenExpiresAt?: Date;
  /** When the user logged in, or the token was imported. */
  readonly loginAt?: Date;
  /** How many tokens the account has had. */
  readonly generation: number;
  /** Whether a refresh is under way. */
  readonly refreshing: boolean;
  /** Whether this process has a token that no disk took. */
  readonly unsaved: boolean;
  /** What went wrong last. */
  readonly trouble?: Trouble;
  /** Who logged in. */
  readonly user?: PinterestUser;
  /** What somebody should look after, as one sentence. */
  readonly warning?: string;
}

/** What went wrong last with an account. */
export interface Trouble {
  /** The kind of the error. */
  readonly kind: Kind;
  /** Its message. */
  readonly message: string;
  /** Pinterest's own error code. */
  readonly pinterestCode?: number;
  /** The status of the answer. */
  readonly httpStatus?: number;
  /** Pinterest's request id. */
  readonly requestId?: string;
  /** When it happened. */
  readonly at: Date;
  /** How often in a row. */
  readonly count: number;
  /** Nothing is sent before. */
  readonly retryAt: Date;
}

/** What a run over all accounts did. */
export interface RefreshDueReport {
  /** How many accounts there are. */
  readonly accounts: number;
  /** How many were due. */
  readonly due: number;
  /** How many were refreshed. */
  readonly refreshed: number;
  /** Those that failed. */
  readonly failed: readonly RefreshDueFailure[];
  /** The names of the accounts whose user must log in again. */
  readonly needsLogin: readonly string[];
  /** How long it took, in seconds. */
  readonly seconds: number;
}

/** An account that could not be refreshed. */
export interface RefreshDueFailure {
  /** The name of the account; empty where its record cannot be read. */
  readonly account: string;
  /** Why. */
  readonly error: PinterestOAuthError;
}

/** What was found in a store. */
export interface DoctorReport {
  /** Where the store is. */
  readonly store: string;
  /** Its random id. */
  readonly storeId: string;
  /** How many accounts it has. */
  readonly accounts: number;
  /** What is not as it should be. */
  readonly findings: readonly DoctorFinding[];
  /** When all accounts were last looked after, and how that went; absent where it never was. */
  readonly lastRefreshDue?: LastRefreshDue;
}

/** One thing that is not as it should be. */
export interface DoctorFinding {
  /** A fixed word, for example `"damaged"`. */
  readonly what: string;
  /** The file or folder, or the name of the account. */
  readonly path: string;
  /** One sentence. */
  readonly text: string;
  /** Whether it was set right. */
  readonly repaired: boolean;
}

/** How the last run over all accounts went: numbers of accounts. */
export interface LastRefreshDue {
  /** When it was. */
  readonly at: Date;
  /** How many accounts there were. */
  readonly accounts: number;
  /** How many were due. */
  readonly due: number;
  /** How many were refreshed. */
  readonly refreshed: number;
  /** How many failed. */
  readonly failed: number;
  /** How many needed a login. */
  readonly needsLogin: number;
  /** How long it took, in seconds. */
  readonly seconds: number;
}

/** What was removed with an account. */
export interface Removed {
  /** The name of the account. */
  readonly account: string;
  /** Whether it had a token. */
  readonly token: boolean;
  /** How many logins were under way: their tokens are dropped when they come. */
  readonly logins: number;
  /** How many answers and copies of it lay elsewhere and are gone. */
  readonly copies: number;
}

/** A document with JavaScript's names and times, also inside. */
export function converted(document: object): Record<string, unknown> {
  const entries = Object.entries(renamed(document)).map(([name, value]) => [name, convert(name, value)]);
  return Object.fromEntries(entries);
}

function convert(name: string, value: unknown): unknown {
  if (/(^a|A)t$/.test(name) && typeof value === "number") {
    return new Date(value * 1000);
  }
  if (name === "trouble") {
    const { code, ...rest } = value as { code: unknown };
    return converted({ ...rest, pinterest_code: code });
  }
  if (Array.isArray(value)) {
    return value.map((item) => (typeof item === "object" && item !== null ? converted(item) : item));
  }
  return typeof value === "object" && value !== null ? converted(value) : value;
}
