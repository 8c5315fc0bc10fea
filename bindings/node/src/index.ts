/**
 * The OAuth token call of Pinterest API v5. Unofficial: not made or endorsed by Pinterest.
 *
 * @packageDocumentation
 */

export { Client, oauthToken } from "./client";
export {
  AbortError,
  AccessDeniedError,
  ApiError,
  ConnectError,
  type ErrorDetails,
  ForbiddenError,
  InsufficientScopeError,
  InternalError,
  InvalidArgumentError,
  InvalidClientError,
  InvalidConfigError,
  InvalidGrantError,
  InvalidResponseError,
  InvalidTokenError,
  type Kind,
  type Outcome,
  PinterestOAuthError,
  ProxyError,
  type RateLimit,
  RateLimitedError,
  type RateLimitPolicy,
  ServerError,
  StateMismatchError,
  TimeoutError,
  TlsError,
} from "./errors";
export { version } from "./native";
export {
  Configuration,
  type ConfigurationParameters,
  createConfiguration,
  OauthAccessTokenResponse,
  OauthApi,
  type OauthApiOauthTokenRequest,
} from "./oauth-api";
export type {
  AuthorizationCodeRequest,
  AuthorizeOptions,
  AuthorizeUrl,
  CallOptions,
  ClientCredentialsRequest,
  ClientSettings,
  Extra,
  RefreshTokenRequest,
  RevokeOptions,
  Scope,
  TokenRequest,
} from "./options";
export { type RedactedToken, Token } from "./token";
