//! App id and secret, addresses, deadlines, proxy and roots; from code or from the environment. The only place that
//! reads the environment and the clock. No I/O.

pub(crate) mod endpoint;
pub(crate) mod proxy;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use proxy::ProxyRule;

use crate::error::Error;
use crate::secret::Secret;
use crate::text::documents::CONFIG;
use crate::text::fields::{Fields, from_documents, tidied};
use crate::text::language::Language;

/// The default deadline of a whole call, name resolution included.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
/// The default deadline for a connection, name resolution and TLS included.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest deadline: it cannot be switched off.
pub const MAX_TIMEOUT: Duration = Duration::from_secs(600);

/// Pinterest's two environments. Tokens of one are not valid in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Environment {
    /// `https://api.pinterest.com/v5`
    #[default]
    Production,
    /// `https://api-sandbox.pinterest.com/v5`
    Sandbox,
}

/// How a client is set up. [`Config::new`] reads nothing from outside; [`Config::from_env`] does.
///
/// Its document is `config` in `include/documents.json`; there `trust_env` decides which of the two it is.
#[derive(Clone, PartialEq)]
pub struct Config {
    pub(crate) app_id: Option<String>,
    pub(crate) app_secret: Option<Secret>,
    pub(crate) environment: Environment,
    pub(crate) base_url: Option<String>,
    pub(crate) oauth_url: Option<String>,
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) proxy: ProxyRule,
    pub(crate) no_proxy: Option<String>,
    pub(crate) ca_file: Option<PathBuf>,
    /// From the environment of Node alone, beside all others.
    pub(crate) extra_ca_file: Option<PathBuf>,
    /// From the environment alone, beside `ca_file`.
    pub(crate) ca_dir: Option<PathBuf>,
    pub(crate) allow_http: bool,
    pub(crate) keep_alive: bool,
    pub(crate) clock: Clock,
    pub(crate) language: Language,
}

/// Unix seconds: the system's, or replaced, so that a test can move time.
#[derive(Clone, Default)]
pub(crate) struct Clock(Option<Arc<dyn Fn() -> i64 + Send + Sync>>);

impl Clock {
    pub(crate) fn new(now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(now)))
    }

    pub(crate) fn now(&self) -> i64 {
        if let Some(now) = &self.0 {
            return now();
        }
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    }
}

/// Clocks that are replaced are equal where they are the same one in memory.
impl PartialEq for Clock {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            app_id: None,
            app_secret: None,
            environment: Environment::default(),
            base_url: None,
            oauth_url: None,
            timeout: DEFAULT_TIMEOUT,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            proxy: ProxyRule::default(),
            no_proxy: None,
            ca_file: None,
            extra_ca_file: None,
            ca_dir: None,
            allow_http: false,
            keep_alive: true,
            clock: Clock::default(),
            language: Language::default(),
        }
    }
}

from_documents!(Config, CONFIG);

impl Config {
    /// Defaults: production, 30 s in all, 10 s to connect, no proxy, the system's certificates.
    pub fn new() -> Self {
        Self::default()
    }

    /// The defaults, filled from the environment: the variables that the table names for each setting, those of
    /// Pinterest's own tools among them (`PINTEREST_APP_ID`, `PINTEREST_APP_SECRET`, `PINTEREST_API_URI`,
    /// `PINTEREST_OAUTH_URI`). Proxy variables count in lower case, too; `HTTP_PROXY` not under CGI.
    pub fn from_env() -> Self {
        Self::from_vars(variable)
    }

