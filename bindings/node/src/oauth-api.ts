/** The names that generated clients have, for programs that come from one. Thin: `Client` does the work. */

import { Client } from "./client";
import { read, withOwn } from "./document";
import { invalidArgument } from "./error-document";
import type { ClientSettings, TokenFields, TokenRequest } from "./options";
import { Token } from "./token";

/** What `createConfiguration` takes: every setting of a {@link Client}, or what generated clients take. */
export interface ConfigurationParameters extends ClientSettings {
  /** In place of `baseUrl`. */
  baseServer?: string | URL | { readonly url: string } | undefined;
  /** In place of `appId` and `appSecret`. */
  authMethods?: { readonly basic?: { readonly username: string; readonly password: string } } | undefined;
}

/** A configuration for {@link OauthApi}. It shows no secret. */
export class Configuration {
  /** The client that makes the calls. */
  readonly client: Client;

  /** What {@link createConfiguration} makes of its parameters. */
  constructor(client: Client) {
    this.client = client;
  }
}

/**
 * Makes a configuration. Without credentials they come from `PINTEREST_APP_ID` and `PINTEREST_APP_SECRET`, and
 * without a server it comes from `PINTEREST_API_URI`.
 *
 * @throws {@link InvalidConfigError}, {@link InvalidArgumentError}: `field` names the setting.
 */
export function createConfiguration(parameters: ConfigurationParameters = {}): Configuration {
  const settings = read(parameters, "settings");
  const server = take(settings, "baseServer");
  const methods = read(take(settings, "authMethods"), "authMethods");
  const basic = read(take(methods, "basic"), "authMethods.basic");
  const own = {
    baseUrl:
      server instanceof URL || typeof server !== "object" ? server : take(read(server, "baseServer"), "url"),
    appId: take(basic, "username"),
    appSecret: take(basic, "password"),
  };
  const [unknown] = [...prefixed("authMethods", methods), ...prefixed("authMethods.basic", basic)];
  if (unknown !== undefined) {
    throw invalidArgument(unknown, "is not an option here");
  }
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  const all = withOwn(settings, Object.fromEntries(given));
  return new Configuration(new Client(Object.fromEntries(all)));
}

function take(options: Map<string, unknown>, option: string): unknown {
  const value = options.get(option);
  options.delete(option);
  return value;
}

function prefixed(name: string, options: ReadonlyMap<string, unknown>): string[] {
  return [...options.keys()].map((option) => `${name}.${option}`);
}

/** What {@link OauthApi.oauthToken} takes. Which fields a grant needs is checked when it is called. */
export interface OauthApiOauthTokenRequest extends TokenFields {
  /** Which of the three grants is asked for. */
  grantType: TokenRequest["grantType"];
}

/** What {@link OauthApi.oauthToken} gives. */
export { Token as OauthAccessTokenResponse };

/** Pinterest's OAuth API as generated clients name it. */
export class OauthApi {
  readonly #client: Client;

  /** Calls with this configuration. */
  constructor(configuration: Configuration) {
    this.#client = configuration.client;
  }

  /** Asks for a token. */
  async oauthToken(request: OauthApiOauthTokenRequest): Promise<Token> {
    return this.#client.oauthToken(request as TokenRequest);
  }
}
