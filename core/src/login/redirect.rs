//! Reading the redirect that ends a login (RFC 6749, sections 4.1.2 and 10.12).

use std::collections::BTreeMap;

use subtle::ConstantTimeEq;

use super::query::{once, query};
use crate::error::{Error, Kind, Outcome};
use crate::secret::Secret;
use crate::text::documents::REDIRECT_REQUEST;
use crate::text::fields::{Fields, check_text, from_documents};
use crate::text::json::written;
use crate::text::language::Language;
use crate::text::scrub::Scrubber;

/// A redirect to read: the address at which the user came back, and the `state` you kept.
///
/// Its document is `redirect_request` in `include/documents.json`.
#[derive(Debug, Clone)]
pub struct RedirectRequest {
    url: Secret,
    state: Secret,
    language: Language,
}

from_documents!(RedirectRequest, REDIRECT_REQUEST);

impl RedirectRequest {
    /// `url` is the whole address, or only its query.
    pub fn new(url: impl Into<Secret>, state: impl Into<Secret>) -> Self {
        Self {
            url: url.into(),
            state: state.into(),
            language: Language::default(),
        }
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let url = fields
            .secret("url")?
            .ok_or_else(|| Error::invalid_argument("url", "is required"))?;
        let state = fields
            .secret("state")?
            .ok_or_else(|| Error::invalid_argument("state", "is required"))?;
        let language = fields.language();
        fields.finish();
        Ok(Self {
            url,
            state,
            language,
        })
    }

    /// The code, once the `state` is the one you kept.
    ///
    /// # Errors
    /// `state_mismatch` before anything else is looked at, and when it carries no code or two; `access_denied` when it
    /// carries `error=`.
    pub fn code(&self) -> Result<RedirectCode, Error> {
        self.read_code()
            .map_err(|error| error.in_words_of(self.language))
    }

    fn read_code(&self) -> Result<RedirectCode, Error> {
        check_text("url", self.url.expose())?;
        check_text("state", self.state.expose())?;
        let query = query(self.url.expose());
        let find = |name: &str| once(query, name);
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
            // Whoever visits the address can leave it out: that is no fault of the program.
            None => {
                let message = "the redirect carries no code, or more than one";
                Err(Error::new(Kind::StateMismatch, Outcome::NotSent, message))
            }
        }
    }
}

/// The code of a redirect whose `state` was right.
#[derive(Debug, Clone)]
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
        let (code, state) = (self.code.expose(), self.state.expose());
        written(&BTreeMap::from([("code", code), ("state", state)]))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

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
        assert_eq!(kind("?state=right"), Kind::StateMismatch);
        assert_eq!(kind("?code=a&code=b&state=right"), Kind::StateMismatch);
    }

    #[test]
    fn a_right_redirect_gives_the_code() {
        let redirect =
            RedirectRequest::new("https://a.example/cb?state=right&code=a%2Bb#top", "right");
        assert_eq!(redirect.code().unwrap().code().expose(), "a+b");
    }
}
