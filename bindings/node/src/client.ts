/** `Client`, and what there is without one. */

import type { Answer } from "./answer";
import { call } from "./call";
import { read, withOwn, write } from "./document";
import { documentOf, fromDocument } from "./error-document";
import { renamed } from "./names";
import { type NativeClient, native } from "./native";
import type {
  AuthorizeOptions,
  AuthorizeUrl,
  CallOptions,
  ClientSettings,
  RedirectOptions,
  RevokeOptions,
  TokenRequest,
} from "./options";
import { fromAnswer, type Token } from "./token";

/** Whose names and units messages use. */
const WORDS = { language: "node" };

/**
 * A client of Pinterest's OAuth endpoints. Calls run side by side and do not block the event loop; one that is
 * under way keeps the process alive, an idle client does not.
 *
 * A call that fails rejects with a {@link PinterestOAuthError}.
 */
export class Client {
  readonly #native: NativeClient;

  /**
   * Sets up a client. Nothing is sent.
   *
   * @throws {@link InvalidConfigError}, {@link InvalidArgumentError}: a setting cannot be used, is unknown or
   * malformed; `field` names it.
   */
  constructor(settings: ClientSettings = {}) {
    const document = write(withOwn(read(settings, "settings"), WORDS));
    // Not the process's: a worker and a test runner's sandbox have environments of their own.
    const client = native.connect(document, (name) => process.env[name]);
    if (typeof client === "string") {
      throw fromDocument(client);
    }
    this.#native = client;
  }

  /**
   * Asks for a token: exchanges a code or a refresh token, or gets one for the app itself.
   *
   * @returns the token. Store `token.serialize()` at once: the refresh token may have changed.
   */
  async oauthToken(request: TokenRequest): Promise<Token> {
    return fromAnswer(await call(this.#native, "oauth_token", request));
  }

  /**
   * Refreshes a token. What the answer leaves out is taken from the one given.
   *
   * @returns the new token. Store `token.serialize()` at once: the refresh token may have changed.
   */
  async refresh(token: Token, options: CallOptions = {}): Promise<Token> {
    const own = { grantType: "refresh_token", token };
    return fromAnswer(await call(this.#native, "oauth_token", options, own));
  }

  /**
   * Revokes a token. Pinterest permits it for tokens of system users alone.
   *
   * @returns how the call went.
   */
  async revoke(token: string, options: RevokeOptions = {}): Promise<Answer> {
    const document = await call(this.#native, "revoke", options, { token });
    return renamed((JSON.parse(document) as { answer: object }).answer) as unknown as Answer;
  }

  /** Makes a token for sending conversions. The access token needs the scope `ads:write`. */
  async conversionToken(accessToken: string, options: CallOptions = {}): Promise<Token> {
    return fromAnswer(await call(this.#native, "conversion_token", options, { accessToken }));
  }

  /**
   * Makes the address of Pinterest's page. Nothing is sent.
   *
   * @param redirectUri where the user comes back, registered with the app.
   * @throws {@link InvalidArgumentError}, {@link InvalidConfigError}
   */
  authorizeUrl(redirectUri: string | URL, options: AuthorizeOptions = {}): AuthorizeUrl {
    const request = write(withOwn(read(options, "options"), { redirectUri }));
    return JSON.parse(documentOf(this.#native.authorizeUrl(request))) as AuthorizeUrl;
  }

  /**
   * Says whether the client has the app's id and secret: for the start of a program. Nothing is sent.
   *
   * Every call but {@link conversionToken} needs both. Whether Pinterest accepts them is not asked.
   *
   * @throws {@link InvalidConfigError}: one of them is missing; `field` names it.
   */
  check(): void {
    documentOf(this.#native.check());
  }

  /** The same as the function {@link redirect}, which needs no client. */
  redirect(url: string | URL, options: RedirectOptions): string {
    return redirect(url, options);
  }
}

/**
 * Reads the redirect with which the user comes back. Nothing is sent.
 *
 * @param url the whole address of the redirect, or only its query.
 * @param options the `state` that you kept.
 * @returns the code to exchange, at once and once.
 * @throws {@link StateMismatchError}: the state is another; checked before all else.
 * @throws {@link AccessDeniedError}: the user or Pinterest said no.
 * @throws {@link InvalidArgumentError}: the redirect carries no code.
 */
export function redirect(url: string | URL, options: RedirectOptions): string {
  const request = write(withOwn(read(options, "options"), { url, ...WORDS }));
  const { code } = JSON.parse(documentOf(native.redirect(request))) as { code: string };
  return code;
}

/** Asks for a token without a client at hand. */
export async function oauthToken(request: TokenRequest, settings: ClientSettings = {}): Promise<Token> {
  return new Client(settings).oauthToken(request);
}
