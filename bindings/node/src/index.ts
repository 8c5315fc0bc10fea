/**
 * OAuth of Pinterest API v5: tokens that are kept and refreshed, and the call itself. Unofficial: not made or endorsed by Pinterest.
 *
 * @packageDocumentation
 */

export { Account } from "./account";
export type * from "./answer";
export { Client, oauthToken, redirect } from "./client";
export type { CallMessage, ManagerMessage } from "./diagnostics";
export * from "./errors";
export type { Login, LoginStarted } from "./login";
export type * from "./login-end";
export type { LoginBegin } from "./login-web";
export { finish, TokenManager } from "./manager";
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
export type * from "./status";
export { type RedactedToken, Token } from "./token";
