// pinterest_oauth.h: OAuth tokens of Pinterest API v5 (unofficial).
//
// Generated from ffi-c by `make header`; do not edit. The rules of this ABI are in ffi-c/ABI.md:
// documents are UTF-8 JSON, `*out_json` is NULL first and then yours to free with
// pinterest_oauth_string_free, on every status.

#ifndef PINTEREST_OAUTH_H
#define PINTEREST_OAUTH_H

#include <stdint.h>
// Documents. A key that says no unit has none; what is marked (secret) must not be shown.
//
// config: The settings of a client.
//   app_id (text): The app's id (Pinterest's client_id).
//   app_secret (text) (secret): The app's secret.
//   environment (text): Which of Pinterest's servers are called. Default: production. One of production, sandbox.
//   base_url (text): Another server than Pinterest's, with or without /v5.
//   oauth_url (text): Another server for the page at which users give access.
//   timeout (number, seconds): The deadline of a whole call, name resolution included: 0.001 to 600. Default: 30.
//   connect_timeout (number, seconds): The deadline for a connection, name resolution and TLS included. Default: 10.
//   proxy (text) (secret): The address of a proxy for every call: http, https or socks5h, with or without credentials.
//   no_proxy (text): Hosts that are reached without the proxy, with commas between them.
//   ca_file (text): The path of a PEM file whose certificates are trusted instead of the system's.
//   keep_alive (boolean): Whether a connection is used again for the next call. Off, each call has one of its own. Default: true.
//   allow_http (boolean): Allows plain http to other hosts than this one: secrets then travel unencrypted. Default: false.
//   trust_env (boolean): Whether what is not given comes from the environment. Default: true.
//   language (text): Whose names and units messages use: a binding says its own. Default: c. One of c, python, perl, php, node, powershell, shell.
//
// authorize_request: What the page is to ask the user for.
//   redirect_uri (text): Where the user comes back to: registered with the app, the same to the letter.
//   scope (scopes): The scopes to ask for.
//   state (text): Your own state. Default: 32 random bytes of the operating system.
//   extra (pairs): Further parameters of the address by name.
//
// authorize_url: Where to send the user.
//   url (text): The address to open in the user's browser.
//   state (text): Keep it, bound to the user's session, until the redirect comes back.
//
// redirect_request: The redirect that ends a login.
//   url (text) (secret): The whole address at which the user came back, or its query.
//   state (text) (secret): The state that you kept.
//   language (text): Whose names and units messages use: a binding says its own. Default: c. One of c, python, perl, php, node, powershell, shell.
//
// redirect: What the redirect carried, once its state was right.
//   code (text) (secret): The code to exchange, at once and once.
//   state (text): The state.
//
// token_request: One of the three grants and what goes with it.
//   grant_type (text): The grant. One of authorization_code, refresh_token, client_credentials.
//   code (text) (secret): The code of the redirect, for authorization_code.
//   redirect_uri (text): The very same address as in the authorization URL, for authorization_code.
//   refresh_token (text) (secret): The current refresh token, for refresh_token.
//   token (token) (secret): A token to refresh, in place of refresh_token: what the answer leaves out is carried over.
//   scope (scopes): The scopes to ask for; not for authorization_code.
//   continuous_refresh (boolean): Whether to ask for a refresh token that rotates. Default: with authorization_code alone.
//   extra (pairs): Further form fields by name, for parameters that Pinterest may add.
//   timeout (number, seconds): The deadline of this call, instead of the client's: 0.001 to 600.
//
// revoke_request: A token to revoke.
//   token (text) (secret): The access token or refresh token to revoke.
//   token_type_hint (text): Which kind of token it is. One of access_token, refresh_token.
//   timeout (number, seconds): The deadline of this call, instead of the client's: 0.001 to 600.
//
// conversion_request: An access token that may send conversions.
//   access_token (text) (secret): The access token that authenticates the call; it needs the scope ads:write.
//   timeout (number, seconds): The deadline of this call, instead of the client's: 0.001 to 600.
//
// token: A token as Pinterest issued it, with the times at which it was obtained and expires.
//   access_token (text) (secret): The access token.
//   token_type (text): bearer, unless Pinterest says otherwise.
//   expires_in (integer, seconds): The lifetime of the access token, from obtained_at.
//   expires_at (integer, Unix seconds): When the access token expires.
//   refresh_token (text) (secret): The refresh token to use next: the new one, or the one sent where the answer held none.
//   refresh_token_expires_in (integer, seconds): The lifetime of the refresh token.
//   refresh_token_expires_at (integer, Unix seconds): When the refresh token expires.
//   refresh_token_rotated (boolean): Whether this answer brought a refresh token, which replaces the one you had.
//   scope (text): The scopes as Pinterest sent them; those asked for where it sent none.
//   scopes (list): The same as a list, each scope once.
//   response_type (text): Pinterest's response_type, whatever its value.
//   obtained_at (integer, Unix seconds): When the answer arrived.
//   extra (object) (secret): What Pinterest sent besides, each value to the letter; absent where there is nothing.
//   answer (object): What the call tells besides its document; never stored.
//
// answer: What a call tells besides its document.
//   method (text): The method of the request: POST.
//   path (text): The path of the request.
//   status (integer): The HTTP status; null where no answer came.
//   request_id (text): Pinterest's request id (x-pinterest-rid), which its support asks for; null where none came.
//   rate_limit (object): The x-ratelimit headers: limit, remaining, reset (seconds), policies; null where none came.
//   milliseconds (integer, milliseconds): How long the call took, in milliseconds.
//   attempts (integer): How often it was tried: 2 where the first connection could not be made.
//
// error: Why a call failed. Keys without a value are null.
//   kind (text): What went wrong, for example invalid_grant.
//   message (text): One sentence without inputs or secrets.
//   what_now (text): What you can do about it, as one sentence.
//   text (text): Message, the numbers that people ask for, and what to do, as one text.
//   outcome (text): Whether Pinterest may have acted on the request. One of not_sent, rejected, unknown.
//   field (text): The input or setting at fault.
//   http_status (integer): The HTTP status of the answer.
//   code (integer): Pinterest's own error code, for example 283.
//   pinterest_message (text): Pinterest's own message, cut and cleaned.
//   request_id (text): Pinterest's request id.
//   retry_after (integer, seconds): How long to wait before trying again.
//   rate_limit (object): As in answer.
//   headers (list): The answer's headers as pairs, names in lower case, without cookies and secrets.
//   body (object): The answer's JSON object, secrets hidden.
//   extra (object): What that object holds besides code and message.
//   answer (object): What the call tells besides; null where nothing was to be sent.
//
// manager: The settings of a token manager, besides those of a client.
//   store (text): The folder in which tokens are kept; :memory: keeps them in this process alone. Default: the first of systemd's state folders, else pinterest-oauth in the user's state folder.
//   recovery_dir (text): A second folder, on another disk, for a token that the store cannot take. It is kept in the store's own settings.
//   file_systems (list): File systems allowed besides the local ones, by name, for example nfs4: where locks are not reliable, tokens may be lost.
//   clock_offset_file (text): A file with a number of seconds by which the clock is moved, for tests; only with a base_url on this machine.
//
// login_request: The end of a login: the code of the redirect, for an account of the token manager.
//   code (text) (secret): The code of the redirect.
//   redirect_uri (text): The very same address as in the authorization URL.
//   state (text) (secret): The state of the redirect: the same redirect is used once, whoever brings it. Default: the code says which it is.
//   continuous_refresh (boolean): Whether to ask for a refresh token that rotates. Default: true.
//   extra (pairs): Further form fields by name, for parameters that Pinterest may add.
//   timeout (number, seconds): The deadline of this call, instead of the client's: 0.001 to 600.
//
// login_begin_request: A login that a web app begins for its visitor.
//   account (text): The account of the token manager that is logged in. Default: default.
//   redirect_uri (text): Where the visitor comes back to: registered with the app, the same to the letter; https, or http on this machine.
//   scope (scopes): The scopes to ask for.
//   next (text): Where the visitor goes afterwards: a path of the app itself, at most 512 bytes.
//   owner (text) (secret): Who begins it, such as the id of the app's own user: only the same one ends it.
//   cookies (text) (secret): The Cookie header of the request: with it logins that were left open do not pile up.
//   host (text): The Host that the browser sees: it must be that of redirect_uri, else the cookie would not come back.
//   extra (pairs): Further parameters of the address by name.
//
// login_begin: Where to send the visitor, with status 303, and what goes along.
//   url (text) (secret): The address to send the browser to; it carries the state.
//   set_cookies (list) (secret): The values of the answer's Set-Cookie headers, one header for each.
//
// login_visit: A request that came to the redirect address of a web app.
//   method (text): The method of the request: all but GET are no visit. Default: GET.
//   query (text) (secret): The query of the request, or its whole address.
//   cookies (text) (secret): The Cookie header of the request; several are joined by a semicolon.
//   purpose (text): The value of Sec-Purpose, Purpose or X-Moz, whichever the request has: what a browser fetches ahead is no visit.
//   owner (text) (secret): Who is here, as given at the begin.
//   timeout (number, seconds): The deadline of this call, instead of the client's: 0.001 to 600.
//
// login_end: How a login ended, and how to answer the visitor. Keys without a value are null.
//   outcome (text): done; denied, when access was not given; mismatch, when the redirect is of no login of this browser; not_a_visit, when nobody came. One of done, denied, mismatch, not_a_visit.
//   status (integer): The HTTP status to answer the visitor with: 303, 403, 400 or 204.
//   message (text): What happened, as a sentence for the visitor.
//   account (text): The account that was to be logged in.
//   next (text): Where the visitor goes on: the path that was given at the begin.
//   set_cookies (list): The values of the answer's Set-Cookie headers, one header for each.
//   scopes (list): What the access token may do.
//   expires_at (integer, Unix seconds): When the access token expires.
//   refresh_token_expires_at (integer, Unix seconds): When the refresh token expires.
//   user (object): Who logged in: id and username; null where the token may not say it.
//   previous_user (object): Who had logged in to this account before: id and username; null where that is not known.
//
// status: Where an account stands. Keys without a value are null.
//   account (text): The name of the account.
//   app_id (text): The app that it belongs to.
//   environment (text): production, sandbox, or the origin of an address of one's own.
//   state (text): ready; doubtful, when Pinterest refused the refresh token once and is asked again; needs_login. One of ready, doubtful, needs_login.
//   scopes (list): What the access token may do.
//   obtained_at (integer, Unix seconds): When the token was obtained.
//   expires_at (integer, Unix seconds): When the access token expires.
//   refresh_at (integer, Unix seconds): When the next refresh is due; null where none can be.
//   refresh_token_expires_at (integer, Unix seconds): When the refresh token expires.
//   login_at (integer, Unix seconds): When the user logged in, or the token was imported.
//   generation (integer): How many tokens the account has had.
//   refreshing (boolean): Whether a refresh is under way.
//   unsaved (boolean): Whether this process has a token that no disk took.
//   trouble (object): What went wrong last: kind, message, code, http_status, request_id, at, count, retry_at.
//   user (object): Who logged in: id and username; null where that is not known.
//   warning (text): What somebody should look after, as one sentence.
//
// refresh_due: What a run over all accounts did.
//   accounts (integer): How many accounts there are.
//   due (integer): How many were due.
//   refreshed (integer): How many were refreshed.
//   failed (list): Those that failed: account, and the error document as error.
//   needs_login (list): The names of the accounts whose user must log in again.
//   seconds (number, seconds): How long it took.
//
// doctor: What was found in a store.
//   store (text): Where the store is.
//   store_id (text): Its random id.
//   accounts (integer): How many accounts it has.
//   findings (list): What is not as it should be: what, path, text, repaired.
//   last_refresh_due (object): When all accounts were last looked after, and how that went; null where it never was.
//
// removed: What was removed with an account.
//   account (text): The name of the account.
//   token (boolean): Whether it had a token.
//   logins (integer): How many logins were under way: their tokens are dropped when they come.
//   copies (integer): How many answers and copies of it lay elsewhere and are gone.
//
// log_line: What the token manager did, for a log. It holds no secret; keys without a value are null.
//   level (text): How much it matters. One of info, warning, error.
//   event (text): What happened; warning, when somebody should look after the account. One of refreshed, refresh_failed, doubtful, needs_login, warning.
//   account (text): The name of the account; empty for tokens of the app itself.
//   message (text): The same as one sentence.
//   request_id (text): Pinterest's request id, where there was an answer.
//   at (integer, Unix seconds): When.
//
// login_options: What a login with a browser is to do, on the machine of the person.
//   account (text): The account to log in. Default: default.
//   redirect_uri (text): An address on this machine, the same to the letter as registered with the app. Default: http://localhost:8085/.
//   scope (scopes): What to ask the user for, with commas or spaces between.
//   browser (boolean): Whether to open a browser. Default: where the person would see it.
//   confirm (boolean): Whether to ask before the token of one person replaces that of another. Default: false.
//   continuous_refresh (boolean): Whether to ask for a refresh token that rotates. Default: true.
//   extra (pairs): Further parameters of Pinterest's page by name.
//   timeout (number, seconds): How long to wait for the person: above 0, at most 3600. Default: 300.
//
// login_started: What a login under way shows to the person.
//   message (text): What to tell a person at a terminal, in lines. It holds no secret.
//   instructions (text) (secret): The way for other machines, in lines, with authorize_url in them; null where that is. Show it to the person alone.
//   start_url (text): The address to open in a browser on this machine. It holds no secret.
//   authorize_url (text) (secret): Pinterest's page, for a browser on another machine: the address of the page that follows is to be pasted then. Show it to the person alone.
//   opened (boolean): Whether a browser was started.
//   why_not_opened (text): Why none was started, for a person; null where one was, or where none was wanted.
//   hints (list): Sentences about scopes that are perhaps misspelled.
//
// login_event: What happens during a login. It holds no secret; keys without a value are null.
//   event (text): What it is about. One of opened, not_opened, waiting, forwarded, https, foreign, foreign_user, too_many_cookies, confirm, done.
//   message (text): The same as a sentence for the person.
//   user (object): With confirm and done: who logged in, where the token may say it: id, username.
//   previous_user (object): With confirm and done: who had logged in before, where that is known.
//   end (object): With done: the document login_end.
//
// Numbers of statuses that are no longer used: none.

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
  // No refresh token of the account is left that Pinterest takes: let the user log in again.
  PINTEREST_OAUTH_STATUS_REAUTHORIZATION_REQUIRED = 20,
  // The store has no such account.
  PINTEREST_OAUTH_STATUS_UNKNOWN_ACCOUNT = 21,
  // The store of tokens cannot be read or written; `field` says which part.
  PINTEREST_OAUTH_STATUS_STORE_UNAVAILABLE = 22,
  // Another process refreshes, or an answer must be asked for once more: wait `retry_after` seconds.
  PINTEREST_OAUTH_STATUS_STORE_BUSY = 23,
  // A token was issued, and no disk took it.
  PINTEREST_OAUTH_STATUS_NOT_SAVED = 24,
} pinterest_oauth_status;

