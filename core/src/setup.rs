//! A configuration, checked and made ready: what every call of one client has in common.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;

use crate::config::{Clock, Config, MAX_TIMEOUT};
use crate::endpoint::Endpoints;
use crate::error::Error;
use crate::fields::check_text;
use crate::request;
use crate::secret::Secret;
use crate::transport::Settings;

/// What calls need to know of their client.
pub struct Setup {
    app_id: Option<String>,
    pub(crate) credentials: Option<(String, Secret)>,
    basic: Option<HeaderValue>,
    pub(crate) endpoints: Endpoints,
    pub(crate) timeout: Duration,
    pub(crate) clock: Clock,
    pub(crate) settings: Arc<Settings>,
}

impl Setup {
    pub(crate) fn new(config: Config) -> Result<Self, Error> {
        let endpoints = Endpoints::new(&config)?;
        let bad =
            |field: &'static str| move |problem: String| Error::invalid_config(field, problem);
        let timeout = checked_timeout(config.timeout).map_err(bad("timeout_ms"))?;
        checked_timeout(config.connect_timeout).map_err(bad("connect_timeout_ms"))?;
        let settings = Arc::new(Settings::new(&config, &endpoints.token)?);
        let credentials = match (&config.app_id, &config.app_secret) {
            (Some(app_id), Some(app_secret)) => {
                check_text("app_id", app_id)?;
                check_text("app_secret", app_secret.expose())?;
                Some((app_id.clone(), app_secret.clone()))
            }
            _ => None,
        };
        let basic = credentials
            .as_ref()
            .map(|(id, secret)| request::header(request::basic(id, secret)))
            .transpose()?;
        Ok(Self {
            app_id: config.app_id,
            credentials,
            basic,
            endpoints,
            timeout,
            clock: config.clock,
            settings,
        })
    }

    pub(crate) fn app_id(&self) -> Result<&str, Error> {
        self.app_id
            .as_deref()
            .ok_or_else(|| absent("app_id", "PINTEREST_APP_ID"))
    }

    /// `Authorization: Basic`.
    pub(crate) fn basic(&self) -> Result<HeaderValue, Error> {
        self.app_id()?;
        self.basic
            .clone()
            .ok_or_else(|| absent("app_secret", "PINTEREST_APP_SECRET"))
    }
}

fn absent(field: &str, variable: &str) -> Error {
    Error::invalid_config(
        field,
        format!("is not set, nor is {variable} in the environment"),
    )
}

/// A deadline of at least a millisecond and at most ten minutes.
pub(crate) fn checked_timeout(timeout: Duration) -> Result<Duration, String> {
    if timeout < Duration::from_millis(1) || timeout > MAX_TIMEOUT {
        return Err(format!(
            "must be from 1 to {} milliseconds",
            MAX_TIMEOUT.as_millis()
        ));
    }
    Ok(timeout)
}
