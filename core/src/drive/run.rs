//! Makes a call: one request, and a second only where no byte of the first can have left.

use std::cell::LazyCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use http::Method;
use tokio::time::Instant;

use super::checked::{Checked, checked_timeout};
use crate::answer::Answer;
use crate::call::{Call, refusal};
use crate::error::{Error, Kind, Outcome};
use crate::net::transport::{self, Http};
use crate::text::documents::Endpoint;
use crate::text::{encode, scrub};
use crate::wire::{Gate, Incoming, Outgoing};

/// How long to wait before connecting a second time.
const RECONNECT_PAUSE: Duration = Duration::from_millis(100);

/// How far a call has come, for whoever ends it.
pub(crate) struct Progress {
    began: Instant,
    /// Whether bytes may have left.
    sent: Arc<AtomicBool>,
    attempts: AtomicU32,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            began: Instant::now(),
            sent: Arc::default(),
            attempts: AtomicU32::new(1),
        }
    }

    /// What `call` tells so far.
    fn answer<C: Call + ?Sized>(&self, call: &C, checked: &Checked) -> Result<Answer, Error> {
        let mut answer = Answer::of(checked.endpoints.of(call.endpoint())?.1);
        answer.method = call.endpoint().method;
        answer.took = self.began.elapsed();
        answer.attempts = self.attempts.load(Ordering::Relaxed);
        Ok(answer)
    }

    /// The error of `call` that its caller ended.
    pub(crate) fn cancelled<C: Call + ?Sized>(&self, call: &C, checked: &Checked) -> Error {
        let outcome = if self.sent.load(Ordering::Relaxed) {
            Outcome::Unknown
        } else {
            Outcome::NotSent
        };
        let error = Error::new(Kind::Cancelled, outcome, "the call was cancelled");
        let error = match self.answer(call, checked) {
            Ok(answer) => error.answered(answer),
            Err(_) => error,
        };
        tell(call.endpoint(), error.answer(), Some(&error));
        error
    }
}

/// Makes `call`.
pub(crate) async fn run<C: Call + ?Sized>(
    call: &C,
    checked: &Checked,
    http: &mut Http,
    progress: &Progress,
) -> Result<C::Answer, Error> {
    run_gated(call, checked, http, progress, None).await
}

/// The same; `gate` is asked once there is a connection, and before the first byte.
pub(crate) async fn run_gated<C: Call + ?Sized>(
    call: &C,
    checked: &Checked,
    http: &mut Http,
    progress: &Progress,
    gate: Option<Arc<Gate>>,
) -> Result<C::Answer, Error> {
    let result = attempt(call, checked, http, progress, gate).await;
    let result = result.map_err(|error| error.in_words_of(checked.language));
    match &result {
        Ok(answer) => tell(call.endpoint(), C::told(answer), None),
        Err(error) => tell(call.endpoint(), error.answer(), Some(error)),
    }
    result
}

/// One line for each call that was to be sent, at debug level and without secrets.
fn tell(endpoint: &Endpoint, answer: Option<&Answer>, error: Option<&Error>) {
    let Some(answer) = answer else { return };
    let outcome = error.map_or("ok", |error| error.outcome().name());
    let kind = error.map(|error| error.kind().name());
    tracing::debug!(
        target: "pinterest_oauth",
        call = endpoint.name,
        method = answer.method,
        path = &*answer.path,
        status = answer.status,
        milliseconds = u64::try_from(answer.took.as_millis()).unwrap_or(u64::MAX),
        request_id = answer.request_id.as_deref(),
        attempts = answer.attempts,
        outcome,
        kind,
    );
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "a timeout is ten minutes at most"
)]
async fn attempt<C: Call + ?Sized>(
    call: &C,
    checked: &Checked,
    http: &mut Http,
    progress: &Progress,
    gate: Option<Arc<Gate>>,
) -> Result<C::Answer, Error> {
    let timeout = call.timeout().map_or(Ok(checked.timeout), |timeout| {
        checked_timeout(timeout).map_err(|problem| Error::invalid_argument("timeout", problem))
    })?;
    let deadline = Instant::now() + timeout;
    let (outgoing, sent) = (outgoing(call, checked, gate)?, &progress.sent);
    let mut incoming =
        transport::exchange(http, &checked.settings, &outgoing, deadline, sent).await;
    if incoming.as_ref().is_err_and(may_be_tried_again) {
        let again = Instant::now() + RECONNECT_PAUSE;
        if again < deadline {
            tokio::time::sleep_until(again).await;
            progress.attempts.store(2, Ordering::Relaxed);
            incoming =
                transport::exchange(http, &checked.settings, &outgoing, deadline, sent).await;
        }
    }
    let answer = progress.answer(call, checked)?;
    match incoming {
        Ok(incoming) => read(call, checked, &incoming, answer),
        Err(error) => Err(error.answered(answer)),
    }
}

fn may_be_tried_again(error: &Error) -> bool {
    error.kind() == Kind::Connect && error.outcome() == Outcome::NotSent
}

/// The request, checked and encoded.
fn outgoing<C: Call + ?Sized>(
    call: &C,
    checked: &Checked,
    gate: Option<Arc<Gate>>,
) -> Result<Outgoing, Error> {
    call.check()?;
    Ok(Outgoing {
        method: match call.endpoint().method {
            "GET" => Method::GET,
            _ => Method::POST,
        },
        url: checked.endpoints.of(call.endpoint())?.0.clone(),
        authorization: match call.bearer() {
            Some(token) => encode::header(encode::bearer(token))?,
            None => checked.basic()?,
        },
        form: call.form()?.map(encode::wiped),
        keep_alive: checked.settings.keep_alive,
        gate,
    })
}

fn read<C: Call + ?Sized>(
    call: &C,
    checked: &Checked,
    incoming: &Incoming,
    mut answer: Answer,
) -> Result<C::Answer, Error> {
    let now = checked.clock.now();
    let scrubber = LazyCell::new(|| checked.scrubber(call.secrets()));
    answer.status = Some(incoming.status);
    // A request id and the names of rate limits hardly ever need the whole search for secrets.
    let clean = |text: &str| {
        let secrets = call.secrets().into_iter().chain(checked.secrets());
        scrub::plain(text, secrets).unwrap_or_else(|| scrubber.clean(text))
    };
    answer.request_id = refusal::request_id(incoming, clean);
    answer.rate_limit = refusal::rate_limit(incoming, clean, now);
    call.read(incoming, &answer, now).map_err(|problem| {
        let by = call.endpoint().by;
        let error = refusal::error(incoming, problem, by, &scrubber, now).answered(answer);
        match call.advice(error.kind()) {
            Some(advice) => error.advises(advice),
            None => error,
        }
    })
}
