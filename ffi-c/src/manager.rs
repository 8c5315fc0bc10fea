//! The token manager as an opaque handle.

#![allow(non_camel_case_types)]

use std::time::Duration;

use libc::{c_char, c_int};
use pinterest_oauth::binding::take_log;
use pinterest_oauth::{
    BeginLogin, DEFAULT_PARALLEL, Error, LoginVisit, ManagerConfig, Scopes, blocking, finish,
};

use crate::account::pinterest_oauth_account;
use crate::boundary::{self, Text};
use crate::status::pinterest_oauth_status;

/// A token manager. Any number of threads may use one at once, also before and after a `fork`.
pub struct pinterest_oauth_manager(pub(crate) blocking::TokenManager);

/// Opens a token manager from a document with the keys of `config` and of `manager`, and makes its store where there is
/// none. `{}` is enough where the environment holds the credentials. Managers with equal settings share what they know.
///
/// On `OK` `*out_manager` is the manager and `*out_json` is `{}`; otherwise `*out_manager` is NULL and `*out_json` the
/// error document.
///
/// # Safety
/// `config_json` is NUL-terminated or NULL; `out_manager` and `out_json` are valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_manager_new(
    config_json: *const c_char,
    out_manager: *mut *mut pinterest_oauth_manager,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let texts = [Text {
        name: "config_json",
        pointer: config_json,
    }];
    // SAFETY: the caller's promise.
    unsafe {
        boundary::handle(out_manager, "out_manager", out_json, texts, |[config]| {
            let manager = blocking::TokenManager::new(ManagerConfig::from_json(config)?)?;
            Ok(pinterest_oauth_manager(manager))
        })
    }
}

/// What the token managers of this process did since the last time, whichever thread it was: on `OK` `*out_json` is a list
/// of `log_line` documents, for the log of the program. The newest 256 are kept.
///
/// # Safety
/// `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_take_log(
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe { boundary::call(out_json, [], |[]| Ok(take_log())) }
}

/// Frees a manager. NULL is fine. Its accounts may live on.
///
/// # Safety
/// `manager` is NULL or came from `pinterest_oauth_manager_new` and was not freed yet; no call on it is under way.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_manager_free(manager: *mut pinterest_oauth_manager) {
    if !manager.is_null() {
        // SAFETY: the caller's promise.
        drop(unsafe { Box::from_raw(manager) });
    }
}

/// The account of that name: 1 to 1,024 bytes of UTF-8 without control characters. Nothing is read. Free it with
/// `pinterest_oauth_account_free`.
///
/// On `OK` `*out_account` is the account and `*out_json` is `{}`; otherwise `*out_account` is NULL and `*out_json` the
/// error document.
///
/// # Safety
/// `manager` is NULL or alive; `name` is NUL-terminated or NULL; `out_account` and `out_json` are valid for a write or
/// NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_manager_account(
    manager: *const pinterest_oauth_manager,
    name: *const c_char,
    out_account: *mut *mut pinterest_oauth_account,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let texts = [Text {
        name: "account",
        pointer: name,
    }];
    // SAFETY: the caller's promise.
    unsafe {
        boundary::handle(out_account, "out_account", out_json, texts, |[name]| {
            known(manager)?.0.account(name).map(pinterest_oauth_account)
        })
    }
}

/// Tokens of the app itself (`client_credentials`) with these scopes, separated by commas or spaces. As
/// `pinterest_oauth_manager_account`.
///
/// # Safety
/// As `pinterest_oauth_manager_account`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_manager_app(
    manager: *const pinterest_oauth_manager,
    scopes: *const c_char,
    out_account: *mut *mut pinterest_oauth_account,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let texts = [Text {
        name: "scopes",
        pointer: scopes,
    }];
    // SAFETY: the caller's promise.
    unsafe {
        boundary::handle(out_account, "out_account", out_json, texts, |[scopes]| {
            let app = known(manager)?.0.app(&Scopes::parse(scopes));
            app.map(pinterest_oauth_account)
        })
    }
}

