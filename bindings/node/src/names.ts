/** Options are named as JavaScript names things; documents name them as Pinterest does. */

/** Times, whose name says the unit in documents. */
const TIMES = new Map([
  ["timeout", "timeout_ms"],
  ["connectTimeout", "connect_timeout_ms"],
]);

/** `redirectUri` as `redirect_uri`. */
export function toDocumentName(option: string): string {
  return TIMES.get(option) ?? option.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `redirect_uri` as `redirectUri`, and `extra.my_key` as itself. */
export function toOptionName(name: string): string {
  for (const [time, documentName] of TIMES) {
    if (documentName === name) {
      return time;
    }
  }
  const [first = "", ...rest] = name.split(".");
  const option = first.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return [option, ...rest].join(".");
}

/** Whether a name is one of JavaScript's. Others are refused, lest one thing have two names. */
export function isOptionName(option: string): boolean {
  return !option.includes("_") && (TIMES.has(option) || !toDocumentName(option).endsWith("_ms"));
}
