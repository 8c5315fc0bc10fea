/** Calls under way: promises of the core's answers, which a signal can end. */

import { cancelWith, isSignal } from "./abort";
import { tell } from "./diagnostics";
import { read, withOwn, write } from "./document";
import { fromDocument, invalidArgument } from "./error-document";
import { AbortError } from "./errors";
import type { End, NativeClient } from "./native";

/**
 * Makes a call by its name in the core; its answer document.
 *
 * @param own the options that the method sets itself.
 */
export async function call(
  client: NativeClient,
  name: string,
  options: unknown,
  own: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const all = withOwn(read(options, "options"), own);
  const signal = takeSignal(all);
  const request = write(all);
  throwIfAborted(signal);
  const end = await settled(client, name, request, signal);
  tell(end);
  const { ok, document } = end;
  if (ok) {
    return document;
  }
  const error = fromDocument(document, signal?.aborted ? { cause: signal.reason } : {});
  Error.captureStackTrace(error, call);
  throw error;
}

async function settled(
  client: NativeClient,
  name: string,
  request: string,
  signal: AbortSignal | undefined,
): Promise<End> {
  let forget = (): void => {};
  try {
    return await new Promise<End>((resolve) => {
      const started = client.start(name, request, (ok, document) => resolve({ ok, document }));
      if (signal) {
        forget = cancelWith(signal, started);
      }
    });
  } finally {
    forget();
  }
}

/** Throws where the signal was aborted before there was anything to end. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    const details = { outcome: "not_sent", cause: signal.reason } as const;
    throw new AbortError("the call was aborted before it began", details);
  }
}

/** Takes the signal out of the options. */
export function takeSignal(options: Map<string, unknown>): AbortSignal | undefined {
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
