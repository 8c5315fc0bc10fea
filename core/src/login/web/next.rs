//! Where a visitor goes after the login: a place of the app itself, whatever a browser makes of the text.

use percent_encoding::percent_decode_str;

use crate::error::Error;

/// The longest one, in bytes.
const MAX_LENGTH: usize = 512;

/// # Errors
/// `invalid_argument`, naming `next`.
pub(super) fn check(next: &str) -> Result<(), Error> {
    problem(next).map_or(Ok(()), |problem| {
        Err(Error::invalid_argument("next", problem))
    })
}

/// Whether it leads nowhere else.
pub(super) fn is_own(next: &str) -> bool {
    problem(next).is_none()
}

/// Browsers take `\` for `/`, drop tabs and line breaks, and resolve `.` and `..`; servers decode before they look. In
/// the query and behind `#` none of this leads away.
fn problem(next: &str) -> Option<&'static str> {
    if next.len() > MAX_LENGTH {
        return Some("must not be longer than 512 bytes");
    }
    if !next.starts_with('/') {
        return Some("must be a path of the app itself, and begin with /");
    }
    if !next.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some("must consist of visible ASCII characters: others are written as %20");
    }
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let mut path = path.to_owned();
    loop {
        if path.contains('\\') || next.contains('\\') {
            return Some("must not contain a backslash");
        }
        if path.chars().any(char::is_control) {
            return Some("must not contain control characters");
        }
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let last = parts.len().saturating_sub(1);
        let empty = parts.iter().take(last).any(|part| part.is_empty());
        if empty || parts.iter().any(|part| *part == "." || *part == "..") {
            return Some("must not contain //, /./ or /../");
        }
        let decoded = percent_decode_str(&path).decode_utf8_lossy().into_owned();
        if decoded == path {
            return None;
        }
        path = decoded;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_the_app_is_taken() {
        for next in [
            "/",
            "/a",
            "/a/b/",
            "/a.b/..c",
            "/a?x=1&y=%20z#top",
            "/go?to=https://a.example/&back=/../",
            "/a+b=c&d=%C3%A9",
            "/a%3Fb",
            "/100%",
            "/a=",
        ] {
            assert!(is_own(next), "{next}");
        }
        assert!(is_own(&format!("/{}", "a".repeat(511))));
    }

    #[test]
    fn what_may_lead_away_is_not() {
        for next in [
            "",
            "a",
            "https://evil.example/",
            "javascript:alert(1)",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "/%5Cevil.example",
            "/%255Cevil.example",
            "/%2Fevil.example",
            "/%2fevil.example",
            "/%252F/evil.example",
            "/\t/evil.example",
            "/%09/evil.example",
            "/%0d%0aSet-Cookie:a=b",
            "/a\r\nSet-Cookie: a=b",
            "/.//evil.example",
            "/./evil.example",
            "/../evil.example",
            "/a/..",
            "/.",
            "/%2e/%2Fevil.example",
            "/%2e%2e/evil.example",
            "/a/%2E%2E/%2E%2E//evil.example",
            "/a?b\\c",
            "/é",
            "/a b",
            " /a",
        ] {
            assert!(!is_own(next), "{next:?}");
        }
        assert!(!is_own(&format!("/{}", "a".repeat(512))));
    }
}
