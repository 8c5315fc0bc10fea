//! A login without its I/O: the address to send a user to, and the redirect that comes back.

mod authorize;
mod redirect;

pub use authorize::{AuthorizeRequest, AuthorizeUrl};
pub use redirect::{RedirectCode, RedirectRequest};
