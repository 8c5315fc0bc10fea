/**
 * The OAuth token call of Pinterest API v5. Unofficial: not made or endorsed by Pinterest.
 *
 * @packageDocumentation
 */

export type * from "./answer";
export { Client, oauthToken, redirect } from "./client";
export type { CallMessage } from "./diagnostics";
export * from "./errors";
export { version } from "./native";
export {
  Configuration,
  type ConfigurationParameters,
  createConfiguration,
  OauthAccessTokenResponse,
  OauthApi,
  type OauthApiOauthTokenRequest,
} from "./oauth-api";
export type * from "./options";
export { type RedactedToken, Token } from "./token";
