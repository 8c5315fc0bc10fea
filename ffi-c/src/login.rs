//! A login with a browser as an opaque handle.

#![allow(non_camel_case_types)]

use std::time::Duration;

use libc::{c_char, c_int};
use pinterest_oauth::{Error, Login, LoginOptions};

use crate::boundary::{self, Text};
use crate::manager::pinterest_oauth_manager;
use crate::status::pinterest_oauth_status;

/// A login under way. Any number of threads may use one at once; it belongs to the process that has begun it.
pub struct pinterest_oauth_login(Login);

/// Begins a login with a browser on the machine of the person: checks settings and store, listens at the redirect
/// address, and opens a browser where `options_json` (a `login_options` document) or the surroundings say so. Then
/// `pinterest_oauth_login_next` tells what happens.
///
/// On `OK` `*out_login` is the login and `*out_json` a `login_started` document; otherwise `*out_login` is NULL and
/// `*out_json` the error document.
///
/// # Safety
/// `manager` is NULL or alive; `options_json` is NUL-terminated or NULL; `out_login` and `out_json` are valid for a
/// write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_login_start(
    manager: *const pinterest_oauth_manager,
    options_json: *const c_char,
    out_login: *mut *mut pinterest_oauth_login,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let texts = [Text {
        name: "options_json",
        pointer: options_json,
    }];
    // SAFETY: the caller's promise.
    unsafe {
        boundary::handle_with(out_login, "out_login", out_json, texts, |[options]| {
            let manager = manager
                .as_ref()
                .ok_or_else(|| Error::invalid_argument("manager", "must not be NULL"))?;
            let options = LoginOptions::from_json(options);
            let options = options.map_err(|error| manager.0.in_own_words(error))?;
            let login = manager.0.start_login(&options)?;
            let started = login.started().to_json();
            Ok((pinterest_oauth_login(login), started))
        })
    }
}

/// Ends the wait and frees a login and its port. NULL is fine. A code that was sent is exchanged and stored all the same.
///
/// # Safety
/// `login` is NULL or came from `pinterest_oauth_login_start` and was not freed yet; no call on it is under way.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_login_free(login: *mut pinterest_oauth_login) {
    if !login.is_null() {
        // SAFETY: the caller's promise.
        drop(unsafe { Box::from_raw(login) });
    }
}

/// What happens next: on `OK` `*out_json` is a `login_event` document, or `null` where nothing has happened within
/// `seconds`. After the event `done` or an error the status is `CANCELLED`.
///
/// # Safety
/// `login` is NULL or alive; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_login_next(
    login: *const pinterest_oauth_login,
    seconds: f64,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        on(login, out_json, [], |login, []| {
            let wait = Duration::try_from_secs_f64(seconds.clamp(0.0, 3_600.0));
            let event = login.next(wait.unwrap_or_default())?;
            Ok(event.map_or_else(|| String::from("null"), |event| event.to_json()))
        })
    }
}

/// The `login_started` document with the address of Pinterest's page, for a browser on another machine; from then on a
/// browser may come back that was not at the start page.
///
/// # Safety
/// `login` is NULL or alive; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_login_show(
    login: *const pinterest_oauth_login,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe { on(login, out_json, [], |login, []| Ok(login.show().to_json())) }
}

/// Takes the address of the page to which Pinterest sent the person. On `INVALID_ARGUMENT` the message says what was
/// pasted instead, and the login waits on.
///
/// # Safety
/// `login` is NULL or alive; `address` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_login_paste(
    login: *const pinterest_oauth_login,
    address: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let texts = [Text {
        name: "address",
        pointer: address,
    }];
    // SAFETY: the caller's promise.
    unsafe {
        on(login, out_json, texts, |login, [address]| {
            login.paste(address).map(|()| String::from("{}"))
        })
    }
}

/// The answer to the event `confirm`: whether the token may be replaced.
///
/// # Safety
/// `login` is NULL or alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_login_answer(
    login: *const pinterest_oauth_login,
    replace: c_int,
) {
    // SAFETY: the caller's promise.
    if let Some(login) = unsafe { login.as_ref() } {
        login.0.answer(replace != 0);
    }
}

/// Ends the wait: `pinterest_oauth_login_next` says `cancelled`, or how the exchange ended where a code was sent.
///
/// # Safety
/// `login` is NULL or alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_login_cancel(login: *const pinterest_oauth_login) {
    // SAFETY: the caller's promise.
    if let Some(login) = unsafe { login.as_ref() } {
        login.0.cancel();
    }
}

/// Something done with a login.
///
/// # Safety
/// `login` is NULL or alive; `out` is valid for a write or NULL; every text is as [`Text::read`] wants it.
unsafe fn on<const N: usize>(
    login: *const pinterest_oauth_login,
    out: *mut *mut c_char,
    texts: [Text; N],
    body: impl FnOnce(&Login, [&str; N]) -> Result<String, Error>,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out, texts, |texts| {
            let login = login
                .as_ref()
                .ok_or_else(|| Error::invalid_argument("login", "must not be NULL"))?;
            body(&login.0, texts)
        })
    }
}
