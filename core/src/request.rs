//! Bytes out: pure functions from what is asked for to what goes on the wire. No I/O.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

use crate::calls::{ConversionRequest, RevokeRequest};
use crate::error::Error;
use crate::grant::{Grant, TokenRequest};
use crate::secret::Secret;

/// The form of a token request. Order: the grant's own fields, `continuous_refresh`, the extras.
pub(crate) fn token_form(request: &TokenRequest) -> Result<Zeroizing<String>, Error> {
    let mut form: Vec<(&str, &str)> = vec![("grant_type", request.grant.grant_type())];
    let scopes;
    let ask_by_default = match &request.grant {
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
    if request.continuous_refresh.unwrap_or(ask_by_default) {
        form.push(("continuous_refresh", "true"));
    }
    form.extend(
        request
            .extra
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    encode(&form)
}

/// The form of a revocation (RFC 7009, section 2.1).
pub(crate) fn revoke_form(request: &RevokeRequest) -> Result<Zeroizing<String>, Error> {
    let mut form = vec![("token", request.token.expose())];
    if let Some(hint) = request.token_type_hint {
        form.push(("token_type_hint", hint.name()));
    }
    encode(&form)
}

/// `Authorization: Basic` as RFC 6749, section 2.3.1 has it: both parts form-encoded, one line.
pub(crate) fn basic(app_id: &str, app_secret: &Secret) -> Zeroizing<String> {
    let pair = Zeroizing::new(format!(
        "{}:{}",
        form_encode(app_id),
        form_encode(app_secret.expose())
    ));
    Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())))
}

/// `Authorization: Bearer` (RFC 6750, section 2.1).
///
/// # Errors
/// `invalid_argument` when the token has characters that no header can carry.
pub(crate) fn bearer(request: &ConversionRequest) -> Result<Zeroizing<String>, Error> {
    let token = request.access_token.expose();
    if token.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(Zeroizing::new(format!("Bearer {token}")))
    } else {
        Err(Error::invalid_argument(
            "access_token",
            "must consist of visible ASCII characters",
        ))
    }
}

/// A header that is wiped when it is dropped, and marked as not to be shown.
pub(crate) fn header(value: Zeroizing<String>) -> Result<HeaderValue, Error> {
    let mut header = HeaderValue::from_maybe_shared(wiped(value))
        .map_err(|_| Error::internal("the Authorization header could not be made"))?;
    header.set_sensitive(true);
    Ok(header)
}

/// Bytes that are wiped when the last of those who share them is done.
pub(crate) fn wiped(mut text: Zeroizing<String>) -> Bytes {
    Bytes::from_owner(Zeroizing::new(std::mem::take(&mut *text).into_bytes()))
}

/// One value as `application/x-www-form-urlencoded`.
pub(crate) fn form_encode(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn encode(form: &[(&str, &str)]) -> Result<Zeroizing<String>, Error> {
    serde_urlencoded::to_string(form)
        .map(Zeroizing::new)
        .map_err(|_| Error::internal("the form could not be encoded"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::scopes::Scopes;

    #[test]
    fn credentials_are_those_of_pinterests_own_tests() {
        let header = basic("test-app-id", &Secret::from("test-app-secret"));
        assert_eq!(
            header.as_str(),
            "Basic dGVzdC1hcHAtaWQ6dGVzdC1hcHAtc2VjcmV0"
        );
    }

    #[test]
    fn credentials_are_form_encoded_before_base64() {
        let header = basic("a:b", &Secret::from("s+& =%é"));
        let decoded = STANDARD
            .decode(header.strip_prefix("Basic ").unwrap())
            .unwrap();
        assert_eq!(decoded, b"a%3Ab:s%2B%26+%3D%25%C3%A9");
    }

    #[test]
    fn long_credentials_stay_on_one_line() {
        let header = basic("1234567", &Secret::new("a".repeat(500)));
        assert!(
            header
                .bytes()
                .all(|byte| byte.is_ascii_graphic() || byte == b' ')
        );
    }

    #[test]
    fn the_code_grant_asks_for_rotation_unless_switched_off() {
        let request = TokenRequest::authorization_code("test-auth-code", "test-redirect-uri");
        let form = token_form(&request).unwrap();
        assert_eq!(
            form.as_str(),
            "grant_type=authorization_code&code=test-auth-code&redirect_uri=test-redirect-uri&continuous_refresh=true"
        );
        let form = token_form(&request.continuous_refresh(false)).unwrap();
        assert!(!form.contains("continuous_refresh"));
    }

    #[test]
    fn a_refresh_token_is_percent_encoded() {
        let request = TokenRequest::refresh_token("pinr.a+b&c=d").extra("refresh_on", "true");
        assert_eq!(
            token_form(&request).unwrap().as_str(),
            "grant_type=refresh_token&refresh_token=pinr.a%2Bb%26c%3Dd&refresh_on=true"
        );
    }

    #[test]
    fn scopes_go_out_with_commas() {
        let request = TokenRequest::client_credentials();
        let request = request
            .scope(Scopes::parse("user_accounts:read pins:read,boards:read"))
            .unwrap();
        assert_eq!(
            token_form(&request).unwrap().as_str(),
            "grant_type=client_credentials&scope=user_accounts%3Aread%2Cpins%3Aread%2Cboards%3Aread"
        );
    }
}
