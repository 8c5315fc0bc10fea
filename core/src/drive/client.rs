//! The client for async callers. Rules belong in the modules that it calls.

use std::sync::Arc;

use super::blocking;
use super::checked::Checked;
use super::run::{Progress, run};
use crate::answer::Answer;
use crate::call::{Call, ConversionRequest, RevokeRequest, TokenRequest};
use crate::config::Config;
use crate::error::Error;
use crate::login::{AuthorizeRequest, AuthorizeUrl};
use crate::net::transport::Http;
use crate::token::Token;

/// A client for async callers, on their tokio runtime. Cloning shares the connections.
///
/// Its connections belong to the runtime it is used on, and do not survive a `fork`: use
/// [`blocking::Client`](crate::blocking::Client) where processes fork.
#[derive(Clone)]
pub struct Client {
    checked: Arc<Checked>,
    http: reqwest::Client,
}

impl Client {
    /// Sets up a client. Nothing is sent.
    ///
    /// # Errors
    /// `invalid_config`, naming the setting.
    pub fn new(config: Config) -> Result<Self, Error> {
        let checked = Checked::new(config)?;
        let tls = checked.settings.tls()?;
        let http = checked.settings.client(&tls)?;
        Ok(Self {
            checked: Arc::new(checked),
            http,
        })
    }

    /// `POST /v5/oauth/token`: exchanges a code, refreshes a token, or gets one for the app.
    ///
    /// # Errors
    /// Every [`Kind`](crate::Kind) but `access_denied`, `state_mismatch` and `invalid_token`.
    pub async fn oauth_token(&self, request: &TokenRequest) -> Result<Token, Error> {
        self.run(request).await
    }

    /// Refreshes `token`; what the answer leaves out is carried over from it.
    ///
    /// # Errors
    /// As [`Client::oauth_token`].
    pub async fn refresh(&self, token: &Token) -> Result<Token, Error> {
        self.run(&TokenRequest::refresh(token)?).await
    }

    /// `POST /v5/oauth/token/revoke`: for tokens of system users alone.
    ///
    /// # Errors
    /// As [`Client::oauth_token`]; `forbidden` for tokens of other users.
    pub async fn revoke(&self, request: &RevokeRequest) -> Result<Answer, Error> {
        self.run(request).await
    }

    /// `POST /v5/oauth/conversion_token`: a long-lived token for sending conversions.
    ///
    /// # Errors
    /// As [`Client::oauth_token`]; `invalid_token` when the access token is not accepted.
    pub async fn conversion_token(&self, request: &ConversionRequest) -> Result<Token, Error> {
        self.run(request).await
    }

    /// Whether the client has the app's id and secret, which calls other than `conversion_token` need. Nothing is sent.
    ///
    /// # Errors
    /// `invalid_config`, naming the one that is missing.
    pub fn check(&self) -> Result<(), Error> {
        let basic = self.checked.basic().map(drop);
        basic.map_err(|error| error.in_words_of(self.checked.language))
    }

    /// The address of Pinterest's page for this app. Nothing is sent.
    ///
    /// # Errors
    /// `invalid_argument`, naming the field; `invalid_config` without an app id.
    pub fn authorize_url(&self, request: &AuthorizeRequest) -> Result<AuthorizeUrl, Error> {
        request.url(&self.checked.endpoints.authorize, self.checked.app_id()?)
    }

    /// The same client for work on another thread.
    pub(crate) fn blocking(&self) -> blocking::Client {
        blocking::Client::of(Arc::clone(&self.checked))
    }

    async fn run<C: Call>(&self, call: &C) -> Result<C::Answer, Error> {
        let mut http = Http::Shared(self.http.clone());
        run(call, &self.checked, &mut http, &Progress::new()).await
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client")
    }
}
