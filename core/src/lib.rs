//! The OAuth token call of Pinterest API v5, done right once. Unofficial: not made or endorsed by Pinterest.
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
#![forbid(unsafe_code)]

mod authorize;
mod background;
mod calls;
mod client;
mod config;
mod document;
mod endpoint;
mod error;
mod failure;
mod fields;
mod grant;
mod operation;
mod pool;
mod process;
mod rate_limit;
mod request;
mod resolve;
mod response;
mod roots;
mod scopes;
mod scrub;
mod secret;
mod setup;
mod shield;
mod token;
mod transport;

pub mod blocking;

pub use authorize::{AuthorizeRequest, AuthorizeUrl, RedirectCode, RedirectRequest};
pub use calls::{ConversionRequest, RevokeRequest, TokenTypeHint};
pub use client::Client;
pub use config::{Config, DEFAULT_CONNECT_TIMEOUT, DEFAULT_TIMEOUT, Environment, MAX_TIMEOUT};
pub use error::{Error, Kind, Outcome};
pub use grant::{Grant, TokenRequest};
pub use operation::Operation;
pub use rate_limit::{RateLimit, RateLimitPolicy};
pub use scopes::Scopes;
pub use secret::Secret;
pub use shield::shield;
pub use token::Token;

/// The version of this library.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
