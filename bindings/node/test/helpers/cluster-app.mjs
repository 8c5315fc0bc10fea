// A server of several processes: the primary calls first, then its workers answer visitors with calls.

import cluster from "node:cluster";
import { createServer } from "node:http";
import { Client } from "pinterest-oauth";
import { ask } from "./asking.mjs";

const WORKERS = 3;
const settings = JSON.parse(process.env.SETTINGS);
const client = new Client(settings);

if (cluster.isPrimary) {
  await ask(client, 99, 1);
  let listening = 0;
  cluster.on("listening", (_, { port }) => {
    listening += 1;
    if (listening === WORKERS) {
      console.log(port);
    }
  });
  cluster.on("exit", (_, code, signal) => {
    process.exitCode ||= code === 0 ? 0 : 1;
    console.error(code, signal);
  });
  for (let worker = 0; worker < WORKERS; worker += 1) {
    cluster.fork();
  }
  process.stdin.resume().on("end", async () => {
    await ask(client, 99, 2);
    cluster.disconnect();
  });
} else {
  const server = createServer(async (request, response) => {
    const asker = Number(request.url.slice(1));
    await ask(client, asker, 1);
    response.setHeader("connection", "close");
    response.end(JSON.stringify({ asker, pid: process.pid }));
  });
  server.listen(0, "127.0.0.1");
}
