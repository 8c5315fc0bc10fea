// A worker thread that asks, and says so; or that leaves its calls unanswered.

import { parentPort, workerData } from "node:worker_threads";
import { Client } from "pinterest-oauth";
import { askAtOnce } from "./asking.mjs";

const { settings, asker, times, waits } = workerData;
const asked = askAtOnce(new Client(settings), asker, times);
if (waits) {
  asked.catch(() => {});
  parentPort.postMessage("asked");
} else {
  await asked;
  parentPort.postMessage("answered");
}
