/** `TokenManager`: tokens that are kept, and refreshed once when they are due. */

import { type Account, fromNative } from "./account";
import { takeSignal } from "./call";
import { flag, known, read, scopesText, text, withOwn, write } from "./document";
import { fromDocument, fromObject, invalidArgument } from "./error-document";
import { finishAtEnd } from "./finish";
import { login } from "./login";
import type { LoginEnd } from "./login-end";
import { beginLogin, finishLogin, type LoginBegin } from "./login-web";
import { type NativeAccount, type NativeManager, native } from "./native";
import type {
  BeginLoginOptions,
  DoctorOptions,
  FinishLoginOptions,
  LoginOptions,
  ManagerSettings,
  RefreshDueOptions,
  Scope,
} from "./options";
import { converted, type DoctorReport, type RefreshDueReport, type Status } from "./status";
import { fromAnswer } from "./token";
import { work } from "./work";

export { finish } from "./finish";

/**
 * Keeps the tokens of accounts in a store on this machine, and refreshes each once when it is due, whoever asks: any
 * number of calls, workers, processes and languages. A token that Pinterest issued is stored before anyone sees it.
 *
 * Managers with equal settings share what they know, so making one anew costs little. A failure rejects with a
 * {@link PinterestOAuthError}.
 */
export class TokenManager {
  readonly #native: NativeManager;

  /**
   * Opens the store, and makes it where there is none. It reads a few small files; nothing is sent.
   *
   * @throws {@link InvalidConfigError}, {@link InvalidArgumentError}: a setting cannot be used, is unknown or
   * malformed; `field` names it.
   * @throws {@link StoreUnavailableError}: the store cannot be read or made.
   */
  constructor(settings: ManagerSettings = {}) {
    const document = write(withOwn(read(settings, "settings"), { language: "node" }));
    // Not the process's: a worker and a test runner's sandbox have environments of their own.
    const manager = native.openManager(document, (name) => process.env[name]);
    if (typeof manager === "string") {
      throw fromDocument(manager);
    }
    this.#native = manager;
    Object.freeze(this);
    finishAtEnd();
  }

  /** The account `"default"`. */
  account(): Account;
  /**
   * The account of that name. Nothing is read.
   *
   * @param name 1 to 1,024 bytes of UTF-8 without control characters, compared byte for byte.
   * @throws {@link InvalidArgumentError} for another name. `undefined` is none: a program that lost its name is told so.
   */
  account(name: string): Account;
  account(...names: string[]): Account {
    const name = names.length === 0 ? "default" : text("account", names[0]);
    return handle(this.#native.account(name));
  }

  /**
   * Tokens of the app itself (`client_credentials`): got when there is none that is valid.
   *
   * @param scopes what the tokens may do.
   * @throws {@link InvalidArgumentError} when `scopes` is neither text nor a list of texts.
   */
  app(scopes: Scope): Account {
    return handle(this.#native.app(scopesText(scopes)));
  }

  /**
   * Logs a person in with a browser on this machine: opens it, or shows the address, waits until the person has given
   * access, and stores the token. Neither the event loop nor the end of the process waits for the person.
   *
   * What happens is printed to standard error, unless `onEvent` gets it. A handler that is called has the login as well:
   * to `paste` an address, to `answer` a question, to `cancel`.
   *
   * @returns how it ended, with the outcome `"done"`.
   * @throws {@link InvalidArgumentError}: `field` names the option; `redirectUri` also where nothing can listen there.
   * @throws {@link AccessDeniedError}: access was not given. {@link TimeoutError}: nobody came back in time.
   * {@link StateMismatchError}: a second browser came to the start page.
   * @throws {@link AbortError}: `signal` or the handler ended it. Where a code was sent, `outcome` is `"unknown"`, and its
   * token is stored all the same.
   * @throws the errors of the exchange; {@link StoreUnavailableError} before the browser is opened; {@link NotSavedError}.
   */
  login(options: LoginOptions = {}): Promise<LoginEnd> {
    return login(this.#native, options, (account) => this.#unsaved(account));
  }

  /**
   * Begins the login of a web app's visitor: answer with status 303, the address as `Location` and the cookies. Nothing is
   * sent, read or stored: the cookie is sealed and holds what has to be kept, so that any worker may end it.
   *
   * @throws {@link InvalidArgumentError}: `field` names the option. {@link InvalidConfigError}: app id or secret is
   * missing.
   */
  beginLogin(options: BeginLoginOptions): LoginBegin {
    return beginLogin(this.#native, options);
  }

  /**
   * Ends the login of a web app's visitor, at the redirect address: exchanges the code, once, ever, and stores the token.
   * The same redirect a second time, on whichever worker, gives the same end.
   *
   * @returns what came of it. What a visitor did is an outcome, and no error. Answer with `status`, with the cookies and
   * with `message`, or for `"done"` with `Location`: `next`, or a page of the app.
   * @throws {@link InvalidArgumentError} for `owner` and `timeout`; {@link StoreUnavailableError} before the code is
   * spent; the errors of the exchange; {@link NotSavedError}, whose token `account(name).unsaved()` gives.
   */
  finishLogin(options: FinishLoginOptions): Promise<LoginEnd> {
    return finishLogin(this.#native, options);
  }

  /** Where every account of this app stands, by name. Nothing is sent. */
  async accounts(): Promise<Status[]> {
    const document = await work((done) => this.#native.accounts(done));
    return (JSON.parse(document) as object[]).map((status) => converted(status) as unknown as Status);
  }

  /**
   * Refreshes every account of this app that is due.
   *
   * @returns what was done; an account that fails stands there, and keeps no other one waiting.
   */
  async refreshDue(options: RefreshDueOptions = {}): Promise<RefreshDueReport> {
    const all = known(options, "parallel", "signal");
    const signal = takeSignal(all);
    const parallel = all.get("parallel") ?? undefined;
    if (parallel !== undefined && !isCount(parallel)) {
      throw invalidArgument("parallel", "must be a whole number from 1 to 1,024");
    }
    const document = await work((done) => this.#native.refreshDue(parallel, done), { signal });
    const { failed, ...report } = JSON.parse(document) as { failed: { account: string; error: object }[] };
    const failures = failed.map(({ account, error }) => ({ account, error: this.#failure(account, error) }));
    return { ...converted(report), failed: failures } as unknown as RefreshDueReport;
  }

  /**
   * Looks the store over: what is damaged, what needs a login, when all accounts were last looked after. Nothing is sent.
   */
  async doctor(options: DoctorOptions = {}): Promise<DoctorReport> {
    const repair = flag("repair", known(options, "repair").get("repair"), false);
    const document = await work((done) => this.#native.doctor(repair, done));
    return converted(JSON.parse(document) as object) as unknown as DoctorReport;
  }

  #failure(name: string, error: object): Error {
    const isUnsaved = (error as { kind: string }).kind === "not_saved";
    const token = isUnsaved ? this.#unsaved(name) : null;
    return fromObject(error, token === null ? {} : { token: fromAnswer(token) });
  }

  /** The document of the token of an account that no disk took. */
  #unsaved(name: string): string | null {
    const account = this.#native.account(name);
    return typeof account === "string" ? null : account.unsaved();
  }
}

function handle(account: NativeAccount | string): Account {
  if (typeof account === "string") {
    throw fromDocument(account);
  }
  return fromNative(account);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 1024;
}
