//! The client as an opaque handle, and the calls on it.

#![allow(non_camel_case_types)]

use libc::c_char;
use pinterest_oauth::binding::{self, AnyCall};
use pinterest_oauth::{AuthorizeRequest, Config, Error, Token, TokenRequest, blocking};

use crate::boundary::{self, Text};
use crate::status::pinterest_oauth_status;

/// A client. Any number of threads may use one at once, also after a `fork`.
pub struct pinterest_oauth_client(blocking::Client);

/// Makes a client from a `config` document. `{}` is enough where the environment holds the credentials.
///
/// On `OK` `*out_client` is the client and `*out_json` is `{}`; otherwise `*out_client` is NULL and
/// `*out_json` the error document.
///
/// # Safety
/// `config_json` is NUL-terminated or NULL; `out_client` and `out_json` are valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_client_new(
    config_json: *const c_char,
    out_client: *mut *mut pinterest_oauth_client,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let texts = [Text {
        name: "config_json",
        pointer: config_json,
    }];
    // SAFETY: the caller's promise.
    unsafe {
        boundary::handle(out_client, "out_client", out_json, texts, |[config]| {
            let client = blocking::Client::new(Config::from_json(config)?)?;
            Ok(pinterest_oauth_client(client))
        })
    }
}

/// Frees a client. NULL is fine. No call on it may be under way.
///
/// # Safety
/// `client` is NULL or came from `pinterest_oauth_client_new` and was not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_client_free(client: *mut pinterest_oauth_client) {
    if !client.is_null() {
        // SAFETY: the caller's promise.
        drop(unsafe { Box::from_raw(client) });
    }
}

/// Asks for a token with a `token_request` document.
///
/// On `OK` `*out_json` is the token document. Store all of it: the refresh token may have changed.
///
/// # Safety
/// `client` is NULL or alive; `request_json` is NUL-terminated or NULL; `out_json` is valid for a
/// write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_client_token(
    client: *const pinterest_oauth_client,
    request_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe { call("oauth_token", client, request_json, out_json) }
}

/// Refreshes a token: `token_json` is a token document, stored or as a call gave it. What the answer leaves out is
/// carried over from it.
///
/// On `OK` `*out_json` is the new token document. Store it at once: the refresh token may have changed.
///
/// # Safety
/// As `pinterest_oauth_client_token`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_client_refresh(
    client: *const pinterest_oauth_client,
    token_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        on(
            client,
            "token_json",
            token_json,
            out_json,
            |client, token| {
                let request = TokenRequest::refresh(&Token::from_json(token)?)?;
                Ok(binding::document(&client.oauth_token(&request)?))
            },
        )
    }
}

/// Refreshes the token in the file at `path`, and puts the new one in its place: a token document, as a call gave it. The
/// file is this program's alone meanwhile: who else refreshes it, in any language, waits, and reads what this one has
/// stored. Neither a full disk nor a killed program loses a token that has come. Where the refresh fails the file stays as
/// it is.
///
/// The deadline is that of the call; a file that somebody else has is waited for besides, at most 630 seconds.
///
/// On `OK` `*out_json` is the new token document, which the file has too. `INVALID_ARGUMENT` with the field `path`: no such
/// file, no token or refresh token in it, no room or no leave to write; `TIMEOUT` with the outcome `not_sent`: somebody else
/// has had it all the time. `INTERNAL`: the new token could not be stored; it is in `.NAME.draft` beside the file, and the
/// next refresh of the file finds it.
///
/// # Safety
/// `client` is NULL or alive; `path` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_client_refresh_file(
    client: *const pinterest_oauth_client,
    path: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        on(client, "path", path, out_json, |client, path| {
            Ok(binding::document(&client.refresh_file(path)?))
        })
    }
}

/// Revokes a token with a `revoke_request` document. Pinterest permits it for tokens of system users alone. On `OK`
/// `*out_json` holds `answer` alone.
///
/// # Safety
/// As `pinterest_oauth_client_token`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_client_revoke(
    client: *const pinterest_oauth_client,
    request_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe { call("revoke", client, request_json, out_json) }
}

/// Makes a token for sending conversions with a `conversion_request` document. The access token needs the scope
/// `ads:write`. On `OK` `*out_json` is the token document.
///
/// # Safety
/// As `pinterest_oauth_client_token`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_client_conversion_token(
    client: *const pinterest_oauth_client,
    request_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe { call("conversion_token", client, request_json, out_json) }
}

/// Lets the connections of a client outlive it, for the next client with equal settings: for hosts that free everything
/// after each request. The newest eight settings are kept; `pinterest_oauth_close_idle` closes them.
///
/// # Safety
/// `client` is NULL or alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_client_keep_connections(
    client: *const pinterest_oauth_client,
) {
    // SAFETY: the caller's promise.
    if let Some(client) = unsafe { client.as_ref() } {
        client.0.keep_connections();
    }
}

/// Whether the client has the app's id and secret, which calls other than `conversion_token` need. Nothing is sent. On `OK`
/// `*out_json` is `{}`.
///
/// # Safety
/// `client` is NULL or alive; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_client_check(
    client: *const pinterest_oauth_client,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, [], |[]| {
            let client = client
                .as_ref()
                .ok_or_else(|| Error::invalid_argument("client", "must not be NULL"))?;
            client.0.check().map(|()| String::from("{}"))
        })
    }
}

/// Makes the address of Pinterest's page from an `authorize_request` document. Nothing is sent. On `OK` `*out_json`
/// is the `authorize_url` document; keep the state until the redirect comes back.
///
/// # Safety
/// As `pinterest_oauth_client_token`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_client_authorize_url(
    client: *const pinterest_oauth_client,
    request_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        on(
            client,
            "request_json",
            request_json,
            out_json,
            |client, request| {
                Ok(client
                    .authorize_url(&AuthorizeRequest::from_json(request)?)?
                    .to_json())
            },
        )
    }
}

/// The call named `name` in the core's table.
///
/// # Safety
/// As `pinterest_oauth_client_token`.
unsafe fn call(
    name: &str,
    client: *const pinterest_oauth_client,
    request_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        on(
            client,
            "request_json",
            request_json,
            out_json,
            |client, request| {
                let call = AnyCall::from_json(name, request)?;
                Ok(binding::run(client, &call)?.to_json())
            },
        )
    }
}

/// Something done on a client with one document. Errors are in the words of the client's language.
///
/// # Safety
/// As `pinterest_oauth_client_token`.
unsafe fn on(
    client: *const pinterest_oauth_client,
    name: &'static str,
    pointer: *const c_char,
    out_json: *mut *mut c_char,
    body: impl FnOnce(&blocking::Client, &str) -> Result<String, Error>,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, [Text { name, pointer }], |[document]| {
            let client = client
                .as_ref()
                .ok_or_else(|| Error::invalid_argument("client", "must not be NULL"))?;
            body(&client.0, document)
                .map_err(|error| binding::in_words_of(error, binding::language(&client.0)))
        })
    }
}
