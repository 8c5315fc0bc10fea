//! The same client for callers without a runtime: other languages, threads, processes that fork.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

pub use crate::background::Pending;

use crate::authorize::{AuthorizeRequest, AuthorizeUrl, RedirectCode, RedirectRequest};
use crate::background;
use crate::calls::{ConversionRequest, RevokeRequest};
use crate::config::Config;
use crate::error::{Error, Kind, Outcome};
use crate::grant::TokenRequest;
use crate::operation::{self, Operation};
use crate::process;
use crate::setup::Setup;
use crate::token::Token;

/// How often a waiting call asks whether it should stop.
const INTERRUPT_INTERVAL: Duration = Duration::from_millis(50);

/// A client that blocks the calling thread. Any number of threads may use one at once, also before
/// and after a `fork`; clients with equal settings share their connections.
#[derive(Clone)]
pub struct Client {
    setup: Arc<Setup>,
}

impl Client {
    /// Sets up a client. Nothing is sent.
    ///
    /// # Errors
    /// `invalid_config`, naming the setting; `invalid_argument` for credentials that cannot be.
    pub fn new(config: Config) -> Result<Self, Error> {
        Ok(Self {
            setup: Arc::new(Setup::new(config)?),
        })
    }

    /// `POST /v5/oauth/token`: exchanges a code, refreshes a token, or gets one for the app.
    ///
    /// # Errors
    /// Every [`Kind`] but `access_denied`, `state_mismatch` and `invalid_token`.
    pub fn oauth_token(&self, request: &TokenRequest) -> Result<Token, Error> {
        self.run(request)
    }

    /// Refreshes `token`; what the answer leaves out is carried over from it.
    ///
    /// # Errors
    /// As [`Client::oauth_token`].
    pub fn refresh(&self, token: &Token) -> Result<Token, Error> {
        self.run(&TokenRequest::refresh(token)?)
    }

    /// `POST /v5/oauth/token/revoke`: for tokens of system users alone.
    ///
    /// # Errors
    /// As [`Client::oauth_token`]; `forbidden` for tokens of other users.
    pub fn revoke(&self, request: &RevokeRequest) -> Result<(), Error> {
        self.run(request)
    }

    /// `POST /v5/oauth/conversion_token`: a long-lived token for sending conversions.
    ///
    /// # Errors
    /// As [`Client::oauth_token`]; `invalid_token` when the access token is not accepted.
    pub fn conversion_token(&self, request: &ConversionRequest) -> Result<Token, Error> {
        self.run(request)
    }

    /// The address of Pinterest's page for this app. Nothing is sent.
    ///
    /// # Errors
    /// `invalid_argument`, naming the field; `invalid_config` without an app id.
    pub fn authorize_url(&self, request: &AuthorizeRequest) -> Result<AuthorizeUrl, Error> {
        request.url(&self.setup.endpoints.authorize, self.setup.app_id()?)
    }

    /// Reads the redirect that ends a login. Nothing is sent.
    ///
    /// # Errors
    /// `state_mismatch`, `access_denied` or `invalid_argument`.
    pub fn redirect(&self, request: &RedirectRequest) -> Result<RedirectCode, Error> {
        request.code()
    }

    /// Makes any of the calls.
    ///
    /// # Errors
    /// As the call's own method.
    pub fn run<O: Operation>(&self, operation: &O) -> Result<O::Answer, Error> {
        refuse_inside_a_runtime()?;
        let pool = process::current().pool(&self.setup.settings)?;
        let lane = pool.take()?;
        let sent = Arc::new(AtomicBool::new(false));
        let answer = lane.drive(operation::run(operation, &self.setup, &lane.http, &sent));
        pool.give_back(lane);
        answer
    }

    /// Makes any of the calls, asking `interrupted` every 50 ms whether to stop.
    ///
    /// # Errors
    /// As the call's own method; `cancelled` when told to stop.
    pub fn run_until<O: Operation>(
        &self,
        operation: &O,
        mut interrupted: impl FnMut() -> bool,
    ) -> Result<O::Answer, Error> {
        refuse_inside_a_runtime()?;
        let process = std::process::id();
        let pool = process::current().pool(&self.setup.settings)?;
        let lane = pool.take()?;
        let sent = Arc::new(AtomicBool::new(false));
        let mut call = Box::pin(operation::run(operation, &self.setup, &lane.http, &sent));
        loop {
            let slice =
                lane.drive(async { tokio::time::timeout(INTERRUPT_INTERVAL, &mut call).await });
            if let Ok(answer) = slice {
                drop(call);
                pool.give_back(lane);
                return answer;
            }
            let stop = interrupted();
            if std::process::id() != process {
                // The host forked in its signal handler: this call is the parent's, and so is its lane.
                std::mem::forget(call);
                std::mem::forget(lane);
                return Err(cancelled(&sent));
            }
            if stop {
                return Err(cancelled(&sent));
            }
        }
    }

    /// Starts a call and returns at once; `done` gets the answer, on another thread.
    ///
    /// # Errors
    /// `internal` when no thread can be started; `done` is then never called.
    pub fn start<O: Operation + 'static>(
        &self,
        operation: O,
        done: impl FnOnce(Result<O::Answer, Error>) + Send + 'static,
    ) -> Result<Pending, Error>
    where
        O::Answer: 'static,
    {
        let pool = process::current().pool(&self.setup.settings)?;
        let setup = Arc::clone(&self.setup);
        let (cancel, cancelled_by_caller) = oneshot::channel::<()>();
        let job: background::Job = Box::new(move |http| {
            Box::pin(async move {
                let sent = Arc::new(AtomicBool::new(false));
                let call = pin!(operation::run(&operation, &setup, &http, &sent));
                let answer = tokio::select! {
                    answer = call => answer,
                    Ok(()) = cancelled_by_caller => Err(cancelled(&sent)),
                };
                done(answer);
            })
        });
        background::start(&pool, job)?;
        Ok(Pending(cancel))
    }
}

/// A runtime cannot be driven from inside another one.
fn refuse_inside_a_runtime() -> Result<(), Error> {
    match Handle::try_current() {
        Ok(_) => Err(Error::invalid_config(
            "client",
            "blocks, and this thread runs async code: use the async client",
        )),
        Err(_) => Ok(()),
    }
}

fn cancelled(sent: &AtomicBool) -> Error {
    let outcome = if sent.load(Ordering::Relaxed) {
        Outcome::Unknown
    } else {
        Outcome::NotSent
    };
    Error::new(Kind::Cancelled, outcome, "the call was cancelled")
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client")
    }
}
