// Answers every token request on every connection with the same token, after so many milliseconds.

import { createServer } from "node:net";
import { workerData as delay, parentPort } from "node:worker_threads";

const body = JSON.stringify({
  access_token: "pina_bench",
  token_type: "bearer",
  expires_in: 2592000,
  scope: "ads:read",
});
const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

const server = createServer({ noDelay: true }, (socket) => {
  let unread = "";
  socket.on("error", () => {});
  socket.on("data", (bytes) => {
    unread += bytes.toString("latin1");
    if (unread.includes("grant_type=")) {
      unread = "";
      delay ? setTimeout(() => socket.write(answer), delay) : socket.write(answer);
    }
  });
});
server.listen({ host: "127.0.0.1", port: 0, backlog: 1024 }, () =>
  parentPort.postMessage(server.address().port),
);
