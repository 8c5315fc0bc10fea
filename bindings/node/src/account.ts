/** `Account`: what a token manager does for one account. */

import { takeSignal } from "./call";
import { flag, known, read, scopesText, text, write } from "./document";
import { invalidArgument } from "./error-document";
import { fetchWith } from "./fetch";
import type { Done, NativeAccount } from "./native";
import type { AccessTokenOptions, LoginRequest, RefreshOptions, WaitOptions } from "./options";
import { converted, type Removed, type Status } from "./status";
import { documentTextOf, fromAnswer, type Token } from "./token";
import { work } from "./work";

/** Pinterest's code for an access token that is not accepted. */
const NOT_ACCEPTED = 2;

/** Only a manager makes accounts. */
const OURS = Symbol();

/** The account of a handle of the core. */
export let fromNative: (native: NativeAccount) => Account;

/**
 * An account of a {@link TokenManager}. It is cheap, and may be kept or made anew for every use.
 *
 * What may wait for Pinterest takes a `signal`: aborted, the promise rejects with an {@link AbortError} at once, while
 * what was sent goes on and is stored. Work under way keeps the process alive.
 */
export class Account {
  readonly #native: NativeAccount;
  /** Its name; empty for tokens of the app itself. */
  readonly name: string;

  static {
    fromNative = (native) => new Account(native, OURS);
  }

  private constructor(native: NativeAccount, key: symbol) {
    if (key !== OURS) {
      throw new TypeError("Illegal constructor: use account() of a TokenManager");
    }
    this.#native = native;
    this.name = native.name();
    Object.freeze(this);
  }

  /**
   * An access token that is valid now: from memory where nobody has to look, else from the store, refreshed when it is
   * due. Callers wait for a refresh only in the last minutes of a token.
   *
   * @throws {@link UnknownAccountError}, {@link ReauthorizationRequiredError}, {@link StoreUnavailableError},
   * {@link StoreBusyError}, {@link NotSavedError}, and the errors of a refresh. While the token is valid none of them
   * keeps it from being handed out, but the first.
   * @throws {@link InsufficientScopeError}: the token lacks one of the `scopes`. Nothing was sent for them.
   */
  accessToken(options?: AccessTokenOptions): Promise<string> {
    const cached = options === undefined ? this.#native.cached() : null;
    return cached === null ? this.#obtain(options) : Promise.resolve(cached);
  }

  async #obtain(options: AccessTokenOptions | undefined): Promise<string> {
    const all = known(options, "scopes", "signal");
    const signal = takeSignal(all);
    const scopes = all.get("scopes") ?? undefined;
    if (scopes === undefined) {
      return this.#work((done) => this.#native.accessToken(done), signal);
    }
    const wanted = scopesText(scopes);
    return this.#work((done) => this.#native.accessTokenFor(wanted, done), signal);
  }

  /** The cached access token while it is valid, else `undefined`. It never waits, reads or fails. */
  accessTokenNow(): string | undefined {
    return this.#native.accessTokenNow() ?? undefined;
  }

  /** The whole token, as {@link Account.accessToken}. */
  async token(options: WaitOptions = {}): Promise<Token> {
    const signal = takeSignal(known(options, "signal"));
    return fromAnswer(await this.#work((done) => this.#native.token(done), signal));
  }

  /**
   * Makes a request with the access token, as the global `fetch` does, and once more with a new one where the answer is
   * 401 with Pinterest's code 2: only if its body can be sent again, which a stream cannot.
   *
   * The token goes to the address that you give: give one of Pinterest's.
   *
   * @param input an address, or a request.
   * @param init what `fetch` takes. `Authorization` is set in any case.
   * @throws what {@link Account.accessToken} and `fetch` throw.
   */
  fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    return fetchWith(this, input, init);
  }

  /**
   * Says that a resource answered 401 to an access token.
   *
   * @param accessToken the one that was sent.
   * @param code Pinterest's code. Default: 2. Code 3, a missing scope, refreshes nothing.
   * @returns the access token to try once more with: the stored one where it is another, else a new one, at most once for
   * each token and in ten minutes.
   * @throws {@link InvalidTokenError}, {@link StoreBusyError}: a refresh was made a moment ago.
   * @throws {@link InsufficientScopeError} for code 3, and what {@link Account.accessToken} throws.
   */
  async rejected(accessToken: string, code = NOT_ACCEPTED, options: WaitOptions = {}): Promise<string> {
    const sent = text("accessToken", accessToken);
    if (!Number.isSafeInteger(code)) {
      throw invalidArgument("code", "must be a whole number");
    }
    const signal = takeSignal(known(options, "signal"));
    return this.#work((done) => this.#native.rejected(sent, code, done), signal);
  }

  /**
   * Logs the account in: exchanges the code of the redirect, and stores the token. The same redirect twice sends its code
   * once.
   *
   * @throws the errors of the exchange; {@link StoreUnavailableError} before the code is spent; {@link NotSavedError}.
   */
  async login(request: LoginRequest): Promise<Token> {
    const all = read(request, "request");
    const signal = takeSignal(all);
    const document = write(all);
    return fromAnswer(await this.#work((done) => this.#native.login(document, done), signal));
  }

  /**
   * Stores a token that was issued elsewhere, in place of what the account had. One without a refresh token lives until
   * it expires.
   */
  async import(token: Token): Promise<void> {
    const document = documentTextOf(token);
    if (document === undefined) {
      throw invalidArgument("token", "must be a Token: Token.deserialize() reads text");
    }
    await this.#work((done) => this.#native.import(document, done));
  }

  /** Looks into the store and refreshes what is due; with `force` in any case, also in a wait after a failure and where
   * a login is needed. A valid token does not hide the failure of a forced refresh. */
  async refresh(options: RefreshOptions = {}): Promise<Token> {
    const all = known(options, "force", "signal");
    const signal = takeSignal(all);
    const force = flag("force", all.get("force"), false);
    return fromAnswer(await this.#work((done) => this.#native.refresh(force, done), signal));
  }

  /** Where it stands. Nothing is sent. */
  async status(): Promise<Status> {
    const document = await this.#work((done) => this.#native.status(done));
    return converted(JSON.parse(document) as object) as unknown as Status;
  }

  /** The stored token, valid or not. Nothing is sent. */
  async export(): Promise<Token> {
    return fromAnswer(await this.#work((done) => this.#native.export(done)));
  }

  /** Removes it from the store, with every copy of its tokens. Pinterest is told nothing. */
  async remove(): Promise<Removed> {
    const document = await this.#work((done) => this.#native.remove(done));
    return converted(JSON.parse(document) as object) as unknown as Removed;
  }

  /**
   * Gives it another name. This object keeps the old one.
   *
   * @throws {@link InvalidArgumentError} where there is one of that name; {@link StoreBusyError} while a refresh is under
   * way.
   */
  async rename(newName: string): Promise<void> {
    const name = text("newName", newName);
    await this.#work((done) => this.#native.rename(name, done));
  }

  /** The token that Pinterest issued and no disk took: what {@link NotSavedError} carries. `undefined` where all is
   * stored. */
  unsaved(): Token | undefined {
    const document = this.#native.unsaved();
    return document === null ? undefined : fromAnswer(document);
  }

  #work(start: (done: Done) => void, signal?: AbortSignal): Promise<string> {
    return work(start, { signal, unsaved: () => this.#native.unsaved() });
  }

  /** `"[object Account]"`. */
  get [Symbol.toStringTag](): string {
    return "Account";
  }
}
