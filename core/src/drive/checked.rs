//! A configuration, checked and made ready: what every call of one client has in common.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::config::endpoint::Endpoints;
use crate::config::{Clock, Config, MAX_TIMEOUT};
use crate::error::Error;
use crate::net::transport::Settings;
use crate::secret::Secret;
use crate::text::documents::{CONFIG, OAUTH_TOKEN};
use crate::text::encode;
use crate::text::fields::check_setting;
use crate::text::language::Language;
use crate::text::scrub::Scrubber;

/// What calls need to know of their client.
pub(crate) struct Checked {
    app_id: Option<String>,
    app_secret: Option<Secret>,
    basic: Option<HeaderValue>,
    /// Those of `basic`, in base64.
    credentials: Option<Secret>,
    pub endpoints: Endpoints,
    /// `production`, `sandbox`, or the origin of an address of one's own.
    pub place: String,
    pub timeout: Duration,
    pub clock: Clock,
    pub settings: Arc<Settings>,
    pub language: Language,
}

impl Checked {
    /// # Errors
    /// `invalid_config`, in the words of the configuration's language.
    pub(crate) fn new(config: Config) -> Result<Self, Error> {
        let language = config.language;
        Self::check(config).map_err(|error| error.in_words_of(language))
    }

    fn check(config: Config) -> Result<Self, Error> {
        let endpoints = Endpoints::new(&config)?;
        let bad = |field: &'static str| move |problem| Error::invalid_config(field, problem);
        let timeout = checked_timeout(config.timeout).map_err(bad("timeout"))?;
        checked_timeout(config.connect_timeout).map_err(bad("connect_timeout"))?;
        let settings = Arc::new(Settings::new(&config, endpoints.of(&OAUTH_TOKEN)?.0)?);
        let place = config.place(endpoints.of(&OAUTH_TOKEN)?.0);
        if let Some(app_id) = &config.app_id {
            check_setting("app_id", app_id)?;
        }
        if let Some(app_secret) = &config.app_secret {
            check_setting("app_secret", app_secret.expose())?;
        }
        let (basic, credentials) = match (&config.app_id, &config.app_secret) {
            (Some(id), Some(secret)) => {
                let basic = encode::basic(id, secret);
                let credentials = Secret::from(basic.trim_start_matches("Basic "));
                (Some(encode::header(basic)?), Some(credentials))
            }
            _ => (None, None),
        };
        Ok(Self {
            app_id: config.app_id,
            app_secret: config.app_secret,
            basic,
            credentials,
            endpoints,
            place,
            timeout,
            clock: config.clock,
            settings,
            language: config.language,
        })
    }

    pub(crate) fn app_id(&self) -> Result<&str, Error> {
        self.app_id.as_deref().ok_or_else(|| absent("app_id"))
    }

    pub(crate) fn app_secret(&self) -> Result<&Secret, Error> {
        let secret = self.app_secret.as_ref();
        secret.ok_or_else(|| absent("app_secret"))
    }

    /// The fingerprint of the app's secret; empty where there is none.
    pub(crate) fn secret_fingerprint(&self) -> String {
        let secret = self.app_secret.as_ref();
        secret.map(Secret::fingerprint).unwrap_or_default()
    }

    /// `Authorization: Basic`.
    pub(crate) fn basic(&self) -> Result<HeaderValue, Error> {
        self.app_id()?;
        self.basic.clone().ok_or_else(|| absent("app_secret"))
    }

    /// The secrets of the client, as they are.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        let secrets = [&self.app_secret, &self.credentials];
        secrets.into_iter().flatten().map(Secret::expose)
    }

    /// What must not be shown: the secrets of a call, and those of the client.
    pub(crate) fn scrubber(&self, secrets: Vec<&str>) -> Scrubber {
        let mut scrubber = Scrubber::default();
        for secret in secrets {
            scrubber.hide(secret);
        }
        for secret in self.secrets() {
            scrubber.hide(secret);
        }
        scrubber
    }
}

fn absent(setting: &str) -> Error {
    let variables = CONFIG.field(setting).map(|field| field.variables);
    let variables = variables.unwrap_or_default().join(" or ");
    Error::invalid_config(
        setting,
        format!("is not set, nor is {variables} in {{variables}}"),
    )
}

/// A deadline of at least a millisecond and at most ten minutes.
pub(crate) fn checked_timeout(timeout: Duration) -> Result<Duration, String> {
    if timeout < Duration::from_millis(1) || timeout > MAX_TIMEOUT {
        return Err(format!(
            "must be from {{0.001s}} to {{{}s}} {{seconds}}",
            MAX_TIMEOUT.as_secs()
        ));
    }
    Ok(timeout)
}
