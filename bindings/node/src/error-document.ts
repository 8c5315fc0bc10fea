/** The errors that documents of the core describe, and those of options that cannot become a document. */

import * as errors from "./errors";
import { renamed, toName } from "./names";
import type { End } from "./native";
import type { Token } from "./token";

const { InternalError, InvalidArgumentError, PinterestOAuthError } = errors;

const classes = Object.values(errors).filter((one) => one !== PinterestOAuthError);
const BY_KIND = new Map<string, typeof PinterestOAuthError>(classes.map((one) => [one.kind, one]));

// Not the names of the classes: bundlers shorten them.
name(PinterestOAuthError, "PinterestOAuthError");
for (const one of classes) {
  const words = one.kind === "cancelled" ? "abort" : one.kind.replace(/_error$/, "");
  name(one, `${toName(`_${words}`)}Error`);
}

function name(one: typeof PinterestOAuthError, value: string): void {
  Object.defineProperty(one.prototype, "name", { value, writable: true, configurable: true });
}

interface ErrorDocument {
  readonly kind: string;
  readonly message: string;
  readonly code: number | null;
  readonly answer: object | null;
}

/** The error that an error document describes; `token` is the one that `not_saved` carries. */
export function fromDocument(
  text: string,
  options: ErrorOptions & { token?: Token } = {},
): errors.PinterestOAuthError {
  const error = fromObject(JSON.parse(text), options);
  Error.captureStackTrace(error, fromDocument);
  return error;
}

/** The same, where the document is part of another one. */
export function fromObject(
  document: unknown,
  options: ErrorOptions & { token?: Token } = {},
): errors.PinterestOAuthError {
  const { kind, message, code, answer, ...others } = document as ErrorDocument;
  const Class = BY_KIND.get(kind) ?? InternalError;
  const details = renamed({ ...others, pinterest_code: code, answer: answer && renamed(answer) });
  const error = new Class(message, { ...details, ...options });
  Error.captureStackTrace(error, fromObject);
  return error;
}

/** The document of what sends nothing. */
export function documentOf({ ok, document }: End): string {
  if (!ok) {
    throw fromDocument(document);
  }
  return document;
}

/** The error for an option that cannot be turned into a document. */
export function invalidArgument(
  option: string,
  problem: string,
  options: ErrorOptions = {},
): errors.PinterestOAuthError {
  const field = option
    .replace(/\p{Cc}/gu, "")
    .slice(0, 64)
    .toWellFormed();
  const details: errors.ErrorDetails = { outcome: "not_sent", whatNow: `Fix \`${field}\`.`, field };
  const error = new InvalidArgumentError(`${field} ${problem}`, { ...details, ...options });
  Error.captureStackTrace(error, invalidArgument);
  return error;
}
