// pinterest_oauth.h: OAuth tokens of Pinterest API v5 (unofficial).
//
// Generated from ffi-c by `make header`; do not edit. The rules of this ABI are in ffi-c/ABI.md:
// documents are UTF-8 JSON, `*out_json` is NULL first and then yours to free with
// pinterest_oauth_string_free, on every status.

#ifndef PINTEREST_OAUTH_H
#define PINTEREST_OAUTH_H

#include <stdint.h>

// The version of the ABI. A program built against another number must not go on.
#define PINTEREST_OAUTH_ABI_VERSION 1

// What became of a call. Numbers are never reused; a newer library may return one that an older
// header does not name, so treat an unknown number as a failure.
typedef enum pinterest_oauth_status {
  // It worked; `out_json` holds the answer.
  PINTEREST_OAUTH_STATUS_OK = 0,
  // A fault of this library.
  PINTEREST_OAUTH_STATUS_INTERNAL = 1,
  // An input is missing, unknown or malformed; `field` names it. Nothing was sent.
  PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT = 2,
  // The configuration cannot be used; `field` names the setting. Nothing was sent.
  PINTEREST_OAUTH_STATUS_INVALID_CONFIG = 3,
  // No connection, or it broke.
  PINTEREST_OAUTH_STATUS_CONNECT = 4,
  // The server's certificate or the TLS handshake failed.
  PINTEREST_OAUTH_STATUS_TLS = 5,
  // The proxy could not be reached or refused.
  PINTEREST_OAUTH_STATUS_PROXY = 6,
  // A deadline passed.
  PINTEREST_OAUTH_STATUS_TIMEOUT = 7,
  // The code or refresh token is bad, used, expired or revoked: let the user log in again.
  PINTEREST_OAUTH_STATUS_INVALID_GRANT = 8,
  // The app id or the app secret is wrong.
  PINTEREST_OAUTH_STATUS_INVALID_CLIENT = 9,
  // Pinterest does not permit this operation.
  PINTEREST_OAUTH_STATUS_FORBIDDEN = 10,
  // The token lacks a scope.
  PINTEREST_OAUTH_STATUS_INSUFFICIENT_SCOPE = 11,
  // Too many requests: wait `retry_after` seconds.
  PINTEREST_OAUTH_STATUS_RATE_LIMITED = 12,
  // Pinterest failed: try again later.
  PINTEREST_OAUTH_STATUS_SERVER_ERROR = 13,
  // Any other answer shaped as Pinterest shapes its errors.
  PINTEREST_OAUTH_STATUS_API_ERROR = 14,
  // An answer that is neither a token nor a Pinterest error.
  PINTEREST_OAUTH_STATUS_INVALID_RESPONSE = 15,
  // The redirect came back with `error=`.
  PINTEREST_OAUTH_STATUS_ACCESS_DENIED = 16,
  // The redirect carries a `state` that is not the expected one.
  PINTEREST_OAUTH_STATUS_STATE_MISMATCH = 17,
  // The access token is not accepted.
  PINTEREST_OAUTH_STATUS_INVALID_TOKEN = 18,
  // The caller cancelled the call.
  PINTEREST_OAUTH_STATUS_CANCELLED = 19,
} pinterest_oauth_status;

// A client. Any number of threads may use one at once, also after a `fork`.
typedef struct pinterest_oauth_client pinterest_oauth_client;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Makes a client from a configuration document: `app_id`, `app_secret`, `environment`
// (`production` or `sandbox`), `base_url`, `oauth_url`, `timeout_ms` (30000), `connect_timeout_ms`
// (10000), `proxy`, `no_proxy`, `ca_file`, `allow_http`, `trust_env` (true: what is not given comes
// from the environment). `{}` is enough where the environment holds the credentials.
//
// On `OK` `*out_client` is the client and `*out_json` is `{}`; otherwise `*out_client` is NULL and
// `*out_json` the error document.
//
// # Safety
// `config_json` is NUL-terminated or NULL; `out_client` and `out_json` are valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_client_new(const char *config_json,
                                                       struct pinterest_oauth_client **out_client,
                                                       char **out_json);