// An account. Any number of threads may use one at once, also before and after a `fork`.
typedef struct pinterest_oauth_account pinterest_oauth_account;

// A client. Any number of threads may use one at once, also after a `fork`.
typedef struct pinterest_oauth_client pinterest_oauth_client;

// A login under way. Any number of threads may use one at once; it belongs to the process that has begun it.
typedef struct pinterest_oauth_login pinterest_oauth_login;

// A token manager. Any number of threads may use one at once, also before and after a `fork`.
typedef struct pinterest_oauth_manager pinterest_oauth_manager;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Frees an account. NULL is fine. Nothing that is stored changes.
//
// # Safety
// `account` is NULL or came from this library and was not freed yet; no call on it is under way.
void pinterest_oauth_account_free(struct pinterest_oauth_account *account);

// An access token that is valid now, refreshed where it is due; a cached one costs no system call. On `OK` `*out_text`
// is the access token itself, no document; otherwise it is the error document. With `scopes` the token must have all of
// these, separated by commas or spaces; NULL asks for none.
//
// # Safety
// `account` is NULL or alive; `scopes` is NUL-terminated or NULL; `out_text` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_account_access_token(const struct pinterest_oauth_account *account,
                                                                 const char *scopes,
                                                                 char **out_text);

// The cached access token while nobody has to look into the store, or NULL: then `pinterest_oauth_account_access_token`
// does the work. For bindings that prepare something before a call that may take long. It never waits, reads or fails.
// Free it with `pinterest_oauth_string_free`.
//
// # Safety
// `account` is NULL or alive.
char *pinterest_oauth_account_cached(const struct pinterest_oauth_account *account);

