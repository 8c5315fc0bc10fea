//! The login of a web app with the store: what is sent, stored and told. What a request is belongs to `login::web`.

use std::time::Instant;

use super::account::token_of;
use super::manager::{TokenManager, check_name};
use super::record::Record;
use super::running::Running;
use super::signin::LoginRequest;
use super::status::scopes_of;
use crate::drive::checked::checked_timeout;
use crate::error::Error;
use crate::login::web::{App, BeginLogin, LoginBegin, LoginEnd, LoginVisit, Seen};
use crate::shield::shield;

impl TokenManager {
    /// Begins the login of a visitor: send the browser to the address, with status 303 and the cookies. Nothing is sent,
    /// read or stored: what has to be kept goes along in a sealed cookie, so that any worker with the same settings may
    /// end it.
    ///
    /// # Errors
    /// `invalid_argument`, naming the field; `invalid_config` without the app's id and secret.
    pub fn begin_login(&self, login: &BeginLogin) -> Result<LoginBegin, Error> {
        let begin = || {
            check_name("account", login.account_name())?;
            self.inner.client().check()?;
            self.with_app(|app| login.begin(app))
        };
        begin().map_err(|error| self.in_own_words(error))
    }

    /// Ends the login of a visitor: what came of the request at the redirect address, and how to answer it. The code is
    /// exchanged once, ever, and the token stored before this returns; the same redirect a second time, on whichever
    /// worker, gives the token that the first one stored.
    ///
    /// What a visitor did is an outcome and no error, and its cookie is deleted. An error leaves the cookie to its ten
    /// minutes: where nothing was sent, the visitor may load the same address once more, and where the code was spent,
    /// the next error says what became of it.
    ///
    /// # Errors
    /// `invalid_argument` for `owner` and `timeout`; `store_unavailable` before the code is spent; those of the exchange;
    /// `not_saved`.
    pub fn finish_login(&self, visit: &LoginVisit) -> Result<LoginEnd, Error> {
        let _running = Running::begin();
        let end = shield(|| self.end_login(visit));
        end.map_err(|error| self.in_own_words(error))
    }

    fn end_login(&self, visit: &LoginVisit) -> Result<LoginEnd, Error> {
        let timeout = visit.deadline().unwrap_or_else(|| self.inner.timeout());
        checked_timeout(timeout).map_err(|problem| Error::invalid_argument("timeout", problem))?;
        let deadline = Instant::now().checked_add(timeout);
        let deadline = deadline.unwrap_or_else(Instant::now);
        let returned = match self.with_app(|app| visit.see(app))? {
            Seen::Ended(end) => return Ok(*end),
            Seen::Back(returned) => *returned,
        };
        let mut request = LoginRequest::new(returned.code.clone(), returned.redirect_uri.clone())
            .state(returned.state.clone());
        if request.check().is_err() {
            return Ok(returned.without_code());
        }
        if let Some(timeout) = visit.deadline() {
            request = request.timeout(timeout);
        }
        let account = self.account(&returned.account)?;
        let (engine, owner) = (self.inner.engine()?, &account.shared.owner);
        let got = engine.log_in(owner, &request, deadline, None)?;
        account.shared.see(&got.record, &self.inner.clock);
        let got = engine.with_user(owner, got, deadline);
        account.shared.see(&got.record, &self.inner.clock);
        of_record(returned.done(), &got.record)
    }

    fn with_app<T>(&self, body: impl FnOnce(&App<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let checked = self.inner.client().checked();
        body(&App {
            page: &checked.endpoints.authorize,
            app_id: checked.app_id()?,
            environment: &checked.place,
            secrets: &[checked.app_secret()?],
            now: self.inner.clock.wall(),
        })
    }
}

/// The end of a login with what the record says of its token.
///
/// # Errors
/// `internal` where it has none.
pub(super) fn of_record(mut end: LoginEnd, record: &Record) -> Result<LoginEnd, Error> {
    let token = token_of(record)?;
    end.scopes = scopes_of(&token);
    end.expires_at = token.expires_at();
    end.refresh_token_expires_at = token.refresh_token_expires_at();
    end.user.clone_from(&record.user);
    end.previous_user.clone_from(&record.previous_user);
    Ok(end)
}
