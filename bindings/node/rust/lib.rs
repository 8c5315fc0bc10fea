//! The native half of the npm package: takes documents, calls the core, hands documents back. No rule
//! is here. A document that comes back is the answer, or the error document.

use napi::bindgen_prelude::{Either, Function};
use napi_derive::napi;
use pinterest_oauth::binding::{self, shield};
use pinterest_oauth::{AuthorizeRequest, Error, Kind, RedirectRequest, Token, blocking};

mod account;
mod call;
mod login;
pub mod manager;

use call::{Call, Done};

/// What a function gives that sends nothing.
#[napi(object)]
pub struct Answer {
    /// Whether `document` is the answer; the error document otherwise.
    pub ok: bool,
    /// A document.
    pub document: String,
}

/// The library's version, which must be that of the JavaScript half.
#[napi]
pub fn version() -> &'static str {
    pinterest_oauth::VERSION
}

/// Every kind of error and what a caller can do about it, in the order of its number.
#[napi]
pub fn kinds() -> Vec<Vec<&'static str>> {
    let kinds = Kind::ALL.iter();
    kinds
        .map(|kind| vec![kind.name(), kind.what_now()])
        .collect()
}

/// Reads a token document and writes the one to store.
#[napi]
pub fn read_token(text: String) -> Answer {
    answer(|| Ok(Token::from_json(&text)?.to_json()))
}

/// Reads the redirect that ends a login.
#[napi]
pub fn redirect(request: String) -> Answer {
    answer(|| Ok(RedirectRequest::from_json(&request)?.code()?.to_json()))
}

/// A client, or the error document. `variable` gives the value of an environment variable, as JavaScript sees it.
#[napi]
pub fn connect(
    settings: String,
    variable: Function<String, Option<String>>,
) -> Either<Client, String> {
    let get = |name: &str| variable.call(name.to_owned()).ok().flatten();
    match shield(|| blocking::Client::new(binding::config(&settings, get)?)) {
        Ok(client) => Either::A(Client(client)),
        Err(error) => Either::B(error.to_json()),
    }
}

/// A client of the core.
#[napi]
pub struct Client(blocking::Client);

#[napi]
impl Client {
    /// Starts a call by its name in the table of documents. `done` gets its end.
    #[napi]
    pub fn start(&self, name: String, request: String, done: Done) -> Call {
        call::start(&self.0, &name, &request, done)
    }

    /// Whether it has the app's id and secret.
    #[napi]
    pub fn check(&self) -> Answer {
        answer(|| self.0.check().map(|()| String::from("{}")))
    }

    /// Makes the address of Pinterest's page.
    #[napi]
    pub fn authorize_url(&self, request: String) -> Answer {
        answer(|| {
            let request = AuthorizeRequest::from_json(&request);
            let url = request.and_then(|request| self.0.authorize_url(&request));
            let url = url.map_err(|e| binding::in_words_of(e, binding::language(&self.0)))?;
            Ok(url.to_json())
        })
    }
}

pub(crate) fn answer(body: impl FnOnce() -> Result<String, Error>) -> Answer {
    let (ok, document) = end(shield(body));
    Answer { ok, document }
}

/// How a call ended: whether well, and its document.
fn end(result: Result<String, Error>) -> (bool, String) {
    match result {
        Ok(document) => (true, document),
        Err(error) => (false, error.to_json()),
    }
}
