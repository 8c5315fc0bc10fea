// A server in a process of its own that remembers nothing: tokens, errors, now and then a broken connection.
// It ends with the process that started it.

import { createServer } from "node:net";

const answers = [
  [
    200,
    {
      access_token: "pina_1",
      refresh_token: "pinr.1",
      token_type: "bearer",
      expires_in: 60,
      scope: "pins:read",
    },
  ],
  [401, { code: 283, message: "The authorization grant is invalid" }],
  [200, { access_token: "pina_2", scope: "pins:read" }],
  [429, { code: 8, message: "slow down" }],
].map(([status, document]) => {
  const body = JSON.stringify(document);
  return `HTTP/1.1 ${status} X\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
});

let turn = 0;
const server = createServer({ noDelay: true }, (socket) => {
  socket.on("error", () => {});
  socket.on("data", (bytes) => {
    if (bytes.includes("grant_type=")) {
      turn += 1;
      turn % 997 === 0 ? socket.destroy() : socket.write(answers[turn % answers.length]);
    }
  });
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
