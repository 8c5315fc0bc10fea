//! What can be done with an account.

use std::time::Instant;

use super::engine::Got;
use super::manager::{Account, check_name};
use super::plan::Wish;
use super::record::{Record, Whose};
use super::remove::Removed;
use super::running::Running;
use super::signin::LoginRequest;
use super::status::Status;
use crate::error::{Error, Kind, Outcome};
use crate::scopes::Scopes;
use crate::secret::Secret;
use crate::shield::shield;
use crate::token::Token;

/// Pinterest's code for an access token that is not accepted.
const NOT_ACCEPTED: i64 = 2;

impl Account {
    /// Its name; empty for tokens of the app itself.
    pub fn name(&self) -> &str {
        self.shared.owner.account().unwrap_or_default()
    }

    /// An access token that is valid now: from memory where nobody has to look, else from the store, refreshed when it is
    /// due. Callers wait for a refresh only in the last minutes of a token.
    ///
    /// # Errors
    /// `unknown_account`, `reauthorization_required`, `store_unavailable`, `store_busy`, `not_saved`, and those of a
    /// refresh. While the token is valid none of them keeps it from being handed out, but `unknown_account`.
    pub fn access_token(&self) -> Result<Secret, Error> {
        match self.cached() {
            Some(token) => Ok(token),
            None => Ok(self.token()?.access_token().clone()),
        }
    }

    /// `error` in the words of the configuration's language: for what is read before a call.
    pub fn in_own_words(&self, error: Error) -> Error {
        error.in_words_of(self.manager.language())
    }

    /// The cached access token, while nobody has to look: no system call.
    pub(crate) fn cached(&self) -> Option<Secret> {
        self.shared.cached(&self.manager.clock)
    }

    /// The cached token, while nobody has to look: no system call but where a process has forked.
    pub(crate) fn cached_token(&self) -> Option<Token> {
        let record = self.shared.cached_record(&self.manager.clock)?;
        record.token.clone()
    }

    /// The token without blocking this thread; `done` is told on another one, or at once.
    pub(crate) fn start_token(&self, done: impl FnOnce(Result<Token, Error>) + Send + 'static) {
        let wish = Wish::default();
        if let Some(record) = self.shared.cached_record(&self.manager.clock) {
            return done(token_of(&record));
        }
        let language = self.manager.language();
        let done = move |got: Result<Got, Error>| {
            let token = got.and_then(|got| token_of(&got.record));
            done(token.map_err(|error| error.in_words_of(language)));
        };
        match self.manager.engine() {
            Ok(engine) => self
                .shared
                .start(engine, wish, self.manager.timeout(), done),
            Err(error) => done(Err(error)),
        }
    }

    /// The same, where the token has all of these scopes.
    ///
    /// # Errors
    /// `insufficient_scope` before anything is sent; else as [`Account::access_token`].
    pub fn access_token_for(&self, scopes: &Scopes) -> Result<Secret, Error> {
        let token = self.token()?;
        self.having(&token, scopes)
    }

    /// The access token, where it has all of these scopes.
    pub(crate) fn having(&self, token: &Token, scopes: &Scopes) -> Result<Secret, Error> {
        let has = token.scopes();
        if scopes.iter().all(|scope| has.contains(scope)) {
            return Ok(token.access_token().clone());
        }
        let message = "the token of this account does not have all of these scopes";
        let error = Error::new(Kind::InsufficientScope, Outcome::NotSent, message);
        self.own_words(Err(error))
    }

    /// The cached access token while it is valid, else none. It never waits, reads or fails.
    pub fn access_token_now(&self) -> Option<Secret> {
        self.shared.now(&self.manager.clock)
    }

    /// The whole token, as [`Account::access_token`].
    ///
    /// # Errors
    /// As [`Account::access_token`].
    pub fn token(&self) -> Result<Token, Error> {
        let record = match self.shared.cached_record(&self.manager.clock) {
            Some(record) => record,
            None => self.own_words(self.obtain(Wish::default()))?.record,
        };
        token_of(&record)
    }

    /// A resource answered 401 to `access_token`, with this code of Pinterest's. Gives the token to try once more with:
    /// the stored one where it is another, else a new one, at most once for each token and in ten minutes. Code 3, a
    /// missing scope, refreshes nothing.
    ///
    /// # Errors
    /// `insufficient_scope` for code 3; `invalid_token` where a refresh was made for this already; else as
    /// [`Account::access_token`].
    pub fn rejected(&self, access_token: &str, code: i64) -> Result<Secret, Error> {
        self.own_words(self.look_rejected(access_token, code))
    }

