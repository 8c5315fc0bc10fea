//! The authorization URL, `state`, and reading the redirect back (RFC 6749, section 4.1). No I/O.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use serde::Serialize;
use subtle::ConstantTimeEq;
use url::Url;

use crate::error::{Error, Kind, Outcome};
use crate::fields::{Fields, check_text, from_documents};
use crate::scopes::Scopes;
use crate::scrub::Scrubber;
use crate::secret::Secret;

/// Names that `extra` may not carry.
const OWN_NAMES: [&str; 5] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
];

/// What the page is to ask the user for.
///
/// As a document: `redirect_uri`, `scope` (text or list), `state`, `extra` (object).
#[derive(Debug, Clone)]
pub struct AuthorizeRequest {
    redirect_uri: String,
    scope: Scopes,
    state: Option<String>,
    extra: Vec<(String, String)>,
}

from_documents!(AuthorizeRequest, "request");

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
        fields.finish("authorize_url")?;
        Ok(request)
    }

    /// Builds the address. Pinterest knows no PKCE: `state` is the only protection (observed).
    pub(crate) fn url(&self, page: &Url, app_id: &str) -> Result<AuthorizeUrl, Error> {
        check_text("redirect_uri", &self.redirect_uri)?;
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
                if OWN_NAMES.contains(&name.as_str()) {
                    return Err(Error::invalid_argument(
                        format!("extra.{name}"),
                        "has a parameter of its own",
                    ));
                }
                check_text(&format!("extra.{name}"), value)?;
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

/// A redirect to read: the address at which the user came back, and the `state` you kept.
///
/// As a document: `url` and `state`.
#[derive(Debug, Clone)]
pub struct RedirectRequest {
    url: Secret,
    state: Secret,
}

from_documents!(RedirectRequest, "request");

impl RedirectRequest {
    /// `url` is the whole address, or only its query.
    pub fn new(url: impl Into<Secret>, state: impl Into<Secret>) -> Self {
        Self {
            url: url.into(),
            state: state.into(),
        }
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let url = fields
            .secret("url")?
            .ok_or_else(|| Error::invalid_argument("url", "is required"))?;
        let state = fields
            .secret("state")?
            .ok_or_else(|| Error::invalid_argument("state", "is required"))?;
        fields.finish("redirect")?;
        Ok(Self { url, state })
    }

    /// The code, once the `state` is the one you kept.
    ///
    /// # Errors
    /// `state_mismatch` before anything else is looked at; `access_denied` when the redirect carries
    /// `error=`; `invalid_argument` when it carries no code.
    pub fn code(&self) -> Result<RedirectCode, Error> {
        check_text("url", self.url.expose())?;
        check_text("state", self.state.expose())?;
        let url = self.url.expose();
        let query = url.split_once('?').map_or(url, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let find = |name: &str| -> Option<Secret> {
            let mut values =
                url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
            let value = values.next()?.1;
            // RFC 6749, section 3.1: parameters must not be included more than once.
            if values.next().is_some() {
                None
            } else {
                Some(Secret::from(value.into_owned()))
            }
        };
        let state = find("state").unwrap_or_default();
        let expected = self.state.expose();
        if !bool::from(state.expose().as_bytes().ct_eq(expected.as_bytes())) {
            let message = "the redirect does not carry the expected state";
            return Err(Error::new(Kind::StateMismatch, Outcome::NotSent, message));
        }
        let code = find("code").filter(|code| !code.expose().is_empty());
        if let Some(error) = find("error") {
            let mut scrubber = Scrubber::default();
            scrubber.hide(expected);
            if let Some(code) = &code {
                scrubber.hide(code.expose());
            }
            let mut message = format!("the redirect says {}", scrubber.clean(error.expose()));
            if let Some(description) = find("error_description") {
                message = format!("{message}: {}", scrubber.clean(description.expose()));
            }
            return Err(Error::new(Kind::AccessDenied, Outcome::Rejected, message));
        }
        match code {
            Some(code) => Ok(RedirectCode { code, state }),
            None => Err(Error::invalid_argument("url", "carries no code")),
        }
    }
}

/// The code of a redirect whose `state` was right.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectCode {
    code: Secret,
    state: Secret,
}

impl RedirectCode {
    /// The code to exchange, at once and once.
    pub fn code(&self) -> &Secret {
        &self.code
    }

    /// The answer document: `code` and `state`.
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

    #[test]
    fn the_state_is_looked_at_before_anything_else() {
        let kind = |url: &str| {
            RedirectRequest::new(url, "right")
                .code()
                .unwrap_err()
                .kind()
        };
        assert_eq!(
            kind("https://a.example/?code=c&state=wrong"),
            Kind::StateMismatch
        );
        assert_eq!(kind("https://a.example/?code=c"), Kind::StateMismatch);
        assert_eq!(
            kind("https://a.example/?error=access_denied&state=wrong"),
            Kind::StateMismatch
        );
        assert_eq!(kind("?code=c&state=right&state=right"), Kind::StateMismatch);
        assert_eq!(kind("?error=access_denied&state=right"), Kind::AccessDenied);
        assert_eq!(kind("?state=right"), Kind::InvalidArgument);
    }

    #[test]
    fn a_right_redirect_gives_the_code() {
        let redirect =
            RedirectRequest::new("https://a.example/cb?state=right&code=a%2Bb#top", "right");
        assert_eq!(redirect.code().unwrap().code().expose(), "a+b");
    }
}
