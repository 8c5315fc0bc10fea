//! The HTML a person sees at `/oauth/`. Everything that comes from outside is escaped.

use super::consent::Ask;
use super::scopes;
use crate::html::{escaped, page};
use crate::response::Response;

const STYLE: &str = include_str!("consent.css");
const NOTE: &str =
    "This is a local emulator. It is not Pinterest, and no real account is involved.";

pub(super) fn consent(app: &str, user: &str, ask: &Ask) -> Response {
    let app = escaped(app);
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
        ("client_id", app.as_str()),
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
         <p class=\"who\">You are <strong id=\"user\">@{user}</strong></p>\n\
         <p id=\"what\">If you agree, the app can:</p>\n\
         <ul aria-labelledby=\"what\">\n{list}</ul>\n\
         <p class=\"note\">Then you are sent back to <code>{back}</code>.</p>\n\
         <form method=\"post\" action=\"/oauth/\">\n{hidden}\
         <div class=\"buttons\">\n\
         <button id=\"allow\" class=\"give\" type=\"submit\" name=\"decision\" value=\"allow\">Give access</button>\n\
         <button id=\"deny\" type=\"submit\" name=\"decision\" value=\"deny\">Cancel</button>\n\
         </div>\n</form>",
        user = escaped(user),
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

/// Where a person stays who refused, when the switch `denial` says so.
pub(crate) fn refused() -> Response {
    document(
        200,
        "You gave no access",
        "<h1>You gave no access</h1>\n<p>Nothing is sent back to the app. You may close this window.</p>",
    )
}

fn document(status: u16, title: &str, body: &str) -> Response {
    page(
        status,
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>{STYLE}</style>\n</head>\n\
             <body>\n<main>\n{body}\n<p class=\"note\">{NOTE}</p>\n</main>\n</body>\n</html>\n"
        ),
    )
}