    fn look_rejected(&self, access_token: &str, code: i64) -> Result<Secret, Error> {
        if code != NOT_ACCEPTED {
            let message = "a refresh gives no scope that the user did not give";
            return Err(Error::new(
                Kind::InsufficientScope,
                Outcome::NotSent,
                message,
            ));
        }
        self.shared.retire();
        let engine = self.manager.engine()?;
        let found = engine.look(self.shared.owner.name(), self.shared.memory().as_ref())?;
        let record = found.ok_or_else(|| engine.unknown(&self.shared.owner))?;
        let current = record.token.as_ref().map(Token::access_token);
        let current = current.ok_or_else(|| engine.unknown(&self.shared.owner))?;
        if current.expose() != access_token {
            return self.access_token();
        }
        // While a refresh is under way it is what this caller asks for.
        if record.attempt.is_none() && !super::plan::may_reject(&record, &engine.clock.now()) {
            let message =
                "Pinterest does not accept an access token that was refreshed a moment ago";
            return Err(Error::new(Kind::InvalidToken, Outcome::NotSent, message));
        }
        let wish = Wish {
            rejected: Some(record.generation),
            ..Wish::default()
        };
        let got = self.obtain(wish)?;
        Ok(token_of(&got.record)?.access_token().clone())
    }

    /// Logs the account in: exchanges the code of the redirect and stores the token. The same redirect twice sends its
    /// code once.
    ///
    /// # Errors
    /// Those of the exchange; `store_unavailable` before the code is spent; `not_saved`.
    pub fn login(&self, request: &LoginRequest) -> Result<Token, Error> {
        let _running = Running::begin();
        let deadline = Instant::now().checked_add(self.manager.timeout());
        let deadline = deadline.unwrap_or_else(Instant::now);
        let got = shield(|| {
            let engine = self.manager.engine()?;
            engine.log_in(&self.shared.owner, request, deadline, None)
        });
        let got = self.own_words(got)?;
        self.shared.see(&got.record, &self.manager.clock);
        token_of(&got.record)
    }

    /// Stores a token that was issued elsewhere, in place of what the account had. One without a refresh token lives until
    /// it expires.
    ///
    /// # Errors
    /// `store_unavailable`.
    pub fn import(&self, token: &Token) -> Result<(), Error> {
        let engine = self.own_words(self.manager.engine())?;
        let got = self.own_words(engine.import(&self.shared.owner, token))?;
        self.shared.see(&got.record, &self.manager.clock);
        Ok(())
    }

    /// Refreshes where it is due, as the store has it now; with `force` although nothing is due, in a wait after a failure,
    /// and where a login is needed.
    ///
    /// # Errors
    /// As [`Account::access_token`]; with `force` a valid token does not hide a failure.
    pub fn refresh(&self, force: bool) -> Result<Token, Error> {
        let wish = if force {
            Wish {
                force: true,
                rejected: None,
            }
        } else {
            Wish::default()
        };
        let got = self.own_words(self.obtain(wish))?;
        token_of(&got.record)
    }

    /// Where it stands. Nothing is sent.
    ///
    /// # Errors
    /// `unknown_account`, `store_unavailable`.
    pub fn status(&self) -> Result<Status, Error> {
        let status = || {
            let engine = self.manager.engine()?;
            let name = self.shared.owner.name();
            let record = engine.look(name, self.shared.memory().as_ref())?;
            let record = record.filter(|record| record.token.is_some());
            let record = record.ok_or_else(|| engine.unknown(&self.shared.owner))?;
            let unsaved = engine.unsaved(name).is_some();
            Ok(Status::of(&record, unsaved, &engine.clock.now()))
        };
        self.own_words(status())
    }

    /// The stored token, valid or not. Nothing is sent.
    ///
    /// # Errors
    /// `unknown_account`, `store_unavailable`.
    pub fn export(&self) -> Result<Token, Error> {
        let export = || {
            let engine = self.manager.engine()?;
            let record = engine.look(self.shared.owner.name(), self.shared.memory().as_ref())?;
            let token = record.and_then(|record| record.token);
            token.ok_or_else(|| engine.unknown(&self.shared.owner))
        };
        self.own_words(export())
    }

    /// Removes the account from the store, with every copy of its tokens. Pinterest is told nothing: it revokes tokens of
    /// system users alone.
    ///
    /// # Errors
    /// `unknown_account`, `store_unavailable`.
    pub fn remove(&self) -> Result<Removed, Error> {
        let engine = self.own_words(self.manager.engine())?;
        let removed = self.own_words(engine.remove(&self.shared.owner))?;
        self.shared.forget();
        Ok(removed)
    }

    /// Gives it another name.
    ///
    /// # Errors
    /// `unknown_account`; `invalid_argument` where there is one of that name; `store_busy` while a refresh is under way.
    pub fn rename(&self, new_name: &str) -> Result<(), Error> {
        let rename = || {
            check_name("new_name", new_name)?;
            let to = self.shared.owner.with(Whose::Account(new_name.to_owned()));
            self.manager.engine()?.rename(&self.shared.owner, &to)
        };
        self.own_words(rename())?;
        self.shared.forget();
        Ok(())
    }

    /// The token that Pinterest issued and no disk took: what `not_saved` carries. None where all is stored.
    pub fn unsaved(&self) -> Option<Token> {
        let engine = self.manager.engine().ok()?;
        engine.unsaved(self.shared.owner.name())
    }
}

pub(crate) fn token_of(record: &Record) -> Result<Token, Error> {
    let token = record.token.clone();
    token.ok_or_else(|| Error::internal("a record without a token was handed out"))
}
