/** What a call tells besides its token or its error. */

/** One of the limits that apply to a call. */
export interface RateLimitPolicy {
  /** Calls in a window. */
  readonly limit: number;
  /** The window in seconds. */
  readonly window: number | null;
  /** What Pinterest calls it. */
  readonly name: string | null;
}

/** What the rate limit headers of an answer say. */
export interface RateLimit {
  /** Calls in a window. */
  readonly limit: number | null;
  /** Calls left in this window. */
  readonly remaining: number | null;
  /** Seconds until the window ends. */
  readonly reset: number | null;
  /** All limits that apply. */
  readonly policies: readonly RateLimitPolicy[];
}

/** How a call went. What is not known is absent. */
export interface Answer {
  /** The method of the request: `"POST"`. */
  readonly method: string;
  /** The path of the request. */
  readonly path: string;
  /** The HTTP status; absent where no answer came. */
  readonly status?: number;
  /** Pinterest's request id, which its support asks for. */
  readonly requestId?: string;
  /** What the rate limit headers say. */
  readonly rateLimit?: RateLimit;
  /** How long the call took, in milliseconds. */
  readonly milliseconds: number;
  /** How often it was tried: 2 where the first connection could not be made. */
  readonly attempts: number;
}
