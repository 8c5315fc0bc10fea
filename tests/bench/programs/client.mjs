// Calls from Node. Usage: client.mjs WHAT MODE [CALLS AT_ONCE], or client.mjs versions; README.md says what
// the modes do. Each imports what it needs and no more. All encode the form and take the access token out of
// the JSON.
const LIMIT_MS = 30_000;
const WARM_UP = 2000;
const WARM_UP_EACH = 3;
const KIND = "application/x-www-form-urlencoded";

const [what, mode, calls, atOnce] = process.argv.slice(2);
const { BENCH_URL, BENCH_CA_FILE, PINTEREST_APP_ID, PINTEREST_APP_SECRET } = process.env;
const url = `${BENCH_URL}/oauth/token`;
const form =
  mode === "once"
    ? { grant_type: "client_credentials" }
    : { grant_type: "refresh_token", refresh_token: "pinr.benchmark.benchmark.benchmark" };
const encoded = () => new URLSearchParams(form).toString();
const credentials = `${PINTEREST_APP_ID}:${PINTEREST_APP_SECRET}`;
const basic = () => `Basic ${Buffer.from(credentials).toString("base64")}`;

const contestants = {
  "bare interpreter": async () => async () => "nothing",
  ours,
  "raw socket": rawSocket,
  "node:http": nodeHttp,
  undici,
  fetch: fetchIt,
  koffi: throughKoffi,
};

async function ours() {
  const { Client } = await import("pinterest-oauth");
  const client = new Client({
    appId: PINTEREST_APP_ID,
    appSecret: PINTEREST_APP_SECRET,
    baseUrl: BENCH_URL,
    caFile: BENCH_CA_FILE,
  });
  const { grant_type: grantType, refresh_token: refreshToken } = form;
  return async () => (await client.oauthToken({ grantType, refreshToken })).accessToken;
}

// One connection, so one call at a time.
async function rawSocket() {
  const { connect } = await import("node:net");
  const { hostname, port, host, pathname } = new URL(url);
  const socket = connect({ host: hostname, port, noDelay: true }).setEncoding("latin1");
  const authorization = basic();
  return () =>
    new Promise((resolve, reject) => {
      let answer = "";
      const take = (chunk) => {
        answer += chunk;
        const head = answer.indexOf("\r\n\r\n") + 4;
        if (head < 4) return;
        const length = Number(/content-length: (\d+)/i.exec(answer)[1]);
        if (answer.length < head + length) return;
        socket.off("data", take).off("close", reject);
        resolve(JSON.parse(Buffer.from(answer.slice(head), "latin1").toString()).access_token);
      };
      socket.on("data", take).once("close", reject);
      const body = encoded();
      socket.write(
        `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\nauthorization: ${authorization}\r\n` +
          `content-type: ${KIND}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
    });
}

async function nodeHttp() {
  const { Agent, request } = await import(url.startsWith("https:") ? "node:https" : "node:http");
  const agent = new Agent({ keepAlive: true });
  return () =>
    new Promise((resolve, reject) => {
      const body = encoded();
      const headers = { "content-type": KIND, "content-length": body.length };
      request(url, { method: "POST", agent, auth: credentials, headers, timeout: LIMIT_MS }, (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => resolve(JSON.parse(text).access_token));
      })
        .on("error", reject)
        .end(body);
    });
}

async function undici() {
  const { Agent, request } = await import("undici");
  const dispatcher = new Agent({ headersTimeout: LIMIT_MS });
  const headers = { authorization: basic(), "content-type": KIND };
  return async () => {
    const { body } = await request(url, { dispatcher, method: "POST", headers, body: encoded() });
    return (await body.json()).access_token;
  };
}

async function fetchIt() {
  const headers = { authorization: basic() };
  return async () => {
    const answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams(form) });
    return (await answer.json()).access_token;
  };
}

// The C library. By default the 257th call at once is refused.
async function throughKoffi() {
  const { default: koffi } = await import("koffi");
  const { promisify } = await import("node:util");
  koffi.config({ max_async_calls: 1024 });
  const library = koffi.load(process.env.PINTEREST_OAUTH_LIBRARY);
  const open = library.func("int pinterest_oauth_client_new(const char *, _Out_ void **, _Out_ void **)");
  const token = library.func("int pinterest_oauth_client_token(void *, const char *, _Out_ void **)");
  const free = library.func("void pinterest_oauth_string_free(void *)");
  const start = promisify(token.async);
  const client = [null];
  const settings = {
    app_id: PINTEREST_APP_ID,
    app_secret: PINTEREST_APP_SECRET,
    base_url: BENCH_URL,
    ca_file: BENCH_CA_FILE,
  };
  if (open(JSON.stringify(settings), client, [null]) !== 0) throw new Error("no client");
  return async () => {
    const document = [null];
    const status = await start(client[0], JSON.stringify(form), document);
    const text = koffi.decode(document[0], "char", -1);
    free(document[0]);
    if (status !== 0) throw new Error(text);
    return JSON.parse(text).access_token;
  };
}

async function many(call) {
  const { createInterface } = await import("node:readline");
  for (let number = 0; number < WARM_UP; number++) await call();
  for await (const line of createInterface({ input: process.stdin })) {
    const times = [];
    const spent = cpu();
    for (let number = 0; number < Number(line); number++) {
      const before = process.hrtime.bigint();
      await call();
      times.push(Number(process.hrtime.bigint() - before));
    }
    console.log(JSON.stringify([cpu() - spent, ...times]));
  }
  process.exit(); // whatever is still connected
}

// Of this process with all its threads, in ns.
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

// Calls a second, of all together.
async function several(call) {
  const all = (each) =>
    Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let number = 0; number < each; number++) await call();
      }),
    );
  await all(WARM_UP_EACH);
  const before = process.hrtime.bigint();
  await all(calls);
  console.log((calls * atOnce * 1e9) / Number(process.hrtime.bigint() - before));
}

if (what === "versions") {
  const { createRequire } = await import("node:module");
  const { version } = createRequire(import.meta.url)("undici/package.json");
  const { default: koffi } = await import("koffi");
  const node = `Node ${process.versions.node} with fetch of undici ${process.versions.undici}`;
  console.log(`${node}, undici ${version}, koffi ${koffi.version}`);
} else {
  const call = await contestants[what]();
  if (mode === "many") await many(call);
  else if (mode === "several") await several(call);
  else if (!(await call())) throw new Error("no token");
}