// Frees a client. NULL is fine. No call on it may be under way.
//
// # Safety
// `client` is NULL or came from `pinterest_oauth_client_new` and was not freed yet.
void pinterest_oauth_client_free(struct pinterest_oauth_client *client);

// Asks for a token: `grant_type`, and `code` with `redirect_uri`, or `refresh_token` (or `token`, a
// token document to refresh), and `scope`, `continuous_refresh`, `extra`, `timeout_ms`.
//
// On `OK` `*out_json` is the token document. Store all of it: the refresh token may have changed.
//
// # Safety
// `client` is NULL or alive; `request_json` is NUL-terminated or NULL; `out_json` is valid for a
// write or NULL.
enum pinterest_oauth_status pinterest_oauth_client_token(const struct pinterest_oauth_client *client,
                                                         const char *request_json,
                                                         char **out_json);

// Revokes a token: `token`, `token_type_hint` (`access_token` or `refresh_token`), `timeout_ms`.
// Pinterest permits it for tokens of system users alone. On `OK` `*out_json` is `{}`.
//
// # Safety
// As `pinterest_oauth_client_token`.
enum pinterest_oauth_status pinterest_oauth_client_revoke(const struct pinterest_oauth_client *client,
                                                          const char *request_json,
                                                          char **out_json);

// Makes a token for sending conversions: `access_token`, `timeout_ms`. The access token needs the
// scope `ads:write`. On `OK` `*out_json` is the token document.
//
// # Safety
// As `pinterest_oauth_client_token`.
enum pinterest_oauth_status pinterest_oauth_client_conversion_token(const struct pinterest_oauth_client *client,
                                                                    const char *request_json,
                                                                    char **out_json);

// Makes the address of Pinterest's page: `redirect_uri`, `scope`, `state`, `extra`. Nothing is sent.
// On `OK` `*out_json` holds `url` and `state`; keep the state until the redirect comes back.
//
// # Safety
// As `pinterest_oauth_client_token`.
enum pinterest_oauth_status pinterest_oauth_client_authorize_url(const struct pinterest_oauth_client *client,
                                                                 const char *request_json,
                                                                 char **out_json);

// Reads the redirect that ends a login: `url` and the `state` you kept. Nothing is sent. On `OK`
// `*out_json` holds `code` and `state`.
//
// # Safety
// As `pinterest_oauth_client_token`.
enum pinterest_oauth_status pinterest_oauth_client_redirect(const struct pinterest_oauth_client *client,
                                                            const char *request_json,
                                                            char **out_json);

// The version of the ABI: compare it with `PINTEREST_OAUTH_ABI_VERSION` of your header.
uint32_t pinterest_oauth_abi_version(void);

// The version of the library, for example `0.1.0`. Static: do not free it.
const char *pinterest_oauth_version(void);

// The name of a status, for example `invalid_grant`; `ok` for 0 and `unknown` for a number that
// this library does not know. Static: do not free it.
const char *pinterest_oauth_status_name(int32_t status);

// Wipes and frees a string that this library handed out. NULL is fine.
//
// # Safety
// `string` is NULL or was handed out by this library through an `out_json` and not freed yet.
void pinterest_oauth_string_free(char *string);

// Reads a token document that was stored, or an answer of Pinterest: on `OK` `*out_json` is the
// token document as calls give it. Nothing is sent, and nothing that it says is lost.
//
// # Safety
// `token` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_token_read(const char *token, char **out_json);

// Asks for a token with a bare grant: `grant_type` and nothing else in the form, `user` and `pass`
// being the app id and the app secret. Everything else comes from the environment.
//
// Only `client_credentials` can work so. For the other grants the answer is `INVALID_ARGUMENT`,
// which names the missing fields; `pinterest_oauth_client_token` takes them.
//
// # Safety
// The texts are NUL-terminated or NULL; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_token(const char *grant_type,
                                                  const char *user,
                                                  const char *pass,
                                                  char **out_json);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* PINTEREST_OAUTH_H */
