//! `POST /v5/oauth/token`: what goes with a grant, the form, and how the answer reads.

use std::time::Duration;

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::grant::{Grant, foreign, grant};
use super::private::{Problem, Sealed};
use crate::answer::Answer;
use crate::error::{Error, Kind};
use crate::scopes::Scopes;
use crate::secret::Secret;
use crate::text::documents::{Endpoint, OAUTH_TOKEN, TOKEN_REQUEST, Type};
use crate::text::encode;
use crate::text::fields::{
    Fields, check_extra, check_text, check_token, check_word, from_documents,
};
use crate::token::Token;
use crate::wire::Incoming;

/// A token request: a grant and what goes with it.
///
/// Its document is `token_request` in `include/documents.json`.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    pub(crate) grant: Grant,
    pub(crate) continuous_refresh: Option<bool>,
    pub(crate) extra: Vec<(String, String)>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) previous: Option<Box<Token>>,
}

from_documents!(TokenRequest, TOKEN_REQUEST);

impl TokenRequest {
    pub(crate) const ENDPOINT: &'static Endpoint = &OAUTH_TOKEN;

    fn new(grant: Grant) -> Self {
        Self {
            grant,
            continuous_refresh: None,
            extra: Vec::new(),
            timeout: None,
            previous: None,
        }
    }

    /// Exchanges the `code` of the redirect. `redirect_uri` is the one of the authorization URL.
    pub fn authorization_code(code: impl Into<Secret>, redirect_uri: impl Into<String>) -> Self {
        Self::new(Grant::AuthorizationCode {
            code: code.into(),
            redirect_uri: redirect_uri.into(),
        })
    }

    /// Exchanges a refresh token.
    pub fn refresh_token(refresh_token: impl Into<Secret>) -> Self {
        Self::new(Grant::RefreshToken {
            refresh_token: refresh_token.into(),
            scope: None,
        })
    }

    /// A token for the app itself.
    pub fn client_credentials() -> Self {
        Self::new(Grant::ClientCredentials { scope: None })
    }

    /// Refreshes `token`; what the answer leaves out (scope, refresh token and its expiry) is carried over.
    ///
    /// # Errors
    /// `invalid_argument` when the token has no refresh token.
    pub fn refresh(token: &Token) -> Result<Self, Error> {
        let Some(refresh_token) = token.refresh_token.clone() else {
            return Err(Error::invalid_argument("token", "has no refresh_token"));
        };
        Ok(Self {
            previous: Some(Box::new(token.clone())),
            ..Self::refresh_token(refresh_token)
        })
    }

    /// The scopes to ask for. An error for the code grant, whose scopes are in the authorization URL.
    ///
    /// # Errors
    /// `invalid_argument` for the authorization code grant.
    pub fn scope(mut self, scopes: Scopes) -> Result<Self, Error> {
        match &mut self.grant {
            Grant::RefreshToken { scope, .. } | Grant::ClientCredentials { scope } => {
                *scope = Some(scopes)
            }
            Grant::AuthorizationCode { .. } => return Err(foreign("scope", "authorization_code")),
        }
        Ok(self)
    }

    /// Whether to ask for a refresh token that rotates (60 days, refreshable without end).
    ///
    /// The default is to ask with the code grant alone: apps made before 2025-09-25 need it, newer
    /// ones ignore it (Pinterest's description, 5.28). `false` sends nothing.
    pub fn continuous_refresh(mut self, on: bool) -> Self {
        self.continuous_refresh = Some(on);
        self
    }

