//! The begin of a web app's login: where to send the visitor, and the cookies that go along.

use std::fmt;

use serde::Serialize;
use url::Url;

use super::cookie::{App, Kept, hash};
use super::{jar, next};
use crate::config::endpoint::is_loopback;
use crate::error::Error;
use crate::login::authorize::AuthorizeRequest;
use crate::scopes::Scopes;
use crate::secret::Secret;
use crate::text::documents::LOGIN_BEGIN_REQUEST;
use crate::text::fields::{Fields, check_text, from_documents};
use crate::text::json::written;

/// The account of a login that names none.
const DEFAULT_ACCOUNT: &str = "default";

/// A login that a web app begins for its visitor.
///
/// Its document is `login_begin_request` in `include/documents.json`.
#[derive(Debug, Clone)]
pub struct BeginLogin {
    account: String,
    redirect_uri: String,
    scope: Scopes,
    next: Option<String>,
    owner: Option<Secret>,
    cookies: Secret,
    host: Option<String>,
    extra: Vec<(String, String)>,
}

from_documents!(BeginLogin, LOGIN_BEGIN_REQUEST);

impl BeginLogin {
    /// Pinterest sends the visitor back to `redirect_uri`: an https address, or an http one of this machine, registered
    /// with the app to the letter.
    pub fn new(redirect_uri: impl Into<String>) -> Self {
        Self {
            account: String::from(DEFAULT_ACCOUNT),
            redirect_uri: redirect_uri.into(),
            scope: Scopes::default(),
            next: None,
            owner: None,
            cookies: Secret::default(),
            host: None,
            extra: Vec::new(),
        }
    }

    /// The account of the token manager that is logged in; `default` by default.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = account.into();
        self
    }

    /// The scopes to ask for.
    pub fn scope(mut self, scope: Scopes) -> Self {
        self.scope = scope;
        self
    }

    /// Where the visitor goes afterwards: a path of the app itself, such as `/settings?tab=2`.
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }

    /// Who begins it, such as the id of the app's own user: only the same one ends it.
    pub fn owner(mut self, owner: impl Into<Secret>) -> Self {
        self.owner = Some(owner.into());
        self
    }

    /// The `Cookie` header of the request: with it logins that were left open do not pile up.
    pub fn cookies(mut self, header: impl Into<Secret>) -> Self {
        self.cookies = header.into();
        self
    }

    /// The `Host` that the browser sees: a login that would end on another one is refused before anybody leaves.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// A further parameter of the address.
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.push((name.into(), value.into()));
        self
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let redirect_uri = fields.text("redirect_uri")?;
        let redirect_uri =
            redirect_uri.ok_or_else(|| Error::invalid_argument("redirect_uri", "is required"))?;
        let mut login = Self::new(redirect_uri);
        if let Some(account) = fields.text("account")? {
            login.account = account;
        }
        login.scope = fields.scopes("scope")?.unwrap_or_default();
        login.next = fields.text("next")?;
        login.owner = fields.text("owner")?.map(Secret::from);
        login.cookies = fields.received("cookies")?.unwrap_or_default();
        login.host = fields
            .received("host")?
            .map(|host| host.expose().to_owned());
        login.extra = fields.pairs("extra")?;
        fields.finish();
        Ok(login)
    }

    /// The account, whose name is checked where it is known what names are.
    pub(crate) fn account_name(&self) -> &str {
        &self.account
    }

    /// Makes the address and the cookies. Whatever the program did wrong is said here, before anybody leaves.
    pub(crate) fn begin(&self, app: &App<'_>) -> Result<LoginBegin, Error> {
        let mut request = AuthorizeRequest::new(self.redirect_uri.clone(), self.scope.clone());
        for (name, value) in &self.extra {
            request = request.extra(name.clone(), value.clone());
        }
        let authorize = request.url(app.page, app.app_id)?;
        let secure = self.check_redirect_uri()?;
        if let Some(path) = &self.next {
            next::check(path)?;
        }
        if let Some(owner) = &self.owner {
            check_text("owner", owner.expose())?;
        }
        let name = jar::name(secure, authorize.state());
        let kept = Kept {
            at: app.now,
            state: authorize.state().to_owned(),
            account: self.account.clone(),
            redirect_uri: self.redirect_uri.clone(),
            next: self.next.clone(),
            owner: self.owner.as_ref().map(hash),
        };
        let cookie = app.close(&name, &kept)?;
        let mut set_cookies = app.make_room(self.cookies.expose(), secure, cookie.len());
        set_cookies.push(cookie);
        Ok(LoginBegin {
            url: authorize.url().to_owned(),
            set_cookies,
        })
    }

    /// Whether it is https.
    fn check_redirect_uri(&self) -> Result<bool, Error> {
        let bad = |problem: &str| Err(Error::invalid_argument("redirect_uri", problem));
        let Ok(url) = Url::parse(&self.redirect_uri) else {
            return bad("is not an address");
        };
        if url.fragment().is_some() {
            return bad("must not have a part behind #: it would not come back");
        }
        let secure = match url.scheme() {
            "https" => true,
            "http" if is_loopback(&url) => false,
            "http" => {
                return bad(
                    "must be https, as http is for this machine alone: register the https address with the app, and give it here",
                );
            }
            _ => return bad("must begin with https://"),
        };
        let host = self.host.as_deref().map(str::trim);
        let Some(host) = host.filter(|host| !host.is_empty()) else {
            return Ok(secure);
        };
        // Cookies know no port: only the name decides whether they come back.
        let seen = Url::parse(&format!("http://{host}/")).ok();
        if seen.as_ref().and_then(Url::host_str) == url.host_str() {
            return Ok(secure);
        }
        let problem = "is not the host of {redirect_uri}: the cookie of this login would not come back. Begin it on the \
                       host where it ends, for example never on www. and without it; behind a proxy give the host \
                       that the browser sees";
        Err(Error::invalid_argument("host", problem))
    }
}

/// Where to send the visitor, and what goes along.
#[derive(Clone, Serialize)]
pub struct LoginBegin {
    url: String,
    set_cookies: Vec<String>,
}

impl LoginBegin {
    /// The address to send the browser to, with status 303.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The values of the answer's `Set-Cookie` headers, one header for each.
    pub fn set_cookies(&self) -> &[String] {
        &self.set_cookies
    }

    /// The answer document.
    pub fn to_json(&self) -> String {
        written(self)
    }
}

/// Shows neither the state nor the cookies.
impl fmt::Debug for LoginBegin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginBegin")
            .field("set_cookies", &self.set_cookies.len())
            .finish_non_exhaustive()
    }
}
