// Programs of their own, each in a process that ends by itself or is ended.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

const LIMIT = 60_000;

/** Runs a program to its end: its exit code, or the signal that ended it, and what it printed. */
export async function run(command, args, { input, ...options } = {}) {
  const child = spawn(command, args, { timeout: LIMIT, killSignal: "SIGKILL", ...options });
  const printed = [text(child.stdout), text(child.stderr)];
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [code, signal] = await once(child, "close");
  const [stdout, stderr] = await Promise.all(printed);
  return { code, signal, stdout, stderr };
}

/** Runs JavaScript in a process of its own, here, where the package is installed. */
export function program(source, { environment = {}, flags = [], ...options } = {}) {
  const args = [...flags, "--input-type=module", "--eval", source];
  return run(process.execPath, args, { env: { ...process.env, ...environment }, ...options });
}