    /// A further form field, for parameters that Pinterest may add.
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.push((name.into(), value.into()));
        self
    }

    /// The deadline of this one call, instead of the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The grant.
    pub fn grant(&self) -> &Grant {
        &self.grant
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let mut request = Self::new(grant(&mut fields)?);
        if let Grant::RefreshToken { .. } = request.grant
            && let Some(token) = fields.take("token")
        {
            request = Self::refresh(&stored(&token)?)?;
        }
        request.with(fields)
    }

    /// The refresh of `token`, with what else a request document may say of it.
    pub(crate) fn refresh_with(token: &Token, map: Map<String, Value>) -> Result<Self, Error> {
        let fields = Fields::new(&TOKEN_REQUEST, map);
        fields.check_names()?;
        Self::refresh(token)?.with(fields)
    }

    /// What may go with each grant; nothing else is left.
    fn with(mut self, mut fields: Fields) -> Result<Self, Error> {
        let grant_type = self.grant.grant_type();
        if let Some(scopes) = fields.scopes("scope")? {
            self = self.scope(scopes)?;
        }
        for field in ["code", "redirect_uri", "refresh_token", "token"] {
            if fields.has(field) {
                return Err(foreign(field, grant_type));
            }
        }
        self.continuous_refresh = fields.boolean("continuous_refresh")?;
        self.extra = fields.pairs("extra")?;
        self.timeout = fields.seconds("timeout")?;
        fields.finish();
        Ok(self)
    }
}

/// A token document, as an object or as its text.
fn stored(token: &Value) -> Result<Token, Error> {
    match token {
        Value::String(word)
            if !word
                .trim_start_matches('\u{feff}')
                .trim_start()
                .starts_with('{') =>
        {
            let problem =
                "must be a token document; a refresh token alone is given as {refresh_token}";
            Err(Error::invalid_argument("token", problem))
        }
        Value::String(json) => Token::from_json(json),
        object => Token::from_json(&object.to_string()),
    }
}

impl Sealed for TokenRequest {
    type Answer = Token;

