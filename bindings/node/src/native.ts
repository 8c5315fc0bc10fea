/** Finds the native half of this package, and makes sure that it is the right one. */

import { built, nativePath, packaged, packageName, platform } from "./platform";

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
  check(): End;
  authorizeUrl(request: string): End;
}

interface Native {
  version(): string;
  kinds(): [kind: string, whatNow: string][];
  readToken(text: string): End;
  redirect(request: string): End;
  /** A client, or the error document. `variable` gives the value of an environment variable. */
  connect(settings: string, variable: (name: string) => string | undefined): NativeClient | string;
}

// A bundler puts the file in, so that this stays the version of this package and not of the program around it.
const { version: ours } = require("../package.json") as { version: string };

function failure(message: string, cause?: unknown): Error {
  const error = new Error(message, cause === undefined ? {} : { cause });
  return Object.assign(error, { code: "ERR_PINTEREST_NATIVE" });
}

function load(): Native {
  const places = `${nativePath()} or the package ${packageName()}`;
  let native: Partial<Native> | undefined;
  let cause: unknown;
  try {
    native = (built() ?? packaged()) as Partial<Native> | undefined;
  } catch (error) {
    cause = error;
  }
  if (native === undefined) {
    const bundle = "; a bundler needs to be told of it: see Bundlers in the README";
    throw failure(
      `pinterest-oauth cannot load its native library for ${platform()} from ${places}${bundle}`,
      cause,
    );
  }
  const theirs = native.version?.() ?? "unknown";
  if (theirs !== ours) {
    throw failure(
      `pinterest-oauth ${ours} found a native library of version ${theirs} at ${places}: install the package anew`,
    );
  }
  return native as Native;
}

/** The version of this package. */
export const version: string = ours;

export const native: Native = load();
