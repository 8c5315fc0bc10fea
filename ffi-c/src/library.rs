//! What is about the library itself: versions, names, freeing strings. And the four-argument call.

use std::ffi::{CStr, CString};
use std::sync::OnceLock;

use libc::c_char;
use pinterest_oauth::{Config, Kind, TokenRequest, VERSION, binding, blocking};
use serde_json::{Map, Value};

use crate::abi_version::PINTEREST_OAUTH_ABI_VERSION;
use crate::boundary::{self, Text};
use crate::status::{self, pinterest_oauth_status};

/// The version of the ABI: compare it with `PINTEREST_OAUTH_ABI_VERSION` of your header.
#[unsafe(no_mangle)]
pub extern "C" fn pinterest_oauth_abi_version() -> u32 {
    PINTEREST_OAUTH_ABI_VERSION
}

/// The version of the library, for example `0.1.0`. Static: do not free it.
#[unsafe(no_mangle)]
pub extern "C" fn pinterest_oauth_version() -> *const c_char {
    static TEXT: OnceLock<CString> = OnceLock::new();
    TEXT.get_or_init(|| CString::new(VERSION).unwrap_or_default())
        .as_ptr()
}

/// The name of a status, for example `invalid_grant`; `ok` for 0 and `unknown` for a number that
/// this library does not know. Static: do not free it.
#[unsafe(no_mangle)]
pub extern "C" fn pinterest_oauth_status_name(status: i32) -> *const c_char {
    static NAMES: OnceLock<Vec<(i32, CString)>> = OnceLock::new();
    const UNKNOWN: &CStr = c"unknown";
    const OK: &CStr = c"ok";
    if status == pinterest_oauth_status::Ok as i32 {
        return OK.as_ptr();
    }
    let names = NAMES.get_or_init(|| {
        let numbers = Kind::ALL.iter().map(|kind| *kind as i32);
        numbers
            .filter_map(|number| Some((number, status::name(number)?)))
            .collect()
    });
    names
        .iter()
        .find(|(number, _)| *number == status)
        .map_or(UNKNOWN.as_ptr(), |(_, name)| name.as_ptr())
}

/// Closes the connections of this process that no call uses. Those of a client are closed with the last client of its
/// settings anyway.
#[unsafe(no_mangle)]
pub extern "C" fn pinterest_oauth_close_idle() {
    // A fault here has nobody to be told to.
    let _ = binding::shield(|| {
        blocking::close_idle();
        Ok(())
    });
}

/// Wipes and frees a string that this library handed out. NULL is fine.
///
/// # Safety
/// `string` is NULL or was handed out by this library through an `out_json` and not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_string_free(string: *mut c_char) {
    // SAFETY: the caller's promise.
    unsafe { boundary::free(string) }
}

/// Asks for a token with a bare grant: `grant_type` and nothing else in the form, `user` and `pass`
/// being the app id and the app secret. Everything else comes from the environment.
///
/// Only `client_credentials` can work so. For the other grants the answer is `INVALID_ARGUMENT`,
/// which names the missing fields; `pinterest_oauth_client_token` takes them.
///
/// # Safety
/// The texts are NUL-terminated or NULL; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_token(
    grant_type: *const c_char,
    user: *const c_char,
    pass: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let texts = [
        Text {
            name: "grant_type",
            pointer: grant_type,
        },
        Text {
            name: "user",
            pointer: user,
        },
        Text {
            name: "pass",
            pointer: pass,
        },
    ];
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, texts, |[grant_type, user, pass]| {
            let field = |name: &str, value: &str| (name.to_owned(), Value::from(value));
            let request = TokenRequest::from_map(Map::from_iter([field("grant_type", grant_type)]));
            let request = request.map_err(|error| {
                binding::remark(error, "pinterest_oauth_client_token takes every field")
            })?;
            let config = Config::from_map(Map::from_iter([
                field("app_id", user),
                field("app_secret", pass),
            ]))?;
            let client = blocking::Client::new(config)?;
            client.keep_connections();
            Ok(binding::document(&client.oauth_token(&request)?))
        })
    }
}

/// Fails inside, on purpose. Only in the build that proves that no panic gets out.
///
/// # Safety
/// `out_json` is valid for a write or NULL.
#[cfg(feature = "panic-test")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_panic_test(
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    #[expect(clippy::panic, reason = "the point of this function")]
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, [], |[]| panic!("canary"))
    }
}
