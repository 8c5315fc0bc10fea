//! What a failure of reqwest or hyper means: its kind, and whether the request may have arrived. Nothing that
//! they say is repeated, because it holds addresses.

use std::error::Error as StdError;
use std::io;
use std::net::UdpSocket;

use rustls::CertificateError;

use super::resolve::Unresolved;
use crate::error::{Error, Kind, Outcome};

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

/// What went wrong. `origin` is scheme, host and port of the call, which hold no secret; nothing else that the error
/// knows is told, but the words of a gate that refused.
pub(crate) fn of(
    error: &(dyn StdError + 'static),
    origin: &str,
    proxied: bool,
    sent: bool,
) -> Error {
    let outcome = if sent {
        Outcome::Unknown
    } else {
        Outcome::NotSent
    };
    let fail = |kind, message: &str| Error::new(kind, outcome, message);
    if let Some(refusal) = find::<Error>(error) {
        return refusal.clone();
    }
    if let Some(tls) = find::<rustls::Error>(error) {
        return fail(Kind::Tls, "").says(tls_message(tls));
    }
    if is_timeout(error) {
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
    if let Some(error) = find::<io::Error>(error).and_then(exhausted) {
        return error;
    }
    if proxied {
        return fail(Kind::Proxy, "the proxy refused or could not be reached");
    }
    match find::<Unresolved>(error) {
        Some(Unresolved::NoThread(error)) => {
            return unavailable("no thread could be started", error);
        }
        Some(Unresolved::NoAddress) => {
            let message = format!("the host name of {origin} could not be resolved");
            return fail(Kind::Connect, &message);
        }
        None => {}
    }
    match find::<io::Error>(error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => {
            fail(Kind::Connect, &format!("{origin} refused the connection"))
        }
        _ => fail(
            Kind::Connect,
            &format!("no connection to {origin} could be made"),
        ),
    }
}

fn is_timeout(error: &(dyn StdError + 'static)) -> bool {
    let timed_out = io::ErrorKind::TimedOut;
    find::<reqwest::Error>(error).is_some_and(reqwest::Error::is_timeout)
        || find::<io::Error>(error).is_some_and(|error| error.kind() == timed_out)
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
                "the server's certificate is not from a trusted authority: name the authority's by {ca_file} or \
                 SSL_CERT_FILE"
            }
            CertificateError::Revoked => "the server's certificate was revoked",
            CertificateError::Other(other) if is_authority(other) => {
                "the server uses the certificate of an authority (CA) as its own: it needs one that the authority has \
                 signed"
            }
            _ => "the server's certificate is not valid",
        },
        _ => "the TLS handshake failed",
    }
}

fn is_authority(error: &rustls::OtherError) -> bool {
    error.to_string().contains("CaUsedAsEndEntity")
}

/// What the process or the system has no more of. Nothing was sent.
fn exhausted(error: &io::Error) -> Option<Error> {
    let message = match error.raw_os_error().and_then(run_out) {
        Some(message) => message,
        None if error.kind() == io::ErrorKind::OutOfMemory => "there is no memory for a connection",
        None => return None,
    };
    Some(Error::new(Kind::Connect, Outcome::NotSent, message))
}

#[cfg(unix)]
fn run_out(number: i32) -> Option<&'static str> {
    match rustix::io::Errno::from_raw_os_error(number) {
        rustix::io::Errno::MFILE => Some(
            "this process has no free file descriptor: close some, or raise its limit (ulimit -n)",
        ),
        rustix::io::Errno::NFILE => Some("the system has no free file descriptor"),
        _ => None,
    }
}

#[cfg(not(unix))]
fn run_out(_: i32) -> Option<&'static str> {
    None
}

/// Why `count` file descriptors cannot be had.
pub(crate) fn scarce(count: usize) -> io::Error {
    let opened: io::Result<Vec<_>> = (0..count).map(|_| UdpSocket::bind("127.0.0.1:0")).collect();
    let unknown = || io::Error::other("the reason is not known");
    opened.err().unwrap_or_else(unknown)
}

/// Something that a call needs could not be had. Nothing was sent.
pub(crate) fn unavailable(what: &str, error: &io::Error) -> Error {
    let message = match error.kind() {
        io::ErrorKind::WouldBlock => {
            format!("{what}: the limit of the process or the system is reached")
        }
        kind => format!("{what} ({kind})"),
    };
    exhausted(error).unwrap_or_else(|| Error::new(Kind::Connect, Outcome::NotSent, message))
}

/// The first `E` among the causes; rustls wraps its errors in those of I/O.
fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        let inner = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => error.source(),
        };
    }
    None
}