// The cached access token while it is valid, or NULL. It never waits, reads or fails. Free it with
// `pinterest_oauth_string_free`.
//
// # Safety
// `account` is NULL or alive.
char *pinterest_oauth_account_access_token_now(const struct pinterest_oauth_account *account);

// The whole token, as `pinterest_oauth_account_access_token`: on `OK` `*out_json` is the token document.
//
// # Safety
// `account` is NULL or alive; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_account_token(const struct pinterest_oauth_account *account,
                                                          char **out_json);

// A resource answered 401 to `access_token`, with this code of Pinterest's. On `OK` `*out_text` is the access token to
// try once more with: the stored one where it is another, else a new one, at most once in ten minutes. Code 3, a missing
// scope, refreshes nothing.
//
// # Safety
// `account` is NULL or alive; `access_token` is NUL-terminated or NULL; `out_text` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_account_rejected(const struct pinterest_oauth_account *account,
                                                             const char *access_token,
                                                             int64_t code,
                                                             char **out_text);

// Logs the account in with a `login_request` document: the code is exchanged and the token stored. The same redirect
// twice sends its code once. On `OK` `*out_json` is the token document.
//
// # Safety
// `account` is NULL or alive; `request_json` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_account_login(const struct pinterest_oauth_account *account,
                                                          const char *request_json,
                                                          char **out_json);

