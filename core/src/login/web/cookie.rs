//! What one login keeps in the browser, and which of the cookies that come back are of open logins.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use url::Url;
use zeroize::Zeroizing;

use super::jar;
use super::seal::Seal;
use crate::error::Error;
use crate::secret::Secret;
use crate::text::json::written;

/// How long a login may take, in seconds.
pub(super) const LIFETIME: i64 = 600;
/// How far the clocks of two workers may differ, in seconds.
const FUTURE: i64 = 60;
/// The longest cookie, name and value together, in bytes.
const MAX_COOKIE: usize = 1_024;
/// How many logins one browser may have open, the new one among them.
const MAX_OPEN: usize = 4;
/// All cookies of one answer, in bytes: proxies take 4 KiB of headers.
const MAX_ANSWER: usize = 3 * 1_024;

/// The app for which logins are made, at a moment.
pub(crate) struct App<'a> {
    /// Pinterest's page.
    pub page: &'a Url,
    pub app_id: &'a str,
    pub environment: &'a str,
    /// The first one seals, all open.
    pub secrets: &'a [&'a Secret],
    /// Unix seconds.
    pub now: i64,
}

/// What a login keeps.
#[derive(Deserialize)]
pub(super) struct Kept {
    pub at: i64,
    pub state: String,
    pub account: String,
    pub redirect_uri: String,
    pub next: Option<String>,
    /// The hash of the owner: it is as long for all.
    pub owner: Option<String>,
}

/// A cookie that was opened.
pub(super) enum Opened {
    Open(Box<Kept>),
    /// It was sealed here, and its time is over.
    Old,
    /// It was changed, or sealed with or for something else.
    Unreadable,
}

impl Kept {
    /// Whether that is the state, in constant time.
    pub(super) fn is_of(&self, state: &Secret) -> bool {
        bool::from(self.state.as_bytes().ct_eq(state.expose().as_bytes()))
    }

    /// Whether that is the owner. None is one, too.
    pub(super) fn is_owned_by(&self, owner: Option<&Secret>) -> bool {
        self.owner == owner.map(hash)
    }
}

/// The hash of an owner, as it is kept.
pub(super) fn hash(owner: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, owner.expose().as_bytes()))
}

impl App<'_> {
    fn seal<'a>(&'a self, secret: &'a Secret, name: &'a str) -> Seal<'a> {
        Seal {
            secret,
            app_id: self.app_id,
            environment: self.environment,
            name,
        }
    }

    /// The cookie of a new login.
    ///
    /// # Errors
    /// `invalid_argument` where it would become too long; `internal`.
    pub(super) fn close(&self, name: &str, kept: &Kept) -> Result<String, Error> {
        // As an array: the names of the fields are half of it.
        let text = Zeroizing::new(written(&(
            kept.at,
            &kept.state,
            &kept.account,
            &kept.redirect_uri,
            &kept.next,
            &kept.owner,
        )));
        let secret = self.secrets.first();
        let secret = secret.ok_or_else(|| Error::internal("there is no secret to seal with"))?;
        let value = self.seal(secret, name).close(&text)?;
        if name.len().saturating_add(value.len()) > MAX_COOKIE {
            let longest = [
                ("account", kept.account.len()),
                ("redirect_uri", kept.redirect_uri.len()),
                ("next", kept.next.as_ref().map_or(0, String::len)),
            ];
            let longest = longest.into_iter().max_by_key(|(_, length)| *length);
            let field = longest.map_or("next", |(field, _)| field);
            let problem =
                "is too long: {account}, {redirect_uri} and {next} go into a cookie of 1,024 bytes";
            return Err(Error::invalid_argument(field, problem));
        }
        Ok(jar::set(name, &value, LIFETIME))
    }

    /// What a cookie holds.
    pub(super) fn open(&self, name: &str, value: &str) -> Opened {
        if name.len().saturating_add(value.len()) > MAX_COOKIE {
            return Opened::Unreadable;
        }
        let opened = self
            .secrets
            .iter()
            .find_map(|secret| self.seal(secret, name).open(value));
        let kept: Option<Kept> = opened.and_then(|text| serde_json::from_str(text.expose()).ok());
        let Some(kept) = kept.filter(|kept| {
            // By its state a login has its name: nobody gives one login two of them.
            jar::name(name.starts_with("__"), &kept.state) == name
        }) else {
            return Opened::Unreadable;
        };
        let age = self.now.saturating_sub(kept.at);
        if (-FUTURE..=LIFETIME).contains(&age) {
            Opened::Open(Box::new(kept))
        } else {
            Opened::Old
        }
    }

    /// The logins of a request that are open, each with the name of its cookie.
    pub(super) fn logins<'c>(
        &self,
        cookies: &'c str,
        secure: bool,
    ) -> impl Iterator<Item = (&'c str, Kept)> {
        let own = jar::all(cookies).filter(move |(name, _)| jar::is_login(name, secure));
        own.filter_map(|(name, value)| match self.open(name, value) {
            Opened::Open(kept) => Some((name, *kept)),
            Opened::Old | Opened::Unreadable => None,
        })
    }

    /// The cookies that a new login deletes, of length `new` itself, so that there are not more than four: those that
    /// nobody can open first, then the oldest.
    pub(super) fn make_room(&self, cookies: &str, secure: bool, new: usize) -> Vec<String> {
        let mut found: Vec<(Option<i64>, &str)> = Vec::new();
        for (name, value) in jar::all(cookies).filter(|(name, _)| jar::is_login(name, secure)) {
            let at = match self.open(name, value) {
                Opened::Open(kept) => Some(kept.at),
                Opened::Old | Opened::Unreadable => None,
            };
            // One name may come twice, from another path or domain.
            match found.iter_mut().find(|(_, known)| *known == name) {
                Some(known) => known.0 = known.0.max(at),
                None => found.push((at, name)),
            }
        }
        found.sort();
        let too_many = found.len().saturating_sub(MAX_OPEN.saturating_sub(1));
        let mut left = MAX_ANSWER.saturating_sub(new);
        let deleting = found
            .iter()
            .take(too_many)
            .map(|(_, name)| jar::delete(name));
        deleting
            .take_while(|cookie| match left.checked_sub(cookie.len()) {
                Some(rest) => {
                    left = rest;
                    true
                }
                None => false,
            })
            .collect()
    }
}
