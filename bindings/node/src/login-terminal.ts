/** What a login shows where the program does not: at the terminal, on standard error, in the words of the command. */

import { createInterface, type Interface } from "node:readline";
import { PinterestOAuthError } from "./errors";
import type { Login, LoginStarted } from "./login";
import type { LoginEvent } from "./login-end";

/** A login shown on standard error. */
export class Terminal {
  #lines: Interface | undefined;
  #isAsked = false;
  #startUrl = "";

  /** Prints what happens. */
  show(event: LoginStarted | LoginEvent, login: Login): void {
    switch (event.event) {
      case "started":
        this.#begin(event, login);
        break;
      case "not_opened":
        print(event.message);
        this.#elsewhere(login);
        break;
      case "confirm":
        print(event.message);
        this.#ask(login);
        break;
      default:
        print(event.message);
    }
  }

  /** Gives the terminal back. */
  close(): void {
    this.#lines?.close();
  }

  #begin({ hints, opened, startUrl, whyNotOpened }: LoginStarted, login: Login): void {
    this.#startUrl = startUrl;
    print(...hints);
    if (opened) {
      print(
        `Opening your browser: ${startUrl} (open it yourself if nothing happens).`,
        "Waiting, Ctrl-C stops.",
      );
      return;
    }
    if (whyNotOpened !== undefined) {
      print(`No browser is opened here: ${whyNotOpened}.`);
    }
    this.#elsewhere(login);
  }

  /** The ways without a browser of ours. */
  #elsewhere(login: Login): void {
    // The address of Pinterest's page carries the state: it is for the eyes of a person, never for a pipe or a log.
    if (!isPerson()) {
      print(
        `Open ${this.#startUrl} in a browser on this machine. (The way for other machines is shown on a terminal alone.)`,
      );
      return;
    }
    print(
      `Open this address in a browser anywhere:\n\n  ${login.show().authorizeUrl}\n`,
      "Allow the app. The page that follows does not load there; that is expected. Copy its address and paste it here,",
      "only here (nothing is shown while you paste), then press Enter.",
      `Or, where this machine's port is reached (ssh -L), open ${this.#startUrl}`,
      "Waiting, Ctrl-C stops.",
    );
    this.#listen(login);
  }

  #ask(login: Login): void {
    if (isPerson()) {
      this.#isAsked = true;
      print("[y/N]");
      this.#listen(login);
    } else {
      login.answer(false);
    }
  }

  #listen(login: Login): void {
    if (this.#lines === undefined) {
      // Without output nothing is shown of what is typed: it is the address with the code.
      this.#lines = createInterface({ input: process.stdin, terminal: true, historySize: 0 });
      this.#lines.on("line", (line) => this.#take(login, line));
      // Such a terminal makes no signal of Ctrl-C.
      this.#lines.on("SIGINT", () => {
        this.close();
        process.kill(process.pid, "SIGINT");
      });
    }
  }

  #take(login: Login, line: string): void {
    if (this.#isAsked) {
      this.#isAsked = false;
      login.answer(/^\s*y(es)?\s*$/i.test(line));
      return;
    }
    if (line.trim() === "") {
      return;
    }
    try {
      login.paste(line);
      print(`received ${line.length} characters`);
    } catch (error) {
      print(error instanceof PinterestOAuthError ? `The ${error.message}.` : String(error));
    }
  }
}

/** Whether somebody sees what is printed, and can type. */
const isPerson = (): boolean => process.stderr.isTTY === true && process.stdin.isTTY === true;

function print(...lines: string[]): void {
  process.stderr.write(lines.map((line) => `${line}\n`).join(""));
}
