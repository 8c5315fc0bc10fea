//! Which proxy a call goes through, decided once for the one host that a client calls.

use std::net::IpAddr;

use url::{Host, Url};

use super::endpoint::is_loopback;
use crate::error::Error;

/// Which proxy a call goes through.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) enum ProxyRule {
    #[default]
    None,
    /// Named in code: for every address.
    Explicit(String),
    /// From the environment, one per scheme, with the variable's name: never for loopback addresses.
    Environment {
        http: Option<(&'static str, String)>,
        https: Option<(&'static str, String)>,
    },
}

/// Schemes of proxies.
const SCHEMES: [&str; 6] = ["http", "https", "socks5", "socks5h", "socks4", "socks4a"];

impl ProxyRule {
    /// The proxy for calls to `base`, but for those hosts that `no_proxy` excepts.
    ///
    /// # Errors
    /// `invalid_config`, naming `proxy` and the variable that it comes from. A proxy that cannot be used is never left
    /// out: the call would go directly.
    pub(crate) fn of(&self, base: &Url, no_proxy: Option<&str>) -> Result<Option<String>, Error> {
        let (variable, text) = match self {
            Self::None => return Ok(None),
            Self::Explicit(proxy) => (None, proxy),
            Self::Environment { .. } if is_loopback(base) => return Ok(None),
            Self::Environment { http, https } => {
                match if base.scheme() == "https" {
                    https
                } else {
                    http
                } {
                    Some((variable, proxy)) => (Some(*variable), proxy),
                    None => return Ok(None),
                }
            }
        };
        let proxy = checked(text).map_err(|problem| {
            let from = variable.map(|name| format!("comes from {name} and "));
            Error::invalid_config("proxy", from.unwrap_or_default() + problem)
        })?;
        Ok((!is_excepted(base, no_proxy.unwrap_or_default())).then_some(proxy))
    }
}

/// The address of a proxy as it is used; the problem quotes nothing of it.
fn checked(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.starts_with(['"', '\'']) {
        return Err("must not be in quotes");
    }
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Err("is not UTF-8");
    }
    // curl and others take a bare `host:port` for http.
    let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        // GNOME's name; names are looked up by the proxy, as curl does.
        "socks" => String::from("socks5h"),
        other => other.to_owned(),
    };
    if !SCHEMES.contains(&scheme.as_str()) {
        return Err("has no scheme of a proxy: http, https, socks5, socks5h, socks4 or socks4a");
    }
    let credentials = rest
        .rsplit_once('@')
        .map_or("", |(credentials, _)| credentials);
    if credentials.contains(['/', '\\', '#', '?', '@', ' ']) {
        return Err("has a character in its user or password that must be percent-encoded");
    }
    let url = format!("{scheme}://{rest}");
    let parsed = Url::parse(&url).map_err(|_| "is not the URL of a proxy")?;
    if parsed.host_str().is_none_or(str::is_empty) {
        return Err("is not the URL of a proxy");
    }
    Ok(url)
}

/// Whether `base` is one of the hosts in `list`: names (their subdomains too), `*.name`, `.name`, addresses, networks
/// (`10.0.0.0/8`), each with or without a port; `*` is every host.
fn is_excepted(base: &Url, list: &str) -> bool {
    let (Some(host), Some(port)) = (base.host(), base.port_or_known_default()) else {
        return false;
    };
    let name = host.to_string();
    let name = name
        .trim_matches(['[', ']'])
        .trim_end_matches('.')
        .to_ascii_lowercase();
    let address = match host {
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some(IpAddr::V4(address)),
        Host::Ipv6(address) => Some(IpAddr::V6(address)),
    };
    list.split([',', ' ', '\t', ';'])
        .map(|entry| entry.trim().to_ascii_lowercase())
        .filter(|entry| !entry.is_empty())
        .any(|entry| {
            let (entry, only) = with_port(&entry);
            if only.is_some_and(|only| only != port) {
                return false;
            }
            if entry == "*" {
                return true;
            }
            if let Some(address) = address {
                return is_in(address, entry);
            }
            let entry = entry
                .trim_start_matches('*')
                .trim_start_matches('.')
                .trim_end_matches('.');
            let before = name.strip_suffix(entry);
            !entry.is_empty()
                && before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
}

/// `host:port` or `[address]:port`, taken apart.
fn with_port(entry: &str) -> (&str, Option<u16>) {
    if let Some(rest) = entry.strip_prefix('[') {
        let (address, port) = rest.split_once(']').unwrap_or((rest, ""));
        return (address, port.trim_start_matches(':').parse().ok());
    }
    match entry.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') => match port.parse() {
            Ok(port) => (host, Some(port)),
            Err(_) => (entry, None),
        },
        _ => (entry, None),
    }
}

