/**
 * Pinterest's OAuth server on this machine, for tests and demonstrations.
 *
 * How it answers is not decided here: this starts the command `pinterest-oauth` and speaks with its control port.
 *
 * @packageDocumentation
 */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type {
  Addresses,
  AuthorizeAs,
  Consent,
  EmulatedRequest,
  EmulatorOptions,
  Fault,
  Switches,
} from "./emulator-types";
import { documentNames, renamed, toName } from "./names";
import type { ClientSettings } from "./options";

export type * from "./emulator-types";

/** How long the command may take to say where it is, in milliseconds. */
const START = 30_000;

/** The emulator does not start, or refuses what it is told. */
export class EmulatorError extends Error {
  /** `"EmulatorError"`. */
  override readonly name = "EmulatorError";
}

/**
 * A running emulator. It listens on loopback alone, and ends with `stop()`, with `await using`, or with this process.
 *
 * A method rejects with an {@link EmulatorError} where the emulator refuses what it is told.
 */
export class Emulator {
  readonly #process: ChildProcessWithoutNullStreams;
  /** Every address, and the file to trust. */
  readonly addresses: Addresses;
  /** The app's id. */
  readonly appId: string;
  /** The app's secret: made up. */
  readonly appSecret: string;

  private constructor(process: ChildProcessWithoutNullStreams, ready: Record<string, unknown>) {
    const { appId, appSecret, ...addresses } = ready;
    this.#process = process;
    this.addresses = addresses as unknown as Addresses;
    this.appId = appId as string;
    this.appSecret = appSecret as string;
  }

  /**
   * Starts one: the command `pinterest-oauth`, or the one that `PINTEREST_OAUTH_COMMAND` names.
   *
   * @throws {@link EmulatorError} when it does not start within 30 seconds.
   */
  static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const { tls = true, redirectUris = [], switches = {} } = options;
    const args = [
      ...["emulator", "--json", "--until-stdin-closes", "--show-secret"],
      ...(tls ? [] : ["--no-tls"]),
      ...redirectUris.map((uri) => `--redirect-uri=${uri}`),
      ...Object.entries(documentNames(switches)).map(
        ([name, value]) => `--switch=${name}=${JSON.stringify(value)}`,
      ),
    ];
    const command = process.env.PINTEREST_OAUTH_COMMAND || "pinterest-oauth";
    const child = spawn(command, args, { stdio: "pipe" });
    const ready = await readyLine(child, command);
    // Whoever forgets to stop it is not kept waiting: it ends when its standard input does.
    for (const handle of [child, child.stdin, child.stdout, child.stderr]) {
      (handle as { unref(): void }).unref();
    }
    return new Emulator(child, renamed(ready));
  }

  /** Ends it. */
  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode === null && signalCode === null) {
      this.#process.ref();
      const exit = once(this.#process, "exit");
      this.#process.stdin.end();
      await exit;
    }
  }

  /** The same as `stop()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /**
   * The settings with which a client reaches it, and nothing else.
   *
   * @param https whether over TLS. Default: `false`.
   * @throws {@link EmulatorError} for `https` where it was started without TLS.
   */
  settings({ https = false }: { https?: boolean } = {}): ClientSettings {
    const { baseUrl, httpsBaseUrl, oauthUrl, caFile } = this.addresses;
    const common = { appId: this.appId, appSecret: this.appSecret, oauthUrl, trustEnv: false };
    if (!https) {
      return { ...common, baseUrl };
    }
    if (httpsBaseUrl === undefined) {
      throw new EmulatorError("the emulator was started without TLS: leave out `tls: false`");
    }
    return { ...common, baseUrl: httpsBaseUrl, caFile };
  }

  /** The environment of a program that is to reach it over http. */
  environment(): Record<string, string> {
    return {
      PINTEREST_APP_ID: this.appId,
      PINTEREST_APP_SECRET: this.appSecret,
      PINTEREST_API_URI: this.addresses.baseUrl,
      PINTEREST_OAUTH_URI: this.addresses.oauthUrl,
    };
  }

  /** A person gives access, or with `deny` does not. */
  async authorize(as: AuthorizeAs = {}): Promise<Consent> {
    return (await this.#control("POST", "/authorize", documentNames(as))) as Consent;
  }

  /** The answers to come, in their order, in place of what Pinterest would say. */
  async script(...faults: readonly Fault[]): Promise<void> {
    await this.#control("POST", "/script", faults.map(documentNames));
  }

  /** Sets the switches that are named. All of them, as they are then. */
  async switches(changes: Switches = {}): Promise<Switches> {
    const isAsked = Object.keys(changes).length === 0;
    const all = isAsked
      ? await this.#control("GET", "/switches")
      : await this.#control("POST", "/switches", documentNames(changes));
    return Object.fromEntries(Object.entries(all).map(([name, value]) => [toName(name), value]));
  }

  /**
   * Sets the emulator's clock forward, and those that read `addresses.clockFile`.
   *
   * @param milliseconds how far, in milliseconds, as everywhere in this package.
   * @returns the time that it is then.
   */
  async advance(milliseconds: number): Promise<Date> {
    const { now } = await this.#control("POST", "/clock", { advance: milliseconds / 1000 });
    return new Date((now as number) * 1000);
  }

  /** The requests that came since the start, `reset()` or `clear()`, in their order. */
  async requests(): Promise<readonly EmulatedRequest[]> {
    const { requests } = await this.#control("GET", "/requests");
    return (requests as object[]).map((one) => renamed(one) as unknown as EmulatedRequest);
  }

  /** How many connections there were since then, also those without a whole request. */
  async connections(): Promise<number> {
    return (await this.#control("GET", "/requests")).connections as number;
  }

  /** Forgets requests and faults. */
  async clear(): Promise<void> {
    await this.#control("DELETE", "/requests");
  }

  /** Everything as at the start: tokens, switches, clock, requests, faults. */
  async reset(): Promise<void> {
    await this.#control("POST", "/reset");
  }

  /** Not by `fetch`: tests replace it. */
  async #control(method: string, path: string, document?: object): Promise<Record<string, unknown>> {
    const headers = { "content-type": "application/json" };
    const call = request(this.addresses.controlUrl + path, { method, headers, agent: false });
    call.end(document === undefined ? "" : JSON.stringify(document));
    const [answer] = await once(call, "response");
    const said = JSON.parse(await text(answer)) as Record<string, unknown>;
    if (answer.statusCode !== 200) {
      throw new EmulatorError(`${method} ${path}: ${said.error ?? answer.statusCode}`);
    }
    return said;
  }
}

/** What the command says when it is ready. */
function readyLine(child: ChildProcessWithoutNullStreams, command: string): Promise<object> {
  let complaints = "";
  let timer: NodeJS.Timeout | undefined;
  const ready = new Promise<object>((resolve, reject) => {
    const fail = (why: string) => {
      child.kill("SIGKILL");
      reject(new EmulatorError(`the emulator did not start: ${why}`));
    };
    timer = setTimeout(fail, START, `${command} said nothing`);
    child.stderr.on("data", (chunk) => {
      complaints += chunk;
    });
    child.on("error", ({ message }) => fail(`${message}; PINTEREST_OAUTH_COMMAND can name the command`));
    child.on("close", () => fail(complaints.trim() || `${command} said nothing`));
    createInterface({ input: child.stdout }).once("line", (line) => {
      try {
        resolve(JSON.parse(line) as object);
      } catch {
        fail(`${command} is another program`);
      }
    });
  });
  return ready.finally(() => clearTimeout(timer));
}