// Stores a token that was issued elsewhere, from a token document, in place of what the account had. On `OK` `*out_json`
// is `{}`.
//
// # Safety
// `account` is NULL or alive; `token_json` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_account_import(const struct pinterest_oauth_account *account,
                                                           const char *token_json,
                                                           char **out_json);

// Refreshes where it is due, as the store has it now; with `force` other than 0 although nothing is due, in a wait after
// a failure, and where a login is needed. On `OK` `*out_json` is the token document.
//
// # Safety
// As `pinterest_oauth_account_token`.
enum pinterest_oauth_status pinterest_oauth_account_refresh(const struct pinterest_oauth_account *account,
                                                            int force,
                                                            char **out_json);

// Where the account stands: on `OK` `*out_json` is the `status` document. Nothing is sent.
//
// # Safety
// As `pinterest_oauth_account_token`.
enum pinterest_oauth_status pinterest_oauth_account_status(const struct pinterest_oauth_account *account,
                                                           char **out_json);

// The stored token, valid or not: on `OK` `*out_json` is the token document. Nothing is sent.
//
// # Safety
// As `pinterest_oauth_account_token`.
enum pinterest_oauth_status pinterest_oauth_account_export(const struct pinterest_oauth_account *account,
                                                           char **out_json);

// Removes the account from the store, with every copy of its tokens: on `OK` `*out_json` is the `removed` document.
// Pinterest is told nothing.
//
// # Safety
// As `pinterest_oauth_account_token`.
enum pinterest_oauth_status pinterest_oauth_account_remove(const struct pinterest_oauth_account *account,
                                                           char **out_json);

