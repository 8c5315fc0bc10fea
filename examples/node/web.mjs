// A web app logs its owner in at Pinterest: several workers behind one address, and no session between them.
//
// Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and REDIRECT_URI where it is not the one below: register it with the app.
// For a test server set PINTEREST_API_URI and PINTEREST_OAUTH_URI too; `pinterest-oauth emulator` prints all of them.

import cluster from "node:cluster";
import { createServer } from "node:http";
import { PinterestOAuthError, TokenManager } from "pinterest-oauth";

const WORKERS = 3;
const REDIRECT_URI = process.env.REDIRECT_URI ?? "http://localhost:8085/callback";
const PORT = process.env.PORT ?? new URL(REDIRECT_URI).port;
/** What every page sends along: an address with a code is kept by nobody, and sent to nobody. */
const HEADERS = { "cache-control": "no-store", "referrer-policy": "no-referrer" };

const manager = new TokenManager();

const routes = {
  "/": async (_request, response) => {
    const account = (await manager.accounts()).find(({ account }) => account === "default");
    const text = account ? `Logged in: ${account.scopes.join(", ")}.` : "Nobody is logged in.";
    // A link, no form: a policy with form-action 'self' would keep a form from ending at Pinterest.
    const page = `<p>${text}</p><a href="/login?next=/settings">Log in at Pinterest</a>`;
    response.writeHead(200, { ...HEADERS, "content-type": "text/html; charset=utf-8" }).end(page);
  },

  "/settings": (_request, response) => show(response, 200, "Here are your settings."),

  "/login": (request, response, { searchParams }) => {
    const { url, setCookies } = manager.beginLogin({
      redirectUri: REDIRECT_URI,
      scope: ["pins:read", "boards:read", "user_accounts:read"],
      next: searchParams.get("next") ?? "/",
      request,
      // Where there are users: owner, with the id of the one who is here; and at the end the same.
    });
    response.writeHead(303, { ...HEADERS, location: url, "set-cookie": setCookies }).end();
  },

  [new URL(REDIRECT_URI).pathname]: async (request, response) => {
    const end = await manager.finishLogin({ request });
    const { status, message, next = "/", setCookies } = end;
    if (end.outcome === "done") {
      response.writeHead(status, { ...HEADERS, location: next, "set-cookie": setCookies }).end();
    } else {
      show(response, status, message, { "set-cookie": setCookies });
    }
  },
};

function show(response, status, text, headers = {}) {
  const all = { ...HEADERS, ...headers, "content-type": "text/plain; charset=utf-8" };
  response.writeHead(status, all).end(text);
}

async function answer(request, response) {
  const url = new URL(request.url, "http://localhost");
  // The path alone: the query may hold a code.
  console.log(process.pid, request.method, url.pathname);
  const route = Object.hasOwn(routes, url.pathname) ? routes[url.pathname] : undefined;
  try {
    await (route ? route(request, response, url) : show(response, 404, "There is nothing here."));
  } catch (error) {
    // Such as a `next` that leads away, or Pinterest that cannot be reached.
    console.error(error instanceof PinterestOAuthError ? error.text : error);
    const isOurs = error instanceof PinterestOAuthError && error.field === "next";
    show(response, isOurs ? 400 : 502, "The login did not work. Please try again.");
  }
}

if (cluster.isPrimary) {
  const begin = () => cluster.fork();
  cluster.on("exit", (worker) => worker.exitedAfterDisconnect || begin());
  for (let count = 0; count < WORKERS; count += 1) {
    begin();
  }
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => cluster.disconnect());
  }
} else {
  // Ctrl-C reaches every process: what was sent is stored before this one ends.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => {});
  createServer(answer).listen(PORT, "127.0.0.1", () => console.log(process.pid, "listens"));
}
