//! Makes a call: one request, and a second only where no byte of the first can have left.

use std::cell::LazyCell;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use tokio::time::Instant;

use super::checked::{Checked, checked_timeout};
use crate::answer::Answer;
use crate::call::{Call, refusal};
use crate::error::{Error, Kind, Outcome};
use crate::net::transport;
use crate::text::encode;
use crate::wire::{Incoming, Outgoing};

/// How long to wait before connecting a second time.
const RECONNECT_PAUSE: Duration = Duration::from_millis(100);

/// Makes `call`. `sent` says from when on bytes may have left.
pub(crate) async fn run<C: Call + ?Sized>(
    call: &C,
    checked: &Checked,
    http: &reqwest::Client,
    sent: &Arc<AtomicBool>,
) -> Result<C::Answer, Error> {
    let answer = attempt(call, checked, http, sent).await;
    answer.map_err(|error| error.in_words_of(checked.language))
}

async fn attempt<C: Call + ?Sized>(
    call: &C,
    checked: &Checked,
    http: &reqwest::Client,
    sent: &Arc<AtomicBool>,
) -> Result<C::Answer, Error> {
    let timeout = call.timeout().map_or(Ok(checked.timeout), |timeout| {
        checked_timeout(timeout).map_err(|problem| Error::invalid_argument("timeout", problem))
    })?;
    let began = Instant::now();
    let deadline = began + timeout;
    let outgoing = outgoing(call, checked)?;
    let mut answer = Answer::of(checked.endpoints.of(call.endpoint())?.1);
    let mut incoming =
        transport::exchange(http, &checked.settings, &outgoing, deadline, sent).await;
    let again = Instant::now() + RECONNECT_PAUSE;
    if incoming.as_ref().is_err_and(may_be_tried_again) && again < deadline {
        tokio::time::sleep_until(again).await;
        answer.attempts = 2;
        incoming = transport::exchange(http, &checked.settings, &outgoing, deadline, sent).await;
    }
    answer.took = began.elapsed();
    match incoming {
        Ok(incoming) => read(call, checked, &incoming, answer),
        Err(error) => Err(error.answered(answer)),
    }
}

fn may_be_tried_again(error: &Error) -> bool {
    error.kind() == Kind::Connect && error.outcome() == Outcome::NotSent
}

/// The request, checked and encoded.
fn outgoing<C: Call + ?Sized>(call: &C, checked: &Checked) -> Result<Outgoing, Error> {
    call.check()?;
    Ok(Outgoing {
        url: checked.endpoints.of(call.endpoint())?.0.clone(),
        authorization: match call.bearer() {
            Some(token) => encode::header(encode::bearer(token))?,
            None => checked.basic()?,
        },
        form: call.form()?.map(encode::wiped),
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
    answer.request_id = refusal::request_id(incoming, |text| scrubber.clean(text));
    answer.rate_limit = refusal::rate_limit(incoming, |text| scrubber.clean(text), now);
    call.read(incoming, &answer, now).map_err(|problem| {
        let by = call.endpoint().by;
        refusal::error(incoming, problem, by, &scrubber, now).answered(answer)
    })
}
