/** Signals that end calls. */

/** What a signal can end. */
interface Cancellable {
  cancel(): void;
}

interface Waiting {
  readonly calls: Set<Cancellable>;
  readonly cancelAll: () => void;
}

/** The calls of each signal. One listener serves all of them, for Node warns of the eleventh. */
const waiting = new WeakMap<AbortSignal, Waiting>();

/** Ends the call with the signal. The function that it gives ends this bond. */
export function cancelWith(signal: AbortSignal, call: Cancellable): () => void {
  const { calls, cancelAll } = waiting.get(signal) ?? listen(signal);
  calls.add(call);
  return () => {
    calls.delete(call);
    if (calls.size === 0) {
      signal.removeEventListener("abort", cancelAll);
      waiting.delete(signal);
    }
  };
}

function listen(signal: AbortSignal): Waiting {
  const calls = new Set<Cancellable>();
  const cancelAll = () => {
    for (const call of calls) {
      call.cancel();
    }
  };
  signal.addEventListener("abort", cancelAll);
  const waits = { calls, cancelAll };
  waiting.set(signal, waits);
  return waits;
}

/** Not `instanceof`: test environments and polyfills bring classes of their own. */
export function isSignal(value: unknown): value is AbortSignal {
  const { aborted, addEventListener, removeEventListener } = value as Partial<AbortSignal>;
  return (
    typeof aborted === "boolean" &&
    typeof addEventListener === "function" &&
    typeof removeEventListener === "function"
  );
}
