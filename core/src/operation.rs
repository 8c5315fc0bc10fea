//! The calls to Pinterest as values: what each sends and how its answer reads. And what may be sent twice.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use tokio::time::Instant;

use crate::calls::{ConversionRequest, RevokeRequest};
use crate::error::{Error, Kind, Outcome};
use crate::grant::{Grant, TokenRequest};
use crate::request;
use crate::response::{self, Answer, Authenticated, Problem};
use crate::scrub::Scrubber;
use crate::setup::{Setup, checked_timeout};
use crate::token::Token;
use crate::transport::{self, Call};

/// How long to wait before connecting a second time.
const RECONNECT_PAUSE: Duration = Duration::from_millis(100);

/// A call to Pinterest: [`TokenRequest`], [`RevokeRequest`] or [`ConversionRequest`].
pub trait Operation: private::Sealed + Send + Sync {}

pub(crate) mod private {
    use super::*;

    pub trait Sealed {
        type Answer: Send;
        const AUTHENTICATED: Authenticated;

        fn call(&self, setup: &Setup) -> Result<Call, Error>;
        fn read(&self, answer: &Answer, now: i64) -> Result<Self::Answer, Problem>;
        fn secrets(&self) -> Vec<&str>;
        fn timeout(&self) -> Option<Duration>;
    }
}

use private::Sealed;

/// Makes the call: one request, and a second only where no byte of the first can have left.
pub(crate) async fn run<O: Operation + ?Sized>(
    operation: &O,
    setup: &Setup,
    http: &reqwest::Client,
    sent: &Arc<AtomicBool>,
) -> Result<O::Answer, Error> {
    let timeout = operation.timeout().map_or(Ok(setup.timeout), |timeout| {
        checked_timeout(timeout).map_err(|problem| Error::invalid_argument("timeout_ms", problem))
    })?;
    let deadline = Instant::now() + timeout;
    let call = operation.call(setup)?;
    let mut answer = transport::exchange(http, &setup.settings, &call, deadline, sent).await;
    if let Err(error) = &answer {
        let again = Instant::now() + RECONNECT_PAUSE;
        if error.kind() == Kind::Connect && error.outcome() == Outcome::NotSent && again < deadline
        {
            tokio::time::sleep_until(again).await;
            answer = transport::exchange(http, &setup.settings, &call, deadline, sent).await;
        }
    }
    let answer = answer?;
    let now = setup.clock.now();
    operation.read(&answer, now).map_err(|problem| {
        let scrubber = scrubber(operation, setup);
        response::error(&answer, problem, O::AUTHENTICATED, &scrubber, now)
    })
}

fn scrubber<O: Operation + ?Sized>(operation: &O, setup: &Setup) -> Scrubber {
    let mut scrubber = Scrubber::default();
    for secret in operation.secrets() {
        scrubber.hide(secret);
    }
    if let Some((app_id, app_secret)) = setup.credentials.as_ref() {
        scrubber.hide(app_secret.expose());
        scrubber.hide(request::basic(app_id, app_secret).trim_start_matches("Basic "));
    }
    scrubber
}

impl Operation for TokenRequest {}

impl Sealed for TokenRequest {
    type Answer = Token;
    const AUTHENTICATED: Authenticated = Authenticated::App;

    fn call(&self, setup: &Setup) -> Result<Call, Error> {
        self.check()?;
        let form = Some(request::wiped(request::token_form(self)?));
        Ok(Call {
            url: setup.endpoints.token.clone(),
            authorization: setup.basic()?,
            form,
        })
    }

    fn read(&self, answer: &Answer, now: i64) -> Result<Token, Problem> {
        response::token(answer, now).map(|token| response::complete(token, self))
    }

    fn secrets(&self) -> Vec<&str> {
        match &self.grant {
            Grant::AuthorizationCode { code, .. } => vec![code.expose()],
            Grant::RefreshToken { refresh_token, .. } => vec![refresh_token.expose()],
            Grant::ClientCredentials { .. } => Vec::new(),
        }
    }

    fn timeout(&self) -> Option<Duration> {
        self.timeout
    }
}

impl Operation for RevokeRequest {}

impl Sealed for RevokeRequest {
    type Answer = ();
    const AUTHENTICATED: Authenticated = Authenticated::App;

    fn call(&self, setup: &Setup) -> Result<Call, Error> {
        self.check()?;
        let form = Some(request::wiped(request::revoke_form(self)?));
        Ok(Call {
            url: setup.endpoints.revoke.clone(),
            authorization: setup.basic()?,
            form,
        })
    }

    fn read(&self, answer: &Answer, _: i64) -> Result<(), Problem> {
        response::revoked(answer)
    }

    fn secrets(&self) -> Vec<&str> {
        vec![self.token.expose()]
    }

    fn timeout(&self) -> Option<Duration> {
        self.timeout
    }
}

impl Operation for ConversionRequest {}

impl Sealed for ConversionRequest {
    type Answer = Token;
    const AUTHENTICATED: Authenticated = Authenticated::AccessToken;

    fn call(&self, setup: &Setup) -> Result<Call, Error> {
        self.check()?;
        let authorization = request::header(request::bearer(self)?)?;
        Ok(Call {
            url: setup.endpoints.conversion_token.clone(),
            authorization,
            form: None,
        })
    }

    fn read(&self, answer: &Answer, now: i64) -> Result<Token, Problem> {
        response::token(answer, now)
    }

    fn secrets(&self) -> Vec<&str> {
        vec![self.access_token.expose()]
    }

    fn timeout(&self) -> Option<Duration> {
        self.timeout
    }
}
