//! What went wrong, and whether Pinterest may have acted: the same names and numbers in every language.

use std::fmt;

macro_rules! kinds {
    ($($(#[doc = $about:literal])+ $variant:ident = $number:literal, $name:literal, $what_now:literal;)*) => {
        /// What went wrong. Names and numbers are the same in every language and are never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(i32)]
        pub enum Kind { $($(#[doc = $about])+ $variant = $number,)* }

        impl Kind {
            /// Every kind, in the order of its number.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),*];

            /// The name used in every language, for example `invalid_grant`.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$variant => $name),* }
            }

            /// When it happens, as the documentation has it.
            pub fn about(self) -> &'static str {
                match self { $(Kind::$variant => concat!($($about),+).trim_ascii()),* }
            }

            /// What a caller can do about it, as one sentence.
            pub fn what_now(self) -> &'static str {
                match self { $(Kind::$variant => $what_now),* }
            }
        }
    };
}

kinds! {
    /// A fault of this library.
    Internal = 1, "internal", "Please report this as a bug of the library.";
    /// An input is missing, unknown or malformed; `field` names it. Nothing was sent.
    InvalidArgument = 2, "invalid_argument", "Fix the input that `field` names.";
    /// The configuration cannot be used; `field` names the setting. Nothing was sent.
    InvalidConfig = 3, "invalid_config", "Fix the setting that `field` names.";
    /// No connection, or it broke; `outcome` says whether the request may have arrived.
    Connect = 4, "connect", "Try again later.";
    /// The server's certificate or the TLS handshake failed.
    Tls = 5, "tls", "Check the host name, the clock and the CA file, then try again.";
    /// The proxy could not be reached or refused.
    Proxy = 6, "proxy", "Check the proxy settings, then try again.";
    /// A deadline passed.
    Timeout = 7, "timeout", "Try again later.";
    /// 401 with code 283: the code or refresh token is bad, used, expired or revoked.
    InvalidGrant = 8, "invalid_grant", "Let the user log in again.";
    /// 401 with code 2 where the app authenticates itself.
    InvalidClient = 9, "invalid_client", "Check the app id and the app secret.";
    /// 403, or code 29.
    Forbidden = 10, "forbidden", "Ask Pinterest for access to this operation.";
    /// Code 3: the token lacks a scope.
    InsufficientScope = 11, "insufficient_scope", "Ask the user for the missing scope.";
    /// 429, or code 8.
    RateLimited = 12, "rate_limited", "Wait as long as the error says, then try again.";
    /// 5xx, or code 12.
    ServerError = 13, "server_error", "Try again later.";
    /// Any other answer shaped as Pinterest shapes its errors.
    ApiError = 14, "api_error", "Read the code and the message.";
    /// An answer that is neither a token nor a Pinterest error.
    InvalidResponse = 15, "invalid_response", "Report it with the status and the request id.";
    /// The redirect came back with `error=`: the user or Pinterest said no (RFC 6749, 4.1.2.1).
    AccessDenied = 16, "access_denied", "Ask the user again, or fix the authorization request.";
    /// The redirect carries a `state` that is not the expected one (RFC 6749, 10.12).
    StateMismatch = 17, "state_mismatch", "Discard this redirect and start the login again.";
    /// 401 with code 2 where an access token authenticates the call (RFC 6750, 3.1).
    InvalidToken = 18, "invalid_token", "Refresh the access token, then try again.";
    /// The caller cancelled the call; `outcome` says whether the request may have arrived.
    Cancelled = 19, "cancelled", "Nothing, if that was intended.";
    /// No refresh token of the account is left that Pinterest takes, and its access token has expired.
    ReauthorizationRequired = 20, "reauthorization_required", "Let the user log in again.";
    /// The store has no such account. Nothing was sent.
    UnknownAccount = 21, "unknown_account", "Log in, or fix the name of the account.";
    /// The store of tokens cannot be read or written; `field` says which part. Nothing was sent.
    StoreUnavailable = 22, "store_unavailable", "Fix the store, then try again.";
    /// Another process refreshes, or an answer must be asked for once more before it is believed. Nothing was sent.
    StoreBusy = 23, "store_busy", "Wait as long as the error says, then try again.";
    /// A token was issued, and no disk took it. The error carries it.
    NotSaved = 24, "not_saved", "Store the token that this error carries.";
}

impl Kind {
    /// Numbers that kinds had once, with their names: they are never used again.
    pub const RETIRED: &'static [(i32, &'static str)] = &[];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether Pinterest may have acted on the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// No byte of the request can have reached the server: sending again is safe.
    NotSent,
    /// The server answered that it did not do it.
    Rejected,
    /// The request may have arrived and taken effect, for example burnt a code or rotated a token.
    Unknown,
}

impl Outcome {
    /// The name used in every language: `not_sent`, `rejected` or `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::NotSent => "not_sent",
            Outcome::Rejected => "rejected",
            Outcome::Unknown => "unknown",
        }
    }
}
