//! Forms and credentials as they go on the wire.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;
use url::form_urlencoded;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::secret::Secret;

/// A form as `application/x-www-form-urlencoded`.
pub(crate) fn form(form: &[(&str, &str)]) -> Result<Zeroizing<String>, Error> {
    // As large as it can become: what grows leaves copies behind that nobody wipes.
    let field = |(name, value): &(&str, &str)| {
        let letters = name.len().saturating_add(value.len());
        letters
            .saturating_mul("%2F".len())
            .saturating_add("=&".len())
    };
    let mut text = Zeroizing::new(String::with_capacity(form.iter().map(field).sum()));
    let mut writer = form_urlencoded::Serializer::new(&mut *text);
    form.serialize(serde_urlencoded::Serializer::new(&mut writer))
        .map_err(|_| Error::internal("the form could not be encoded"))?;
    Ok(text)
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
pub(crate) fn bearer(token: &Secret) -> Zeroizing<String> {
    Zeroizing::new(format!("Bearer {}", token.expose()))
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

/// One value as `application/x-www-form-urlencoded`; as it is where nothing needs encoding.
pub(crate) fn form_encode(text: &str) -> Cow<'_, str> {
    let mut parts = form_urlencoded::byte_serialize(text.as_bytes());
    match parts.next() {
        Some(first) if first != text => Cow::Owned(parts.fold(first.to_owned(), |a, b| a + b)),
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

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
    fn a_value_is_encoded_where_it_must_be() {
        for (text, encoded) in [
            ("", ""),
            ("a-1", "a-1"),
            (" ", "+"),
            ("a b", "a+b"),
            ("é", "%C3%A9"),
        ] {
            assert_eq!(form_encode(text), encoded);
        }
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
}
