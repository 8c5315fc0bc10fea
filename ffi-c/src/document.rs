//! Documents without a client: tokens and redirects are read, and one value of a document is taken out.

use std::collections::HashMap;
use std::ffi::CString;

use libc::c_char;
use pinterest_oauth::binding::shield;
use pinterest_oauth::{RedirectRequest, Token};
use serde_json::value::RawValue;

use crate::boundary::{self, Text};
use crate::status::pinterest_oauth_status;

/// Reads a token document that was stored, or an answer of Pinterest: on `OK` `*out_json` is the token document to
/// store, without the key `answer`. Nothing is sent, and nothing that it says is lost.
///
/// # Safety
/// `token_json` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_token_read(
    token_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe { token(token_json, out_json, |token| token.to_json()) }
}

/// What Pinterest answered, from a token document: without what this library added, each value to the letter.
///
/// # Safety
/// As `pinterest_oauth_token_read`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_token_as_answered(
    token_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe { token(token_json, out_json, |token| token.as_answered()) }
}

/// A document made from a token document.
///
/// # Safety
/// As `pinterest_oauth_token_read`.
unsafe fn token(
    token_json: *const c_char,
    out_json: *mut *mut c_char,
    body: impl FnOnce(Token) -> String,
) -> pinterest_oauth_status {
    let text = Text {
        name: "token",
        pointer: token_json,
    };
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, [text], |[token]| {
            Ok(body(Token::from_json(token)?))
        })
    }
}

/// Reads the redirect that ends a login from a `redirect_request` document. Nothing is sent. On `OK` `*out_json` is
/// the `redirect` document.
///
/// # Safety
/// `request_json` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_redirect(
    request_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let text = Text {
        name: "request_json",
        pointer: request_json,
    };
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, [text], |[request]| {
            Ok(RedirectRequest::from_json(request)?.code()?.to_json())
        })
    }
}

/// One value of a document, for programs without a JSON library: a string as its text, anything else as JSON. `key` may
/// name a place within, as `answer.request_id`. NULL where there is none, or null. Free it with
/// `pinterest_oauth_string_free`.
///
/// # Safety
/// `document_json` and `key` are NUL-terminated or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_document_text(
    document_json: *const c_char,
    key: *const c_char,
) -> *mut c_char {
    // SAFETY: the caller's promise.
    let Some(value) = (unsafe { value(document_json, key) }) else {
        return std::ptr::null_mut();
    };
    let text = match value.get() {
        "null" => return std::ptr::null_mut(),
        json => serde_json::from_str(json).unwrap_or_else(|_| json.to_owned()),
    };
    // A text with a NUL cannot be handed out whole, and so not at all.
    CString::new(text).map_or(std::ptr::null_mut(), CString::into_raw)
}

/// One whole number of a document, as `pinterest_oauth_document_text` finds it; 1 with `*out_number` set, or 0 where there
/// is none.
///
/// # Safety
/// As `pinterest_oauth_document_text`; `out_number` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_document_number(
    document_json: *const c_char,
    key: *const c_char,
    out_number: *mut i64,
) -> i32 {
    // SAFETY: the caller's promise.
    let number =
        unsafe { value(document_json, key) }.and_then(|value| value.get().parse::<i64>().ok());
    match number {
        Some(number) if !out_number.is_null() => {
            // SAFETY: not NULL, and valid for a write by the caller's promise.
            unsafe { out_number.write(number) };
            1
        }
        _ => 0,
    }
}

/// Whether the access token of a token document expires within `seconds` from now by the system's clock, or has expired:
/// 1 if so, 0 if not, and -1 where its expiry is not known or the document is none. `seconds` is 0 for "has expired".
///
/// # Safety
/// `token_json` is NUL-terminated or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_token_expires_within(
    token_json: *const c_char,
    seconds: i64,
) -> i32 {
    let text = Text {
        name: "token",
        pointer: token_json,
    };
    let time = std::time::Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    let answer = shield(|| {
        // SAFETY: the caller's promise.
        let token = Token::from_json(unsafe { text.read() }?)?;
        Ok(token.expires_within(time))
    });
    match answer {
        Ok(Some(expires)) => i32::from(expires),
        Ok(None) | Err(_) => -1,
    }
}

/// The JSON text at `key` of a document.
///
/// # Safety
/// As `pinterest_oauth_document_text`.
unsafe fn value<'a>(document_json: *const c_char, key: *const c_char) -> Option<&'a RawValue> {
    let text = |name, pointer| Text { name, pointer };
    let (document, key) = (text("document_json", document_json), text("key", key));
    let found = shield(|| {
        // SAFETY: the caller's promise.
        let (document, key) = unsafe { (document.read()?, key.read()?) };
        Ok(at(document, key))
    });
    found.ok().flatten()
}

/// Values are not converted: a number may be larger than any type of Rust.
fn at<'a>(json: &'a str, key: &str) -> Option<&'a RawValue> {
    let entries: HashMap<String, &RawValue> = serde_json::from_str(json).ok()?;
    entries.get(key).copied().or_else(|| {
        let (first, rest) = key.split_once('.')?;
        at(entries.get(first)?.get(), rest)
    })
}
