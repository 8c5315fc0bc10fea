//! The authorization URL and its `state` (RFC 6749, section 4.1.1).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use serde::Serialize;
use url::Url;

use crate::error::Error;
use crate::scopes::Scopes;
use crate::text::documents::AUTHORIZE_REQUEST;
use crate::text::fields::{Fields, check_extra, check_text, from_documents};

/// Parameters that the address has anyway, which `extra` may not carry.
const OWN_NAMES: [&str; 5] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
];

/// What the page is to ask the user for.
///
/// Its document is `authorize_request` in `include/documents.json`.
#[derive(Debug, Clone)]
pub struct AuthorizeRequest {
    redirect_uri: String,
    scope: Scopes,
    state: Option<String>,
    extra: Vec<(String, String)>,
}

from_documents!(AuthorizeRequest, AUTHORIZE_REQUEST);

impl AuthorizeRequest {
    /// The user comes back to `redirect_uri`, which must be registered with the app to the letter.
    pub fn new(redirect_uri: impl Into<String>, scope: Scopes) -> Self {
        Self {
            redirect_uri: redirect_uri.into(),
            scope,
            state: None,
            extra: Vec::new(),
        }
    }

    /// Your own `state`; by default 32 random bytes from the operating system.
    pub fn state(mut self, state: impl Into<String>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// A further parameter of the address.
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.push((name.into(), value.into()));
        self
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let redirect_uri = fields
            .text("redirect_uri")?
            .ok_or_else(|| Error::invalid_argument("redirect_uri", "is required"))?;
        let request = Self {
            redirect_uri,
            scope: fields.scopes("scope")?.unwrap_or_default(),
            state: fields.text("state")?,
            extra: fields.pairs("extra")?,
        };
        fields.finish();
        Ok(request)
    }

    /// Builds the address. Pinterest knows no PKCE: `state` is the only protection (observed).
    pub(crate) fn url(&self, page: &Url, app_id: &str) -> Result<AuthorizeUrl, Error> {
        check_text("redirect_uri", &self.redirect_uri)?;
        if Url::parse(&self.redirect_uri).is_err() {
            let problem =
                "must be an absolute address, the same to the letter as registered with the app";
            return Err(Error::invalid_argument("redirect_uri", problem));
        }
        check_extra(&self.extra, |name| OWN_NAMES.contains(&name))?;
        let state = match &self.state {
            Some(state) => check_text("state", state).map(|()| state.clone())?,
            None => random_state()?,
        };
        let mut url = page.clone();
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("client_id", app_id);
            query.append_pair("redirect_uri", &self.redirect_uri);
            query.append_pair("response_type", "code");
            if !self.scope.is_empty() {
                query.append_pair("scope", &self.scope.to_string());
            }
            query.append_pair("state", &state);
            for (name, value) in &self.extra {
                query.append_pair(name, value);
            }
        }
        Ok(AuthorizeUrl {
            url: url.into(),
            state,
        })
    }
}

/// Where to send the user, and the `state` to keep until the redirect comes back.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorizeUrl {
    url: String,
    state: String,
}

impl AuthorizeUrl {
    /// The address to open in the user's browser.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Keep this, bound to the user's session, until the redirect comes back.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// The answer document: `url` and `state`.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn random_state() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Error::internal("the operating system gave no randomness"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn page() -> Url {
        Url::parse("https://www.pinterest.com/oauth/").unwrap()
    }

    #[test]
    fn the_address_carries_everything_encoded() {
        let request = AuthorizeRequest::new(
            "http://localhost:8085/?a=b&c",
            Scopes::parse("pins:read boards:read"),
        );
        let url = request.state("s t").url(&page(), "1234567").unwrap();
        assert_eq!(
            url.url(),
            "https://www.pinterest.com/oauth/?client_id=1234567&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F%3Fa%3Db%26c\
             &response_type=code&scope=pins%3Aread%2Cboards%3Aread&state=s+t"
        );
    }

    #[test]
    fn every_state_is_new_and_long() {
        let state = || {
            let request = AuthorizeRequest::new("https://a.example/", Scopes::default());
            request.url(&page(), "1").unwrap().state().to_owned()
        };
        assert_eq!(state().len(), 43);
        assert_ne!(state(), state());
    }
}
