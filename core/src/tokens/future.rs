//! The token manager for async callers, on any runtime. A cached token is handed out at once; everything else is done on
//! a thread of the library, so that a caller who goes away loses nothing.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use super::doctor::DoctorReport;
use super::due::DueReport;
use super::login::{Login, LoginEvent, LoginEventKind, LoginOptions};
use super::manager::{Account as Blocking, TokenManager as BlockingManager};
use super::remove::Removed;
use super::settings::ManagerConfig;
use super::shared::detached;
use super::signin::LoginRequest;
use super::status::Status;
use crate::error::Error;
use crate::login::web::{BeginLogin, LoginBegin, LoginEnd, LoginVisit};
use crate::scopes::Scopes;
use crate::secret::Secret;
use crate::token::Token;

/// How long a thread waits for what happens in a login before it looks whether anybody still wants to know.
const SLICE: Duration = Duration::from_millis(500);

/// Runs `work` on a thread of the library. Who drops the future leaves it running.
pub(super) async fn elsewhere<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (send, receive) = oneshot::channel();
    detached(move |error| {
        // Nobody may wait any more.
        let _ = send.send(match error {
            Some(error) => Err(error),
            None => work(),
        });
    });
    receive
        .await
        .unwrap_or_else(|_| Err(Error::internal("the work ended without an answer")))
}

/// Keeps the tokens of accounts in a store, for async callers: [`blocking::TokenManager`](crate::blocking::TokenManager)
/// has the whole description.
#[derive(Debug, Clone)]
pub struct TokenManager(BlockingManager);

impl TokenManager {
    /// Opens the store, and makes it where there is none. It reads a few small files.
    ///
    /// # Errors
    /// `invalid_config`, naming the setting; `store_unavailable`.
    pub fn new(config: ManagerConfig) -> Result<Self, Error> {
        BlockingManager::new(config).map(Self)
    }

    /// The account of that name. Nothing is read.
    ///
    /// # Errors
    /// `invalid_argument`: a name has 1 to 1,024 bytes and no control characters.
    pub fn account(&self, name: impl AsRef<str>) -> Result<Account, Error> {
        self.0.account(name).map(Account)
    }

    /// Tokens of the app itself (`client_credentials`) with these scopes.
    ///
    /// # Errors
    /// `internal`.
    pub fn app(&self, scopes: &Scopes) -> Result<Account, Error> {
        self.0.app(scopes).map(Account)
    }

    /// Where every account of this app stands, by name.
    ///
    /// # Errors
    /// `store_unavailable`.
    pub async fn accounts(&self) -> Result<Vec<Status>, Error> {
        let manager = self.0.clone();
        elsewhere(move || manager.accounts()).await
    }

    /// A login with a browser on the machine of the person, as [`blocking::TokenManager::login`](crate::blocking::TokenManager::login). Who drops the future ends the wait; a code that was sent is exchanged and
    /// stored all the same.
    ///
    /// # Errors
    /// As there.
    pub async fn login(
        &self,
        options: LoginOptions,
        mut told: impl FnMut(&Login, Option<&LoginEvent>),
    ) -> Result<LoginEvent, Error> {
        let manager = self.0.clone();
        let login = elsewhere(move || manager.start_login(&options)).await?;
        let login = Arc::new(login);
        told(&login, None);
        loop {
            let waiting = Arc::clone(&login);
            let Some(event) = elsewhere(move || waiting.next(SLICE)).await? else {
                continue;
            };
            told(&login, Some(&event));
            if event.event == LoginEventKind::Done {
                return Ok(event);
            }
        }
    }

    /// Refreshes every account of this app that is due, 16 at once.
    ///
    /// # Errors
    /// `store_unavailable`; what fails for one account stands in the report.
    pub async fn refresh_due(&self) -> Result<DueReport, Error> {
        let manager = self.0.clone();
        elsewhere(move || manager.refresh_due()).await
    }

    /// Begins a web app's login. Nothing is sent, read or stored.
    ///
    /// # Errors
    /// As [`blocking::TokenManager::begin_login`](crate::blocking::TokenManager::begin_login).
    pub fn begin_login(&self, login: &BeginLogin) -> Result<LoginBegin, Error> {
        self.0.begin_login(login)
    }

    /// Ends a web app's login: what came of the request at the redirect address.
    ///
    /// # Errors
    /// As [`blocking::TokenManager::finish_login`](crate::blocking::TokenManager::finish_login).
    pub async fn finish_login(&self, visit: LoginVisit) -> Result<LoginEnd, Error> {
        let manager = self.0.clone();
        elsewhere(move || manager.finish_login(&visit)).await
    }

