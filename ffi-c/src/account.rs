//! An account of a token manager as an opaque handle.

#![allow(non_camel_case_types)]

use std::ffi::CString;

use libc::{c_char, c_int};
use pinterest_oauth::binding::{cached, shield};
use pinterest_oauth::{Error, LoginRequest, Scopes, Token, blocking};

use crate::boundary::{self, Text};
use crate::status::pinterest_oauth_status;

/// An account. Any number of threads may use one at once, also before and after a `fork`.
pub struct pinterest_oauth_account(pub(crate) blocking::Account);

/// Frees an account. NULL is fine. Nothing that is stored changes.
///
/// # Safety
/// `account` is NULL or came from this library and was not freed yet; no call on it is under way.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_free(account: *mut pinterest_oauth_account) {
    if !account.is_null() {
        // SAFETY: the caller's promise.
        drop(unsafe { Box::from_raw(account) });
    }
}

/// An access token that is valid now, refreshed where it is due; a cached one costs no system call. On `OK` `*out_text`
/// is the access token itself, no document; otherwise it is the error document. With `scopes` the token must have all of
/// these, separated by commas or spaces; NULL asks for none.
///
/// # Safety
/// `account` is NULL or alive; `scopes` is NUL-terminated or NULL; `out_text` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_access_token(
    account: *const pinterest_oauth_account,
    scopes: *const c_char,
    out_text: *mut *mut c_char,
) -> pinterest_oauth_status {
    let text = Text {
        name: "scopes",
        pointer: scopes,
    };
    // SAFETY: the caller's promise.
    unsafe {
        on(account, out_text, |account| {
            let token = if scopes.is_null() {
                account.access_token()
            } else {
                account.access_token_for(&Scopes::parse(text.read()?))
            };
            token.map(|token| token.expose().to_owned())
        })
    }
}

/// The cached access token while nobody has to look into the store, or NULL: then `pinterest_oauth_account_access_token`
/// does the work. For bindings that prepare something before a call that may take long. It never waits, reads or fails.
/// Free it with `pinterest_oauth_string_free`.
///
/// # Safety
/// `account` is NULL or alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_cached(
    account: *const pinterest_oauth_account,
) -> *mut c_char {
    // SAFETY: the caller's promise.
    let account = unsafe { account.as_ref() };
    let token = account.and_then(|account| cached(&account.0));
    token.map_or(std::ptr::null_mut(), |token| {
        boundary::into_c(token.expose().to_owned())
    })
}

/// The cached access token while it is valid, or NULL. It never waits, reads or fails. Free it with
/// `pinterest_oauth_string_free`.
///
/// # Safety
/// `account` is NULL or alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_access_token_now(
    account: *const pinterest_oauth_account,
) -> *mut c_char {
    // SAFETY: the caller's promise.
    let account = unsafe { account.as_ref() };
    let token = account.and_then(|account| account.0.access_token_now());
    token.map_or(std::ptr::null_mut(), |token| {
        boundary::into_c(token.expose().to_owned())
    })
}

/// The whole token, as `pinterest_oauth_account_access_token`: on `OK` `*out_json` is the token document.
///
/// # Safety
/// `account` is NULL or alive; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_token(
    account: *const pinterest_oauth_account,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        on(account, out_json, |account| {
            account.token().map(|token| token.to_json())
        })
    }
}

/// A resource answered 401 to `access_token`, with this code of Pinterest's. On `OK` `*out_text` is the access token to
/// try once more with: the stored one where it is another, else a new one, at most once in ten minutes. Code 3, a missing
/// scope, refreshes nothing.
///
/// # Safety
/// `account` is NULL or alive; `access_token` is NUL-terminated or NULL; `out_text` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_rejected(
    account: *const pinterest_oauth_account,
    access_token: *const c_char,
    code: i64,
    out_text: *mut *mut c_char,
) -> pinterest_oauth_status {
    let text = Text {
        name: "access_token",
        pointer: access_token,
    };
    // SAFETY: the caller's promise.
    unsafe {
        on(account, out_text, |account| {
            let token = account.rejected(text.read()?, code)?;
            Ok(token.expose().to_owned())
        })
    }
}

