//! The end of a web app's login: what a request at the redirect address is. Nothing that a visitor sends is an error.

use std::time::Duration;

use super::cookie::{App, Kept, Opened};
use super::end::LoginEnd;
use super::{jar, next};
use crate::error::{Error, Kind};
use crate::login::query::{has, known_error, once, query};
use crate::login::redirect::RedirectRequest;
use crate::secret::Secret;
use crate::text::documents::LOGIN_VISIT;
use crate::text::fields::{Fields, check_text, from_documents};

/// A request that came to the redirect address of a web app.
///
/// Its document is `login_visit` in `include/documents.json`.
#[derive(Debug, Clone)]
pub struct LoginVisit {
    method: String,
    query: Secret,
    cookies: Secret,
    purpose: String,
    owner: Option<Secret>,
    timeout: Option<Duration>,
}

from_documents!(LoginVisit, LOGIN_VISIT);

impl LoginVisit {
    /// A GET with this query, or whole address, and these cookies: the request's `Cookie` header.
    pub fn new(query: impl Into<Secret>, cookies: impl Into<Secret>) -> Self {
        Self {
            method: String::from("GET"),
            query: query.into(),
            cookies: cookies.into(),
            purpose: String::new(),
            owner: None,
            timeout: None,
        }
    }

    /// The method of the request. Frameworks let HEAD through to what answers GET.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = method.into();
        self
    }

    /// The value of `Sec-Purpose`, `Purpose` or `X-Moz`, whichever the request has: browsers fetch ahead.
    pub fn purpose(mut self, purpose: impl Into<String>) -> Self {
        self.purpose = purpose.into();
        self
    }

    /// Who is here, as given at the begin.
    pub fn owner(mut self, owner: impl Into<Secret>) -> Self {
        self.owner = Some(owner.into());
        self
    }

    /// The deadline of the exchange, instead of the manager's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let mut visit = Self::new(
            fields.received("query")?.unwrap_or_default(),
            fields.received("cookies")?.unwrap_or_default(),
        );
        if let Some(method) = fields.received("method")? {
            visit.method = method.expose().to_owned();
        }
        if let Some(purpose) = fields.received("purpose")? {
            visit.purpose = purpose.expose().to_owned();
        }
        visit.owner = fields.text("owner")?.map(Secret::from);
        visit.timeout = fields.seconds("timeout")?;
        fields.finish();
        Ok(visit)
    }

    /// The deadline of the exchange.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.timeout
    }

    /// What the request is.
    ///
    /// # Errors
    /// `invalid_argument` for `owner`, which is the program's.
    pub(crate) fn see(&self, app: &App<'_>) -> Result<Seen, Error> {
        if let Some(owner) = &self.owner {
            check_text("owner", owner.expose())?;
        }
        if !self.method.eq_ignore_ascii_case("GET") || !self.purpose.trim().is_empty() {
            let message = "Nobody came: this request asks ahead, or for nothing that shows a page.";
            return Ok(Seen::Ended(Box::new(LoginEnd {
                outcome: "not_a_visit",
                status: 204,
                message: String::from(message),
                ..LoginEnd::default()
            })));
        }
        let query = query(self.query.expose());
        Ok(match once(query, "state") {
            Some(state) => self.of_state(app, query, &state),
            None => self.without_state(app, query),
        })
    }

    /// The redirect of the login with that state.
    fn of_state(&self, app: &App<'_>, query: &str, state: &Secret) -> Seen {
        let names = [true, false].map(|secure| jar::name(secure, state.expose()));
        let (mut found, mut why, mut old) = (None, Why::Nothing, Vec::new());
        // One name may come twice, from another path or domain: each is tried.
        for (name, value) in jar::all(self.cookies.expose()) {
            let Some(name) = names.iter().find(|known| *known == name) else {
                continue;
            };
            let cookie = jar::delete(name);
            if !old.contains(&cookie) {
                old.push(cookie);
            }
            match app.open(name, value) {
                Opened::Open(kept) if !kept.is_of(state) => why = why.max(Why::Unreadable),
                Opened::Open(kept) if !kept.is_owned_by(self.owner.as_ref()) => {
                    why = why.max(Why::Owner);
                }
                Opened::Open(kept) => found = Some(kept),
                Opened::Old => why = why.max(Why::Old),
                Opened::Unreadable => why = why.max(Why::Unreadable),
            }
        }
        let Some(kept) = found else {
            return mismatch(why, old);
        };
        // The rules of every redirect: the same state, one code, no error.
        let read = RedirectRequest::new(self.query.clone(), kept.state.as_str()).code();
        match read {
            Ok(redirect) => Seen::Back(Box::new(Returned {
                code: redirect.code().clone(),
                state: state.clone(),
                next: own(&kept),
                account: kept.account,
                redirect_uri: kept.redirect_uri,
                set_cookies: old,
            })),
            Err(error) if error.kind() == Kind::AccessDenied => denied(query, *kept, old),
            Err(_) => mismatch(Why::NoCode, old),
        }
    }

    /// A denial may come without its state: it counts where this browser has one login open.
    fn without_state(&self, app: &App<'_>, query: &str) -> Seen {
        if has(query, "state") || !has(query, "error") || has(query, "code") {
            return mismatch(Why::NoState, Vec::new());
        }
        let cookies = self.cookies.expose();
        let both = [true, false].into_iter();
        let mut open: Vec<(&str, Kept)> = both
            .flat_map(|secure| app.logins(cookies, secure))
            .collect();
        open.sort_by_key(|(name, _)| *name);
        open.dedup_by_key(|(name, _)| *name);
        match open.pop() {
            Some((name, kept)) if open.is_empty() && kept.is_owned_by(self.owner.as_ref()) => {
                denied(query, kept, vec![jar::delete(name)])
            }
            _ => mismatch(Why::NoState, Vec::new()),
        }
    }
}

