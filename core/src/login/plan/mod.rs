//! A login with a listener, without its I/O: what each request, each pasted line and the end of the exchange lead to.
//!
//! The browser is bound to the login by a cookie that the start page sets: the state alone proves nothing, as whoever
//! reads it may send a redirect of his own (RFC 9700, section 2.1). One code is exchanged, ever.

mod page;
mod visit;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use subtle::ConstantTimeEq;

pub(crate) use page::{Answer, Page};
use visit::COOKIE;
pub(crate) use visit::{Parameters, Visit};

use super::loopback::Loopback;
use super::query::known_error;
use crate::error::Error;
use crate::secret::Secret;

/// How long the browser keeps the cookie, in seconds.
const COOKIE_LIFE: u32 = 600;

/// What somebody should be told while a login waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Notice {
    /// A browser came to the start page and was sent to Pinterest.
    Opened,
    /// The start page was reached under another port.
    Forwarded,
    /// The browser insists on https.
    Https,
    /// A redirect without the state or the cookie of this login.
    Foreign,
    /// A program of another user of this machine.
    ForeignUser,
    /// A redirect that says no, and not to which login.
    DeniedByNobody,
    /// Too many cookies.
    TooMuch,
}

/// How a login ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Done,
    Denied,
    Failed,
    /// A second browser came to the start page.
    TwoBrowsers,
}

impl End {
    fn page(self) -> Page {
        match self {
            End::Done => Page::Done,
            End::Denied => Page::Denied,
            End::Failed => Page::Failed,
            End::TwoBrowsers => Page::Elsewhere,
        }
    }

    /// Where the page of this end is.
    pub(crate) fn path(self) -> Option<&'static str> {
        let mut ends = Page::ENDS.iter();
        ends.find(|(page, _)| *page == self.page())
            .map(|(_, path)| *path)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    Exchanging,
    Over(End),
}

/// What the browser is told.
#[derive(Debug)]
pub(crate) enum Reply {
    Now(Answer),
    /// The page of the end, once that is known.
    AtTheEnd,
}

/// What follows from a request or a pasted line.
#[derive(Debug)]
pub(crate) enum Then {
    Nothing,
    Say(Notice),
    /// Exchange this code, and tell the plan how it ended.
    Exchange(Secret),
    Over(End),
}

/// A login that waits for its redirect.
#[derive(Debug)]
pub(crate) struct Plan {
    redirect: Loopback,
    /// Where Pinterest asks the user.
    page: Secret,
    state: Secret,
    start: String,
    binding: Secret,
    /// Whether a browser holds the cookie.
    bound: bool,
    /// Whether the address of Pinterest's page itself was shown: then a browser may come back without the cookie.
    shown: bool,
    /// What the redirect said instead of bringing a code.
    refusal: Option<Secret>,
    stage: Stage,
}

impl Plan {
    /// # Errors
    /// `internal` where the operating system gives no randomness.
    pub(crate) fn new(
        redirect: Loopback,
        page: Secret,
        state: Secret,
        shown: bool,
    ) -> Result<Self, Error> {
        Ok(Self {
            redirect,
            page,
            state,
            start: format!("/{}", random::<12>()?),
            binding: Secret::from(random::<16>()?),
            bound: false,
            shown,
            refusal: None,
            stage: Stage::Waiting,
        })
    }

    /// The address of the start page: letters, digits, `:`, `/`, `.`, `-` and `_` alone, so no shell can misread it.
    pub(crate) fn start_url(&self) -> String {
        self.redirect.address(&self.start)
    }

    /// A request came.
    pub(crate) fn visit(&mut self, visit: &Visit) -> (Reply, Then) {
        if visit.path == self.start {
            return self.start(visit);
        }
        if visit.path == self.redirect.path && visit.query.is_some() {
            let found = visit.parameters();
            if found.as_ref().is_none_or(|found| !found.is_empty()) {
                return self.redirected(visit, found);
            }
        }
        if let Stage::Over(end) = self.stage
            && end.path() == Some(visit.path.as_str())
        {
            return now(end.page());
        }
        now(Page::Nothing)
    }

    /// A browser asked for the start page.
    fn start(&mut self, visit: &Visit) -> (Reply, Then) {
        if !visit.is_navigation() {
            return now(Page::NotAVisit);
        }
        if visit.host != self.redirect.host {
            return but(Page::Forwarded, Notice::Forwarded);
        }
        if visit.foreign {
            return but(Page::Elsewhere, Notice::ForeignUser);
        }
        match self.stage {
            Stage::Over(end) => return now(end.page()),
            Stage::Exchanging => return now(Page::Elsewhere),
            Stage::Waiting => {}
        }
        let mut then = Then::Nothing;
        if !self.bound {
            self.bound = true;
            then = Then::Say(Notice::Opened);
        } else if !self.has_cookie(visit) {
            self.stage = Stage::Over(End::TwoBrowsers);
            return (
                Reply::Now(Page::Elsewhere.answer()),
                Then::Over(End::TwoBrowsers),
            );
        }
        let cookie = format!(
            "{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={COOKIE_LIFE}",
            self.binding.expose()
        );
        let answer = Answer::to(self.page.expose()).with("set-cookie", cookie);
        (Reply::Now(answer), then)
    }

