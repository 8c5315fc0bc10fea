//! Who may ask: programs, people, and the emulator's own pages. No page of anybody else.
//!
//! Any web page can make its reader's browser send requests to this machine, and a name of its own can lead to
//! 127.0.0.1 (DNS rebinding). So `Host` must be the listener itself, and where a browser says which page asks
//! (`Origin`, `Sec-Fetch-Site`), it must be the listener's own.

use crate::request::Request;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// One listener, as far as requests to it are let in.
pub(crate) struct Guard<'a> {
    pub(crate) port: u16,
    /// The port that an address without one means: 80, or 443 with TLS.
    pub(crate) usual_port: u16,
    /// What `Host` may name besides this machine, with any port.
    pub(crate) hosts: &'a [String],
    /// Pages to which a link on any other page may lead.
    pub(crate) pages: &'static [&'static str],
}

#[derive(Debug, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl Guard<'_> {
    pub(crate) fn refuses(&self, request: &Request) -> Option<Refusal> {
        let mut hosts = request.headers_of("host");
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            let text = format!(
                "exactly one Host header is needed: 127.0.0.1:{0} or localhost:{0}",
                self.port
            );
            return Some(Refusal { status: 400, text });
        };
        let target = request.target.split_once("://");
        let authority = target.and_then(|(_, rest)| rest.split(['/', '?']).next());
        if !self.is_here(host) || authority.is_some_and(|authority| !self.is_here(authority)) {
            let text = format!(
                "Host is not this listener: it answers to 127.0.0.1, localhost and [::1] with port {} alone \
                 (the switch hosts adds names for the API and the consent page)",
                self.port
            );
            return Some(Refusal { status: 421, text });
        }
        if self.is_foreign(request, host) {
            let text = "a web page of another origin asks (Origin, Sec-Fetch-Site): the emulator answers programs, \
                        people and its own pages";
            return Some(Refusal {
                status: 403,
                text: text.into(),
            });
        }
        None
    }

    fn is_here(&self, authority: &str) -> bool {
        let (name, port) = match authority.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (authority, Some(self.usual_port)),
        };
        let name = name.to_ascii_lowercase();
        let this_machine = match name
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            Some(address) => address
                .parse::<Ipv6Addr>()
                .is_ok_and(|address| IpAddr::V6(address).is_loopback()),
            None => {
                name == "localhost"
                    || name
                        .parse::<Ipv4Addr>()
                        .is_ok_and(|address| address.is_loopback())
            }
        };
        let allowed = self
            .hosts
            .iter()
            .any(|host| host.eq_ignore_ascii_case(&name));
        this_machine && port == Some(self.port) || allowed && port.is_some()
    }

    fn is_foreign(&self, request: &Request, host: &str) -> bool {
        let site = request.header("sec-fetch-site");
        let own = |origin: &str| {
            origin
                .split_once("://")
                .is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
        };
        let foreign = site.is_some_and(|site| !["same-origin", "none"].contains(&site))
            || request.headers_of("origin").any(|origin| !own(origin));
        foreign && !self.is_visit(request)
    }

    /// Whether a person follows a link, or a program sends the person's browser here.
    fn is_visit(&self, request: &Request) -> bool {
        request.method == "GET"
            && self.pages.contains(&request.path.as_str())
            && request.header("sec-fetch-mode") == Some("navigate")
            && request.header("sec-fetch-dest") == Some("document")
    }
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