/// What a request at the redirect address is.
pub(crate) enum Seen {
    /// The login ends here, and nothing is sent to Pinterest.
    Ended(Box<LoginEnd>),
    /// A visitor who has given access.
    Back(Box<Returned>),
}

/// A redirect that belongs to a login of this browser.
pub(crate) struct Returned {
    pub code: Secret,
    pub state: Secret,
    pub account: String,
    pub redirect_uri: String,
    pub next: Option<String>,
    pub set_cookies: Vec<String>,
}

impl Returned {
    /// The same redirect with a code that cannot be one: nobody but the visitor has changed it.
    pub(crate) fn without_code(self) -> LoginEnd {
        mismatched(Why::NoCode, self.set_cookies)
    }

    /// The end of this login, once its token is stored.
    pub(crate) fn done(self) -> LoginEnd {
        LoginEnd {
            next: self.next,
            set_cookies: self.set_cookies,
            ..LoginEnd::done(self.account)
        }
    }
}

/// Why a redirect is of no login of this browser; what says most comes last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    NoState,
    Nothing,
    Unreadable,
    Old,
    Owner,
    NoCode,
}

fn mismatch(why: Why, set_cookies: Vec<String>) -> Seen {
    Seen::Ended(Box::new(mismatched(why, set_cookies)))
}

fn mismatched(why: Why, set_cookies: Vec<String>) -> LoginEnd {
    let message = match why {
        Why::NoState => "This address belongs to no login. Please start again.",
        Why::Nothing => {
            "This login was begun in another browser, or it is over. Please start again, and finish in the browser in \
             which you began."
        }
        Why::Unreadable => "The cookie of this login cannot be read. Please start again.",
        Why::Old => "This login took more than 10 minutes. Please start again.",
        Why::Owner => "This login was begun by another user of this app. Please start again.",
        Why::NoCode => "This address is not as Pinterest made it. Please start again.",
    };
    LoginEnd {
        outcome: "mismatch",
        status: 400,
        message: String::from(message),
        set_cookies,
        ..LoginEnd::default()
    }
}