// Gives the account another name; this handle keeps the old one. On `OK` `*out_json` is `{}`.
//
// # Safety
// `account` is NULL or alive; `new_name` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_account_rename(const struct pinterest_oauth_account *account,
                                                           const char *new_name,
                                                           char **out_json);

// The token document of the token that Pinterest issued and no disk took, after `NOT_SAVED`; NULL where all is stored.
// Free it with `pinterest_oauth_string_free`.
//
// # Safety
// `account` is NULL or alive.
char *pinterest_oauth_account_unsaved(const struct pinterest_oauth_account *account);

// Makes a client from a `config` document. `{}` is enough where the environment holds the credentials.
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

// Asks for a token with a `token_request` document.
//
// On `OK` `*out_json` is the token document. Store all of it: the refresh token may have changed.
//
// # Safety
// `client` is NULL or alive; `request_json` is NUL-terminated or NULL; `out_json` is valid for a
// write or NULL.
enum pinterest_oauth_status pinterest_oauth_client_token(const struct pinterest_oauth_client *client,
                                                         const char *request_json,
                                                         char **out_json);

// Refreshes a token: `token_json` is a token document, stored or as a call gave it. What the answer leaves out is
// carried over from it.
//
// On `OK` `*out_json` is the new token document. Store it at once: the refresh token may have changed.
//
// # Safety
// As `pinterest_oauth_client_token`.
enum pinterest_oauth_status pinterest_oauth_client_refresh(const struct pinterest_oauth_client *client,
                                                           const char *token_json,
                                                           char **out_json);

