//! The numbers that C callers get. One for each kind of the core, and `OK`.

#![allow(non_camel_case_types)]

use pinterest_oauth::Kind;

/// What became of a call. Numbers are never reused; a newer library may return one that an older
/// header does not name, so treat an unknown number as a failure.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum pinterest_oauth_status {
    /// It worked; `out_json` holds the answer.
    Ok = 0,
    /// A fault of this library.
    Internal = 1,
    /// An input is missing, unknown or malformed; `field` names it. Nothing was sent.
    InvalidArgument = 2,
    /// The configuration cannot be used; `field` names the setting. Nothing was sent.
    InvalidConfig = 3,
    /// No connection, or it broke.
    Connect = 4,
    /// The server's certificate or the TLS handshake failed.
    Tls = 5,
    /// The proxy could not be reached or refused.
    Proxy = 6,
    /// A deadline passed.
    Timeout = 7,
    /// The code or refresh token is bad, used, expired or revoked: let the user log in again.
    InvalidGrant = 8,
    /// The app id or the app secret is wrong.
    InvalidClient = 9,
    /// Pinterest does not permit this operation.
    Forbidden = 10,
    /// The token lacks a scope.
    InsufficientScope = 11,
    /// Too many requests: wait `retry_after` seconds.
    RateLimited = 12,
    /// Pinterest failed: try again later.
    ServerError = 13,
    /// Any other answer shaped as Pinterest shapes its errors.
    ApiError = 14,
    /// An answer that is neither a token nor a Pinterest error.
    InvalidResponse = 15,
    /// The redirect came back with `error=`.
    AccessDenied = 16,
    /// The redirect carries a `state` that is not the expected one.
    StateMismatch = 17,
    /// The access token is not accepted.
    InvalidToken = 18,
    /// The caller cancelled the call.
    Cancelled = 19,
    /// No refresh token of the account is left that Pinterest takes: let the user log in again.
    ReauthorizationRequired = 20,
    /// The store has no such account.
    UnknownAccount = 21,
    /// The store of tokens cannot be read or written; `field` says which part.
    StoreUnavailable = 22,
    /// Another process refreshes, or an answer must be asked for once more: wait `retry_after` seconds.
    StoreBusy = 23,
    /// A token was issued, and no disk took it.
    NotSaved = 24,
}

impl From<Kind> for pinterest_oauth_status {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Internal => Self::Internal,
            Kind::InvalidArgument => Self::InvalidArgument,
            Kind::InvalidConfig => Self::InvalidConfig,
            Kind::Connect => Self::Connect,
            Kind::Tls => Self::Tls,
            Kind::Proxy => Self::Proxy,
            Kind::Timeout => Self::Timeout,
            Kind::InvalidGrant => Self::InvalidGrant,
            Kind::InvalidClient => Self::InvalidClient,
            Kind::Forbidden => Self::Forbidden,
            Kind::InsufficientScope => Self::InsufficientScope,
            Kind::RateLimited => Self::RateLimited,
            Kind::ServerError => Self::ServerError,
            Kind::ApiError => Self::ApiError,
            Kind::InvalidResponse => Self::InvalidResponse,
            Kind::AccessDenied => Self::AccessDenied,
            Kind::StateMismatch => Self::StateMismatch,
            Kind::InvalidToken => Self::InvalidToken,
            Kind::Cancelled => Self::Cancelled,
            Kind::ReauthorizationRequired => Self::ReauthorizationRequired,
            Kind::UnknownAccount => Self::UnknownAccount,
            Kind::StoreUnavailable => Self::StoreUnavailable,
            Kind::StoreBusy => Self::StoreBusy,
            Kind::NotSaved => Self::NotSaved,
            _ => Self::Internal,
        }
    }
}

/// The name of a status, for example `invalid_grant`, as a C string.
pub(crate) fn name(status: i32) -> Option<std::ffi::CString> {
    let kind = Kind::ALL.iter().find(|kind| **kind as i32 == status)?;
    std::ffi::CString::new(kind.name()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_the_core_has_its_status() {
        for kind in Kind::ALL {
            let status = pinterest_oauth_status::from(*kind);
            assert_eq!(status as i32, *kind as i32);
            let words = format!("{status:?}").to_lowercase();
            assert_eq!(words, kind.name().replace('_', ""));
        }
    }
}
