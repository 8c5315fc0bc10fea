//! The same client for callers without a runtime: other languages, threads, processes that fork.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use once_cell::race::OnceBox;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::background::{self, Delivery, Pending};
use super::checked::Checked;
use super::pool::{Job, Lane, Pool};
use super::run::{Progress, run, run_gated};
use crate::answer::Answer;
use crate::call::{Call, ConversionRequest, RevokeRequest, TokenRequest};
use crate::config::Config;
use crate::error::Error;
use crate::login::{AuthorizeRequest, AuthorizeUrl};
use crate::net::transport::Http;
use crate::process::PerProcess;
use crate::shield::shield;
use crate::text::language::Language;
use crate::token::Token;
use crate::wire::Gate;

/// How often a waiting call asks whether it should stop.
const INTERRUPT_INTERVAL: Duration = Duration::from_millis(50);

/// A client that blocks the calling thread. Any number of threads may use one at once, also before
/// and after a `fork`; clients with equal settings share their connections, which are closed with the last of them.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    checked: Arc<Checked>,
    /// Held as long as the client lives, so that its connections do.
    pool: PerProcess<OnceBox<Arc<Pool>>>,
    /// Whether they outlive the client.
    keep: AtomicBool,
}

impl Client {
    /// Sets up a client. Nothing is sent.
    ///
    /// # Errors
    /// `invalid_config`, naming the setting.
    pub fn new(config: Config) -> Result<Self, Error> {
        Ok(Self::of(Arc::new(Checked::new(config)?)))
    }

    /// A client of checked settings.
    pub(crate) fn of(checked: Arc<Checked>) -> Self {
        Self {
            inner: Arc::new(Inner {
                checked,
                pool: PerProcess::new(),
                keep: AtomicBool::new(false),
            }),
        }
    }

    /// `POST /v5/oauth/token`: exchanges a code, refreshes a token, or gets one for the app.
    ///
    /// # Errors
    /// Every [`Kind`](crate::Kind) but `access_denied`, `state_mismatch` and `invalid_token`.
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
    pub fn revoke(&self, request: &RevokeRequest) -> Result<Answer, Error> {
        self.run(request)
    }

    /// `POST /v5/oauth/conversion_token`: a long-lived token for sending conversions.
    ///
    /// # Errors
    /// As [`Client::oauth_token`]; `invalid_token` when the access token is not accepted.
    pub fn conversion_token(&self, request: &ConversionRequest) -> Result<Token, Error> {
        self.run(request)
    }

    /// Lets the connections outlive the client and its clones, for the next client with equal settings: for hosts that
    /// free everything after each request. The newest eight settings are kept; [`close_idle`](crate::blocking::close_idle)
    /// closes them.
    pub fn keep_connections(&self) {
        self.inner.keep.store(true, Ordering::Relaxed);
    }

    /// Whether the client has the app's id and secret, which calls other than `conversion_token` need. Nothing is sent.
    ///
    /// # Errors
    /// `invalid_config`, naming the one that is missing.
    pub fn check(&self) -> Result<(), Error> {
        let basic = self.inner.checked.basic().map(drop);
        basic.map_err(|error| error.in_words_of(self.inner.checked.language))
    }

    /// The address of Pinterest's page for this app. Nothing is sent.
    ///
    /// # Errors
    /// `invalid_argument`, naming the field; `invalid_config` without an app id.
    pub fn authorize_url(&self, request: &AuthorizeRequest) -> Result<AuthorizeUrl, Error> {
        let url = self
            .inner
            .checked
            .app_id()
            .and_then(|app_id| request.url(&self.inner.checked.endpoints.authorize, app_id));
        url.map_err(|error| error.in_words_of(self.inner.checked.language))
    }

    /// The pool of this process.
    fn pool(&self) -> Result<&Arc<Pool>, Error> {
        let settings = &self.inner.checked.settings;
        let pool = self.inner.pool.get();
        pool.get_or_try_init(|| {
            let pool = Pool::of(settings)?;
            if self.inner.keep.load(Ordering::Relaxed) {
                pool.keep();
            }
            Ok(Box::new(pool))
        })
    }

    /// What the client was made from, checked.
    pub(crate) fn checked(&self) -> &Checked {
        &self.inner.checked
    }

