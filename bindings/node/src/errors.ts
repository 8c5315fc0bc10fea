/** The errors, one class per kind. What makes an answer which kind is the core's to say. */

import type { Answer, RateLimit } from "./answer";
import { native } from "./native";
import type { Token } from "./token";

/** What to do about each kind. */
const ADVICE = new Map<string, string>(native.kinds());

/** Whether Pinterest may have acted: `"not_sent"` (sending again is safe), `"rejected"` (the server said
 * no) or `"unknown"` (the call may have taken effect). */
export type Outcome = "not_sent" | "rejected" | "unknown";

/** What errors of every copy of this package have: hot reload and `jest.resetModules()` make several. */
const OURS = Symbol.for("pinterest-oauth:error");

/** The kinds of errors, by the names that they have in every language. */
export type Kind =
  | "internal"
  | "invalid_argument"
  | "invalid_config"
  | "connect"
  | "tls"
  | "proxy"
  | "timeout"
  | "invalid_grant"
  | "invalid_client"
  | "forbidden"
  | "insufficient_scope"
  | "rate_limited"
  | "server_error"
  | "api_error"
  | "invalid_response"
  | "access_denied"
  | "state_mismatch"
  | "invalid_token"
  | "cancelled"
  | "reauthorization_required"
  | "unknown_account"
  | "store_unavailable"
  | "store_busy"
  | "not_saved";

/**
 * A call failed. The class, or `kind`, says why; `whatNow` says what to do about it. What does not apply is
 * absent.
 *
 * No property holds a secret: an error may be logged.
 */
export class PinterestOAuthError extends Error {
  /** The kind of a class. */
  static readonly kind: Kind = "internal";
  /** The kind's name in every language, for example `"invalid_grant"`. */
  declare readonly kind: Kind;
  /** The kind as Node's errors say it, for example `"ERR_PINTEREST_INVALID_GRANT"`. Pinterest's own number
   * is `pinterestCode`. */
  declare readonly code: string;
  /** Whether Pinterest may have acted. */
  declare readonly outcome: Outcome;
  /** What a caller can do about it, as one sentence. */
  declare readonly whatNow: string;
  /** The answer's headers as pairs of name and value, without cookies and secrets. */
  declare readonly headers: [name: string, value: string][];
  /** The option at fault, by its name in JavaScript. */
  declare readonly field?: string;
  /** The status of the answer. */
  declare readonly httpStatus?: number;
  /** Pinterest's own error code, for example 283. */
  declare readonly pinterestCode?: number;
  /** Pinterest's own message, cut and cleaned. */
  declare readonly pinterestMessage?: string;
  /** Pinterest's request id, which its support asks for. */
  declare readonly requestId?: string;
  /** Seconds to wait before the next try. */
  declare readonly retryAfter?: number;
  /** What the rate limit headers say. */
  declare readonly rateLimit?: RateLimit;
  /** The answer's JSON object with secrets hidden. */
  declare readonly body?: Readonly<Record<string, unknown>>;
  /** What that object holds besides `code` and `message`. */
  declare readonly extra?: Readonly<Record<string, unknown>>;
  /** How the call went; absent where nothing was to be sent. */
  declare readonly answer?: Answer;
  /** Message, the numbers that people ask for, and what to do, as one text: for a line of a log. */
  declare readonly text: string;

  /**
   * @param message one sentence.
   * @param details what is known. `cause` is what led to it: the reason of an abort, or what an option threw
   * when it was read.
   */
  constructor(message?: string, details: ErrorDetails & ErrorOptions = {}) {
    const { cause, text, ...rest } = details;
    super(message, "cause" in details ? { cause } : {});
    const kind = new.target.kind;
    const code = kind === "cancelled" ? "ABORT_ERR" : `ERR_PINTEREST_${kind.toUpperCase()}`;
    Object.assign(this, { kind, code, outcome: "unknown", whatNow: ADVICE.get(kind), headers: [] }, rest);
    // Like the message, it repeats what the properties say: neither console.log nor JSON needs it.
    const value = text ?? `${this.message}. ${this.whatNow}`;
    Object.defineProperty(this, "text", { value, writable: true, configurable: true });
  }

  /**
   * Whether a value is an error of this class, of any copy of this package. A class of yours that is derived from one
   * of these knows its own errors alone.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: of the class that is asked.
    return isOf(this, value);
  }

  /** @internal */
  get [OURS](): true {
    return true;
  }

  /** What `JSON.stringify` writes: name, message and every property. */
  toJSON(): Record<string, unknown> {
    const shown: Record<string, unknown> = { name: this.name, message: this.message };
    return Object.assign(shown, this);
  }
}

function isOf(one: typeof PinterestOAuthError, value: unknown): boolean {
  const isOurs = typeof value === "object" && value !== null && OURS in value && Object.hasOwn(value, "kind");
  if (isOurs && one === PinterestOAuthError) {
    return true;
  }
  if (isOurs && Object.hasOwn(one, "kind")) {
    return (value as PinterestOAuthError).kind === one.kind;
  }
  return Function.prototype[Symbol.hasInstance].call(one, value);
}

