// A browser whose person clicks, played with plain requests: node:http, for `fetch` says itself that it is none.

import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { request as secureRequest } from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** What a browser says of an address to which a person goes. */
const NAVIGATION = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

export class Browser {
  /** By host, for cookies know no port; by name. */
  #jars = new Map();

  /** `places` says where hosts are, in place of this machine's own; `ca` what is trusted. */
  constructor({ places = {}, ca } = {}) {
    this.places = places;
    this.ca = ca;
  }

  /** Where it says so, an answer: `status`, `headers`, `location` and `body`. No redirect is followed. */
  async ask(address, { method = "GET", headers = NAVIGATION, form } = {}) {
    const { protocol, hostname, host, port, pathname, search } = new URL(address);
    const jar = this.#jarOf(hostname);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = form && new URLSearchParams(form).toString();
    const secure = protocol === "https:";
    const options = {
      method: body === undefined ? method : "POST",
      host: "127.0.0.1",
      port: this.places[hostname] ?? (port || (secure ? 443 : 80)),
      path: pathname + search,
      servername: secure ? hostname : undefined,
      ca: this.ca,
      agent: false,
      headers: {
        host,
        ...(cookie === "" ? {} : { cookie }),
        ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
        ...headers,
      },
    };
    const answer = await new Promise((resolve, reject) => {
      (secure ? secureRequest : request)(options, resolve).on("error", reject).end(body);
    });
    for (const set of answer.headers["set-cookie"] ?? []) {
      const [, name, value, attributes] = /^([^=]+)=([^;]*)(.*)$/.exec(set);
      if (/Max-Age=0(;|$)/i.test(attributes)) {
        jar.delete(name);
      } else if (secure || !/; Secure/i.test(attributes)) {
        jar.set(name, value);
      }
    }
    const { location } = answer.headers;
    return {
      status: answer.statusCode,
      headers: answer.headers,
      location: location && new URL(location, address).href,
      body: await text(answer),
    };
  }

  /** Goes to an address, and on to wherever it is sent; the last answer, and its address. */
  async goTo(address) {
    for (let hops = 0; hops < 10; hops += 1) {
      const answer = await this.ask(address);
      if (answer.location === undefined) {
        return { ...answer, address };
      }
      address = answer.location;
    }
    throw new Error("it is sent in a circle");
  }

  /** Clicks on Pinterest's page; the address to which it sends back. */
  async click(page, decision = "allow") {
    const { origin, pathname, searchParams } = new URL(page);
    const answer = await this.ask(origin + pathname, { form: [...searchParams, ["decision", decision]] });
    return answer.location;
  }

  /** The names of the cookies of a host. */
  cookies(host) {
    return [...this.#jarOf(host).keys()];
  }

  #jarOf(host) {
    if (!this.#jars.has(host)) {
      this.#jars.set(host, new Map());
    }
    return this.#jars.get(host);
  }
}

/** A port that is free, and that nobody gets by chance: systems give those above 32,767 to whoever asks for any. */
export async function freePort() {
  const port = randomInt(20_000, 30_000);
  const free = await Promise.all(["127.0.0.1", "::1"].map((host) => isFree(port, host)));
  return free.every(Boolean) ? port : freePort();
}

async function isFree(port, host) {
  try {
    const server = await listen(port, host);
    await new Promise((done) => server.close(done));
    return true;
  } catch (error) {
    // A machine without IPv6.
    return ["EAFNOSUPPORT", "EADDRNOTAVAIL"].includes(error.code);
  }
}

/** Something that listens there. */
export async function listen(port, host) {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen({ port, host }, resolve);
  });
  return server;
}

/** A program for BROWSER, in that folder: it opens the address that it is given, and clicks. */
export function clickingBrowser(folder) {
  const file = join(folder, "browser.mjs");
  const program = `#!${process.execPath}
    import { Browser } from "${import.meta.url}";
    const browser = new Browser();
    const page = (await browser.ask(process.argv[2])).location;
    await browser.goTo(await browser.click(page));
  `;
  writeFileSync(file, program, { mode: 0o755 });
  return file;
}
