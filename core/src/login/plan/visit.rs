//! One request to the listener, as far as a login looks at it.

use crate::login::query::{has, once};
use crate::secret::Secret;

/// The cookie that binds a login to the browser in which it began.
pub(crate) const COOKIE: &str = "pinterest-oauth-login";

/// A request without its connection.
#[derive(Debug, Default)]
pub(crate) struct Visit {
    pub method: String,
    pub path: String,
    pub query: Option<Secret>,
    pub host: String,
    /// The values of our cookie: browsers may send several of one name.
    pub cookies: Vec<Secret>,
    /// `Sec-Fetch-Mode` and `Sec-Fetch-Dest`, where the browser sends them.
    pub mode: Option<String>,
    pub destination: Option<String>,
    /// Whether it was made ahead of a visit: `Sec-Purpose`, `Purpose` or `X-Moz` is there.
    pub ahead: bool,
    /// Whether the program at the other end belongs to another user of this machine.
    pub foreign: bool,
}

impl Visit {
    /// The values of our cookie in a `Cookie` header.
    pub(crate) fn own_cookies(header: &[u8]) -> Vec<Secret> {
        let pairs = header.split(|byte| *byte == b';');
        let own = pairs.filter_map(|pair| {
            let (name, value) = std::str::from_utf8(pair).ok()?.split_once('=')?;
            (name.trim() == COOKIE).then(|| Secret::from(value.trim()))
        });
        own.collect()
    }

    /// A person went there: no image, no script, no prefetch. Old browsers do not say.
    pub(crate) fn is_navigation(&self) -> bool {
        let is =
            |header: &Option<String>, value: &str| header.as_deref().is_none_or(|is| is == value);
        self.method == "GET"
            && !self.ahead
            && is(&self.mode, "navigate")
            && is(&self.destination, "document")
    }

    /// The parameters that end a login; none where one of them is there twice (RFC 6749, section 3.1).
    pub(crate) fn parameters(&self) -> Option<Parameters> {
        Parameters::read(self.query.as_ref().map(Secret::expose).unwrap_or_default())
    }
}

/// What a redirect carries.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    pub state: Option<Secret>,
    pub code: Option<Secret>,
    pub error: Option<Secret>,
}

impl Parameters {
    pub(crate) fn read(query: &str) -> Option<Self> {
        let twice = |name: &str| has(query, name) && once(query, name).is_none();
        if ["state", "code", "error"].into_iter().any(twice) {
            return None;
        }
        Some(Self {
            state: once(query, "state"),
            code: once(query, "code"),
            error: once(query, "error"),
        })
    }

    /// Whether there is anything of a redirect in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.state.is_none() && self.code.is_none() && self.error.is_none()
    }
}
