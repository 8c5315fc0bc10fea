/** `Token`: what a call gives, frozen, and shy about its secrets. */

import { type InspectOptionsStylized, inspect } from "node:util";
import { fromDocument, invalidArgument } from "./error-document";
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

const KNOWN = new Set([
  "access_token",
  "token_type",
  "expires_in",
  "expires_at",
  "refresh_token",
  "refresh_token_expires_in",
  "refresh_token_expires_at",
  "refresh_token_rotated",
  "scope",
  "scopes",
  "response_type",
  "obtained_at",
]);

/** Only what is checked becomes a token. */
const CHECKED = Symbol();

/** The token of an answer of the core, which has checked it. */
export let fromAnswer: (document: string) => Token;

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
    const { ok, document } = native.readToken(text);
    if (!ok) {
      throw fromDocument(document);
    }
    return fromAnswer(document);
  }

  /** The token document as JSON text, secrets included and nothing lost: the way to store a token. */
  serialize(): string {
    return this.#text;
  }

  get #document(): TokenDocument {
    this.#parsed ??= JSON.parse(this.#text) as TokenDocument;
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

  /** Keys of the answer that this library does not know, as `JSON.parse` reads their values. Numbers that
   * JavaScript cannot hold are exact in `serialize()` alone. */
  get extra(): Record<string, unknown> {
    const all = Object.entries(JSON.parse(this.#text) as object);
    return Object.fromEntries(all.filter(([name]) => !KNOWN.has(name)));
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

  /** `"[object Token]"`. */
  get [Symbol.toStringTag](): string {
    return "Token";
  }

  /** @internal */
  [inspect.custom](_depth: number, options: InspectOptionsStylized): string {
    return `Token ${inspect(this.toJSON(), options)}`;
  }
}

function date(seconds: number | undefined): Date | undefined {
  return seconds === undefined ? undefined : new Date(seconds * 1000);
}
