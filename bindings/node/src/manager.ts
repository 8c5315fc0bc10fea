/** `TokenManager`: tokens that are kept, and refreshed once when they are due. */

import { type Account, fromNative } from "./account";
import { takeSignal } from "./call";
import { flag, known, read, scopesText, text, withOwn, write } from "./document";
import { fromDocument, fromObject, invalidArgument } from "./error-document";
import { finishAtEnd } from "./finish";
import { type NativeAccount, type NativeManager, native } from "./native";
import type { DoctorOptions, ManagerSettings, RefreshDueOptions, Scope } from "./options";
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
    const account = isUnsaved ? this.#native.account(name) : "";
    const token = typeof account === "string" ? null : account.unsaved();
    return fromObject(error, token === null ? {} : { token: fromAnswer(token) });
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
