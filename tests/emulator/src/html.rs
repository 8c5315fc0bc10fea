//! Answers that are pages, and what a browser lets them do: their own style and script, nothing from elsewhere.

use crate::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest;

/// A page. It may ask its own listener, and its forms may lead anywhere: without `form-action`, because Chromium
/// applies that to the redirect after a form as well, and a login ends at an address of the app's.
pub(crate) fn page(status: u16, html: String) -> Response {
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {}; connect-src 'self'; img-src data:; \
         base-uri 'none'; frame-ancestors 'none'",
        source(&html, "style"),
        source(&html, "script")
    );
    Response::text(status, "text/html; charset=utf-8", html)
        .with("content-security-policy", &policy)
        // Not `no-referrer`: a form's Origin would be `null` then, and the guard could not know its own page.
        .with("referrer-policy", "same-origin")
}

/// The page's one element of this name, as a policy allows it.
fn source(html: &str, element: &str) -> String {
    let inside = html
        .split_once(&format!("<{element}>"))
        .and_then(|(_, rest)| rest.split_once(&format!("</{element}>")));
    match inside {
        Some((text, _)) => {
            let hash = digest::digest(&digest::SHA256, text.as_bytes());
            format!("'sha256-{}'", STANDARD.encode(hash))
        }
        None => "'none'".into(),
    }
}

/// Text as part of HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_use_its_own_style_and_script_alone() {
        let answer = page(200, "<style>abc</style><p>".into());
        let policy = answer
            .headers
            .iter()
            .find(|(name, _)| name == "content-security-policy");
        let (_, policy) = policy.unwrap();
        let hash = "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='";
        assert!(policy.contains(&format!("style-src {hash};")), "{policy}");
        assert!(policy.contains("script-src 'none';"), "{policy}");
        assert!(!policy.contains("form-action") && !policy.contains("unsafe"));
    }
}
