// A cached access token, now and by a promise, a look into a map, and the call of a function: nanoseconds each.
import { TokenManager } from "pinterest-oauth";

const count = Number(process.argv[2]);
const account = new TokenManager().account("bench");
const known = new Map([["bench", "pina"]]);
await account.accessToken();
const each = async (what) => {
  const begin = process.hrtime.bigint();
  await what();
  return Number(process.hrtime.bigint() - begin) / count;
};
const cached = await each(() => {
  for (let i = 0; i < count; i += 1) account.accessTokenNow();
});
const promised = await each(async () => {
  for (let i = 0; i < count; i += 1) await account.accessToken();
});
const dictionary = await each(() => {
  for (let i = 0; i < count; i += 1) known.get("bench");
});
const nothing = () => known;
const call = await each(() => {
  for (let i = 0; i < count; i += 1) nothing();
});
console.log(JSON.stringify({ cached: promised, now: cached, dictionary, call }));
