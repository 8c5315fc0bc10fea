/** What the emulator takes and says. What each switch and fault means is the emulator's to say. */

/** Limits the requests in a window of so many seconds. */
export interface EmulatedRateLimit {
  /** How many requests. */
  readonly limit: number;
  /** In how many seconds. */
  readonly window: number;
}

/**
 * What a test wants different from what Pinterest is known to do. `pinterest-oauth emulator --help` lists all switches
 * with their defaults; one that does not exist is refused.
 */
export interface Switches {
  /** What becomes of a refresh token when a new one is given: `"grace"` (it lives on) or `"strict"` (it dies), … */
  readonly rotation?: "grace" | "strict" | "family" | "lastwins";
  /** An app from before 2025-09-25: tokens of 365 days. */
  readonly legacyApp?: boolean;
  /** Answers 429 beyond this many requests; `null`: never. */
  readonly rateLimit?: EmulatedRateLimit | null;
  /** The person refuses, whatever is clicked. */
  readonly deny?: boolean;
  /** Where a person who refuses ends up. */
  readonly denial?: "with_state" | "without_state" | "page";
  /** The account of the person at the consent page. */
  readonly user?: string;
  /** The consent page redirects at once. */
  readonly autoConsent?: boolean;
  /** How long a code is good, in seconds. */
  readonly codeLifetime?: number;
  /** Whether the app may revoke tokens. */
  readonly systemUser?: boolean;
  /** Whether the app may get conversion tokens. */
  readonly conversionToken?: boolean;
  /** Any other switch. */
  readonly [name: string]: unknown;
}

/** With what an emulator is started. */
export interface EmulatorOptions {
  /** Whether there are https listeners. Default: `true`. */
  readonly tls?: boolean;
  /** Redirect addresses to register beside those that the emulator knows. */
  readonly redirectUris?: readonly string[];
  /** Switches that are not as by default. `reset()` goes back to these. */
  readonly switches?: Switches;
}

/** One answer to come; `{}` is 200 with an empty body. A key that does not exist is refused. */
export interface Fault {
  /** When it acts. Default: `"after_read"`. */
  readonly stage?: "accept" | "before_read" | "after_read";
  /** What it does. Default: `"answer"`. `"pinterest"` is the ordinary answer, delivered as the fault says. */
  readonly action?: "answer" | "reset" | "close" | "hang" | "pinterest" | "passthrough";
  /** The path of the requests that it is for, as in `"/v5/user_account"`. Default: every path. */
  readonly path?: string | null;
  /** The status. Default: 200. */
  readonly status?: number;
  /** The headers, as pairs. One without a value is left out. */
  readonly headers?: readonly (readonly [name: string, value: string | null])[];
  /** The body as text. */
  readonly body?: string;
  /** The body as JSON. */
  readonly bodyJson?: unknown;
  /** The pause before anything happens, in milliseconds. */
  readonly delayMs?: number;
  /** How often it is played. Default: 1. */
  readonly times?: number;
  /** Any other key. */
  readonly [name: string]: unknown;
}

/** Whom to ask for what, as the consent page would. */
export interface AuthorizeAs {
  /** One of the registered addresses. Default: the first. */
  readonly redirectUri?: string | undefined;
  /** The scopes, with commas. */
  readonly scope?: string | undefined;
  /** The app's state. */
  readonly state?: string | undefined;
  /** The account of the person. Default: what the switch `user` says. */
  readonly user?: string | undefined;
  /** Whether the person refuses. Default: `false`. */
  readonly deny?: boolean | undefined;
}

/** What comes of it. */
export interface Consent {
  /** The code; absent where the person refused. */
  readonly code?: string;
  /** Where the browser is sent; absent where it stays. */
  readonly redirect?: string;
}

/** A request that came. It holds what was sent, secrets included: those of the emulator are made up. */
export interface EmulatedRequest {
  /** The method. */
  readonly method: string;
  /** The path. */
  readonly path: string;
  /** The query, without `?`. */
  readonly query: string;
  /** The headers in their order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The same by name in small letters; one that came more than once with `, ` between. */
  readonly headersByName: Readonly<Record<string, string>>;
  /** The fields of the form in their order: `Object.fromEntries(form)`. */
  readonly form: readonly (readonly [name: string, value: string])[];
  /** The body as text. */
  readonly body: string;
  /** Which listener it came to: `"http"`, `"https"`, … */
  readonly listener: string;
  /** The number of its connection, from 1. */
  readonly connection: number;
  /** The status of the answer; absent where there was none. */
  readonly answered?: number;
}

/** Where it is. */
export interface Addresses {
  /** The API over http. */
  readonly baseUrl: string;
  /** The sandbox's API over http. */
  readonly sandboxBaseUrl: string;
  /** The server of the consent page. */
  readonly oauthUrl: string;
  /** The API over TLS; absent without. `caFile` is to be trusted. */
  readonly httpsBaseUrl?: string;
  /** The same with a certificate that has expired. */
  readonly expiredBaseUrl?: string;
  /** The same with a certificate of another host. */
  readonly wrongHostBaseUrl?: string;
  /** The same with a certificate of an authority that is not in `caFile`. */
  readonly untrustedBaseUrl?: string;
  /** The file for `clockOffsetFile` of a token manager, whose clock `advance()` moves as well then. */
  readonly clockFile: string;
  /** A PEM file with the authority to trust; absent without TLS. */
  readonly caFile?: string;
  /** A forward proxy that reaches this machine alone. */
  readonly proxyUrl: string;
  /** The control port, and a page for people. */
  readonly controlUrl: string;
}