    fn endpoint(&self) -> &'static Endpoint {
        Self::ENDPOINT
    }

    fn check(&self) -> Result<(), Error> {
        match &self.grant {
            Grant::AuthorizationCode { code, redirect_uri } => {
                check_word("code", code.expose())?;
                check_text("redirect_uri", redirect_uri)?;
            }
            Grant::RefreshToken { refresh_token, .. } => {
                check_token("refresh_token", refresh_token.expose())?
            }
            Grant::ClientCredentials { .. } => {}
        }
        // A field of the form has a parameter of its own, and is not one of `extra`.
        let own = |name: &str| {
            TOKEN_REQUEST
                .field(name)
                .is_some_and(|field| !matches!(field.kind, Type::Token | Type::Pairs))
                && name != "timeout"
        };
        check_extra(&self.extra, own)
    }

    /// Order: the grant's own fields, `continuous_refresh`, those of `extra`.
    fn form(&self) -> Result<Option<Zeroizing<String>>, Error> {
        let mut form: Vec<(&str, &str)> = Vec::with_capacity(self.extra.len().saturating_add(4));
        form.push(("grant_type", self.grant.grant_type()));
        let scopes;
        let ask_by_default = match &self.grant {
            Grant::AuthorizationCode { code, redirect_uri } => {
                form.push(("code", code.expose()));
                form.push(("redirect_uri", redirect_uri));
                true
            }
            Grant::RefreshToken {
                refresh_token,
                scope,
            } => {
                form.push(("refresh_token", refresh_token.expose()));
                if let Some(scope) = scope {
                    scopes = scope.to_string();
                    form.push(("scope", &scopes));
                }
                false
            }
            Grant::ClientCredentials { scope } => {
                if let Some(scope) = scope {
                    scopes = scope.to_string();
                    form.push(("scope", &scopes));
                }
                false
            }
        };
        if self.continuous_refresh.unwrap_or(ask_by_default) {
            form.push(("continuous_refresh", "true"));
        }
        let extra = self.extra.iter();
        form.extend(extra.map(|(name, value)| (name.as_str(), value.as_str())));
        encode::form(&form).map(Some)
    }

    fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    fn told(answer: &Token) -> Option<&Answer> {
        answer.answer()
    }

    fn secrets(&self) -> Vec<&str> {
        let mut secrets: Vec<&str> = self.extra.iter().map(|(_, value)| value.as_str()).collect();
        match &self.grant {
            Grant::AuthorizationCode { code, .. } => secrets.push(code.expose()),
            Grant::RefreshToken { refresh_token, .. } => secrets.push(refresh_token.expose()),
            Grant::ClientCredentials { .. } => {}
        }
        secrets
    }

    /// A wrong address looks like a bad code (observed), and a new login does not help against it.
    fn advice(&self, kind: Kind) -> Option<&'static str> {
        match (&self.grant, kind) {
            (Grant::AuthorizationCode { .. }, Kind::InvalidGrant) => Some(
                "Let the user log in again, and give the {redirect_uri} of the login to the letter: \
                 a code is good once, and for that address alone.",
            ),
            _ => None,
        }
    }

    /// What the request knows and the answer may leave out is kept: the refresh token sent, the scope asked for.
    fn read(&self, incoming: &Incoming, answer: &Answer, now: i64) -> Result<Token, Problem> {
        let mut token = Token::from_answer(incoming, answer, now)?;
        let asked = |scope: &Option<Scopes>| scope.as_ref().map(ToString::to_string);
        match &self.grant {
            Grant::RefreshToken {
                refresh_token,
                scope,
            } => token.keep(refresh_token, asked(scope), self.previous.as_deref()),
            Grant::ClientCredentials { scope } => {
                token.scope = token.scope.take().or_else(|| asked(scope));
            }
            Grant::AuthorizationCode { .. } => {}
        }
        Ok(token)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use http::HeaderMap;

    use super::*;

    fn form(request: &TokenRequest) -> String {
        request.form().unwrap().unwrap().to_string()
    }

    #[test]
    fn a_parameter_without_a_visible_name_is_named() {
        for (json, field) in [(r#"{"":1}"#, r#""""#), (r#"{"\u0000":1}"#, r#""\0""#)] {
            let error = TokenRequest::from_json(json).unwrap_err();
            assert_eq!(error.field(), Some(field));
        }
    }

    #[test]
    fn what_a_token_could_not_be_stored_with_is_not_sent() {
        let request = TokenRequest::refresh_token("pinr.\u{e9}");
        assert_eq!(request.check().unwrap_err().field(), Some("refresh_token"));
    }

    #[test]
    fn the_code_grant_asks_for_rotation_unless_switched_off() {
        let request = TokenRequest::authorization_code("test-auth-code", "test-redirect-uri");
        assert_eq!(
            form(&request),
            "grant_type=authorization_code&code=test-auth-code&redirect_uri=test-redirect-uri&continuous_refresh=true"
        );
        assert!(!form(&request.continuous_refresh(false)).contains("continuous_refresh"));
    }

    #[test]
    fn a_refresh_token_is_percent_encoded() {
        let request = TokenRequest::refresh_token("pinr.a+b&c=d").extra("refresh_on", "true");
        assert_eq!(
            form(&request),
            "grant_type=refresh_token&refresh_token=pinr.a%2Bb%26c%3Dd&refresh_on=true"
        );
    }

    #[test]
    fn scopes_go_out_with_commas() {
        let scopes = Scopes::parse("user_accounts:read pins:read,boards:read");
        let request = TokenRequest::client_credentials().scope(scopes).unwrap();
        assert_eq!(
            form(&request),
            "grant_type=client_credentials&scope=user_accounts%3Aread%2Cpins%3Aread%2Cboards%3Aread"
        );
    }

    #[test]
    fn an_old_refresh_token_is_kept_where_none_comes() {
        let request = TokenRequest::refresh_token("pinr.sent");
        let body = Zeroizing::new(br#"{"access_token":"a"}"#.to_vec());
        let incoming = Incoming::new(200, HeaderMap::new(), Some(body));
        let token = request
            .read(&incoming, &Answer::of(&"/".into()), 5)
            .unwrap();
        assert_eq!(token.refresh_token().unwrap().expose(), "pinr.sent");
        assert!(!token.refresh_token_rotated());
    }
}