    /// Makes any of the calls.
    pub(crate) fn run<C: Call>(&self, call: &C) -> Result<C::Answer, Error> {
        self.run_gated(call, None)
    }

    /// Makes a call; `gate` is asked once there is a connection, and before the first byte.
    pub(crate) fn run_gated<C: Call>(
        &self,
        call: &C,
        gate: Option<Arc<Gate>>,
    ) -> Result<C::Answer, Error> {
        let pool = self.pool()?;
        let mut lane = usable(pool)?;
        lane.catch_up();
        let progress = Progress::new();
        let call = run_gated(call, &self.inner.checked, &mut lane.http, &progress, gate);
        let answer = lane.runtime.block_on(call);
        pool.give_back(lane);
        answer
    }

    /// The same, asking `interrupted` every 50 ms whether to stop: then the error is `cancelled`.
    pub(crate) fn run_until<C: Call>(
        &self,
        call: &C,
        mut interrupted: impl FnMut() -> bool,
    ) -> Result<C::Answer, Error> {
        let process = std::process::id();
        let pool = self.pool()?;
        let mut lane = usable(pool)?;
        lane.catch_up();
        let (checked, progress) = (&self.inner.checked, Progress::new());
        let mut under_way = Box::pin(run(call, checked, &mut lane.http, &progress));
        loop {
            let slice = async { tokio::time::timeout(INTERRUPT_INTERVAL, &mut under_way).await };
            let slice = lane.runtime.block_on(slice);
            if let Ok(answer) = slice {
                drop(under_way);
                pool.give_back(lane);
                return answer;
            }
            let stop = interrupted();
            if std::process::id() != process {
                // The host forked in its signal handler: this call is the parent's, and so is its lane.
                std::mem::forget(under_way);
                std::mem::forget(lane);
                return Err(progress.cancelled(call, checked));
            }
            if stop {
                return Err(progress.cancelled(call, checked));
            }
        }
    }

    /// Starts a call and returns at once. `done` gets its end exactly once, on another thread, or before this
    /// returns where no thread can be started.
    pub(crate) fn start<C: Call + 'static>(
        &self,
        call: C,
        done: impl FnOnce(Result<C::Answer, Error>) + Send + 'static,
    ) -> Pending
    where
        C::Answer: 'static,
    {
        let delivery = Delivery::new(done);
        let (cancel, cancelled_by_caller) = oneshot::channel::<()>();
        let checked = Arc::clone(&self.inner.checked);
        let pool = match self.pool() {
            Ok(pool) => pool,
            Err(error) => {
                delivery.deliver(Err(error));
                return Pending(cancel);
            }
        };
        let job: Job = Box::new(move |http| {
            let http = match http {
                Ok(http) => http,
                Err(error) => {
                    delivery.deliver(Err(error));
                    return Box::pin(std::future::ready(()));
                }
            };
            Box::pin(async move {
                let progress = Progress::new();
                let answer = {
                    let mut http = Http::Shared(http);
                    let under_way = pin!(run(&call, &checked, &mut http, &progress));
                    tokio::select! {
                        answer = under_way => answer,
                        Ok(()) = cancelled_by_caller => Err(progress.cancelled(&call, &checked)),
                    }
                };
                delivery.deliver(answer);
            })
        });
        background::start(pool, job);
        Pending(cancel)
    }

    /// Whose words this client's errors use.
    pub(crate) fn language(&self) -> Language {
        self.inner.checked.language
    }
}

/// A lane that this thread may drive: not one that runs async code, whose other tasks would wait; a thread that tokio
/// keeps for blocking work may.
fn usable(pool: &Pool) -> Result<Lane, Error> {
    let lane = pool.take()?;
    if Handle::try_current().is_err() {
        return Ok(lane);
    }
    // tokio tells the two apart by a panic alone.
    let driven = shield(|| {
        lane.runtime.block_on(std::future::ready(()));
        Ok(())
    });
    match driven {
        Ok(()) => Ok(lane),
        Err(_) => {
            pool.give_back(lane);
            Err(Error::invalid_config(
                "client",
                "blocks, and this thread runs async code: use the async client",
            ))
        }
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client")
    }
}
