//! A redirect address on this machine: where the listener of a login waits.

use url::{Host, Url};

use crate::error::Error;
use crate::text::fields::check_text;

/// The address that Pinterest's own tools register.
pub(crate) const DEFAULT_REDIRECT_URI: &str = "http://localhost:8085/";

/// Which sockets the address means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interface {
    /// `localhost`: browsers try both families, so both are ours or none.
    Both,
    V4(std::net::Ipv4Addr),
    V6,
}

/// The registered address, taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Loopback {
    /// As it was given: Pinterest compares it to the letter.
    pub redirect_uri: String,
    pub interface: Interface,
    pub port: u16,
    /// What `Host` says of a request that came the right way.
    pub host: String,
    pub path: String,
}

impl Loopback {
    /// # Errors
    /// `invalid_argument`, naming `redirect_uri`.
    pub(crate) fn read(redirect_uri: &str) -> Result<Self, Error> {
        check_text("redirect_uri", redirect_uri)?;
        let wrong = |problem: &str| Error::invalid_argument("redirect_uri", problem);
        let Ok(url) = Url::parse(redirect_uri) else {
            return Err(wrong(
                "must be an absolute address, the same to the letter as registered with the app, for example http://localhost:8085/",
            ));
        };
        let interface = match url.host() {
            Some(Host::Domain("localhost")) => Interface::Both,
            Some(Host::Ipv4(address)) if address.is_loopback() => Interface::V4(address),
            Some(Host::Ipv6(address)) if address.is_loopback() => Interface::V6,
            _ => {
                return Err(wrong(
                    "must be on this machine: localhost, 127.0.0.1 or [::1]; for another one a web application answers (begin_login and finish_login)",
                ));
            }
        };
        if url.scheme() != "http" {
            return Err(wrong(
                "must begin with http:// here: the listener has no certificate. Register such an address with the app",
            ));
        }
        let plain = url.username().is_empty() && url.password().is_none();
        if !plain || url.query().is_some() || url.fragment().is_some() {
            return Err(wrong(
                "must have no user, no query and no fragment: register an address without them",
            ));
        }
        let Some(port) = url.port_or_known_default() else {
            return Err(wrong("has no port"));
        };
        // `http://localhost:8085` is sent as it is, and arrives at `/`.
        let host = url.host_str().unwrap_or_default();
        let host = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Ok(Self {
            redirect_uri: redirect_uri.to_owned(),
            interface,
            port,
            host,
            path: url.path().to_owned(),
        })
    }

    /// An address of the listener.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_on_this_machine_says_where_to_listen() {
        let read = |text| Loopback::read(text).unwrap();
        let usual = read(DEFAULT_REDIRECT_URI);
        assert_eq!(usual.interface, Interface::Both);
        assert_eq!((usual.port, usual.host.as_str()), (8085, "localhost:8085"));
        assert_eq!(usual.address("/done"), "http://localhost:8085/done");
        let bare = read("http://127.0.0.1:9000");
        assert_eq!((bare.path.as_str(), bare.port), ("/", 9000));
        assert_eq!(read("http://[::1]:9000/back").interface, Interface::V6);
        assert_eq!(read("http://localhost/cb").host, "localhost");
    }

    #[test]
    fn any_other_address_is_named() {
        for text in [
            "localhost:8085",
            "/callback",
            "",
            "https://localhost:8085/",
            "http://example.com/",
            "http://10.0.0.1:8085/",
            "http://0.0.0.0:8085/",
            "http://localhost:8085/?a=b",
            "http://localhost:8085/#a",
            "http://u:p@localhost:8085/",
        ] {
            let error = Loopback::read(text).unwrap_err();
            assert_eq!(error.field(), Some("redirect_uri"), "{text}");
        }
    }
}
