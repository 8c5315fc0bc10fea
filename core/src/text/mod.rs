//! Text in and out: documents and their fields, encodings, what may be shown. No I/O.

pub mod documents;
pub(crate) mod encode;
pub(crate) mod fields;
pub(crate) mod json;
pub(crate) mod language;
pub(crate) mod rate_limit;
pub(crate) mod scrub;
mod spelling;
pub(crate) mod time;
