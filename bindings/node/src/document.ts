/** Options as the documents that the core reads. Which exist, which types they have and what may be left
 * out is the core's to say. */

import { fileURLToPath } from "node:url";
import { invalidArgument } from "./error-document";
import { PinterestOAuthError } from "./errors";
import { toDocumentName, toName } from "./names";
import { documentTextOf } from "./token";

/** Options in milliseconds, as JavaScript takes times. Documents have seconds. */
const TIMES = new Set(["timeout", "connectTimeout"]);

/** Options that name a file or a folder, which a `file:` URL may do as well. */
const FILES = new Set(["caFile", "store", "recoveryDir", "clockOffsetFile"]);

/** Lists in lists: no input of the core goes this deep. */
const MAX_DEPTH = 16;

/** The own options of an object, each read once. `undefined` and `null` are as good as none. */
export function read(options: unknown, what: string): Map<string, unknown> {
  if (options === undefined || options === null) {
    return new Map();
  }
  const names = naming(what, () => {
    if (typeof options !== "object" || Array.isArray(options)) {
      throw invalidArgument(what, "must be an object");
    }
    return Object.keys(options);
  });
  return new Map(names.map((name) => [name, naming(name, () => (options as Record<string, unknown>)[name])]));
}

/** `options` and those that the call sets itself, which cannot be given twice. */
export function withOwn(
  options: ReadonlyMap<string, unknown>,
  own: Readonly<Record<string, unknown>>,
): Map<string, unknown> {
  const all = new Map(options);
  for (const [option, value] of Object.entries(own)) {
    if (all.has(option)) {
      throw invalidArgument(option, "is not an option here");
    }
    all.set(option, value);
  }
  return all;
}

/** The options of a method without a document: those named, and no other. */
export function known(options: unknown, ...names: readonly string[]): Map<string, unknown> {
  const all = read(options, "options");
  for (const option of all.keys()) {
    if (!names.includes(option)) {
      throw invalidArgument(
        option,
        `is not an option here: there ${names.length === 1 ? "is" : "are"} ${names.join(", ")}`,
      );
    }
  }
  return all;
}

/** A value that must be text. */
export function text(name: string, value: unknown): string {
  if (typeof value !== "string") {
    throw invalidArgument(name, "must be text");
  }
  if (!value.isWellFormed()) {
    throw invalidArgument(name, "must not contain lone surrogates");
  }
  return value;
}

/** A value that must be `true` or `false`; the other of these where there is none. */
export function flag(name: string, value: unknown, otherwise: boolean): boolean {
  if (value !== undefined && value !== null && typeof value !== "boolean") {
    throw invalidArgument(name, "must be true or false");
  }
  return value ?? otherwise;
}

/** Scopes, as text with commas. */
export function scopesText(value: unknown): string {
  const all: unknown[] = Array.isArray(value) ? Array.from(value) : [value];
  if (!all.every((scope) => typeof scope === "string" && scope.isWellFormed())) {
    throw invalidArgument("scopes", "must be text or a list of texts");
  }
  return all.join(",");
}

/** The document of these options, as JSON text. */
export function write(options: ReadonlyMap<string, unknown>): string {
  const members = [...options].map(([option, value]) => {
    if (option.includes("_")) {
      throw invalidArgument(option, `is not an option: in JavaScript it would be ${toName(option)}`);
    }
    return naming(option, () => `${quote(option, toDocumentName(option))}:${convert(option, value, 0)}`);
  });
  return `{${members}}`;
}

function convert(name: string, value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) {
    throw invalidArgument(name, "is nested too deeply");
  }
  switch (typeof value) {
    case "undefined":
      return "null";
    case "boolean":
      return String(value);
    case "string":
      return quote(name, value);
    case "number":
      if (!Number.isFinite(value)) {
        throw invalidArgument(name, "must be a finite number");
      }
      return String(TIMES.has(name) ? value / 1000 : value);
    case "object":
      return value === null ? "null" : convertObject(name, value, depth);
    default:
      throw invalidArgument(name, "is of a type that cannot be used here");
  }
}

function convertObject(name: string, value: object, depth: number): string {
  const token = documentTextOf(value);
  if (token !== undefined) {
    if (name !== "token") {
      throw invalidArgument(name, "must not be a Token");
    }
    // An object, so that a call which wants the text of a token refuses it.
    return token;
  }
  if (value instanceof URL) {
    return quote(name, FILES.has(name) ? fileURLToPath(value) : value.href);
  }
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item) => convert(name, item, depth + 1))}]`;
  }
  if (!isPlain(value)) {
    throw invalidArgument(name, "is of a type that cannot be used here");
  }
  const members = Object.entries(value).map(([key, item]) => {
    return `${quote(name, key)}:${convert(`${name}.${key}`, item, depth + 1)}`;
  });
  return `{${members}}`;
}

function quote(name: string, text: string): string {
  if (!text.isWellFormed()) {
    throw invalidArgument(name, "must not contain lone surrogates");
  }
  return JSON.stringify(text);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Another realm has another Object.prototype, which has no prototype either.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What `body` gives; what a getter or a proxy throws becomes the cause of an error that names the option. */
function naming<T>(name: string, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    throw cause instanceof PinterestOAuthError ? cause : invalidArgument(name, "cannot be read", { cause });
  }
}