/// Logs the account in with a `login_request` document: the code is exchanged and the token stored. The same redirect
/// twice sends its code once. On `OK` `*out_json` is the token document.
///
/// # Safety
/// `account` is NULL or alive; `request_json` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_login(
    account: *const pinterest_oauth_account,
    request_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let text = Text {
        name: "request_json",
        pointer: request_json,
    };
    // SAFETY: the caller's promise.
    unsafe {
        on(account, out_json, |account| {
            let request = LoginRequest::from_json(text.read()?);
            let request = request.map_err(|error| account.in_own_words(error))?;
            account.login(&request).map(|token| token.to_json())
        })
    }
}

/// Stores a token that was issued elsewhere, from a token document, in place of what the account had. On `OK` `*out_json`
/// is `{}`.
///
/// # Safety
/// `account` is NULL or alive; `token_json` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_import(
    account: *const pinterest_oauth_account,
    token_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let text = Text {
        name: "token",
        pointer: token_json,
    };
    // SAFETY: the caller's promise.
    unsafe {
        on(account, out_json, |account| {
            let token = Token::from_json(text.read()?);
            let token = token.map_err(|error| account.in_own_words(error))?;
            account.import(&token).map(|()| String::from("{}"))
        })
    }
}

/// Refreshes where it is due, as the store has it now; with `force` other than 0 although nothing is due, in a wait after
/// a failure, and where a login is needed. On `OK` `*out_json` is the token document.
///
/// # Safety
/// As `pinterest_oauth_account_token`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_refresh(
    account: *const pinterest_oauth_account,
    force: c_int,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        on(account, out_json, |account| {
            account.refresh(force != 0).map(|token| token.to_json())
        })
    }
}

/// Where the account stands: on `OK` `*out_json` is the `status` document. Nothing is sent.
///
/// # Safety
/// As `pinterest_oauth_account_token`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_status(
    account: *const pinterest_oauth_account,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        on(account, out_json, |account| {
            account.status().map(|status| status.to_json())
        })
    }
}

/// The stored token, valid or not: on `OK` `*out_json` is the token document. Nothing is sent.
///
/// # Safety
/// As `pinterest_oauth_account_token`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_export(
    account: *const pinterest_oauth_account,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        on(account, out_json, |account| {
            account.export().map(|token| token.to_json())
        })
    }
}

/// Removes the account from the store, with every copy of its tokens: on `OK` `*out_json` is the `removed` document.
/// Pinterest is told nothing.
///
/// # Safety
/// As `pinterest_oauth_account_token`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_remove(
    account: *const pinterest_oauth_account,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        on(account, out_json, |account| {
            account.remove().map(|removed| removed.to_json())
        })
    }
}

/// Gives the account another name; this handle keeps the old one. On `OK` `*out_json` is `{}`.
///
/// # Safety
/// `account` is NULL or alive; `new_name` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_rename(
    account: *const pinterest_oauth_account,
    new_name: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let text = Text {
        name: "new_name",
        pointer: new_name,
    };
    // SAFETY: the caller's promise.
    unsafe {
        on(account, out_json, |account| {
            account.rename(text.read()?).map(|()| String::from("{}"))
        })
    }
}

/// The token document of the token that Pinterest issued and no disk took, after `NOT_SAVED`; NULL where all is stored.
/// Free it with `pinterest_oauth_string_free`.
///
/// # Safety
/// `account` is NULL or alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_account_unsaved(
    account: *const pinterest_oauth_account,
) -> *mut c_char {
    // SAFETY: the caller's promise.
    let account = unsafe { account.as_ref() };
    let token = shield(|| Ok(account.and_then(|account| account.0.unsaved())));
    let text = token.ok().flatten().map(|token| token.to_json());
    text.and_then(|text| CString::new(text).ok())
        .map_or(std::ptr::null_mut(), CString::into_raw)
}

/// Something done with an account.
///
/// # Safety
/// `account` is NULL or alive; `out` is valid for a write or NULL.
unsafe fn on(
    account: *const pinterest_oauth_account,
    out: *mut *mut c_char,
    body: impl FnOnce(&blocking::Account) -> Result<String, Error>,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out, [], |[]| {
            let account = account
                .as_ref()
                .ok_or_else(|| Error::invalid_argument("account", "must not be NULL"))?;
            body(&account.0)
        })
    }
}
