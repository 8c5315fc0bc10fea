//! What a login with a browser is to do.

use std::time::Duration;

use crate::error::Error;
use crate::login::loopback::DEFAULT_REDIRECT_URI;
use crate::scopes::Scopes;
use crate::text::documents::LOGIN_OPTIONS;
use crate::text::fields::{Fields, from_documents};

/// How long a login waits for the person by default: five minutes.
pub const DEFAULT_LOGIN_TIMEOUT: Duration = Duration::from_secs(300);
/// The longest that a login may wait: an hour.
pub const MAX_LOGIN_TIMEOUT: Duration = Duration::from_secs(3_600);

/// What a login with a browser is to do.
///
/// Its document is `login_options` in `include/documents.json`.
#[derive(Debug, Clone)]
pub struct LoginOptions {
    pub(crate) account: String,
    pub(crate) redirect_uri: String,
    pub(crate) scope: Scopes,
    pub(crate) browser: Option<bool>,
    pub(crate) confirm: bool,
    pub(crate) timeout: Duration,
    pub(crate) continuous_refresh: Option<bool>,
    pub(crate) extra: Vec<(String, String)>,
}

from_documents!(LoginOptions, LOGIN_OPTIONS);

impl Default for LoginOptions {
    fn default() -> Self {
        Self {
            account: String::from("default"),
            redirect_uri: String::from(DEFAULT_REDIRECT_URI),
            scope: Scopes::default(),
            browser: None,
            confirm: false,
            timeout: DEFAULT_LOGIN_TIMEOUT,
            continuous_refresh: None,
            extra: Vec::new(),
        }
    }
}

impl LoginOptions {
    /// The account `default`, the address `http://localhost:8085/`, five minutes.
    pub fn new() -> Self {
        Self::default()
    }

    /// The account to log in.
    pub fn account(mut self, name: impl Into<String>) -> Self {
        self.account = name.into();
        self
    }

    /// An address on this machine, the same to the letter as registered with the app.
    pub fn redirect_uri(mut self, address: impl Into<String>) -> Self {
        self.redirect_uri = address.into();
        self
    }

    /// What to ask the user for.
    pub fn scope(mut self, scope: Scopes) -> Self {
        self.scope = scope;
        self
    }

    /// Whether to open a browser; by default where the person would see it.
    pub fn browser(mut self, open: bool) -> Self {
        self.browser = Some(open);
        self
    }

    /// Whether to ask ([`LoginEventKind::Confirm`](super::LoginEventKind)) before the token of one person replaces that of
    /// another; by default it replaces it.
    pub fn confirm(mut self, ask: bool) -> Self {
        self.confirm = ask;
        self
    }

    /// How long to wait for the person, instead of five minutes; at most an hour. The exchange that follows has the
    /// manager's own deadline.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// As [`TokenRequest::continuous_refresh`](crate::TokenRequest::continuous_refresh).
    pub fn continuous_refresh(mut self, on: bool) -> Self {
        self.continuous_refresh = Some(on);
        self
    }

    /// A further parameter of Pinterest's page.
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.push((name.into(), value.into()));
        self
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let mut options = Self::default();
        if let Some(account) = fields.text("account")? {
            options.account = account;
        }
        if let Some(address) = fields.text("redirect_uri")? {
            options.redirect_uri = address;
        }
        options.scope = fields.scopes("scope")?.unwrap_or_default();
        options.browser = fields.boolean("browser")?;
        options.confirm = fields.boolean("confirm")?.unwrap_or_default();
        if let Some(timeout) = fields.seconds("timeout")? {
            options.timeout = timeout;
        }
        options.continuous_refresh = fields.boolean("continuous_refresh")?;
        options.extra = fields.pairs("extra")?;
        fields.finish();
        Ok(options)
    }

    /// # Errors
    /// `invalid_argument`, naming the field.
    pub(crate) fn check(&self) -> Result<(), Error> {
        super::super::manager::check_name("account", &self.account)?;
        if self.timeout.is_zero() || self.timeout > MAX_LOGIN_TIMEOUT {
            let problem = "must be above 0 and at most {3600s} {seconds}";
            return Err(Error::invalid_argument("timeout", problem));
        }
        Ok(())
    }
}
