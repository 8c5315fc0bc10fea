//! A token as people read it: fingerprints, dates, scopes; never the token itself.

use pinterest_oauth::{Secret, Token};

use crate::date;

/// A secret as a fingerprint, to compare with another.
pub(crate) fn fingerprint(secret: &Secret) -> String {
    format!("sha256:{}…", secret.fingerprint())
}

/// A short table. `refreshed` says that a refresh token was sent for it.
pub(crate) fn of(token: &Token, refreshed: bool) -> String {
    let now = token.obtained_at().unwrap_or_default();
    let expiry = |at: Option<i64>| match at {
        Some(at) => {
            let distance = date::distance(at.saturating_sub(now));
            format!("expires {} ({distance})", date::utc(at))
        }
        None => String::from("expiry unknown"),
    };
    let mut text = String::new();
    let mut row = |name: &str, value: &str| text.push_str(&format!("{name:<15}{value}\n"));
    let access = fingerprint(token.access_token());
    row(
        "access token",
        &format!("{access}  {}", expiry(token.expires_at())),
    );
    match token.refresh_token() {
        None => row("refresh token", "none"),
        Some(refresh) => {
            let fate = match (refreshed, token.refresh_token_rotated()) {
                (true, true) => "; NEW: the old one may stop working",
                (true, false) => "; unchanged",
                (false, _) => "",
            };
            let expiry = expiry(token.refresh_token_expires_at());
            row(
                "refresh token",
                &format!("{}  {expiry}{fate}", fingerprint(refresh)),
            );
        }
    }
    let scopes: Vec<String> = token.scopes().iter().map(plain).collect();
    if !scopes.is_empty() {
        row("scopes", &scopes.join(" "));
    }
    text
}

/// What a server sent must not steer a terminal.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_table_shows_no_token_and_steers_no_terminal() {
        let token = Token::from_json(
            r#"{"access_token":"canary1","refresh_token":"canary2","scope":"a\u001b[2Jb c","obtained_at":1,"expires_at":2592001}"#,
        );
        let text = of(&token.unwrap(), true);
        assert!(
            !text.contains("canary") && !text.contains('\u{1b}'),
            "{text}"
        );
        assert!(text.contains("1970-01-31 00:00 UTC (in 30 days)"), "{text}");
        assert!(text.contains("expiry unknown; unchanged"), "{text}");
    }
}
