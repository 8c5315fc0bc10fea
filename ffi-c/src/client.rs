//! The client as an opaque handle, and the calls on it.

#![allow(non_camel_case_types)]

use libc::c_char;
use pinterest_oauth::{
    AuthorizeRequest, Config, ConversionRequest, Error, RedirectRequest, RevokeRequest,
    TokenRequest, blocking,
};

use crate::boundary::{self, Text};
use crate::status::pinterest_oauth_status;

/// A client. Any number of threads may use one at once, also after a `fork`.
pub struct pinterest_oauth_client(blocking::Client);

/// Makes a client from a configuration document: `app_id`, `app_secret`, `environment`
/// (`production` or `sandbox`), `base_url`, `oauth_url`, `timeout_ms` (30000), `connect_timeout_ms`
/// (10000), `proxy`, `no_proxy`, `ca_file`, `allow_http`, `trust_env` (true: what is not given comes
/// from the environment). `{}` is enough where the environment holds the credentials.
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
    if !out_client.is_null() {
        // SAFETY: not NULL, and valid for a write by the caller's promise.
        unsafe { out_client.write(std::ptr::null_mut()) };
    }
    let texts = [Text {
        name: "config_json",
        pointer: config_json,
    }];
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, texts, |[config_json]| {
            if out_client.is_null() {
                return Err(Error::invalid_argument("out_client", "must not be NULL"));
            }
            let client = blocking::Client::new(Config::from_json(config_json)?)?;
            out_client.write(Box::into_raw(Box::new(pinterest_oauth_client(client))));
            Ok(String::from("{}"))
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

/// Asks for a token: `grant_type`, and `code` with `redirect_uri`, or `refresh_token` (or `token`, a
/// token document to refresh), and `scope`, `continuous_refresh`, `extra`, `timeout_ms`.
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
    unsafe {
        on(client, request_json, out_json, |client, request| {
            Ok(client
                .oauth_token(&TokenRequest::from_json(request)?)?
                .to_json())
        })
    }
}

/// Revokes a token: `token`, `token_type_hint` (`access_token` or `refresh_token`), `timeout_ms`.
/// Pinterest permits it for tokens of system users alone. On `OK` `*out_json` is `{}`.
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
    unsafe {
        on(client, request_json, out_json, |client, request| {
            client
                .revoke(&RevokeRequest::from_json(request)?)
                .map(|()| String::from("{}"))
        })
    }
}

/// Makes a token for sending conversions: `access_token`, `timeout_ms`. The access token needs the
/// scope `ads:write`. On `OK` `*out_json` is the token document.
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
    unsafe {
        on(client, request_json, out_json, |client, request| {
            Ok(client
                .conversion_token(&ConversionRequest::from_json(request)?)?
                .to_json())
        })
    }
}

/// Makes the address of Pinterest's page: `redirect_uri`, `scope`, `state`, `extra`. Nothing is sent.
/// On `OK` `*out_json` holds `url` and `state`; keep the state until the redirect comes back.
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
        on(client, request_json, out_json, |client, request| {
            Ok(client
                .authorize_url(&AuthorizeRequest::from_json(request)?)?
                .to_json())
        })
    }
}

/// Reads the redirect that ends a login: `url` and the `state` you kept. Nothing is sent. On `OK`
/// `*out_json` holds `code` and `state`.
///
/// # Safety
/// As `pinterest_oauth_client_token`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_client_redirect(
    client: *const pinterest_oauth_client,
    request_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        on(client, request_json, out_json, |client, request| {
            Ok(client
                .redirect(&RedirectRequest::from_json(request)?)?
                .to_json())
        })
    }
}

/// A call on a client.
///
/// # Safety
/// As `pinterest_oauth_client_token`.
unsafe fn on(
    client: *const pinterest_oauth_client,
    request_json: *const c_char,
    out_json: *mut *mut c_char,
    body: impl FnOnce(&blocking::Client, &str) -> Result<String, Error>,
) -> pinterest_oauth_status {
    let texts = [Text {
        name: "request_json",
        pointer: request_json,
    }];
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, texts, |[request]| {
            let client = client
                .as_ref()
                .ok_or_else(|| Error::invalid_argument("client", "must not be NULL"))?;
            body(&client.0, request)
        })
    }
}
