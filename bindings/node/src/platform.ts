/** Where the native half is, for this system. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The native half's file. */
export function nativePath(): string {
  return join(__dirname, "..", "native", platform(), "pinterest_oauth.node");
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
