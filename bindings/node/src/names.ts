/** JavaScript writes names in camel case; documents write them as Pinterest does. */

/** `redirectUri` as `redirect_uri`. */
export function toDocumentName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `redirect_uri` as `redirectUri`. */
export function toName(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The options of an object by the names of documents; their values stay. */
export function documentNames(options: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [toDocumentName(name), value]));
}

/** A document with JavaScript's names; what is `null` in it is absent. */
export function renamed(document: object): Record<string, unknown> {
  const known = Object.entries(document).filter(([, value]) => value !== null);
  return Object.fromEntries(known.map(([name, value]) => [toName(name), value]));
}
