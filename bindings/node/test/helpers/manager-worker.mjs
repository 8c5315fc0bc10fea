// A worker thread, a process or a worker of a cluster that asks a manager for an access token, and says it.

import { parentPort, workerData } from "node:worker_threads";
import { TokenManager } from "pinterest-oauth";

const { settings, account, times } = workerData ?? JSON.parse(process.env.ASKS);
const tell = parentPort ? (message) => parentPort.postMessage(message) : (message) => process.send(message);
const handle = new TokenManager(settings).account(account);
tell("asks");
tell(await Promise.all(Array.from({ length: times }, () => handle.accessToken())));
if (!parentPort) {
  process.disconnect();
}
