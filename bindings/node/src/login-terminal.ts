/** What a login shows where the program does not: at the terminal, on standard error, in the words of the command. */

import { createInterface, type Interface } from "node:readline";
import { PinterestOAuthError } from "./errors";
import type { Login, LoginStarted } from "./login";
import type { LoginEvent } from "./login-end";

// Milliseconds in which a further line belongs to the same address, which was wrapped.
const PAUSE = 50;

/** A login shown on standard error. */
export class Terminal {
  #lines: Interface | undefined;
  #isAsked = false;
  #typed = "";
  #pause: NodeJS.Timeout | undefined;

  /** Prints what happens. */
  show(event: LoginStarted | LoginEvent, login: Login): void {
    print(event.message);
    if (event.event === "confirm") {
      this.#ask(login);
    } else if (event.event === "not_opened" || (event.event === "started" && !event.opened)) {
      this.#elsewhere(login);
    }
  }

  /** Gives the terminal back. */
  close(): void {
    clearTimeout(this.#pause);
    this.#lines?.close();
  }

  /** The way for other machines. */
  #elsewhere(login: Login): void {
    // It carries the state: it is for the eyes of a person, never for a pipe or a log.
    if (isPerson()) {
      print(login.show().instructions ?? "");
      this.#listen(login);
    }
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
    this.#typed += `${line}\n`;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#paste(login), PAUSE);
  }

  #paste(login: Login): void {
    const typed = this.#typed.trim();
    this.#typed = "";
    if (typed === "") {
      return;
    }
    try {
      login.paste(typed);
      print(`received ${typed.length} characters`);
    } catch (error) {
      print(error instanceof PinterestOAuthError ? `The ${error.message}.` : String(error));
    }
  }
}

/** Whether somebody sees what is printed, and can type. */
const isPerson = (): boolean => process.stderr.isTTY === true && process.stdin.isTTY === true;

function print(text: string): void {
  process.stderr.write(`${text}\n`);
}
