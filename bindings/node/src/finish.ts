/** The end of a process: what a token manager has sent is stored first. */

import { tellOfManagers } from "./diagnostics";
import { invalidArgument } from "./error-document";
import { native } from "./native";
import { work } from "./work";

/** The deadline of a call where nobody sets another, in milliseconds. */
const DEADLINE = 30_000;

/** One listener serves all copies of this package that share a native half. */
const LISTENS = Symbol.for(`pinterest-oauth:finish:${__dirname}`);

/**
 * Waits until what this process has begun is stored: a refresh or a login that was sent is driven to its end. The end of
 * a process, `process.exit()` among them, waits by itself, at most 30 seconds; so does the end of a worker.
 *
 * @param milliseconds how long at most. Default: 30,000.
 * @returns whether nothing is left.
 * @throws {@link InvalidArgumentError} when `milliseconds` is no finite number.
 */
export async function finish(milliseconds: number = DEADLINE): Promise<boolean> {
  if (!Number.isFinite(milliseconds)) {
    throw invalidArgument("milliseconds", "must be a finite number");
  }
  return (await work((done) => native.finish(milliseconds / 1000, done))) === "true";
}

/** Makes the end of this process, or of this worker, wait. */
export function finishAtEnd(): void {
  const marks = process as unknown as Record<symbol, true>;
  if (marks[LISTENS] === undefined) {
    Object.defineProperty(process, LISTENS, { value: true });
    process.on("exit", () => {
      native.finishNow(DEADLINE / 1000);
      tellOfManagers();
    });
    // A worker that is terminated sees no such event.
    native.finishAtEnd(DEADLINE / 1000);
  }
}
