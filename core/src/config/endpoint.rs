//! The addresses of a configuration, checked once: where calls go and whether they may go there.

use std::sync::Arc;

use url::{Host, Url};

use super::{Config, Environment};
use crate::error::Error;
use crate::text::documents::{ENDPOINTS, Endpoint, USER_ACCOUNT};

const PRODUCTION: &str = "https://api.pinterest.com/v5";
const SANDBOX: &str = "https://api-sandbox.pinterest.com/v5";
const OAUTH: &str = "https://www.pinterest.com/oauth/";

/// Every address a client uses.
pub(crate) struct Endpoints {
    /// In the order of the table.
    calls: Vec<(&'static Endpoint, Url, Arc<str>)>,
    pub authorize: Url,
}

impl Endpoints {
    pub(crate) fn new(config: &Config) -> Result<Self, Error> {
        let default = match config.environment {
            Environment::Production => PRODUCTION,
            Environment::Sandbox => SANDBOX,
        };
        let base = checked(
            "base_url",
            config.base_url.as_deref().unwrap_or(default),
            config.allow_http,
        )?;
        // Pinterest's quickstart means the host by PINTEREST_API_URI, its SDK host and `/v5`.
        let path = base.path().trim_end_matches('/').to_owned();
        if let Some(problem) = misplaced(&path) {
            return Err(Error::invalid_config("base_url", problem));
        }
        let prefix = if path.ends_with("/v5") {
            path
        } else {
            format!("{path}/v5")
        };
        let calls = ENDPOINTS.into_iter().chain([&USER_ACCOUNT]);
        let calls = calls.map(|endpoint: &'static Endpoint| {
            let mut url = base.clone();
            url.set_path(&format!("{prefix}{}", endpoint.path));
            let path = Arc::from(url.path());
            (endpoint, url, path)
        });
        let calls = calls.collect();
        let mut authorize = checked(
            "oauth_url",
            config.oauth_url.as_deref().unwrap_or(OAUTH),
            config.allow_http,
        )?;
        let path = authorize.path().trim_end_matches('/').to_owned();
        authorize.set_path(&if path.ends_with("/oauth") {
            format!("{path}/")
        } else {
            format!("{path}/oauth/")
        });
        Ok(Self { calls, authorize })
    }

    /// The address of a call, and its path.
    pub(crate) fn of(&self, endpoint: &Endpoint) -> Result<(&Url, &Arc<str>), Error> {
        let mut calls = self.calls.iter();
        calls
            .find(|(known, ..)| std::ptr::eq(*known, endpoint))
            .map(|(_, url, path)| (url, path))
            .ok_or_else(|| Error::internal("a call is missing in the table"))
    }
}

/// Whether `url` names this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// What people copy into a base URL that the library adds by itself.
fn misplaced(path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.split('/').collect();
    let version = |part: &&&str| {
        let number = part.strip_prefix(['v', 'V']);
        number
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    };
    if parts.contains(&"oauth") {
        return Some("must not contain /oauth: it is added");
    }
    parts
        .iter()
        .find(version)
        .filter(|part| **part != "v5" || parts.last() != Some(&"v5"))
        .map(|_| "must end with /v5, or name no version of the API")
}

fn checked(field: &str, text: &str, allow_http: bool) -> Result<Url, Error> {
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Err(Error::invalid_config(field, "is not UTF-8"));
    }
    if !text.is_ascii() {
        let problem = "must be ASCII: write another host name as Punycode (xn--…)";
        return Err(Error::invalid_config(field, problem));
    }
    let url = Url::parse(text).map_err(|_| Error::invalid_config(field, "is not a URL"))?;
    let problem = match url.scheme() {
        _ if !url.has_host() => Some("names no host"),
        _ if !url.username().is_empty() || url.password().is_some() => {
            Some("must not contain credentials")
        }
        _ if url.query().is_some() || url.fragment().is_some() => {
            Some("must not have a query or a fragment")
        }
        "https" => None,
        "http" if allow_http || is_loopback(&url) => None,
        "http" => Some("must be https: plain http is for loopback addresses, or with allow_http"),
        _ => Some("must be an https URL"),
    };
    match problem {
        None => Ok(url),
        Some(problem) => Err(Error::invalid_config(field, problem)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::text::documents::OAUTH_TOKEN;

    fn token_url(base_url: &str) -> Result<String, Error> {
        Endpoints::new(&Config::new().base_url(base_url))
            .map(|endpoints| endpoints.of(&OAUTH_TOKEN).unwrap().0.to_string())
    }

    #[test]
    fn a_base_url_works_with_and_without_v5_and_slashes() {
        for base_url in [
            "https://a.example",
            "https://a.example/",
            "https://a.example/v5",
            "https://a.example/v5//",
        ] {
            assert_eq!(
                token_url(base_url).unwrap(),
                "https://a.example/v5/oauth/token"
            );
        }
        assert_eq!(
            token_url("https://a.example/gate").unwrap(),
            "https://a.example/gate/v5/oauth/token"
        );
    }

    #[test]
    fn what_the_library_adds_and_other_versions_are_refused() {
        for base_url in [
            "https://a.example/v3",
            "https://a.example/v5/oauth/token",
            "https://a.example/oauth",
            "https://a.example/v5/gate",
            "https://exämple.com/v5",
        ] {
            assert_eq!(
                token_url(base_url).unwrap_err().field(),
                Some("base_url"),
                "{base_url}"
            );
        }
    }

    #[test]
    fn plain_http_is_for_loopback_alone() {
        for base_url in [
            "http://127.0.0.1:1",
            "http://[::1]:1/v5",
            "http://localhost/v5",
            "http://127.9.9.9",
        ] {
            assert!(token_url(base_url).is_ok(), "{base_url}");
        }
        for base_url in [
            "http://a.example",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "ftp://localhost",
        ] {
            assert_eq!(
                token_url(base_url).unwrap_err().field(),
                Some("base_url"),
                "{base_url}"
            );
        }
        let allowed = Config::new().base_url("http://a.example").allow_http(true);
        assert!(Endpoints::new(&allowed).is_ok());
    }

    #[test]
    fn the_environments_have_their_own_hosts() {
        let of = |environment| {
            let endpoints = Endpoints::new(&Config::new().environment(environment)).unwrap();
            endpoints.of(&OAUTH_TOKEN).unwrap().0.to_string()
        };
        assert_eq!(
            of(Environment::Production),
            "https://api.pinterest.com/v5/oauth/token"
        );
        assert_eq!(
            of(Environment::Sandbox),
            "https://api-sandbox.pinterest.com/v5/oauth/token"
        );
    }
}
