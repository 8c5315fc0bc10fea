//! The parameters of a redirect. What they mean belongs to its readers.

use url::form_urlencoded::parse;

use crate::secret::Secret;

/// The query of a whole address or of a request's target; a text that is a query already, as it is.
pub(super) fn query(text: &str) -> &str {
    let query = match text.split_once('?') {
        // A question mark within the value of a parameter begins no query.
        Some((before, query)) if !before.contains('=') => query,
        _ => text,
    };
    query.split('#').next().unwrap_or_default()
}

/// The parameter of that name. More than one counts as none (RFC 6749, section 3.1).
pub(super) fn once(query: &str, name: &str) -> Option<Secret> {
    let mut values = parse(query.as_bytes()).filter(|(key, _)| key == name);
    let value = values.next()?.1;
    match values.next() {
        Some(_) => None,
        None => Some(Secret::from(value.into_owned())),
    }
}

/// Whether there is a parameter of that name, once or more often.
pub(super) fn has(query: &str, name: &str) -> bool {
    parse(query.as_bytes()).any(|(key, _)| key == name)
}

/// What a redirect may say besides `access_denied` (RFC 6749, section 4.1.2.1). No other text of an address is shown.
const ERRORS: [&str; 6] = [
    "invalid_request",
    "unauthorized_client",
    "unsupported_response_type",
    "invalid_scope",
    "server_error",
    "temporarily_unavailable",
];

/// The error that a redirect carries, where it is one that may be shown.
pub(super) fn known_error(error: &str) -> Option<&'static str> {
    ERRORS.into_iter().find(|known| *known == error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_out_of_whatever_a_framework_gives() {
        for text in [
            "code=a&state=b",
            "?code=a&state=b",
            "/callback?code=a&state=b",
            "localhost:8085/?code=a&state=b",
            "https://app.example/callback?code=a&state=b#top",
        ] {
            assert_eq!(query(text), "code=a&state=b", "{text}");
        }
        assert_eq!(query("code=a?b&state=c"), "code=a?b&state=c");
    }
}
