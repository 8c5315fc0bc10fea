// The same as worker.c in Node, all callers at once: `worker.mjs CALLERS < lines`.
import { createInterface } from "node:readline";
import { TokenManager } from "../../bindings/node/dist/index.mjs";

const callers = Number(process.argv[2]);
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
let account;

async function ask() {
  try {
    return `0 ${await account.accessToken()}`;
  } catch (error) {
    return `1 ${error.kind}: ${error.message}`;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (account === undefined) {
    const settings = Object.entries(JSON.parse(line)).map(([name, value]) => [camel(name), value]);
    account = new TokenManager(Object.fromEntries(settings)).account("shop");
    console.log("ready");
  } else {
    const said = await Promise.all(Array.from({ length: callers }, ask));
    console.log([...said, "."].join("\n"));
  }
}
