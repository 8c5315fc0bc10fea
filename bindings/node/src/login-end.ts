/** What a login tells on its way and at its end. No secret is in it. */

/** How a login ended, and how to answer the visitor of a web app. What is not known is absent. */
export interface LoginEnd {
  /** `"done"`: the token is stored; `"denied"`: access was not given; `"mismatch"`: the redirect is of no login of this
   * browser; `"not_a_visit"`: nobody came. */
  readonly outcome: "done" | "denied" | "mismatch" | "not_a_visit";
  /** The HTTP status to answer the visitor with: 303, 403, 400 or 204. */
  readonly status: number;
  /** What happened, as a sentence for the visitor. */
  readonly message: string;
  /** The account that was to be logged in. */
  readonly account?: string;
  /** Where the visitor goes on: the path that was given at the begin. */
  readonly next?: string;
  /** The values of the answer's `Set-Cookie` headers, one header for each. */
  readonly setCookies: string[];
  /** What the access token may do. */
  readonly scopes: readonly string[];
  /** When the access token expires. */
  readonly expiresAt?: Date;
  /** When the refresh token expires. */
  readonly refreshTokenExpiresAt?: Date;
  /** Who logged in, where the token may say it (`user_accounts:read`). */
  readonly user?: PinterestUser;
  /** Who had logged in to this account before, where that is known. */
  readonly previousUser?: PinterestUser;
}

/** A person at Pinterest. */
export interface PinterestUser {
  /** Pinterest's number of the person, which stays. */
  readonly id: string;
  /** The name, which may change; absent where it is not known. */
  readonly username?: string;
}

/** What happens during a login with a browser. What does not belong to the event is absent. */
export interface LoginEvent {
  /** What it is about: `"opened"`, the browser is at Pinterest; `"not_opened"`, none came to the start page;
   * `"waiting"`, for long; `"forwarded"`, under another port; `"https"`, the browser insists on it; `"foreign"`, a
   * redirect of no login, `"foreign_user"`, a program of another user of this machine, both refused;
   * `"too_many_cookies"`; `"confirm"`, answer it; `"done"`, the token is stored. */
  readonly event:
    | "opened"
    | "not_opened"
    | "waiting"
    | "forwarded"
    | "https"
    | "foreign"
    | "foreign_user"
    | "too_many_cookies"
    | "confirm"
    | "done";
  /** The same as a sentence for the person. */
  readonly message: string;
  /** With `confirm` and `done`: who logged in, where the token may say it. */
  readonly user?: PinterestUser;
  /** With `confirm` and `done`: who had logged in before, where that is known. */
  readonly previousUser?: PinterestUser;
  /** With `done`: how the login ended. */
  readonly end?: LoginEnd;
}
