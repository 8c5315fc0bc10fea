/** Calls are told of on a channel of `node:diagnostics_channel`. Nothing is read where nobody listens. */

import { channel } from "node:diagnostics_channel";
import type { Answer } from "./answer";
import type { Kind, Outcome } from "./errors";
import { renamed } from "./names";
import type { End } from "./native";

/** What the channel `pinterest-oauth:call` says of each call, when it is over: how it went, and no secret. */
export interface CallMessage extends Answer {
  /** `"ok"`, or the error's outcome. */
  readonly outcome: "ok" | Outcome;
  /** The error's kind; absent where the call went well. */
  readonly kind?: Kind;
}

const calls = channel("pinterest-oauth:call");

/** Tells of a call that is over. A call that was refused before there was anything to send is none. */
export function tell({ ok, document }: End): void {
  if (!calls.hasSubscribers) {
    return;
  }
  const { answer, kind, outcome } = JSON.parse(document) as Record<string, unknown>;
  if (typeof answer === "object" && answer !== null) {
    calls.publish({ ...renamed(answer), ...(ok ? { outcome: "ok" } : { outcome, kind }) });
  }
}