/// Where every account of this app stands: on `OK` `*out_json` is a list of `status` documents, by name.
///
/// # Safety
/// `manager` is NULL or alive; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_manager_accounts(
    manager: *const pinterest_oauth_manager,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, [], |[]| {
            let accounts = known(manager)?.0.accounts()?;
            serde_json::to_string(&accounts)
                .map_err(|_| Error::internal("the list could not be written"))
        })
    }
}

/// Refreshes every account of this app that is due, `parallel` at once; 0 means 16. On `OK` `*out_json` is the
/// `refresh_due` document, in which the accounts stand that failed.
///
/// # Safety
/// As `pinterest_oauth_manager_accounts`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_manager_refresh_due(
    manager: *const pinterest_oauth_manager,
    parallel: u32,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let parallel = match usize::try_from(parallel) {
        Ok(parallel) if parallel > 0 => parallel,
        _ => DEFAULT_PARALLEL,
    };
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, [], |[]| {
            let report = known(manager)?.0.refresh_due_with(parallel, None)?;
            Ok(report.to_json())
        })
    }
}

/// Looks the store over. With `repair` other than 0 damaged records are moved aside. On `OK` `*out_json` is the `doctor`
/// document.
///
/// # Safety
/// As `pinterest_oauth_manager_accounts`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_manager_doctor(
    manager: *const pinterest_oauth_manager,
    repair: c_int,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, [], |[]| {
            known(manager)?
                .0
                .doctor(repair != 0)
                .map(|report| report.to_json())
        })
    }
}

/// Begins the login of a web app's visitor. On `OK` `*out_json` is the `login_begin` document: answer the visitor with
/// status 303, its `url` as `Location`, and one `Set-Cookie` header for each of its `set_cookies`. Nothing is sent, read
/// or stored.
///
/// # Safety
/// `manager` is NULL or alive; `request_json` is NUL-terminated or NULL; `out_json` is valid for a write or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_login_begin(
    manager: *const pinterest_oauth_manager,
    request_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let texts = [Text {
        name: "request_json",
        pointer: request_json,
    }];
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, texts, |[request]| {
            let begin = known(manager)?
                .0
                .begin_login(&BeginLogin::from_json(request)?);
            begin.map(|begin| begin.to_json())
        })
    }
}

/// Ends the login of a web app's visitor: what came of the request at the redirect address. On `OK` `*out_json` is the
/// `login_end` document: what a visitor did wrong is an `outcome` of it, and no failure. The code is exchanged once, and
/// its token stored before this returns; the same redirect again gives the token that is stored.
///
/// # Safety
/// As `pinterest_oauth_login_begin`, with `visit_json` as `request_json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_oauth_login_finish(
    manager: *const pinterest_oauth_manager,
    visit_json: *const c_char,
    out_json: *mut *mut c_char,
) -> pinterest_oauth_status {
    let texts = [Text {
        name: "visit_json",
        pointer: visit_json,
    }];
    // SAFETY: the caller's promise.
    unsafe {
        boundary::call(out_json, texts, |[visit]| {
            let end = known(manager)?
                .0
                .finish_login(&LoginVisit::from_json(visit)?);
            end.map(|end| end.to_json())
        })
    }
}

/// Waits until what this process has begun is stored, at most `seconds`: a refresh or a login that was sent is driven to
/// its end. To be called before a program ends that used other threads. 1 where nothing is left, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn pinterest_oauth_finish(seconds: f64) -> c_int {
    let wait = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX);
    c_int::from(finish(wait))
}

/// # Safety
/// `manager` is NULL or alive.
unsafe fn known<'a>(
    manager: *const pinterest_oauth_manager,
) -> Result<&'a pinterest_oauth_manager, Error> {
    // SAFETY: the caller's promise.
    let manager = unsafe { manager.as_ref() };
    manager.ok_or_else(|| Error::invalid_argument("manager", "must not be NULL"))
}
