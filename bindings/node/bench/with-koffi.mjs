import { join } from "node:path";
import { promisify } from "node:util";
import koffi from "koffi";

// By default the 257th call at once is refused.
koffi.config({ max_async_calls: 1024 });
const library = koffi.load(join(import.meta.dirname, "../../../target/release/libpinterest_oauth_ffi.so"));
const open = library.func("int pinterest_oauth_client_new(const char *, _Out_ void **, _Out_ void **)");
const token = library.func("int pinterest_oauth_client_token(void *, const char *, _Out_ void **)");
const free = library.func("void pinterest_oauth_string_free(void *)");
const start = promisify(token.async);

export function connect({ appId, appSecret, baseUrl, trustEnv }) {
  const client = [null];
  const settings = { app_id: appId, app_secret: appSecret, base_url: baseUrl, trust_env: trustEnv };
  if (open(JSON.stringify(settings), client, [null]) !== 0) {
    throw new Error("no client");
  }
  return async () => {
    const document = [null];
    const status = await start(client[0], JSON.stringify({ grant_type: "client_credentials" }), document);
    const text = koffi.decode(document[0], "char", -1);
    free(document[0]);
    if (status !== 0) {
      throw new Error(text);
    }
    return JSON.parse(text);
  };
}
