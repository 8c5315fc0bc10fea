//! The login of a web app: what is kept between its begin and its end is kept in the visitor's browser, in one sealed
//! cookie for each login. So there is no session, several tabs and workers do not meet, and a restart changes nothing.
//!
//! Making and reading is here; the exchange of the code and the store belong to `tokens::web`.

mod begin;
mod cookie;
mod end;
mod finish;
mod jar;
mod next;
mod seal;

pub use begin::{BeginLogin, LoginBegin};
pub use end::LoginEnd;
pub use finish::LoginVisit;

pub(crate) use cookie::App;
pub(crate) use finish::Seen;