// Refreshes the token in the file at `path`, and puts the new one in its place: a token document, as a call gave it. The
// file is this program's alone meanwhile: who else refreshes it, in any language, waits, and reads what this one has
// stored. Neither a full disk nor a killed program loses a token that has come. Where the refresh fails the file stays as
// it is.
//
// The deadline is that of the call; a file that somebody else has is waited for besides, at most 630 seconds.
//
// On `OK` `*out_json` is the new token document, which the file has too. `INVALID_ARGUMENT` with the field `path`: no such
// file, no token or refresh token in it, no room or no leave to write; `TIMEOUT` with the outcome `not_sent`: somebody else
// has had it all the time. `INTERNAL`: the new token could not be stored; it is in `.NAME.draft` beside the file, and the
// next refresh of the file finds it.
//
// # Safety
// `client` is NULL or alive; `path` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_client_refresh_file(const struct pinterest_oauth_client *client,
                                                                const char *path,
                                                                char **out_json);

// Revokes a token with a `revoke_request` document. Pinterest permits it for tokens of system users alone. On `OK`
// `*out_json` holds `answer` alone.
//
// # Safety
// As `pinterest_oauth_client_token`.
enum pinterest_oauth_status pinterest_oauth_client_revoke(const struct pinterest_oauth_client *client,
                                                          const char *request_json,
                                                          char **out_json);

// Makes a token for sending conversions with a `conversion_request` document. The access token needs the scope
// `ads:write`. On `OK` `*out_json` is the token document.
//
// # Safety
// As `pinterest_oauth_client_token`.
enum pinterest_oauth_status pinterest_oauth_client_conversion_token(const struct pinterest_oauth_client *client,
                                                                    const char *request_json,
                                                                    char **out_json);

// Lets the connections of a client outlive it, for the next client with equal settings: for hosts that free everything
// after each request. The newest eight settings are kept; `pinterest_oauth_close_idle` closes them.
//
// # Safety
// `client` is NULL or alive.
void pinterest_oauth_client_keep_connections(const struct pinterest_oauth_client *client);

// Whether the client has the app's id and secret, which calls other than `conversion_token` need. Nothing is sent. On `OK`
// `*out_json` is `{}`.
//
// # Safety
// `client` is NULL or alive; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_client_check(const struct pinterest_oauth_client *client,
                                                         char **out_json);

// Makes the address of Pinterest's page from an `authorize_request` document. Nothing is sent. On `OK` `*out_json`
// is the `authorize_url` document; keep the state until the redirect comes back.
//
// # Safety
// As `pinterest_oauth_client_token`.
enum pinterest_oauth_status pinterest_oauth_client_authorize_url(const struct pinterest_oauth_client *client,
                                                                 const char *request_json,
                                                                 char **out_json);

// Reads a token document that was stored, or an answer of Pinterest: on `OK` `*out_json` is the token document to
// store, without the key `answer`. Nothing is sent, and nothing that it says is lost.
//
// # Safety
// `token_json` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_token_read(const char *token_json,
                                                       char **out_json);

// What Pinterest answered, from a token document: without what this library added, each value to the letter.
//
// # Safety
// As `pinterest_oauth_token_read`.
enum pinterest_oauth_status pinterest_oauth_token_as_answered(const char *token_json,
                                                              char **out_json);

// Reads the redirect that ends a login from a `redirect_request` document. Nothing is sent. On `OK` `*out_json` is
// the `redirect` document.
//
// # Safety
// `request_json` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_redirect(const char *request_json,
                                                     char **out_json);

// One value of a document, for programs without a JSON library: a string as its text, anything else as JSON. `key` may
// name a place within, as `answer.request_id`. NULL where there is none, or null. Free it with
// `pinterest_oauth_string_free`.
//
// # Safety
// `document_json` and `key` are NUL-terminated or NULL.
char *pinterest_oauth_document_text(const char *document_json,
                                    const char *key);

