/** Finds the native half of this package, and makes sure that it is the right one. */

import { join } from "node:path";
import { nativePath, platform } from "./platform";

/** The end of a call: whether well, and the answer or the error document. */
export interface End {
  readonly ok: boolean;
  readonly document: string;
}

export interface NativeCall {
  cancel(): void;
}

export interface NativeClient {
  /** Starts a call by its name in the core; `done` gets its end exactly once, and never before this returns. */
  start(name: string, request: string, done: (ok: boolean, document: string) => void): NativeCall;
  authorizeUrl(request: string): End;
}

interface Native {
  version(): string;
  kinds(): [kind: string, whatNow: string][];
  readToken(text: string): End;
  redirect(request: string): End;
  connect(settings: string): NativeClient | string;
}

const { version: ours } = require(join(__dirname, "..", "package.json")) as { version: string };

function failure(message: string, cause?: unknown): Error {
  const error = new Error(message, cause === undefined ? {} : { cause });
  return Object.assign(error, { code: "ERR_PINTEREST_NATIVE" });
}

function load(): Native {
  const path = nativePath();
  let native: Partial<Native>;
  try {
    native = require(path) as Native;
  } catch (cause) {
    throw failure(`pinterest-oauth cannot load its native library for ${platform()} from ${path}`, cause);
  }
  const theirs = native.version?.() ?? "unknown";
  if (theirs !== ours) {
    throw failure(
      `pinterest-oauth ${ours} found a native library of version ${theirs} at ${path}: install the package anew`,
    );
  }
  return native as Native;
}

/** The version of this package. */
export const version: string = ours;

export const native: Native = load();
