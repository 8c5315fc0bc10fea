/** Calls under way: promises of the core's answers, which a signal can end. */

import { cancelWith, isSignal } from "./abort";
import { read, withOwn, write } from "./document";
import { fromDocument, invalidArgument } from "./error-document";
import { AbortError } from "./errors";
import type { Answer, Start } from "./native";

/** Makes a call with these options and those of its own; its answer document. */
export async function call(
  start: Start,
  options: unknown,
  own: Readonly<Record<string, unknown>>,
): Promise<string> {
  const all = withOwn(read(options, "options"), own);
  const signal = takeSignal(all);
  const request = write(all);
  if (signal?.aborted) {
    throw new AbortError("the call was aborted before it began", {
      outcome: "not_sent",
      cause: signal.reason,
    });
  }
  const { ok, document } = await settled(start, request, signal);
  if (ok) {
    return document;
  }
  const error = fromDocument(document, signal?.aborted ? { cause: signal.reason } : {});
  Error.captureStackTrace(error, call);
  throw error;
}

/** The document of a call that sends nothing. */
export function answered({ ok, document }: Answer): string {
  if (!ok) {
    throw fromDocument(document);
  }
  return document;
}

async function settled(start: Start, request: string, signal: AbortSignal | undefined): Promise<Answer> {
  let forget = (): void => {};
  try {
    return await new Promise<Answer>((resolve) => {
      const started = start(request, (ok, document) => resolve({ ok, document }));
      if (typeof started === "string") {
        resolve({ ok: false, document: started });
      } else if (signal) {
        forget = cancelWith(signal, started);
      }
    });
  } finally {
    forget();
  }
}

function takeSignal(options: Map<string, unknown>): AbortSignal | undefined {
  const signal = options.get("signal");
  options.delete("signal");
  if (signal === undefined || signal === null) {
    return undefined;
  }
  if (!isSignal(signal)) {
    throw invalidArgument("signal", "must be an AbortSignal");
  }
  return signal;
}
