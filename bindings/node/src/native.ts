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
  start(name: string, request: string, done: Done): NativeCall;
  check(): End;
  authorizeUrl(request: string): End;
}

/** Gets the end of a call exactly once, and never before the function returns that took it. */
export type Done = (ok: boolean, document: string) => void;

export interface NativeManager {
  account(name: string): NativeAccount | string;
  app(scopes: string): NativeAccount | string;
  accounts(done: Done): void;
  refreshDue(parallel: number | undefined, done: Done): void;
  doctor(repair: boolean, done: Done): void;
  /** `told` gets a `login_started` document, then `login_event` documents; the event `done` and an error are the last. */
  login(options: string, told: Done): NativeLogin;
  beginLogin(request: string): End;
  finishLogin(visit: string, done: Done): void;
}

/** A login under way. It ends when nobody holds it any more. */
export interface NativeLogin {
  paste(address: string): End;
  show(): End;
  answer(replace: boolean): void;
  /** Whether the wait was ended, now or before: then nothing was sent. */
  cancel(): boolean;
}

/** What `done` gets is an access token where the name says so, else a document; or the error document. */
export interface NativeAccount {
  name(): string;
  cached(): string | null;
  accessTokenNow(): string | null;
  accessToken(done: Done): void;
  accessTokenFor(scopes: string, done: Done): void;
  token(done: Done): void;
  rejected(accessToken: string, code: number, done: Done): void;
  login(request: string, done: Done): void;
  import(token: string, done: Done): void;
  refresh(force: boolean, done: Done): void;
  status(done: Done): void;
  export(done: Done): void;
  remove(done: Done): void;
  rename(newName: string, done: Done): void;
  unsaved(): string | null;
}

interface Native {
  version(): string;
  kinds(): [kind: string, whatNow: string][];
  readToken(text: string): End;
  redirect(request: string): End;
  /** A client, or the error document. `variable` gives the value of an environment variable. */
  connect(settings: string, variable: (name: string) => string | undefined): NativeClient | string;
  /** The same for a token manager. */
  openManager(settings: string, variable: (name: string) => string | undefined): NativeManager | string;
  takeLog(): string;
  finish(seconds: number, done: Done): void;
  finishNow(seconds: number): boolean;
  finishAtEnd(seconds: number): void;
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