// One whole number of a document, as `pinterest_oauth_document_text` finds it; 1 with `*out_number` set, or 0 where there
// is none.
//
// # Safety
// As `pinterest_oauth_document_text`; `out_number` is valid for a write or NULL.
int32_t pinterest_oauth_document_number(const char *document_json,
                                        const char *key,
                                        int64_t *out_number);

// Whether the access token of a token document expires within `seconds` from now by the system's clock, or has expired:
// 1 if so, 0 if not, and -1 where its expiry is not known or the document is none. `seconds` is 0 for "has expired".
//
// # Safety
// `token_json` is NUL-terminated or NULL.
int32_t pinterest_oauth_token_expires_within(const char *token_json,
                                             int64_t seconds);

// The version of the ABI: compare it with `PINTEREST_OAUTH_ABI_VERSION` of your header.
uint32_t pinterest_oauth_abi_version(void);

// The version of the library, for example `0.1.0`. Static: do not free it.
const char *pinterest_oauth_version(void);

// The name of a status, for example `invalid_grant`; `ok` for 0 and `unknown` for a number that
// this library does not know. Static: do not free it.
const char *pinterest_oauth_status_name(int32_t status);

// Closes the connections of this process that no call uses. Those of a client are closed with the last client of its
// settings anyway.
void pinterest_oauth_close_idle(void);

// Wipes and frees a string that this library handed out. NULL is fine.
//
// # Safety
// `string` is NULL or was handed out by this library through an `out_json` and not freed yet.
void pinterest_oauth_string_free(char *string);

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

// Begins a login with a browser on the machine of the person: checks settings and store, listens at the redirect
// address, and opens a browser where `options_json` (a `login_options` document) or the surroundings say so. Then
// `pinterest_oauth_login_next` tells what happens.
//
// On `OK` `*out_login` is the login and `*out_json` a `login_started` document; otherwise `*out_login` is NULL and
// `*out_json` the error document.
//
// # Safety
// `manager` is NULL or alive; `options_json` is NUL-terminated or NULL; `out_login` and `out_json` are valid for a
// write or NULL.
enum pinterest_oauth_status pinterest_oauth_login_start(const struct pinterest_oauth_manager *manager,
                                                        const char *options_json,
                                                        struct pinterest_oauth_login **out_login,
                                                        char **out_json);

// Ends the wait and frees a login and its port. NULL is fine. A code that was sent is exchanged and stored all the same.
//
// # Safety
// `login` is NULL or came from `pinterest_oauth_login_start` and was not freed yet; no call on it is under way.
void pinterest_oauth_login_free(struct pinterest_oauth_login *login);

// What happens next: on `OK` `*out_json` is a `login_event` document, or `null` where nothing has happened within
// `seconds`. After the event `done` or an error the status is `CANCELLED`.
//
// # Safety
// `login` is NULL or alive; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_login_next(const struct pinterest_oauth_login *login,
                                                       double seconds,
                                                       char **out_json);

// The `login_started` document with the address of Pinterest's page, for a browser on another machine; from then on a
// browser may come back that was not at the start page.
//
// # Safety
// `login` is NULL or alive; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_login_show(const struct pinterest_oauth_login *login,
                                                       char **out_json);

// Takes the address of the page to which Pinterest sent the person. On `INVALID_ARGUMENT` the message says what was
// pasted instead, and the login waits on.
//
// # Safety
// `login` is NULL or alive; `address` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_login_paste(const struct pinterest_oauth_login *login,
                                                        const char *address,
                                                        char **out_json);

// The answer to the event `confirm`: whether the token may be replaced.
//
// # Safety
// `login` is NULL or alive.
void pinterest_oauth_login_answer(const struct pinterest_oauth_login *login, int replace);

// Ends the wait: `pinterest_oauth_login_next` says `cancelled`, or how the exchange ended where a code was sent.
//
// # Safety
// `login` is NULL or alive.
void pinterest_oauth_login_cancel(const struct pinterest_oauth_login *login);

