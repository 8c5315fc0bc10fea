//! A login without its I/O: the address to send a user to, the redirect that comes back, and both for web apps.

mod authorize;
pub(crate) mod loopback;
pub(crate) mod paste;
pub(crate) mod place;
pub(crate) mod plan;
mod query;
mod redirect;
pub(crate) mod web;

pub use authorize::{AuthorizeRequest, AuthorizeUrl};
pub use redirect::{RedirectCode, RedirectRequest};
pub use web::LoginEnd;
