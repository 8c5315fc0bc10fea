//! What a failure of reqwest means: its kind, and whether the request may have arrived. Nothing that
//! reqwest says is repeated, because it holds addresses.

use std::error::Error as StdError;

use rustls::CertificateError;

use crate::error::{Error, Kind, Outcome};

/// Whether a call goes through a proxy; hosts excepted by name leave it open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proxied {
    No,
    Yes,
    Perhaps,
}

/// A deadline passed, before or after bytes may have left.
pub(crate) fn timed_out(sent: bool) -> Error {
    if sent {
        Error::new(
            Kind::Timeout,
            Outcome::Unknown,
            "no complete answer came before the deadline",
        )
    } else {
        Error::new(
            Kind::Timeout,
            Outcome::NotSent,
            "no connection came about before the deadline",
        )
    }
}

/// What went wrong, without the address or anything else that reqwest knows.
pub(crate) fn of(error: &reqwest::Error, proxied: Proxied, sent: bool) -> Error {
    let outcome = if sent {
        Outcome::Unknown
    } else {
        Outcome::NotSent
    };
    let fail = |kind, message: &str| Error::new(kind, outcome, message);
    if let Some(tls) = find::<rustls::Error>(error) {
        return fail(Kind::Tls, tls_message(tls));
    }
    if error.is_timeout() {
        return timed_out(sent);
    }
    if find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
        return fail(
            Kind::InvalidResponse,
            "the answer is not HTTP, or its headers are too large",
        );
    }
    if sent {
        return fail(
            Kind::Connect,
            "the connection broke before the answer was complete",
        );
    }
    if proxied == Proxied::Yes || (proxied == Proxied::Perhaps && mentions_proxy(error)) {
        return fail(Kind::Proxy, "the proxy refused or could not be reached");
    }
    if error.is_dns() {
        return fail(Kind::Connect, "the host name could not be resolved");
    }
    match find::<std::io::Error>(error).map(std::io::Error::kind) {
        Some(std::io::ErrorKind::ConnectionRefused) => {
            fail(Kind::Connect, "the connection was refused")
        }
        _ => fail(Kind::Connect, "no connection could be made"),
    }
}

fn tls_message(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::InvalidCertificate(certificate) => match certificate {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "the server's certificate has expired"
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "the server's certificate is not valid yet"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "the server's certificate is for another host name"
            }
            CertificateError::UnknownIssuer => {
                "the server's certificate is not from a trusted authority"
            }
            CertificateError::Revoked => "the server's certificate was revoked",
            _ => "the server's certificate is not valid",
        },
        _ => "the TLS handshake failed",
    }
}

/// The first `E` among the causes; rustls wraps its errors in those of I/O.
fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        let inner = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => error.source(),
        };
    }
    None
}

/// hyper's errors about tunnels and SOCKS have no public types.
fn mentions_proxy(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string().to_lowercase();
        if text.contains("tunnel") || text.contains("socks") || text.contains("proxy") {
            return true;
        }
        next = error.source();
    }
    false
}