/** What is known of a failure: any of an error's properties. Default of `outcome`: `"unknown"`. */
export type ErrorDetails = Partial<Omit<PinterestOAuthError, keyof Error | "kind" | "code" | "toJSON">>;

/** A fault of this library: please report it. */
export class InternalError extends PinterestOAuthError {
  static override readonly kind = "internal";
}

/** An option is missing, unknown or malformed; `field` names it. Nothing was sent. */
export class InvalidArgumentError extends PinterestOAuthError {
  static override readonly kind = "invalid_argument";
}

/** A setting cannot be used; `field` names it. Nothing was sent. */
export class InvalidConfigError extends PinterestOAuthError {
  static override readonly kind = "invalid_config";
}

/** No connection, or it broke; `outcome` says whether the request may have arrived. */
export class ConnectError extends PinterestOAuthError {
  static override readonly kind = "connect";
}

/** The server's certificate or the TLS handshake failed. Nothing was sent. */
export class TlsError extends PinterestOAuthError {
  static override readonly kind = "tls";
}

/** The proxy could not be reached or refused. */
export class ProxyError extends PinterestOAuthError {
  static override readonly kind = "proxy";
}

/** A deadline passed; `outcome` says whether the request may have arrived. */
export class TimeoutError extends PinterestOAuthError {
  static override readonly kind = "timeout";
}

/** The code or refresh token is bad, used, expired or revoked: let the user log in again. */
export class InvalidGrantError extends PinterestOAuthError {
  static override readonly kind = "invalid_grant";
}

/** App id and app secret do not fit. */
export class InvalidClientError extends PinterestOAuthError {
  static override readonly kind = "invalid_client";
}

/** The app may not do this: ask Pinterest for access. */
export class ForbiddenError extends PinterestOAuthError {
  static override readonly kind = "forbidden";
}

/** The token lacks a scope: ask the user for it. */
export class InsufficientScopeError extends PinterestOAuthError {
  static override readonly kind = "insufficient_scope";
}

/** Too many calls: wait `retryAfter` seconds. */
export class RateLimitedError extends PinterestOAuthError {
  static override readonly kind = "rate_limited";
}

/** Pinterest has a problem: try again later. */
export class ServerError extends PinterestOAuthError {
  static override readonly kind = "server_error";
}

/** Any other error that Pinterest shaped: read `pinterestCode` and `pinterestMessage`. */
export class ApiError extends PinterestOAuthError {
  static override readonly kind = "api_error";
}

/** The answer is neither a token nor an error of Pinterest. */
export class InvalidResponseError extends PinterestOAuthError {
  static override readonly kind = "invalid_response";
}

/** The redirect came back with an error: the user or Pinterest said no. */
export class AccessDeniedError extends PinterestOAuthError {
  static override readonly kind = "access_denied";
}

/** The redirect carries another state than the expected one: discard it. */
export class StateMismatchError extends PinterestOAuthError {
  static override readonly kind = "state_mismatch";
}

/** The access token is not accepted: refresh it. */
export class InvalidTokenError extends PinterestOAuthError {
  static override readonly kind = "invalid_token";
}

/**
 * The call was aborted. As in Node's own calls, `name` is `"AbortError"`, `code` is `"ABORT_ERR"` and `cause`
 * is the signal's reason; `outcome` says whether the request may have arrived.
 */
export class AbortError extends PinterestOAuthError {
  static override readonly kind = "cancelled";
}

/** No refresh token of the account is left that Pinterest takes, and its access token has expired: let the user log in
 * again. */
export class ReauthorizationRequiredError extends PinterestOAuthError {
  static override readonly kind = "reauthorization_required";
}

/** The store has no such account: log in, or fix its name. Nothing was sent. */
export class UnknownAccountError extends PinterestOAuthError {
  static override readonly kind = "unknown_account";
}

/** The store of tokens cannot be read or written; `field` says which part. Nothing was sent. */
export class StoreUnavailableError extends PinterestOAuthError {
  static override readonly kind = "store_unavailable";
}

/** Another process refreshes, or an answer must be asked for once more before it is believed: wait `retryAfter` seconds.
 * Nothing was sent. */
export class StoreBusyError extends PinterestOAuthError {
  static override readonly kind = "store_busy";
}

/** Pinterest issued a token, and no disk took it: store `token`. The manager goes on trying as long as the process
 * lives. */
export class NotSavedError extends PinterestOAuthError {
  static override readonly kind = "not_saved";
  /** The token. It shows no secret, and is in no text of this error: `token.serialize()` is the way to store it.
   * `undefined` where it was stored meanwhile. */
  declare readonly token: Token | undefined;

  /**
   * @param message one sentence.
   * @param details what is known, the token besides.
   */
  constructor(message?: string, details: ErrorDetails & ErrorOptions & { token?: Token | undefined } = {}) {
    const { token, ...rest } = details;
    super(message, rest);
    // Not enumerable: what logs an error with all it has does not come upon it.
    Object.defineProperty(this, "token", { value: token, configurable: true });
  }
}
