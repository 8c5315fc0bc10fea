// What is done with a token manager.

import { Token, TokenManager } from "../../../../bindings/node/dist/index.mjs";

/**
 * The answer document of an operation.
 *
 * @param words how the driver reads options and writes documents.
 */
export async function managed(operation, settings, request, words) {
  const { options, documentOf, errorDocument, tokenDocument } = words;
  const manager = new TokenManager(settings);
  const [of, name] = operation.split(".");
  const { account: named, token, ...others } = request;
  const account = of === "account" && (named === undefined ? manager.account() : manager.account(named));
  const status = (one) => {
    const { pinterestCode: code, ...trouble } = one.trouble ?? {};
    return { ...reported("status", one), trouble: one.trouble ? renamed({ code, ...trouble }) : null };
  };
  const reported = (document, report) => renamed(documentOf(document, report));
  switch (operation) {
    case "account.access_token":
      return JSON.stringify({ access_token: await account.accessToken(others) });
    case "app.access_token":
      return JSON.stringify({ access_token: await manager.app(others.scopes).accessToken() });
    case "account.access_token_now":
      return JSON.stringify({ access_token: account.accessTokenNow() ?? null });
    case "account.rejected":
      return JSON.stringify({ access_token: await account.rejected(others.access_token, others.code) });
    case "account.login":
    case "account.refresh":
      return tokenDocument(await account[name](options(others)));
    case "account.token":
    case "account.export":
      return tokenDocument(await account[name]());
    case "account.import":
      await account.import(Token.deserialize(JSON.stringify(token)));
      return "{}";
    case "account.rename":
      await account.rename(others.new_name);
      return "{}";
    case "account.status":
      return JSON.stringify(status(await account.status()));
    case "account.remove":
      return JSON.stringify(reported("removed", await account.remove()));
    case "account.unsaved": {
      const unsaved = account.unsaved();
      return `{"token":${unsaved ? tokenDocument(unsaved) : null}}`;
    }
    case "manager.accounts":
      return JSON.stringify({ accounts: (await manager.accounts()).map(status) });
    case "manager.refresh_due": {
      const report = await manager.refreshDue(others);
      const failed = report.failed.map(({ account, error }) => ({ account, error: errorDocument(error) }));
      return JSON.stringify({ ...reported("refresh_due", report), failed });
    }
    case "manager.doctor":
      return JSON.stringify(reported("doctor", await manager.doctor(others)));
    default:
      throw new Error(`no such operation: ${operation}`);
  }
}

/** Names with underscores, and times in Unix seconds, also inside. */
function renamed(value) {
  if (value instanceof Date) {
    return value.getTime() / 1000;
  }
  if (Array.isArray(value)) {
    return value.map(renamed);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([name, inside]) => {
    return [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), renamed(inside)];
  });
  return Object.fromEntries(entries);
}
