/** The native half for this system. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the build puts the native half. */
export function nativePath(): string {
  return join(__dirname, "..", "native", platform(), "pinterest_oauth.node");
}

/** The package that holds the native half where this one does not. */
export function packageName(): string {
  return `pinterest-oauth-${platform()}`;
}

/**
 * What the build made; `undefined` where there is nothing.
 *
 * Every name is written out, for bundlers follow no other. They leave out those in a `try` that are not there.
 */
export function built(): unknown {
  try {
    switch (platform()) {
      case "linux-x64-gnu":
        return require("../native/linux-x64-gnu/pinterest_oauth.node");
      case "linux-x64-musl":
        return require("../native/linux-x64-musl/pinterest_oauth.node");
      case "linux-arm64-gnu":
        return require("../native/linux-arm64-gnu/pinterest_oauth.node");
      case "linux-arm64-musl":
        return require("../native/linux-arm64-musl/pinterest_oauth.node");
      case "darwin-x64":
        return require("../native/darwin-x64/pinterest_oauth.node");
      case "darwin-arm64":
        return require("../native/darwin-arm64/pinterest_oauth.node");
      case "win32-x64":
        return require("../native/win32-x64/pinterest_oauth.node");
      case "win32-arm64":
        return require("../native/win32-arm64/pinterest_oauth.node");
      default:
        return undefined;
    }
  } catch (error) {
    return absent(error);
  }
}

/** What the package of this system holds; `undefined` where it is not installed. */
export function packaged(): unknown {
  try {
    switch (platform()) {
      case "linux-x64-gnu":
        return require("pinterest-oauth-linux-x64-gnu");
      case "linux-x64-musl":
        return require("pinterest-oauth-linux-x64-musl");
      case "linux-arm64-gnu":
        return require("pinterest-oauth-linux-arm64-gnu");
      case "linux-arm64-musl":
        return require("pinterest-oauth-linux-arm64-musl");
      case "darwin-x64":
        return require("pinterest-oauth-darwin-x64");
      case "darwin-arm64":
        return require("pinterest-oauth-darwin-arm64");
      case "win32-x64":
        return require("pinterest-oauth-win32-x64");
      case "win32-arm64":
        return require("pinterest-oauth-win32-arm64");
      default:
        return undefined;
    }
  } catch (error) {
    return absent(error);
  }
}

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") {
    throw error;
  }
}

/** The name of this system, for example `linux-x64-gnu`. */
export function platform(): string {
  const system = `${process.platform}-${process.arch}`;
  return process.platform === "linux" ? `${system}-${libc()}` : system;
}

/** The C library of this very process: both may be installed. */
function libc(): "gnu" | "musl" {
  try {
    return readFileSync("/proc/self/maps", "latin1").includes("/ld-musl-") ? "musl" : "gnu";
  } catch {
    return "gnu";
  }
}