/// Whether `entry` is this address or a network that holds it.
fn is_in(address: IpAddr, entry: &str) -> bool {
    let Some((network, length)) = entry.split_once('/') else {
        return entry.parse() == Ok(address);
    };
    let bits = |address: IpAddr| match address {
        IpAddr::V4(address) => (u128::from(u32::from(address)), 32_u32),
        IpAddr::V6(address) => (u128::from(address), 128),
    };
    let (Ok(network), Ok(length)) = (network.parse::<IpAddr>(), length.parse::<u32>()) else {
        return false;
    };
    let ((address, width), (network, of_network)) = (bits(address), bits(network));
    let shift = width.checked_sub(length);
    width == of_network
        && shift.is_some_and(|shift| {
            address.checked_shr(shift).unwrap_or(0) == network.checked_shr(shift).unwrap_or(0)
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn base(url: &str) -> Url {
        Url::parse(url).unwrap()
    }

    fn explicit(proxy: &str) -> Result<Option<String>, Error> {
        ProxyRule::Explicit(proxy.to_owned()).of(&base("https://api.pinterest.com/v5"), None)
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_never_left_out() {
        for proxy in [
            "sock5://127.0.0.1:1",
            "ftp://127.0.0.1:1",
            "htttp://127.0.0.1:1",
            "http://",
            "\"http://127.0.0.1:1\"",
            "http://DOM\\user:pw@127.0.0.1:1",
            "http://user:p#w@127.0.0.1:1",
            "http://user:p/w@127.0.0.1:1",
            "http://user:p@w@127.0.0.1:1",
            "http://\u{fffd}:1",
        ] {
            let error = explicit(proxy).unwrap_err();
            assert_eq!(error.field(), Some("proxy"), "{proxy}");
            assert!(!error.message().contains("127.0.0.1"), "{proxy}");
        }
        let encoded = explicit("http://DOM%5Cuser:p%23w@127.0.0.1:1").unwrap();
        assert_eq!(
            encoded.as_deref(),
            Some("http://DOM%5Cuser:p%23w@127.0.0.1:1")
        );
    }

    #[test]
    fn what_other_programs_call_a_proxy_is_one() {
        assert_eq!(
            explicit("socks://h:1").unwrap().as_deref(),
            Some("socks5h://h:1")
        );
        assert_eq!(explicit(" h:1 ").unwrap().as_deref(), Some("http://h:1"));
    }

    #[test]
    fn the_variable_is_named() {
        let https = Some(("HTTPS_PROXY", String::from("ftp://canary:1")));
        let rule = ProxyRule::Environment { http: None, https };
        let error = rule.of(&base("https://a.example"), None).unwrap_err();
        assert!(
            error
                .message()
                .starts_with("proxy comes from HTTPS_PROXY and has no scheme")
        );
        assert!(rule.of(&base("http://127.0.0.1"), None).unwrap().is_none());
    }

    #[test]
    fn exceptions_are_read_in_every_form() {
        let excepted = |url: &str, list: &str| is_excepted(&base(url), list);
        for list in [
            "api.example",
            ".example",
            "*.example",
            "example.",
            "x, API.example:443",
            "*",
            "a b api.example",
        ] {
            assert!(excepted("https://api.example", list), "{list}");
        }
        for list in ["api.example:80", "pi.example", "*.api.example.org", "", ","] {
            assert!(!excepted("https://api.example", list), "{list}");
        }
        assert!(excepted("http://10.1.2.3:8080", "10.0.0.0/8"));
        assert!(!excepted("http://11.1.2.3:8080", "10.0.0.0/8"));
        assert!(excepted("http://[::1]:80", "[::1]:80"));
        assert!(excepted("http://[fe80::1]", "fe80::/10"));
        assert!(!excepted("http://10.1.2.3", "10.0.0.0/99"));
    }
}
