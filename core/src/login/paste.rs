//! The address that a person pastes, cleaned of what terminals, chats and tools put around it, or what it is instead.

use url::Url;

use super::plan::{Parameters, Plan};

/// What a pasted line is.
#[derive(Debug)]
pub(crate) enum Pasted {
    /// The redirect of this login.
    Redirect(Parameters),
    Wrong(Mistake),
}

/// What it is instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mistake {
    Empty,
    TooLong,
    /// The start page's own address.
    Start,
    /// Pinterest's page: the user has not allowed it yet.
    Pinterest,
    /// A code alone: without its state nobody knows whose it is.
    Code,
    /// Another login's.
    OtherLogin,
    /// An address without code and state.
    NoCode,
    /// No address at all.
    NoAddress,
}

/// The longest that is read, in bytes.
pub(crate) const MAX_PASTED: usize = 8 * 1024;

impl Mistake {
    /// What it is and what to do, as it follows the words "the address".
    pub(crate) fn problem(self) -> &'static str {
        match self {
            Mistake::Empty => {
                "is empty: paste the whole address of the page to which Pinterest sent you"
            }
            Mistake::TooLong => "is longer than any such address: paste the address alone",
            Mistake::Start => {
                "is the one to open, not the one to paste: open it, allow the app, then paste the address of the page that follows"
            }
            Mistake::Pinterest => {
                "is that of Pinterest's own page: allow the app there, then paste the address of the page that follows"
            }
            Mistake::Code => {
                "is a code alone, and without its state nobody knows whose it is: paste the whole address"
            }
            Mistake::OtherLogin => {
                "belongs to another login: open the address shown above, and paste what follows it"
            }
            Mistake::NoCode => {
                "carries no code: paste the address of the page to which Pinterest sent you after you allowed the app"
            }
            Mistake::NoAddress => "is none: paste the whole address, from http to its end",
        }
    }
}

/// Without the marks of bracketed paste, quotes, brackets, white space, line breaks and HTML around it.
fn cleaned(text: &str) -> String {
    let text = text.replace("\u{1b}[200~", "").replace("\u{1b}[201~", "");
    let text = text.replace("&amp;", "&");
    let mut text = text.trim();
    // The line of a request, as logs and developer tools show it.
    for method in ["GET ", "\"GET "] {
        if let Some(rest) = text.strip_prefix(method) {
            text = rest.split(" HTTP/").next().unwrap_or(rest);
        }
    }
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !crate::text::scrub::is_invisible(*c))
        .collect();
    let around: &[_] = &['"', '\'', '`', '<', '>', '“', '”', '‘', '’', '(', ')'];
    text.trim_matches(around).to_owned()
}

/// Reads what was pasted into the login of `plan`.
pub(crate) fn read(text: &str, plan: &Plan) -> Pasted {
    if text.len() > MAX_PASTED {
        return Pasted::Wrong(Mistake::TooLong);
    }
    let text = cleaned(text);
    if text.is_empty() {
        return Pasted::Wrong(Mistake::Empty);
    }
    let Some((before, query)) = text.split_once('?') else {
        return Pasted::Wrong(without_query(&text, plan));
    };
    let pinterest = plan.page().expose().split('?').next();
    if pinterest == Some(before) || before.contains(".pinterest.com/") {
        return Pasted::Wrong(Mistake::Pinterest);
    }
    let query = query.split('#').next().unwrap_or_default();
    let Some(found) = Parameters::read(query) else {
        return Pasted::Wrong(Mistake::OtherLogin);
    };
    match &found.state {
        _ if found.code.is_none() && found.error.is_none() => Pasted::Wrong(Mistake::NoCode),
        Some(state) if plan.is_state(state) => Pasted::Redirect(found),
        Some(_) => Pasted::Wrong(Mistake::OtherLogin),
        None => Pasted::Wrong(Mistake::Code),
    }
}

fn without_query(text: &str, plan: &Plan) -> Mistake {
    match Url::parse(text) {
        Ok(url) if plan.is_start(url.path()) => Mistake::Start,
        Ok(url)
            if url
                .host_str()
                .is_some_and(|host| host.ends_with("pinterest.com")) =>
        {
            Mistake::Pinterest
        }
        Ok(url) if url.has_host() => Mistake::NoCode,
        _ if text.contains("code=")
            || text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_graphic()) =>
        {
            Mistake::Code
        }
        _ => Mistake::NoAddress,
    }
}
