//! What the fuzz targets share. A broken property is a panic, with a text that says what does not hold.
//!
//! | file | job |
//! |---|---|
//! | `canary` | secrets that must not show, and how an input asks for them |
//! | `documents` | what holds for every document that comes out |
//! | `requests` | what holds for every reader of a document |
//! | `call` | one call against a server that answers what the input says |
//! | `server` | that server |
//! | `linear` | reading takes time in proportion to what is read |

pub mod call;
pub mod canary;
pub mod documents;
pub mod linear;
pub mod login;
pub mod requests;
mod server;