fn denied(query: &str, kept: Kept, set_cookies: Vec<String>) -> Seen {
    let error = once(query, "error").unwrap_or_default();
    let said = known_error(error.expose()).map(|said| format!(" (Pinterest says {said})"));
    let said = said.unwrap_or_default();
    Seen::Ended(Box::new(LoginEnd {
        outcome: "denied",
        status: 403,
        message: format!("Access was not given{said}; nothing was stored."),
        next: own(&kept),
        account: Some(kept.account),
        set_cookies,
        ..LoginEnd::default()
    }))
}

/// Where the visitor goes on. It is looked at again: by another worker, perhaps an older version, it was let in.
fn own(kept: &Kept) -> Option<String> {
    kept.next.clone().filter(|path| next::is_own(path))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    fn with_app<T>(secrets: &[&Secret], body: impl FnOnce(&App<'_>) -> T) -> T {
        body(&App {
            page: &Url::parse("https://www.pinterest.com/oauth/").unwrap(),
            app_id: "1234567",
            environment: "production",
            secrets,
            now: 1_000,
        })
    }

    /// The cookie of a login with this place to go on to.
    fn cookie(secrets: &[&Secret], next: &str) -> String {
        let name = jar::name(true, "s");
        let kept = Kept {
            at: 1_000,
            state: String::from("s"),
            account: String::from("a"),
            redirect_uri: String::from("https://app.example/"),
            next: Some(String::from(next)),
            owner: None,
        };
        with_app(secrets, |app| app.close(&name, &kept).unwrap())
    }

    fn back(secrets: &[&Secret], cookie: &str) -> Option<Returned> {
        let visit = LoginVisit::new("code=c&state=s", cookie);
        match with_app(secrets, |app| visit.see(app)).unwrap() {
            Seen::Back(returned) => Some(*returned),
            Seen::Ended(_) => None,
        }
    }

    #[test]
    fn b13_a_next_that_leads_away_is_dropped_at_the_end_too() {
        let secret = Secret::from("a secret");
        let next = |next: &str| {
            let returned = back(&[&secret], &cookie(&[&secret], next));
            returned.unwrap().next
        };
        assert_eq!(next("/a").as_deref(), Some("/a"));
        assert_eq!(next("//evil.example"), None);
    }

    #[test]
    fn of_two_secrets_the_first_one_seals_and_both_open() {
        let (old, new) = (Secret::from("old"), Secret::from("new"));
        let (of_old, of_both) = (cookie(&[&old], "/"), cookie(&[&new, &old], "/"));
        assert!(back(&[&new, &old], &of_old).is_some());
        assert!(back(&[&new], &of_old).is_none());
        assert!(back(&[&new], &of_both).is_some());
        assert!(back(&[&old], &of_both).is_none());
    }

    proptest! {
        #[test]
        fn no_visit_makes_it_panic_and_no_foreign_one_comes_back(
            query in "(code=|state=|error=|&|%|[?#/]|.){0,20}",
            cookies in "((__Host-)?pinterest-oauth-[a-zA-Z0-9_-]{15,17}=[a-zA-Z0-9_-]{0,99}[;, ]{0,2}|.){0,20}",
            method in "GET|HEAD|.{0,5}",
            purpose in "|prefetch|.{0,5}",
        ) {
            let secret = Secret::from("a secret");
            let visit = LoginVisit::new(query.as_str(), cookies.as_str()).method(method).purpose(purpose);
            let seen = with_app(&[&secret], |app| {
                let _ = app.make_room(&cookies, true, 1_000);
                visit.see(app)
            });
            match seen.unwrap() {
                Seen::Ended(end) => prop_assert!(end.outcome == "mismatch" || end.outcome == "not_a_visit"),
                Seen::Back(_) => panic!(),
            }
        }
    }
}
