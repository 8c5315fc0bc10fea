/** `Token`: what a call gives, frozen, and shy about its secrets. */

import { type InspectOptionsStylized, inspect } from "node:util";
import type { Answer } from "./answer";
import { documentOf, invalidArgument } from "./error-document";
import { renamed } from "./names";
import { native } from "./native";

interface TokenDocument {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in?: number;
  readonly expires_at?: number;
  readonly refresh_token?: string;
  readonly refresh_token_expires_in?: number;
  readonly refresh_token_expires_at?: number;
  readonly refresh_token_rotated: boolean;
  readonly scope?: string;
  readonly scopes: readonly string[];
  readonly response_type?: string;
  readonly obtained_at?: number;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly answer?: object;
}

/** What `JSON.stringify(token)` writes: no secret. */
export interface RedactedToken {
  /** That there is one. */
  readonly accessToken: "[redacted]";
  /** Whether there is one. */
  readonly refreshToken: "[redacted]" | undefined;
  /** As in the token. */
  readonly tokenType: string;
  /** As in the token. */
  readonly scope: string | undefined;
  /** As in the token. */
  readonly expiresAt: Date | undefined;
  /** As in the token. */
  readonly refreshTokenExpiresAt: Date | undefined;
}

/** Only what is checked becomes a token. */
const CHECKED = Symbol();

/** The token of an answer of the core, which has checked it. */
export let fromAnswer: (document: string) => Token;

/** What tokens of every copy of this package have in common: hot reload and `jest.resetModules()` make several. */
const DOCUMENT = Symbol.for("pinterest-oauth:token");

/**
 * The document that a token was made from, for the core alone: unlike the one to store, it may have `answer`.
 * `undefined` where the value is no token.
 */
export function documentTextOf(value: unknown): string | undefined {
  try {
    return (value as Token)[DOCUMENT]();
  } catch {
    return undefined;
  }
}

/**
 * A token as Pinterest issued it, with the times at which it was obtained and will expire.
 *
 * It cannot be changed. `console.log`, `JSON.stringify`, `String`, spreading and `structuredClone` show no
 * secret, and so lose the token: `serialize()` is the way to store it, `Token.deserialize()` reads it back.
 */
export class Token {
  readonly #text: string;
  #parsed: TokenDocument | undefined;

  static {
    fromAnswer = (document) => new Token(document, CHECKED);
  }

  private constructor(text: string, key: symbol) {
    if (key !== CHECKED) {
      throw new TypeError("Illegal constructor: use Token.deserialize()");
    }
    this.#text = text;
    Object.freeze(this);
  }

  /**
   * Reads a token document.
   *
   * @param text what `serialize()` wrote, or an answer of Pinterest.
   * @throws {@link InvalidArgumentError} when it is no JSON object or has no `access_token`.
   */
  static deserialize(text: string): Token {
    if (typeof text !== "string" || !text.isWellFormed()) {
      throw invalidArgument("token", "must be JSON text");
    }
    return fromAnswer(documentOf(native.readToken(text)));
  }

  /**
   * The token document as JSON text, secrets included: the way to store a token. Nothing that Pinterest said is
   * lost; `answer` is not in it.
   */
  serialize(): string {
    return documentOf(native.readToken(this.#text));
  }

  get #document(): TokenDocument {
    this.#parsed ??= JSON.parse(this.#text, (_, value) => Object.freeze(value)) as TokenDocument;
    return this.#parsed;
  }

  /** The access token: a secret. */
  get accessToken(): string {
    return this.#document.access_token;
  }

  /** `"bearer"` unless Pinterest says otherwise. */
  get tokenType(): string {
    return this.#document.token_type;
  }

  /** Lifetime of the access token in seconds, from `obtainedAt`. */
  get expiresIn(): number | undefined {
    return this.#document.expires_in;
  }

  /** When the access token expires. */
  get expiresAt(): Date | undefined {
    return date(this.#document.expires_at);
  }

  /** The refresh token to use next: a secret. It is the one that was sent where the answer held none. */
  get refreshToken(): string | undefined {
    return this.#document.refresh_token;
  }

  /** Lifetime of the refresh token in seconds. */
  get refreshTokenExpiresIn(): number | undefined {
    return this.#document.refresh_token_expires_in;
  }

  /** When the refresh token expires. */
  get refreshTokenExpiresAt(): Date | undefined {
    return date(this.#document.refresh_token_expires_at);
  }

  /** Whether the answer brought a refresh token, which replaces the one you had. */
  get refreshTokenRotated(): boolean {
    return this.#document.refresh_token_rotated;
  }

  /** The scopes as text, as Pinterest sent them. */
  get scope(): string | undefined {
    return this.#document.scope;
  }

  /** The scopes, each once. Pinterest may grant more than was asked for. */
  get scopes(): string[] {
    return [...this.#document.scopes];
  }

  /** Pinterest's `response_type`, whatever its value. */
  get responseType(): string | undefined {
    return this.#document.response_type;
  }

  /** When the answer arrived. */
  get obtainedAt(): Date | undefined {
    return date(this.#document.obtained_at);
  }

  /** What Pinterest sent besides, as `JSON.parse` reads its values. Numbers that JavaScript cannot hold are exact
   * in `serialize()` alone. */
  get extra(): Readonly<Record<string, unknown>> {
    return this.#document.extra ?? {};
  }

  /** How the call went that gave this token; `undefined` for a token that was stored. */
  get answer(): Answer | undefined {
    const { answer } = this.#document;
    return answer && (renamed(answer) as unknown as Answer);
  }

  /** Whether the access token has expired, by the clock of `Date.now()`; `undefined` where its expiry is not known. */
  isExpired(): boolean | undefined {
    return this.expiresWithin(0);
  }

  /**
   * Whether the access token expires within a time from now, or has expired, by the clock of `Date.now()`.
   *
   * @param milliseconds the time in milliseconds, as everywhere in this package.
   * @returns `undefined` where the expiry is not known.
   * @throws {@link InvalidArgumentError} when `milliseconds` is no finite number.
   */
  expiresWithin(milliseconds: number): boolean | undefined {
    if (!Number.isFinite(milliseconds)) {
      throw invalidArgument("milliseconds", "must be a finite number");
    }
    const { expires_at: seconds } = this.#document;
    return seconds === undefined ? undefined : Date.now() + milliseconds >= seconds * 1000;
  }

  /** What `JSON.stringify` writes: the token without its secrets. To store it, use `serialize()`. */
  toJSON(): RedactedToken {
    return {
      accessToken: "[redacted]",
      refreshToken: this.refreshToken === undefined ? undefined : "[redacted]",
      tokenType: this.tokenType,
      scope: this.scope,
      expiresAt: this.expiresAt,
      refreshTokenExpiresAt: this.refreshTokenExpiresAt,
    };
  }

  /** Whether a value is a token, of any copy of this package. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return documentTextOf(value) !== undefined;
  }

  /** @internal */
  [DOCUMENT](): string {
    return this.#text;
  }

  /** `"[object Token]"`. */
  get [Symbol.toStringTag](): string {
    return "Token";
  }

  /** @internal */
  [inspect.custom](_depth: number, options: InspectOptionsStylized): string {
    return `Token ${inspect(this.toJSON(), options)}`;
  }
}

/** `undefined` also for a time that is beyond what a `Date` can be. */
function date(seconds: number | undefined): Date | undefined {
  const time = new Date((seconds ?? Number.NaN) * 1000);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
