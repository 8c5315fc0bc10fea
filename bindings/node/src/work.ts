/** What the core does on a thread of its own, for a token manager. A signal ends the wait, never the work. */

import { cancelWith } from "./abort";
import { throwIfAborted } from "./call";
import { tellOfManagers } from "./diagnostics";
import { fromDocument } from "./error-document";
import { AbortError } from "./errors";
import type { Done, End } from "./native";
import { fromAnswer, type Token } from "./token";

/**
 * Does some work; what it gives.
 *
 * @param unsaved the document of the token that no disk took.
 */
export async function work(
  start: (done: Done) => void,
  { signal, unsaved }: { signal?: AbortSignal | undefined; unsaved?: () => string | null } = {},
): Promise<string> {
  throwIfAborted(signal);
  const { ok, document } = await settled(start, signal);
  tellOfManagers();
  if (ok) {
    return document;
  }
  const error = fromDocument(document, carrying(document, unsaved));
  Error.captureStackTrace(error, work);
  throw error;
}

async function settled(start: (done: Done) => void, signal: AbortSignal | undefined): Promise<End> {
  let forget = (): void => {};
  try {
    return await new Promise<End>((resolve, reject) => {
      start((ok, document) => resolve({ ok, document }));
      if (signal) {
        forget = cancelWith(signal, { cancel: () => reject(aborted(signal)) });
      }
    });
  } finally {
    forget();
  }
}

function aborted(signal: AbortSignal): AbortError {
  const message = "the wait was aborted: what was sent goes on, and its token is stored";
  return new AbortError(message, { outcome: "unknown", cause: signal.reason });
}

/** What an error carries: the token that no disk took. */
export function carrying(document: string, unsaved: (() => string | null) | undefined): { token?: Token } {
  const isUnsaved = unsaved && (JSON.parse(document) as { kind: string }).kind === "not_saved";
  const token = isUnsaved ? unsaved() : null;
  return token === null ? {} : { token: fromAnswer(token) };
}
