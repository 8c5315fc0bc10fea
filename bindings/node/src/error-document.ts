/** The errors that documents of the core describe. */

import type { RateLimit } from "./errors";
import {
  classes,
  InternalError,
  InvalidArgumentError,
  type Outcome,
  type PinterestOAuthError,
} from "./errors";
import { toOptionName } from "./names";

const BY_KIND = new Map<string, (typeof classes)[number]>(classes.map((one) => [one.kind, one]));

interface ErrorDocument {
  readonly kind: string;
  readonly message: string;
  readonly what_now: string;
  readonly outcome: Outcome;
  readonly field: string | null;
  readonly http_status: number | null;
  readonly code: number | null;
  readonly pinterest_message: string | null;
  readonly request_id: string | null;
  readonly retry_after: number | null;
  readonly rate_limit: RateLimit | null;
  readonly headers: [string, string][];
  readonly body: Record<string, unknown> | null;
}

/** The error that an error document describes. */
export function fromDocument(text: string, options: ErrorOptions = {}): PinterestOAuthError {
  const document = JSON.parse(text) as ErrorDocument;
  const known = {
    field: document.field === null ? null : toOptionName(document.field),
    httpStatus: document.http_status,
    pinterestCode: document.code,
    pinterestMessage: document.pinterest_message,
    requestId: document.request_id,
    retryAfter: document.retry_after,
    rateLimit: document.rate_limit,
    body: document.body,
  };
  const applicable = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
  const { what_now: whatNow, outcome, headers } = document;
  const message = document.field === null ? document.message : renamed(document.message);
  const Class = BY_KIND.get(document.kind) ?? InternalError;
  const error = new Class(message, { outcome, whatNow, headers, ...applicable, ...options });
  Error.captureStackTrace(error, fromDocument);
  return error;
}

/** A message begins with the options at fault: `code and redirect_uri are required`. */
function renamed(message: string): string {
  return message.replace(/^\w+(?: and \w+)*/, (names) => names.replace(/\w+/g, toOptionName));
}

/** The error for an option that cannot be turned into a document. */
export function invalidArgument(
  option: string,
  problem: string,
  options: ErrorOptions = {},
): PinterestOAuthError {
  const field = option
    .replace(/\p{Cc}/gu, "")
    .slice(0, 64)
    .toWellFormed();
  const error = new InvalidArgumentError(`${field} ${problem}`, { outcome: "not_sent", field, ...options });
  Error.captureStackTrace(error, invalidArgument);
  return error;
}
