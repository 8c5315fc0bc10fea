//! The OAuth token call of Pinterest API v5, done right once, and a token manager that keeps what it gives. Unofficial: not
//! made or endorsed by Pinterest.
//!
//! ```no_run
//! use pinterest_oauth::{ManagerConfig, blocking::TokenManager};
//!
//! # fn main() -> Result<(), pinterest_oauth::Error> {
//! let shop = TokenManager::new(ManagerConfig::from_env())?.account("shop-42")?;
//! let token = shop.access_token()?; // valid now, refreshed when it is due, whoever asks at the same time
//! # Ok(())
//! # }
//! ```
//!
//! Before that a person logs in, once: in a browser on this machine, or on your web site
//! ([`begin_login`](TokenManager::begin_login), [`finish_login`](TokenManager::finish_login)).
//!
//! ```no_run
//! use pinterest_oauth::{LoginOptions, ManagerConfig, Scopes, blocking::TokenManager};
//!
//! # fn main() -> Result<(), pinterest_oauth::Error> {
//! let options = LoginOptions::new().account("shop-42").scope(Scopes::parse("pins:read"));
//! let done = TokenManager::new(ManagerConfig::from_env())?.login(&options, |login, event| match event {
//!     Some(event) => eprintln!("{}", event.message),
//!     None => eprintln!("{}", login.started().message),
//! })?;
//! println!("{}", done.message);
//! # Ok(())
//! # }
//! ```
//!
//! The call itself, for who keeps tokens otherwise:
//!
//! ```no_run
//! use pinterest_oauth::{Config, TokenRequest, blocking::Client};
//!
//! # fn main() -> Result<(), pinterest_oauth::Error> {
//! let client = Client::new(Config::from_env())?;
//! let request = TokenRequest::authorization_code("the code of the redirect", "http://localhost:8085/");
//! let token = client.oauth_token(&request)?;
//! println!("expires at {:?}, may do {}", token.expires_at(), token.scopes());
//! let token = client.refresh(&token)?; // store it: the refresh token has changed
//! # Ok(())
//! # }
//! ```
//!
//! [`Client`] is for async callers, [`blocking::Client`] for all others. Every failure is an
//! [`Error`] with a [`Kind`], what to do about it, and whether the request may have taken effect.
//!
//! # Layout
//!
//! | folder or file | what it may do |
//! |---|---|
//! | `error` `answer` `secret` `scopes` `token` | values |
//! | `text` | text in and out: the table of documents, their fields, encodings, what may be shown; no I/O |
//! | `config` | settings and addresses, from code or the environment; no I/O |
//! | `wire` | what passes between `call` and `net`; no I/O |
//! | `call` | one file for each endpoint: what it asks for, sends and reads; no I/O |
//! | `login` | the authorization URL and the redirect; both for web apps (`web`), and for a browser on this machine (`plan`); no I/O |
//! | `net` | the only reqwest, hyper and rustls; the listener of a login |
//! | `desktop` | opens the browser of the person |
//! | `drive` | who waits for a call: async callers, blocking ones, threads, processes that fork |
//! | `tokens` | tokens that are kept: the manager, its store on a disk (`disk`), its rules without I/O (`plan`); the file of one token |
//! | `process` | a static that each process has for itself |
//! | `shield` | stops panics before they reach another language |
//! | `binding` | what packages for other languages need besides |
//!
//! `tests/house.rs` holds these walls, and that no two files need each other.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

mod answer;
pub mod binding;
mod call;
mod config;
mod desktop;
mod drive;
mod error;
mod login;
mod net;
mod process;
mod scopes;
mod secret;
mod shield;
mod text;
mod token;
mod tokens;
mod wire;

pub use answer::Answer;
pub use call::{ConversionRequest, Grant, RevokeRequest, TokenRequest, TokenTypeHint, User};
pub use config::{Config, DEFAULT_CONNECT_TIMEOUT, DEFAULT_TIMEOUT, Environment, MAX_TIMEOUT};
pub use drive::client::Client;
pub use error::{Error, Kind, Outcome};
pub use login::web::{BeginLogin, LoginBegin, LoginEnd, LoginVisit};
pub use login::{AuthorizeRequest, AuthorizeUrl, RedirectCode, RedirectRequest};
pub use scopes::Scopes;
pub use secret::Secret;
pub use text::rate_limit::{RateLimit, RateLimitPolicy};
pub use token::Token;
pub use tokens::{
    Account, DEFAULT_LOGIN_TIMEOUT, DEFAULT_PARALLEL, DoctorFinding, DoctorReport, DueFailure,
    DueReport, Held, LogLine, Login, LoginEvent, LoginEventKind, LoginOptions, LoginRequest,
    LoginStarted, MAX_LOGIN_TIMEOUT, ManagerConfig, Progress, Removed, Status, StatusTrouble,
    TokenFile, TokenManager, finish,
};

/// The client for callers without a runtime: other languages, threads, processes that fork.
pub mod blocking {
    pub use crate::drive::blocking::Client;
    pub use crate::tokens::blocking::{Account, TokenManager};

    /// Closes the connections of this process that no call uses. Those of a client are closed with the last client of
    /// its settings anyway.
    pub fn close_idle() {
        crate::drive::pool::Pool::close_idle();
    }
}

/// The version of this library.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