    /// As [`Config::from_env`], from any source of variables. Empty values count as absent.
    pub fn from_vars(get: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| get(name).filter(|value| !value.is_empty());
        let setting = |field: &str| {
            let mut variables = CONFIG.field(field)?.variables.iter();
            variables.find_map(|name| get(name))
        };
        let credential = |field: &str| {
            let text = setting(field)?;
            let tidy = tidied(&text);
            (!tidy.is_empty()).then(|| tidy.to_owned())
        };
        let either = |upper: &'static str, lower: &'static str| {
            let lower = get(lower).map(|value| (lower, value));
            lower.or_else(|| get(upper).map(|value| (upper, value)))
        };
        let all = either("ALL_PROXY", "all_proxy");
        // httpoxy: under CGI a request header `Proxy:` arrives as HTTP_PROXY.
        let http = if get("REQUEST_METHOD").is_some() {
            get("http_proxy").map(|value| ("http_proxy", value))
        } else {
            either("HTTP_PROXY", "http_proxy")
        };
        let (http, https) = (
            http.or_else(|| all.clone()),
            either("HTTPS_PROXY", "https_proxy").or(all),
        );
        let proxy = match (&http, &https) {
            (None, None) => ProxyRule::None,
            _ => ProxyRule::Environment { http, https },
        };
        Self {
            app_id: credential("app_id"),
            app_secret: credential("app_secret").map(Secret::from),
            base_url: setting("base_url"),
            oauth_url: setting("oauth_url"),
            proxy,
            no_proxy: either("NO_PROXY", "no_proxy").map(|(_, hosts)| hosts),
            ca_dir: get("SSL_CERT_DIR").map(PathBuf::from),
            ca_file: setting("ca_file").map(PathBuf::from),
            ..Self::default()
        }
    }

    /// As [`Config::from_json`], with variables from `get` instead of the process's environment.
    pub(crate) fn from_json_in(
        json: &str,
        get: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Error> {
        let fields = Fields::new(&CONFIG, Fields::map("config", json)?);
        let language = fields.language();
        let known = fields.check_names();
        let read = known.and_then(|()| Self::read_in(fields, get));
        read.map_err(|error| error.in_words_of(language))
    }

    fn read(fields: Fields) -> Result<Self, Error> {
        Self::read_in(fields, variable)
    }

    fn read_in(mut fields: Fields, get: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let trust_env = fields.boolean("trust_env")?.unwrap_or(true);
        let language = fields.language();
        let mut config = if trust_env {
            Self::from_vars(&get)
        } else {
            Self::new()
        };
        if trust_env && language == Language::Node {
            let extra = get("NODE_EXTRA_CA_CERTS").filter(|path| !path.is_empty());
            config.extra_ca_file = extra.map(PathBuf::from);
        }
        if let Some(app_id) = fields.text("app_id")? {
            config.app_id = Some(app_id);
        }
        if let Some(app_secret) = fields.secret("app_secret")? {
            config.app_secret = Some(app_secret);
        }
        if let Some(name) = fields.text("environment")? {
            config = config.environment(match name.as_str() {
                "production" => Environment::Production,
                "sandbox" => Environment::Sandbox,
                _ => {
                    return Err(Error::invalid_config(
                        "environment",
                        "must be production or sandbox",
                    ));
                }
            });
        }
        if let Some(base_url) = fields.text("base_url")? {
            config.base_url = Some(base_url);
        }
        if let Some(oauth_url) = fields.text("oauth_url")? {
            config.oauth_url = Some(oauth_url);
        }
        if let Some(timeout) = fields.seconds("timeout")? {
            config.timeout = timeout;
        }
        if let Some(timeout) = fields.seconds("connect_timeout")? {
            config.connect_timeout = timeout;
        }
        if let Some(proxy) = fields.text("proxy")? {
            config.proxy = ProxyRule::Explicit(proxy);
        }
        if let Some(no_proxy) = fields.text("no_proxy")? {
            config.no_proxy = Some(no_proxy);
        }
        if let Some(ca_file) = fields.text("ca_file")? {
            config = config.ca_file(ca_file);
        }
        if let Some(keep_alive) = fields.boolean("keep_alive")? {
            config.keep_alive = keep_alive;
        }
        if let Some(allow_http) = fields.boolean("allow_http")? {
            config.allow_http = allow_http;
        }
        config.language = language;
        fields.finish();
        Ok(config)
    }

    /// The app id (Pinterest's `client_id`).
    pub fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.app_id = Some(app_id.into());
        self
    }

