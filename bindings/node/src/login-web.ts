/** The login of a web app's visitor: where it begins, and what a request says of it. */

import { type InspectOptionsStylized, inspect } from "node:util";
import { takeSignal } from "./call";
import { read, write } from "./document";
import { documentOf, invalidArgument } from "./error-document";
import type { LoginEnd } from "./login-end";
import type { NativeManager } from "./native";
import type { BeginLoginOptions, FinishLoginOptions, WebRequest } from "./options";
import { converted } from "./status";
import { work } from "./work";

interface BeginDocument {
  readonly url: string;
  readonly set_cookies: readonly string[];
}

/** Where to send the visitor, with status 303, and what goes along. `console.log` and `JSON.stringify` show neither. */
export class LoginBegin {
  readonly #document: BeginDocument;

  /** @internal */
  constructor(document: string) {
    this.#document = JSON.parse(document) as BeginDocument;
    Object.freeze(this);
  }

  /** The address to send the browser to; it carries the state. */
  get url(): string {
    return this.#document.url;
  }

  /** The values of the answer's `Set-Cookie` headers, one header for each. */
  get setCookies(): string[] {
    return [...this.#document.set_cookies];
  }

  /** `"[object LoginBegin]"`. */
  get [Symbol.toStringTag](): string {
    return "LoginBegin";
  }

  /** @internal */
  [inspect.custom](_depth: number, options: InspectOptionsStylized): string {
    return `LoginBegin ${inspect({ url: "[redacted]", setCookies: "[redacted]" }, options)}`;
  }
}

export function beginLogin(manager: NativeManager, options: BeginLoginOptions): LoginBegin {
  const all = withRequest(options, ["cookies", "host"]);
  return new LoginBegin(documentOf(manager.beginLogin(write(all))));
}

export async function finishLogin(manager: NativeManager, options: FinishLoginOptions): Promise<LoginEnd> {
  const all = withRequest(options, ["method", "query", "cookies", "purpose"]);
  const signal = takeSignal(all);
  const visit = write(all);
  const document = await work((done) => manager.finishLogin(visit, done), { signal });
  return converted(JSON.parse(document) as object) as unknown as LoginEnd;
}

/** The options, with what the request says of these fields where they are not given. */
function withRequest(options: unknown, fields: readonly (keyof Said)[]): Map<string, unknown> {
  const all = read(options, "options");
  const request = all.get("request") ?? undefined;
  all.delete("request");
  const said = request === undefined ? {} : saidBy(request);
  for (const field of fields) {
    const value = all.get(field) ?? said[field];
    // Whatever a visitor sends is no mistake of the program.
    all.set(field, typeof value === "string" ? value.toWellFormed() : value);
  }
  return all;
}

interface Said {
  readonly method?: string | undefined;
  readonly query?: string | undefined;
  readonly cookies?: string | undefined;
  readonly purpose?: string | undefined;
  readonly host?: string | undefined;
}

function saidBy(request: unknown): Said {
  const { method, url, headers } = request as Partial<WebRequest>;
  if (typeof headers !== "object" || headers === null) {
    throw invalidArgument("request", "must be a request of node:http, or a Request");
  }
  const header = (name: string): string | undefined => {
    const value =
      "get" in headers && typeof headers.get === "function" ? headers.get(name) : at(headers, name);
    return Array.isArray(value) ? value.join("; ") : ((value as string | null | undefined) ?? undefined);
  };
  return {
    method,
    query: url,
    cookies: header("cookie"),
    purpose: header("sec-purpose") ?? header("purpose") ?? header("x-moz"),
    // HTTP/2 has no Host.
    host: header("host") ?? at(headers, ":authority"),
  };
}

function at(headers: object, name: string): string | undefined {
  return (headers as Record<string, string | undefined>)[name];
}