// Opens a token manager from a document with the keys of `config` and of `manager`, and makes its store where there is
// none. `{}` is enough where the environment holds the credentials. Managers with equal settings share what they know.
//
// On `OK` `*out_manager` is the manager and `*out_json` is `{}`; otherwise `*out_manager` is NULL and `*out_json` the
// error document.
//
// # Safety
// `config_json` is NUL-terminated or NULL; `out_manager` and `out_json` are valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_manager_new(const char *config_json,
                                                        struct pinterest_oauth_manager **out_manager,
                                                        char **out_json);

// What the token managers of this process did since the last time, whichever thread it was: on `OK` `*out_json` is a list
// of `log_line` documents, for the log of the program. The newest 256 are kept.
//
// # Safety
// `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_take_log(char **out_json);

// Frees a manager. NULL is fine. Its accounts may live on.
//
// # Safety
// `manager` is NULL or came from `pinterest_oauth_manager_new` and was not freed yet; no call on it is under way.
void pinterest_oauth_manager_free(struct pinterest_oauth_manager *manager);

// The account of that name: 1 to 1,024 bytes of UTF-8 without control characters. Nothing is read. Free it with
// `pinterest_oauth_account_free`.
//
// On `OK` `*out_account` is the account and `*out_json` is `{}`; otherwise `*out_account` is NULL and `*out_json` the
// error document.
//
// # Safety
// `manager` is NULL or alive; `name` is NUL-terminated or NULL; `out_account` and `out_json` are valid for a write or
// NULL.
enum pinterest_oauth_status pinterest_oauth_manager_account(const struct pinterest_oauth_manager *manager,
                                                            const char *name,
                                                            struct pinterest_oauth_account **out_account,
                                                            char **out_json);

// Tokens of the app itself (`client_credentials`) with these scopes, separated by commas or spaces. As
// `pinterest_oauth_manager_account`.
//
// # Safety
// As `pinterest_oauth_manager_account`.
enum pinterest_oauth_status pinterest_oauth_manager_app(const struct pinterest_oauth_manager *manager,
                                                        const char *scopes,
                                                        struct pinterest_oauth_account **out_account,
                                                        char **out_json);

// Where every account of this app stands: on `OK` `*out_json` is a list of `status` documents, by name.
//
// # Safety
// `manager` is NULL or alive; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_manager_accounts(const struct pinterest_oauth_manager *manager,
                                                             char **out_json);

// Refreshes every account of this app that is due, `parallel` at once; 0 means 16. On `OK` `*out_json` is the
// `refresh_due` document, in which the accounts stand that failed.
//
// # Safety
// As `pinterest_oauth_manager_accounts`.
enum pinterest_oauth_status pinterest_oauth_manager_refresh_due(const struct pinterest_oauth_manager *manager,
                                                                uint32_t parallel,
                                                                char **out_json);

// Looks the store over. With `repair` other than 0 damaged records are moved aside. On `OK` `*out_json` is the `doctor`
// document.
//
// # Safety
// As `pinterest_oauth_manager_accounts`.
enum pinterest_oauth_status pinterest_oauth_manager_doctor(const struct pinterest_oauth_manager *manager,
                                                           int repair,
                                                           char **out_json);

// Begins the login of a web app's visitor. On `OK` `*out_json` is the `login_begin` document: answer the visitor with
// status 303, its `url` as `Location`, and one `Set-Cookie` header for each of its `set_cookies`. Nothing is sent, read
// or stored.
//
// # Safety
// `manager` is NULL or alive; `request_json` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
enum pinterest_oauth_status pinterest_oauth_login_begin(const struct pinterest_oauth_manager *manager,
                                                        const char *request_json,
                                                        char **out_json);

// Ends the login of a web app's visitor: what came of the request at the redirect address. On `OK` `*out_json` is the
// `login_end` document: what a visitor did wrong is an `outcome` of it, and no failure. The code is exchanged once, and
// its token stored before this returns; the same redirect again gives the token that is stored.
//
// # Safety
// As `pinterest_oauth_login_begin`, with `visit_json` as `request_json`.
enum pinterest_oauth_status pinterest_oauth_login_finish(const struct pinterest_oauth_manager *manager,
                                                         const char *visit_json,
                                                         char **out_json);

// Waits until what this process has begun is stored, at most `seconds`: a refresh or a login that was sent is driven to
// its end. To be called before a program ends that used other threads. 1 where nothing is left, else 0.
int pinterest_oauth_finish(double seconds);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* PINTEREST_OAUTH_H */
