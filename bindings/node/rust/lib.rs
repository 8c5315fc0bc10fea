//! The native half of the npm package: takes documents, calls the core, hands documents back. No rule
//! lives here. A document that comes back is the answer, or the error document.

use napi::bindgen_prelude::Either;
use napi_derive::napi;
use pinterest_oauth::{
    AuthorizeRequest, Config, ConversionRequest, Error, Kind, RedirectRequest, RevokeRequest,
    Token, TokenRequest, blocking, shield,
};

mod call;

use call::{Call, Done};

/// What a call that sends nothing gives.
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

/// Reads a token document and writes it as every language does.
#[napi]
pub fn read_token(text: String) -> Answer {
    answer(|| Ok(Token::from_json(&text)?.to_json()))
}

/// A client, or the error document.
#[napi]
pub fn connect(settings: String) -> Either<Client, String> {
    match shield(|| blocking::Client::new(Config::from_json(&settings)?)) {
        Ok(client) => Either::A(Client(client)),
        Err(error) => Either::B(error.to_json()),
    }
}

/// A client of the core.
#[napi]
pub struct Client(blocking::Client);

#[napi]
impl Client {
    /// Starts a token call. `done` gets its end.
    #[napi]
    pub fn token(&self, request: String, done: Done) -> Either<Call, String> {
        let request = || TokenRequest::from_json(&request);
        call::start(&self.0, request, |token| token.to_json(), done)
    }

    /// Starts the revocation of a token. `done` gets its end.
    #[napi]
    pub fn revoke(&self, request: String, done: Done) -> Either<Call, String> {
        let request = || RevokeRequest::from_json(&request);
        call::start(&self.0, request, |()| String::from("{}"), done)
    }

    /// Starts a call for a conversion token. `done` gets its end.
    #[napi]
    pub fn conversion_token(&self, request: String, done: Done) -> Either<Call, String> {
        let request = || ConversionRequest::from_json(&request);
        call::start(&self.0, request, |token| token.to_json(), done)
    }

    /// Makes the address of Pinterest's page.
    #[napi]
    pub fn authorize_url(&self, request: String) -> Answer {
        answer(|| {
            let request = AuthorizeRequest::from_json(&request)?;
            Ok(self.0.authorize_url(&request)?.to_json())
        })
    }

    /// Reads the redirect that ends a login.
    #[napi]
    pub fn redirect(&self, request: String) -> Answer {
        answer(|| {
            let request = RedirectRequest::from_json(&request)?;
            Ok(self.0.redirect(&request)?.to_json())
        })
    }
}

fn answer(body: impl FnOnce() -> Result<String, Error>) -> Answer {
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
