//! The words that switches take, and which values each switch can choose from.

use serde::{Deserialize, Serialize};

/// The values of a type, as JSON, where there are only a few.
pub(crate) trait Choices {
    const CHOICES: &'static [&'static str];
}

/// Types with more values than one can choose from.
macro_rules! any {
    ($($kind:ty),*) => { $(impl Choices for $kind { const CHOICES: &'static [&'static str] = &[]; })* };
}

any!(u64, String, Vec<String>, Option<RateLimit>, Option<String>);
any!(u16, Option<u16>);

impl Choices for bool {
    const CHOICES: &'static [&'static str] = &["false", "true"];
}

/// An enum whose variants are words; the first is the default.
macro_rules! words {
    ($(#[$about:meta])* $name:ident, $(#[$of_first:meta])* $first:ident = $word:literal,
     $($(#[$of_variant:meta])* $variant:ident = $other:literal,)*) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
        pub enum $name {
            $(#[$of_first])* #[default] #[serde(rename = $word)] $first,
            $($(#[$of_variant])* #[serde(rename = $other)] $variant,)*
        }

        impl Choices for $name {
            const CHOICES: &'static [&'static str] =
                &[concat!("\"", $word, "\""), $(concat!("\"", $other, "\"")),*];
        }
    };
}

words! {
    /// What becomes of refresh tokens when a new one is handed out.
    Rotation,
    /// The old one stays valid until it would have expired anyway.
    Grace = "grace",
    /// The old one is dead at once.
    Strict = "strict",
    /// The old one is dead at once; if it comes again, every refresh token of its login dies.
    Family = "family",
    /// The old one and the new one are valid, every other of its login is dead.
    LastWins = "lastwins",
}

words! {
    /// What a refresh answers as `scope`.
    ScopeOnRefresh,
    /// All scopes that were ever approved.
    Union = "union",
    /// Nothing: the field is absent.
    Omit = "omit",
}

words! {
    /// How an error is wrapped.
    Envelope,
    /// `code` and `message` alone.
    Bare = "bare",
    /// With an additional `"status": "failure"`.
    StatusFailure = "status_failure",
}

words! {
    /// What happens to a scope that Pinterest does not have.
    UnknownScope,
    /// It is not granted; the rest is.
    Drop = "drop",
    /// The request is refused with 400 and code 1.
    Reject = "reject",
}

words! {
    /// Where a person who refuses ends up.
    Denial,
    /// At the redirect address, with `error=access_denied` and the state.
    WithState = "with_state",
    /// The same without the state.
    WithoutState = "without_state",
    /// At a page that says so; nothing comes back to the app.
    Page = "page",
}

/// How many requests are served in which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// Requests in one window.
    pub limit: u64,
    /// Length of the window in seconds.
    pub window: u64,
}
