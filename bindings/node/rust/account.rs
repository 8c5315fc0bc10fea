//! An account of a token manager.

use napi_derive::napi;
use pinterest_oauth::binding::{self, shield};
use pinterest_oauth::{Error, LoginRequest, Scopes, Token, blocking};

use crate::call::{Done, tell};
use crate::manager::elsewhere;

/// An account of the core. What `done` gets is text: an access token, a document, or the error document.
#[napi]
pub struct Account(pub(crate) blocking::Account);

#[napi]
impl Account {
    /// Its name; empty for tokens of the app itself.
    #[napi]
    pub fn name(&self) -> String {
        self.0.name().to_owned()
    }

    /// The cached access token, while nobody has to look.
    #[napi]
    pub fn cached(&self) -> Option<String> {
        binding::cached(&self.0).map(|token| token.expose().to_owned())
    }

    /// The cached access token while it is valid.
    #[napi]
    pub fn access_token_now(&self) -> Option<String> {
        self.0
            .access_token_now()
            .map(|token| token.expose().to_owned())
    }

    /// An access token that is valid now.
    #[napi]
    pub fn access_token(&self, done: Done) {
        self.start(done, |token| token.access_token().expose().to_owned());
    }

    /// One that has all of these scopes.
    #[napi]
    pub fn access_token_for(&self, scopes: String, done: Done) {
        self.work(done, move |account| {
            let token = account.access_token_for(&Scopes::parse(&scopes))?;
            Ok(token.expose().to_owned())
        });
    }

    /// The whole token.
    #[napi]
    pub fn token(&self, done: Done) {
        self.start(done, |token| token.to_json());
    }

    /// A resource answered 401 to this access token.
    #[napi]
    pub fn rejected(&self, access_token: String, code: i64, done: Done) {
        self.work(done, move |account| {
            let token = account.rejected(&access_token, code)?;
            Ok(token.expose().to_owned())
        });
    }

    /// Logs in by the document `login_request`.
    #[napi]
    pub fn login(&self, request: String, done: Done) {
        self.work(done, move |account| {
            let request = LoginRequest::from_json(&request);
            let request = request.map_err(|error| account.in_own_words(error))?;
            Ok(account.login(&request)?.to_json())
        });
    }

    /// Stores a token that was issued elsewhere.
    #[napi]
    pub fn import(&self, token: String, done: Done) {
        self.work(done, move |account| {
            let token = Token::from_json(&token);
            account.import(&token.map_err(|error| account.in_own_words(error))?)?;
            Ok(String::new())
        });
    }

    /// Refreshes where it is due; with `force` in any case.
    #[napi]
    pub fn refresh(&self, force: bool, done: Done) {
        self.work(done, move |account| Ok(account.refresh(force)?.to_json()));
    }

    /// Where it stands.
    #[napi]
    pub fn status(&self, done: Done) {
        self.work(done, |account| Ok(account.status()?.to_json()));
    }

    /// The stored token.
    #[napi]
    pub fn export(&self, done: Done) {
        self.work(done, |account| Ok(account.export()?.to_json()));
    }

    /// Removes it from the store.
    #[napi]
    pub fn remove(&self, done: Done) {
        self.work(done, |account| Ok(account.remove()?.to_json()));
    }

    /// Gives it another name.
    #[napi]
    pub fn rename(&self, new_name: String, done: Done) {
        self.work(done, move |account| {
            account.rename(&new_name).map(|()| String::new())
        });
    }

    /// The token that no disk took.
    #[napi]
    pub fn unsaved(&self) -> Option<String> {
        let token = shield(|| Ok(self.0.unsaved()));
        token.ok().flatten().map(|token| token.to_json())
    }

    fn start(&self, done: Done, text: impl FnOnce(&Token) -> String + Send + 'static) {
        binding::start_token(&self.0, move |token| {
            tell(&done, token.map(|token| text(&token)));
        });
    }

    fn work(
        &self,
        done: Done,
        work: impl FnOnce(&blocking::Account) -> Result<String, Error> + Send + 'static,
    ) {
        let account = self.0.clone();
        elsewhere(done, move || work(&account));
    }
}