    /// A browser came back, or somebody says so.
    fn redirected(&mut self, visit: &Visit, found: Option<Parameters>) -> (Reply, Then) {
        if !visit.is_navigation() {
            return now(Page::NotAVisit);
        }
        if visit.foreign {
            return but(Page::Elsewhere, Notice::ForeignUser);
        }
        let Some(found) = found.filter(|_| visit.host == self.redirect.host) else {
            return but(Page::Elsewhere, Notice::Foreign);
        };
        let own = self.has_cookie(visit);
        if found.state.is_none() && found.error.is_some() && self.stage == Stage::Waiting {
            // Some services leave the state out when they refuse. The cookie says whose login it is.
            return match found.error {
                Some(error) if own => (Reply::AtTheEnd, self.refused(error)),
                _ => but(Page::Elsewhere, Notice::DeniedByNobody),
            };
        }
        let right = found
            .state
            .as_ref()
            .is_some_and(|state| same(state, &self.state));
        if !right || !(own || (!self.bound && self.shown)) {
            return but(Page::Elsewhere, Notice::Foreign);
        }
        if self.stage != Stage::Waiting {
            // A reload, or a second click on the button: one code was sent, and no other will be.
            return (Reply::AtTheEnd, Then::Nothing);
        }
        match self.arrived(found) {
            Then::Nothing => but(Page::Elsewhere, Notice::Foreign),
            then => (Reply::AtTheEnd, then),
        }
    }

    /// What this login's redirect brings, from a browser or pasted.
    pub(crate) fn arrived(&mut self, found: Parameters) -> Then {
        let code = found.code.filter(|code| !code.expose().is_empty());
        match (self.stage, found.error, code) {
            (Stage::Waiting, Some(error), _) => self.refused(error),
            (Stage::Waiting, None, Some(code)) => {
                self.stage = Stage::Exchanging;
                Then::Exchange(code)
            }
            _ => Then::Nothing,
        }
    }

    /// Whether `state` is this login's.
    pub(crate) fn is_state(&self, state: &Secret) -> bool {
        same(state, &self.state)
    }

    /// Whether `path` is the start page's.
    pub(crate) fn is_start(&self, path: &str) -> bool {
        path == self.start
    }

    /// The exchange is over.
    pub(crate) fn exchanged(&mut self, stored: bool) -> End {
        let end = if stored { End::Done } else { End::Failed };
        self.stage = Stage::Over(end);
        end
    }

    /// The answer to who waited for the end.
    pub(crate) fn at_the_end(&self) -> Answer {
        let end = match self.stage {
            Stage::Over(end) => end,
            Stage::Waiting | Stage::Exchanging => End::Failed,
        };
        match end.path() {
            Some(path) => Answer::to(&self.redirect.address(path)),
            None => end.page().answer(),
        }
    }

    /// The redirect brings an error in place of a code (RFC 6749, section 4.1.2.1).
    fn refused(&mut self, error: Secret) -> Then {
        let end = if error.expose() == "access_denied" {
            End::Denied
        } else {
            End::Failed
        };
        self.refusal = Some(error);
        self.stage = Stage::Over(end);
        Then::Over(end)
    }

    /// What the redirect said instead of bringing a code, where that may be shown.
    pub(crate) fn refusal(&self) -> Option<&'static str> {
        known_error(self.refusal.as_ref()?.expose())
    }

    /// The address of Pinterest's page is shown to the person: his browser comes back without the cookie.
    pub(crate) fn show(&mut self) {
        self.shown = true;
    }

    /// Whether this asks for one of the pages that end a login.
    pub(crate) fn is_last_page(visit: &Visit) -> bool {
        Page::ENDS.iter().any(|(_, path)| *path == visit.path)
    }

    /// The address of Pinterest's page.
    pub(crate) fn page(&self) -> &Secret {
        &self.page
    }

    /// The address to which Pinterest sends back.
    pub(crate) fn redirect(&self) -> &Loopback {
        &self.redirect
    }

    pub(crate) fn state(&self) -> &Secret {
        &self.state
    }

    /// Whether nobody has come back yet.
    pub(crate) fn is_waiting(&self) -> bool {
        self.stage == Stage::Waiting
    }

    fn has_cookie(&self, visit: &Visit) -> bool {
        self.bound
            && visit
                .cookies
                .iter()
                .any(|cookie| same(cookie, &self.binding))
    }
}

fn now(page: Page) -> (Reply, Then) {
    (Reply::Now(page.answer()), Then::Nothing)
}

fn but(page: Page, notice: Notice) -> (Reply, Then) {
    (Reply::Now(page.answer()), Then::Say(notice))
}

fn same(one: &Secret, other: &Secret) -> bool {
    bool::from(one.expose().as_bytes().ct_eq(other.expose().as_bytes()))
}

/// So many random bytes, as letters, digits, `-` and `_`.
fn random<const BYTES: usize>() -> Result<String, Error> {
    let mut bytes = [0_u8; BYTES];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Error::internal("the operating system gave no randomness"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests;
