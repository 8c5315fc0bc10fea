/** `TokenManager.login`: a login with a browser, from nothing to a stored token. */

import { type InspectOptionsStylized, inspect } from "node:util";
import { cancelWith } from "./abort";
import { takeSignal, throwIfAborted } from "./call";
import { flag, read, text, write } from "./document";
import { documentOf, fromDocument, invalidArgument } from "./error-document";
import { AbortError } from "./errors";
import type { LoginEnd, LoginEvent } from "./login-end";
import { Terminal } from "./login-terminal";
import type { NativeLogin, NativeManager } from "./native";
import type { LoginHandler, LoginOptions } from "./options";
import { converted } from "./status";
import { carrying } from "./work";

/** Only a manager begins logins. */
const OURS = Symbol();

interface StartedDocument {
  readonly message: string;
  readonly instructions: string | null;
  readonly start_url: string;
  readonly authorize_url: string | null;
  readonly opened: boolean;
  readonly why_not_opened: string | null;
  readonly hints: readonly string[];
}

/**
 * What a login shows to the person, before anything has happened. `console.log` and `JSON.stringify` do not show
 * `authorizeUrl` and `instructions`, which carry the state.
 */
export class LoginStarted {
  readonly #authorizeUrl: string | undefined;
  readonly #instructions: string | undefined;
  /** Tells it from the events that follow. */
  readonly event = "started";
  /** What to tell a person at a terminal, in lines. It holds no secret. */
  readonly message: string;
  /** The address to open in a browser on this machine. It holds no secret. */
  readonly startUrl: string;
  /** Whether a browser was started. */
  readonly opened: boolean;
  /** Why none was started, for a person; absent where one was, or where none was wanted. */
  readonly whyNotOpened?: string;
  /** Sentences about scopes that are perhaps misspelled. */
  readonly hints: readonly string[];

  /** @internal */
  constructor(document: string) {
    const started = JSON.parse(document) as StartedDocument;
    this.#authorizeUrl = started.authorize_url ?? undefined;
    this.#instructions = started.instructions ?? undefined;
    this.message = started.message;
    this.startUrl = started.start_url;
    this.opened = started.opened;
    if (started.why_not_opened !== null) {
      this.whyNotOpened = started.why_not_opened;
    }
    this.hints = started.hints;
    Object.freeze(this);
  }

  /** Pinterest's page, for a browser on another machine: the person pastes the address of the page that follows. Show it
   * to the person alone. `undefined` where a browser was started: {@link Login.show} gives it. */
  get authorizeUrl(): string | undefined {
    return this.#authorizeUrl;
  }

  /** The way for other machines, in lines, with {@link authorizeUrl} in them; `undefined` where that is. Show it to the
   * person alone. */
  get instructions(): string | undefined {
    return this.#instructions;
  }

  /** @internal */
  [inspect.custom](_depth: number, options: InspectOptionsStylized): string {
    const hidden = { authorizeUrl: "[redacted]", instructions: "[redacted]" };
    const secret = this.#authorizeUrl === undefined ? {} : hidden;
    return `LoginStarted ${inspect({ ...this, ...secret }, options)}`;
  }
}

/** A login under way: what a handler can do with it. */
export class Login {
  readonly #native: NativeLogin;

  /** @internal */
  constructor(native: NativeLogin, key: symbol) {
    if (key !== OURS) {
      throw new TypeError("Illegal constructor: use login() of a TokenManager");
    }
    this.#native = native;
    Object.freeze(this);
  }

  /**
   * Takes the address of the page to which Pinterest sent the person: where the browser is on another machine, that page
   * does not load.
   *
   * @throws {@link InvalidArgumentError}: its message says, in words for the person, what was pasted instead. The login
   * waits on.
   */
  paste(address: string): void {
    documentOf(this.#native.paste(text("address", address)));
  }

  /**
   * What the login began with, and the way for other machines in any case. From then on a browser may come back that
   * was not at the start page.
   */
  show(): LoginStarted {
    return new LoginStarted(documentOf(this.#native.show()));
  }

  /** Answers the event `confirm`: whether the token of another person may be replaced. The first answer counts. */
  answer(replace: boolean): void {
    this.#native.answer(flag("replace", replace, false));
  }

  /** Ends the wait: `login()` rejects with an {@link AbortError}. A code that was sent is brought to its end, and `login()`
   * says which. */
  cancel(): void {
    this.#native.cancel();
  }

  /** `"[object Login]"`. */
  get [Symbol.toStringTag](): string {
    return "Login";
  }
}

/**
 * Makes a whole login.
 *
 * @param unsaved the document of the token that no disk took, of the account with that name.
 */
export async function login(
  manager: NativeManager,
  options: LoginOptions,
  unsaved: (account: string) => string | null,
): Promise<LoginEnd> {
  const all = read(options, "options");
  const signal = takeSignal(all);
  const handler = takeHandler(all);
  const account = all.get("account") ?? "default";
  const document = write(all);
  throwIfAborted(signal);
  const terminal = new Terminal();
  try {
    return await settled(manager, document, {
      signal,
      handler: handler ?? ((event, login) => terminal.show(event, login)),
      unsaved: () => unsaved(account as string),
    });
  } finally {
    terminal.close();
  }
}

interface With {
  readonly signal: AbortSignal | undefined;
  readonly handler: LoginHandler;
  readonly unsaved: () => string | null;
}

async function settled(manager: NativeManager, options: string, { signal, handler, unsaved }: With) {
  let forget = (): void => {};
  try {
    return await new Promise<LoginEnd>((resolve, reject) => {
      let handle: Login | undefined;
      let reason: { readonly error: unknown } | undefined;
      /** Ends the login with an error: at once where a code was sent, else when its port is free again. */
      const stop = (because: (ended: boolean) => unknown) => {
        const ended = native.cancel();
        reason ??= { error: because(ended) };
        if (!ended) {
          reject(reason.error);
        }
      };
      const tell = async (event: LoginStarted | LoginEvent) => {
        handle ??= new Login(native, OURS);
        try {
          await handler(event, handle);
        } catch (error) {
          stop(() => error);
        }
      };
      const native = manager.login(options, (ok, document) => {
        if (!ok) {
          reject(reason === undefined ? fromDocument(document, carrying(document, unsaved)) : reason.error);
        } else if (reason === undefined) {
          const event = handle === undefined ? new LoginStarted(document) : eventOf(document);
          tell(event);
          if (event.event === "done" && event.end !== undefined) {
            resolve(event.end);
          }
        }
      });
      if (signal) {
        forget = cancelWith(signal, { cancel: () => stop((ended) => aborted(signal, ended)) });
      }
    });
  } finally {
    forget();
  }
}

function eventOf(document: string): LoginEvent {
  return converted(JSON.parse(document) as object) as unknown as LoginEvent;
}

function aborted(signal: AbortSignal, ended: boolean): AbortError {
  const cause = signal.reason;
  return ended
    ? new AbortError("the login was aborted; nothing was sent", { outcome: "not_sent", cause })
    : new AbortError("the wait was aborted: the code was sent, and its token is stored", {
        outcome: "unknown",
        cause,
      });
}

function takeHandler(options: Map<string, unknown>): LoginHandler | undefined {
  const handler = options.get("onEvent") ?? undefined;
  options.delete("onEvent");
  if (handler !== undefined && typeof handler !== "function") {
    throw invalidArgument("onEvent", "must be a function");
  }
  return handler as LoginHandler | undefined;
}
