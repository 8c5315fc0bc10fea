//! The HTML a person sees at `/oauth/`. Everything that comes from outside is escaped.

use super::consent::Ask;
use super::scopes;
use crate::response::Response;

const STYLE: &str = "
:root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f1efea; color: #1c1c1c; }
main { background: #fff; max-width: 30rem; margin: 1rem; padding: 2rem; border-radius: 1.25rem;
  box-shadow: 0 2px 24px #0002; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .75rem; }
ul { padding-left: 1.2rem; } li { margin: .35rem 0; }
code { font-size: .85em; color: #5a5a5a; }
.note { font-size: .85rem; color: #5a5a5a; }
.buttons { display: flex; gap: .75rem; flex-wrap: wrap; margin-top: 1.5rem; }
button { font: inherit; font-weight: 600; border: 2px solid #767676; border-radius: 2rem; padding: .6rem 1.4rem;
  background: #fff; color: #1c1c1c; cursor: pointer; }
button.give { background: #a3001b; border-color: #a3001b; color: #fff; }
button:focus-visible { outline: 3px solid #0050c8; outline-offset: 3px; }
@media (prefers-color-scheme: dark) {
  body { background: #161616; color: #eee; } main { background: #242424; }
  code, .note { color: #b8b8b8; } button { background: #242424; color: #eee; }
}";

pub(super) fn consent(ask: &Ask) -> Response {
    let app = escaped(&ask.client_id);
    let mut list = String::new();
    for scope in scopes::split(&ask.scope) {
        let meaning =
            scopes::meaning(&scope).unwrap_or("Unknown to Pinterest, so it will not be granted");
        list.push_str(&format!(
            "<li>{meaning} <code>{}</code></li>\n",
            escaped(&scope)
        ));
    }
    if list.is_empty() {
        list.push_str("<li>Nothing beyond knowing that you agreed</li>\n");
    }
    let mut hidden = String::new();
    let state = ask.state.as_deref().map(|state| ("state", state));
    let fields = [
        ("client_id", ask.client_id.as_str()),
        ("redirect_uri", &ask.redirect_uri),
        ("response_type", "code"),
        ("scope", &ask.scope),
    ];
    for (name, value) in fields.into_iter().chain(state) {
        hidden.push_str(&format!(
            "<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n",
            escaped(value)
        ));
    }
    let body = format!(
        "<h1>App {app} would like to access your account</h1>\n\
         <p id=\"what\">If you agree, the app can:</p>\n\
         <ul aria-labelledby=\"what\">\n{list}</ul>\n\
         <p class=\"note\">Then you are sent back to <code>{back}</code>.</p>\n\
         <form method=\"post\" action=\"/oauth/\">\n{hidden}\
         <div class=\"buttons\">\n\
         <button class=\"give\" type=\"submit\" name=\"decision\" value=\"allow\">Give access</button>\n\
         <button type=\"submit\" name=\"decision\" value=\"cancel\">Cancel</button>\n\
         </div>\n</form>\n\
         <p class=\"note\">This is a local emulator. It is not Pinterest, and no real account is involved.</p>",
        back = escaped(&ask.redirect_uri)
    );
    document(200, &format!("Give access to app {app}?"), &body)
}

pub(super) fn oops(sentence: &str) -> Response {
    let sentence = escaped(sentence);
    document(
        400,
        "That did not work",
        &format!("<h1>{sentence}</h1>\n<p>The address is incomplete.</p>"),
    )
}

fn document(status: u16, title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}\n</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    );
    Response::text(status, "text/html; charset=utf-8", html)
        .with(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
        )
        .with("referrer-policy", "no-referrer")
}

fn escaped(text: &str) -> String {
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
