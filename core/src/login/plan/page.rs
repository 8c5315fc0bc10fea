//! The answers that a browser gets. None of them holds anything of the request.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};

const STYLE: &str = include_str!("page.css");
const TICK: &str = "<path d=\"M12 25l9 9 16-19\"/>";
const BAR: &str = "<path d=\"M14 24h20\"/>";
const CROSS: &str = "<path d=\"M16 16l16 16M32 16L16 32\"/>";

/// What a person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    Done,
    Denied,
    Failed,
    /// Another browser, another window, an older login, another user of the machine.
    Elsewhere,
    /// Reached under another port than the registered one.
    Forwarded,
    /// Not a visit by a person: an image, a script, a request made ahead.
    NotAVisit,
    /// Other servers of this host have set more cookies than the listener reads.
    TooMuch,
    Nothing,
}

impl Page {
    /// The pages that end a login, at addresses without a code.
    pub(crate) const ENDS: [(Page, &'static str); 3] = [
        (Page::Done, "/done"),
        (Page::Denied, "/denied"),
        (Page::Failed, "/failed"),
    ];

    fn status(self) -> u16 {
        match self {
            Page::Done | Page::Denied | Page::Failed => 200,
            Page::Elsewhere | Page::Forwarded | Page::NotAVisit => 400,
            Page::Nothing => 404,
            Page::TooMuch => 431,
        }
    }

    /// Its looks, its title, and what it says.
    fn words(self) -> (&'static str, &'static str, [&'static str; 2]) {
        match self {
            Page::Done => (
                "good",
                "Done. You are logged in.",
                ["The token is stored.", "This window may be closed."],
            ),
            Page::Denied => (
                "stop",
                "You did not allow it.",
                [
                    "Nothing was stored.",
                    "To allow it after all, begin again in the program from which you came. This window may be closed.",
                ],
            ),
            Page::Failed => (
                "bad",
                "You are not logged in.",
                [
                    "Pinterest sent you back, but no token was stored.",
                    "The program from which you came says why. This window may be closed.",
                ],
            ),
            Page::Elsewhere => (
                "stop",
                "This login belongs to another window or is over.",
                [
                    "Nothing was sent and nothing was stored.",
                    "Begin again in the program from which you came, and stay in the browser in which you begin.",
                ],
            ),
            Page::Forwarded => (
                "stop",
                "This port has another number here.",
                [
                    "Pinterest sends you back to the registered port, and that would not arrive. Nothing was sent.",
                    "Forward the port under its own number, or use the other way that the program shows: paste the address.",
                ],
            ),
            Page::NotAVisit => (
                "stop",
                "This is not a visit.",
                ["Open the address in a window of its own.", ""],
            ),
            Page::TooMuch => (
                "stop",
                "Your browser sends too many cookies.",
                [
                    "Other servers on this machine have set them, and a login does not read that many. Nothing was sent.",
                    "Open the address in a private window.",
                ],
            ),
            Page::Nothing => ("stop", "There is nothing here.", ["", ""]),
        }
    }

    /// The whole answer.
    pub(crate) fn answer(self) -> Answer {
        let (looks, title, sentences) = self.words();
        let sign = match looks {
            "good" => TICK,
            "bad" => CROSS,
            _ => BAR,
        };
        let mut body = String::new();
        for (sentence, class) in sentences.iter().zip(["", " class=\"quiet\""]) {
            if !sentence.is_empty() {
                body.push_str(&format!("<p{class}>{sentence}</p>\n"));
            }
        }
        let html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>{STYLE}</style>\n</head>\n\
             <body>\n<main class=\"{looks}\">\n\
             <svg viewBox=\"0 0 48 48\" aria-hidden=\"true\"><circle cx=\"24\" cy=\"24\" r=\"21\"/>{sign}</svg>\n\
             <h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
        );
        Answer::new(self.status(), Some(html))
    }
}

/// An answer without its connection.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Answer {
    fn new(status: u16, html: Option<String>) -> Self {
        let style = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{style}'; img-src data:; frame-ancestors 'none'; \
             form-action 'none'; base-uri 'none'"
        );
        let mut headers = vec![
            ("cache-control", String::from("no-store")),
            ("referrer-policy", String::from("no-referrer")),
            ("x-content-type-options", String::from("nosniff")),
            ("content-security-policy", policy),
            ("cross-origin-opener-policy", String::from("same-origin")),
        ];
        if html.is_some() {
            headers.push(("content-type", String::from("text/html; charset=utf-8")));
        }
        Self {
            status,
            headers,
            body: html.unwrap_or_default(),
        }
    }

    /// Sends the browser on by GET (RFC 9700, section 4.12).
    pub(crate) fn to(location: &str) -> Self {
        Self::new(303, None).with("location", location.to_owned())
    }

    pub(crate) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}
