/** Requests with the access token of an account. */

import type { Account } from "./account";
import { InvalidTokenError, StoreBusyError } from "./errors";

const UNAUTHORIZED = 401;

/** Pinterest's code for an access token that is not accepted. */
const NOT_ACCEPTED = 2;

/** The global `fetch` with the account's access token, and once more with a new one where Pinterest does not take it. */
export async function fetchWith(
  account: Account,
  input: string | URL | Request,
  init: RequestInit,
): Promise<Response> {
  const request = input instanceof Request ? input : undefined;
  const signal = init.signal ?? request?.signal ?? undefined;
  const send = (token: string) => {
    const headers = new Headers(init.headers ?? request?.headers);
    headers.set("authorization", `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
  const token = await account.accessToken(signal && { signal });
  const answer = await send(token);
  if (!(await isRejected(answer))) {
    return answer;
  }
  let next: string;
  try {
    next = await account.rejected(token, NOT_ACCEPTED, { signal });
  } catch (error) {
    // A refresh was made a moment ago: the answer says all that there is to say.
    if (error instanceof InvalidTokenError || error instanceof StoreBusyError) {
      return answer;
    }
    throw error;
  }
  if (!isSentAgain(init.body ?? request?.body)) {
    return answer;
  }
  await answer.body?.cancel();
  return send(next);
}

async function isRejected(answer: Response): Promise<boolean> {
  if (answer.status !== UNAUTHORIZED) {
    return false;
  }
  try {
    const { code } = (await answer.clone().json()) as { code?: unknown };
    return code === NOT_ACCEPTED;
  } catch {
    return false;
  }
}

/** Whether a body can be sent twice: a stream, an iterator and the body of a `Request` cannot. */
function isSentAgain(body: RequestInit["body"]): boolean {
  const kinds = [ArrayBuffer, URLSearchParams, FormData, Blob];
  return (
    body === undefined ||
    body === null ||
    typeof body === "string" ||
    ArrayBuffer.isView(body) ||
    kinds.some((kind) => body instanceof kind)
  );
}
