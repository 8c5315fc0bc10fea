//! What of a request people may see, on the page and in the log: what is known to be harmless. All else is shown as
//! a fingerprint, so that two equal secrets can be seen to be equal.

use crate::mint::fingerprint;
use crate::pinterest::credentials::{basic, credentials_of};
use crate::world::App;

/// Nothing harmless is longer than this, in a path or a name.
const WORD: usize = 24;
const TEXT: usize = 120;

const FIELDS: &[&str] = &[
    "grant_type",
    "response_type",
    "scope",
    "continuous_refresh",
    "refresh_on",
    "token_type_hint",
    "decision",
];

const HEADERS: &[&str] = &[
    "accept",
    "accept-encoding",
    "accept-language",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "origin",
    "sec-fetch-dest",
    "sec-fetch-mode",
    "sec-fetch-site",
    "sec-fetch-user",
    "transfer-encoding",
    "user-agent",
];

pub(crate) fn method(method: &str) -> String {
    word(method)
}

/// A path, with fingerprints for parts that are no ordinary words.
pub(crate) fn path(path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(word).collect();
    short(&parts.join("/"))
}

/// The name of a header or a field.
pub(crate) fn name(name: &str) -> String {
    if HEADERS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return name.into();
    }
    word(name)
}

/// The value of a header.
pub(crate) fn header(name: &str, value: &str, app: &App) -> String {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    if is("authorization") || is("proxy-authorization") {
        return credentials(value, app);
    }
    if HEADERS.iter().any(|known| is(known)) {
        text(value, app)
    } else {
        hidden(value)
    }
}

/// The value of a field of a form or a query.
pub(crate) fn field(name: &str, value: &str, app: &App) -> String {
    match name {
        "client_id" | "consumer_id" if value == app.id => value.into(),
        "redirect_uri" if app.redirect_uris.iter().any(|known| known == value) => value.into(),
        "redirect_uri" => path(value.split(['?', '#']).next().unwrap_or_default()),
        _ if FIELDS.contains(&name) => text(value, app),
        _ => hidden(value),
    }
}

fn credentials(value: &str, app: &App) -> String {
    if let Some((id, secret)) = basic(value) {
        let id = if id == app.id { id } else { hidden(&id) };
        return format!("Basic {id}:{}", hidden(&secret));
    }
    match credentials_of(value, "bearer") {
        Some(token) => format!("Bearer {}", hidden(token)),
        None => hidden(value),
    }
}

/// Words between spaces and commas; those that look like a token, or are the app's secret, are hidden.
fn text(value: &str, app: &App) -> String {
    let words = value.split_inclusive([' ', ',']);
    let shown: String = words
        .map(|word| {
            let bare = word.trim_end_matches([' ', ',']);
            let harmless = !is_token(bare) && !bare.contains(&app.secret);
            let end = word.get(bare.len()..).unwrap_or_default();
            if harmless {
                word.into()
            } else {
                format!("{}{end}", hidden(bare))
            }
        })
        .collect();
    short(&shown)
}

fn word(word: &str) -> String {
    let plain = word.chars().all(|character| character.is_ascii_graphic());
    if plain && word.len() <= WORD && !is_token(word) {
        word.into()
    } else {
        hidden(word)
    }
}

fn is_token(word: &str) -> bool {
    let start = word.get(..4).unwrap_or_default().to_ascii_lowercase();
    ["pina", "pinc", "pinr"].contains(&start.as_str())
        && word
            .get(4..)
            .is_some_and(|rest| rest.starts_with(['_', '.']))
}

fn hidden(secret: &str) -> String {
    if secret.is_empty() {
        String::new()
    } else {
        fingerprint(secret)
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app() -> App {
        App {
            id: "1234567".into(),
            secret: "canary-of-the-app".into(),
            redirect_uris: vec!["http://localhost:8085/".into()],
        }
    }

    #[test]
    fn what_is_known_to_be_harmless_is_shown_as_it_is() {
        let app = app();
        assert_eq!(path("/v5/oauth/token/revoke"), "/v5/oauth/token/revoke");
        assert_eq!(
            field("scope", "pins:read boards:read", &app),
            "pins:read boards:read"
        );
        assert_eq!(field("client_id", "1234567", &app), "1234567");
        assert_eq!(
            field("redirect_uri", "http://localhost:8085/", &app),
            "http://localhost:8085/"
        );
        let kind = "application/x-www-form-urlencoded";
        assert_eq!(header("Content-Type", kind, &app), kind);
    }

    #[test]
    fn nothing_else_is_shown_wherever_a_secret_may_have_come() {
        let app = app();
        let token = "pina_ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let code = "0123456789abcdef0123456789abcdef01234567";
        let basic = "Basic MTIzNDU2NzpjYW5hcnktb2YtdGhlLWFwcA==";
        for (shown, secret) in [
            (path(&format!("/v5/{token}/x")), token),
            (path(&format!("/v5/{code}")), code),
            (name(code), code),
            (name("pinr.x"), "pinr.x"),
            (method(token), token),
            (header("Authorization", basic, &app), "MTIz"),
            (
                header("authorization", &format!("Bearer {token}"), &app),
                token,
            ),
            (header("Authorization", token, &app), token),
            (header("X-Whatever", "short", &app), "short"),
            (header("User-Agent", &format!("a {token} b"), &app), token),
            (header("User-Agent", "x/canary-of-the-app", &app), "canary"),
            (field("code", code, &app), code),
            (field("state", "s", &app), "s4"),
            (field("client_id", "7654321", &app), "7654321"),
            (field("scope", token, &app), token),
            (field("redirect_uri", "http://x/?code=abc", &app), "code"),
        ] {
            assert!(!shown.contains(secret), "{shown}");
        }
        assert_eq!(
            header("Authorization", basic, &app),
            format!("Basic 1234567:{}", fingerprint("canary-of-the-app"))
        );
    }
}