    /// The app secret.
    pub fn app_secret(mut self, app_secret: impl Into<Secret>) -> Self {
        self.app_secret = Some(app_secret.into());
        self
    }

    /// Production or sandbox, instead of an address.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self.base_url = None;
        self
    }

    /// Another server, with or without `/v5` at the end.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Another server for the authorization page; the default is `https://www.pinterest.com`.
    pub fn oauth_url(mut self, oauth_url: impl Into<String>) -> Self {
        self.oauth_url = Some(oauth_url.into());
        self
    }

    /// The deadline of a whole call, name resolution included: 1 ms to 10 min, 30 s by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The deadline for a connection, name resolution and TLS included: 10 s by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// A proxy for every call: `http://`, `https://` or `socks5h://`, with or without credentials.
    pub fn proxy(mut self, proxy: impl Into<String>) -> Self {
        self.proxy = ProxyRule::Explicit(proxy.into());
        self
    }

    /// Hosts that are reached without the proxy, separated by commas.
    pub fn no_proxy(mut self, hosts: impl Into<String>) -> Self {
        self.no_proxy = Some(hosts.into());
        self
    }

    /// A PEM file whose certificates are trusted instead of the system's.
    pub fn ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(path.into());
        self.ca_dir = None;
        self.extra_ca_file = None;
        self
    }

    /// Allows plain http to hosts other than loopback: secrets then travel unencrypted.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// Whether a connection is used again for the next call; true by default. Off, each call has one of its own: for
    /// servers and proxies that send an answer late, on a connection that a later call then uses.
    pub fn keep_alive(mut self, keep: bool) -> Self {
        self.keep_alive = keep;
        self
    }

    /// Where it leads: `production`, `sandbox`, or the origin of an address of one's own.
    pub(crate) fn place(&self, base: &url::Url) -> String {
        match (self.environment, &self.base_url) {
            (Environment::Production, None) => String::from("production"),
            (Environment::Sandbox, None) => String::from("sandbox"),
            (_, Some(_)) => match base.host_str() {
                Some("api.pinterest.com") => String::from("production"),
                Some("api-sandbox.pinterest.com") => String::from("sandbox"),
                _ => base.origin().ascii_serialization(),
            },
        }
    }

    /// Another clock, in Unix seconds.
    pub fn clock(mut self, now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(now);
        self
    }
}

/// A variable of the process. What is not UTF-8 is marked by U+FFFD, and refused where it is used.
pub(crate) fn variable(name: &str) -> Option<String> {
    Some(std::env::var_os(name)?.to_string_lossy().into_owned())
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("app_id", &self.app_id)
            .field("app_secret", &self.app_secret)
            // Which of the two counts.
            .field(
                "environment",
                &self.base_url.is_none().then_some(self.environment),
            )
            .field("base_url", &self.base_url)
            .field("oauth_url", &self.oauth_url)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("ca_file", &self.ca_file)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_proxy_is_not_read_where_request_method_is_set() {
        let vars = |name: &str| match name {
            "HTTP_PROXY" | "REQUEST_METHOD" => Some(String::from("http://evil.example")),
            _ => None,
        };
        assert!(Config::from_vars(vars).proxy == ProxyRule::None);
    }

    #[test]
    fn debug_shows_neither_the_secret_nor_the_proxy_password() {
        let config = Config::new()
            .app_secret("canary")
            .proxy("http://u:canary@127.0.0.1:1");
        assert!(!format!("{config:?}").contains("canary"));
    }

    #[test]
    fn debug_shows_where_calls_go() {
        let shown = format!("{:?}", Config::new().base_url("https://here.example"));
        assert!(
            shown.contains("here.example") && !shown.contains("Production"),
            "{shown}"
        );
        assert!(format!("{:?}", Config::new()).contains("Production"));
    }
}