    /// Looks the store over, as [`blocking::TokenManager::doctor`](crate::blocking::TokenManager::doctor).
    ///
    /// # Errors
    /// `store_unavailable`.
    pub async fn doctor(&self, repair: bool) -> Result<DoctorReport, Error> {
        let manager = self.0.clone();
        elsewhere(move || manager.doctor(repair)).await
    }
}

/// An account of a [`TokenManager`]: [`blocking::Account`](crate::blocking::Account) has the whole description.
#[derive(Debug, Clone)]
pub struct Account(Blocking);

impl Account {
    /// Its name; empty for tokens of the app itself.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// An access token that is valid now, refreshed when it is due. A cached one comes at once.
    ///
    /// # Errors
    /// As [`blocking::Account::access_token`](crate::blocking::Account::access_token).
    pub async fn access_token(&self) -> Result<Secret, Error> {
        match self.0.cached() {
            Some(token) => Ok(token),
            None => Ok(self.token().await?.access_token().clone()),
        }
    }

    /// The same, where the token has all of these scopes.
    ///
    /// # Errors
    /// `insufficient_scope` before anything is sent.
    pub async fn access_token_for(&self, scopes: &Scopes) -> Result<Secret, Error> {
        let token = self.token().await?;
        self.0.having(&token, scopes)
    }

    /// The cached access token while it is valid, else none. It never waits, reads or fails.
    pub fn access_token_now(&self) -> Option<Secret> {
        self.0.access_token_now()
    }

    /// The whole token.
    ///
    /// # Errors
    /// As [`Account::access_token`].
    pub async fn token(&self) -> Result<Token, Error> {
        let (send, receive) = oneshot::channel();
        self.0.start_token(move |token| {
            // Nobody may wait any more.
            let _ = send.send(token);
        });
        receive
            .await
            .unwrap_or_else(|_| Err(Error::internal("the work ended without an answer")))
    }

    /// A resource answered 401 to `access_token`, as
    /// [`blocking::Account::rejected`](crate::blocking::Account::rejected).
    ///
    /// # Errors
    /// As there.
    pub async fn rejected(&self, access_token: &Secret, code: i64) -> Result<Secret, Error> {
        let (account, token) = (self.0.clone(), access_token.clone());
        elsewhere(move || account.rejected(token.expose(), code)).await
    }

    /// Logs the account in.
    ///
    /// # Errors
    /// As [`blocking::Account::login`](crate::blocking::Account::login).
    pub async fn login(&self, request: LoginRequest) -> Result<Token, Error> {
        let account = self.0.clone();
        elsewhere(move || account.login(&request)).await
    }

    /// Stores a token that was issued elsewhere.
    ///
    /// # Errors
    /// `store_unavailable`.
    pub async fn import(&self, token: Token) -> Result<(), Error> {
        let account = self.0.clone();
        elsewhere(move || account.import(&token)).await
    }

    /// Refreshes where it is due; with `force` although nothing is due.
    ///
    /// # Errors
    /// As [`blocking::Account::refresh`](crate::blocking::Account::refresh).
    pub async fn refresh(&self, force: bool) -> Result<Token, Error> {
        let account = self.0.clone();
        elsewhere(move || account.refresh(force)).await
    }

    /// Where it stands.
    ///
    /// # Errors
    /// `unknown_account`, `store_unavailable`.
    pub async fn status(&self) -> Result<Status, Error> {
        let account = self.0.clone();
        elsewhere(move || account.status()).await
    }

    /// The stored token, valid or not.
    ///
    /// # Errors
    /// `unknown_account`, `store_unavailable`.
    pub async fn export(&self) -> Result<Token, Error> {
        let account = self.0.clone();
        elsewhere(move || account.export()).await
    }

    /// Removes the account from the store.
    ///
    /// # Errors
    /// `unknown_account`, `store_unavailable`.
    pub async fn remove(&self) -> Result<Removed, Error> {
        let account = self.0.clone();
        elsewhere(move || account.remove()).await
    }

    /// Gives it another name.
    ///
    /// # Errors
    /// As [`blocking::Account::rename`](crate::blocking::Account::rename).
    pub async fn rename(&self, new_name: &str) -> Result<(), Error> {
        let (account, new_name) = (self.0.clone(), new_name.to_owned());
        elsewhere(move || account.rename(&new_name)).await
    }

    /// The token that Pinterest issued and no disk took.
    pub fn unsaved(&self) -> Option<Token> {
        self.0.unsaved()
    }
}
