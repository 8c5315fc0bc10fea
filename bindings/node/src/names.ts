/** JavaScript writes names in camel case; documents write them as Pinterest does. */

/** `redirectUri` as `redirect_uri`. */
export function toDocumentName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `redirect_uri` as `redirectUri`. */
export function toName(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A document with JavaScript's names; what is `null` in it is absent. */
export function renamed(document: object): Record<string, unknown> {
  const known = Object.entries(document).filter(([, value]) => value !== null);
  return Object.fromEntries(known.map(([name, value]) => [toName(name), value]));
}
