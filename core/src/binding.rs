//! For those who write a package for another language. Users of the crate need nothing of it.
//!
//! Calls come and go as documents here, driven in the ways that other languages need: until a signal handler says
//! stop, or on a thread of the core. The table that every binding is compared with is in [`documents`].

use serde_json::{Map, Value};

use crate::call::TokenRequest;
use crate::config::Config;
use crate::drive::blocking::Client;
use crate::error::Error;
use crate::scopes::Scopes;
use crate::secret::Secret;
use crate::token::Token;
use crate::tokens::ManagerConfig;

pub use crate::call::{Answered, AnyCall, Call};
pub use crate::drive::background::Pending;
pub use crate::shield::shield;
pub use crate::text::documents;
pub use crate::text::language::Language;

/// The call that refreshes `token`, for languages that hold the object; `map` may hold `timeout` and what else goes with
/// the grant.
///
/// # Errors
/// As [`TokenRequest::refresh`], and as `from_map` of the request.
pub fn refresh(token: &Token, map: Map<String, Value>) -> Result<AnyCall, Error> {
    TokenRequest::refresh_with(token, map).map(AnyCall::TokenRequest)
}

/// The configuration of a document, with variables from `get` instead of the process's environment: for languages whose
/// programs may see another one.
///
/// # Errors
/// As [`Config::from_json`].
pub fn config(json: &str, get: impl Fn(&str) -> Option<String>) -> Result<Config, Error> {
    Config::from_json_in(json, get)
}

/// What token managers of this process did since the last time, as a list of `log_line` documents: for the language's own
/// log. The newest 256 are kept.
pub fn take_log() -> String {
    crate::tokens::take_log()
}

/// The folder of a token manager with these settings; `None` for one in memory, or where there is no place.
pub fn folder(settings: &ManagerConfig) -> Option<&std::path::Path> {
    settings.folder()
}

/// Makes a call, asking `interrupted` every 50 ms whether to stop.
///
/// # Errors
/// As the call's own method; `cancelled` when told to stop.
pub fn run_until<C: Call>(
    client: &Client,
    call: &C,
    interrupted: impl FnMut() -> bool,
) -> Result<C::Answer, Error> {
    client.run_until(call, interrupted)
}

/// Makes a call.
///
/// # Errors
/// As the call's own method.
pub fn run<C: Call>(client: &Client, call: &C) -> Result<C::Answer, Error> {
    client.run(call)
}

/// Starts a call and returns at once. `done` gets its end exactly once, on another thread, or before this returns
/// where no thread can be started.
pub fn start<C: Call + 'static>(
    client: &Client,
    call: C,
    done: impl FnOnce(Result<C::Answer, Error>) + Send + 'static,
) -> Pending
where
    C::Answer: 'static,
{
    client.start(call, done)
}

/// The document that a call hands out for `token`: the token document with the key `answer`.
pub fn document(token: &Token) -> String {
    token.document()
}

/// The language whose words the errors of `client` use.
pub fn language(client: &Client) -> Language {
    client.language()
}

/// `error` with fields and times named as `language` names them.
pub fn in_words_of(error: Error, language: Language) -> Error {
    error.in_words_of(language)
}

/// `error` with a further remark at the end of its message.
pub fn remark(error: Error, remark: &str) -> Error {
    error.remark(remark)
}

/// Runs `work` on a thread of the library, counted as under way: [`finish`](crate::finish) waits for it. With the error,
/// on this thread, where none can be started.
pub fn detached(work: impl FnOnce(Option<Error>) + Send + 'static) {
    crate::tokens::detached(work);
}

/// The token of an account without blocking this thread; `done` is told on another one, or at once.
pub fn start_token(
    account: &crate::blocking::Account,
    done: impl FnOnce(Result<Token, Error>) + Send + 'static,
) {
    account.start_token(done);
}

/// The cached access token of an account, while nobody has to look: no system call.
pub fn cached(account: &crate::blocking::Account) -> Option<Secret> {
    account.cached()
}

/// The cached token of an account, while nobody has to look: no I/O.
pub fn cached_token(account: &crate::blocking::Account) -> Option<Token> {
    account.cached_token()
}

/// The access token of `token`, which is that of `account`, where it has all of these scopes.
///
/// # Errors
/// `insufficient_scope`.
pub fn having(
    account: &crate::blocking::Account,
    token: &Token,
    scopes: &Scopes,
) -> Result<Secret, Error> {
    account.having(token, scopes)
}

/// Does `work` on a thread of the library while this one waits, asking `interrupted` every 50 ms whether to stop waiting:
/// the work is driven to its end all the same. Where no thread can be started, this one does it.
///
/// # Errors
/// As `work`; `cancelled` when told to stop.
pub fn work_until<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    interrupted: impl FnMut() -> bool,
) -> Result<T, Error> {
    crate::tokens::work_until(work, interrupted)
}

/// The settings of a token manager from a document, with variables from `get`, as [`config`].
///
/// # Errors
/// As [`ManagerConfig::from_json`].
pub fn manager_config(
    json: &str,
    get: impl Fn(&str) -> Option<String>,
) -> Result<ManagerConfig, Error> {
    ManagerConfig::from_json_in(json, get)
}
