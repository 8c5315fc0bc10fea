/** Calls, and what token managers did, are told of on channels of `node:diagnostics_channel`. Nothing is read where nobody
 * listens. */

import { channel } from "node:diagnostics_channel";
import type { Answer } from "./answer";
import type { Kind, Outcome } from "./errors";
import { renamed } from "./names";
import { type End, native } from "./native";
import { converted } from "./status";

/** What the channel `pinterest-oauth:call` says of each call, when it is over: how it went, and no secret. */
export interface CallMessage extends Answer {
  /** `"ok"`, or the error's outcome. */
  readonly outcome: "ok" | Outcome;
  /** The error's kind; absent where the call went well. */
  readonly kind?: Kind;
}

/** What the channel `pinterest-oauth:manager` says of each refresh, whichever thread of the process made it. No secret is in
 * it. */
export interface ManagerMessage {
  /** How much it matters. */
  readonly level: "info" | "warning" | "error";
  /** What happened; `"warning"`, when somebody should look after the account. */
  readonly event: "refreshed" | "refresh_failed" | "doubtful" | "needs_login" | "warning";
  /** The name of the account; empty for tokens of the app itself. */
  readonly account: string;
  /** The same as one sentence. */
  readonly message: string;
  /** Pinterest's request id, where there was an answer. */
  readonly requestId?: string;
  /** When. */
  readonly at: Date;
}

const calls = channel("pinterest-oauth:call");
const managers = channel("pinterest-oauth:manager");

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

/** Tells what the token managers of this process did since the last time. */
export function tellOfManagers(): void {
  if (!managers.hasSubscribers) {
    return;
  }
  for (const line of JSON.parse(native.takeLog()) as object[]) {
    managers.publish(converted(line));
  }
}
