//! Calls under way: each runs on the core's thread for calls that nobody waits for, and tells Node when
//! it is over.

use std::sync::{Mutex, PoisonError};

use napi::Status;
use napi::bindgen_prelude::{Either, FnArgs};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;
use pinterest_oauth::blocking::{Client, Pending};
use pinterest_oauth::{Error, Operation, shield};

use crate::end;

/// `(ok, document) => void`. While one exists, its event loop goes on.
pub type Done =
    ThreadsafeFunction<FnArgs<(bool, String)>, (), FnArgs<(bool, String)>, Status, false>;

/// A call under way.
#[napi]
pub struct Call(Mutex<Option<Pending>>);

#[napi]
impl Call {
    /// Ends the call, if it is not over.
    #[napi]
    pub fn cancel(&self) {
        let pending = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(pending) = pending {
            pending.cancel();
        }
    }
}

/// Starts a call, or says why it cannot be.
pub(crate) fn start<O: Operation + 'static>(
    client: &Client,
    request: impl FnOnce() -> Result<O, Error>,
    document: fn(O::Answer) -> String,
    done: Done,
) -> Either<Call, String>
where
    O::Answer: 'static,
{
    let started = shield(|| {
        let request = request()?;
        let delivery = Delivery(Some(done));
        client.start(request, move |answer| {
            delivery.deliver(answer.map(document))
        })
    });
    match started {
        Ok(pending) => Either::A(Call(Mutex::new(Some(pending)))),
        Err(error) => Either::B(error.to_json()),
    }
}

/// The way back to Node. Dropping it unused delivers an error, so that nobody waits for ever.
struct Delivery(Option<Done>);

impl Delivery {
    fn deliver(mut self, result: Result<String, Error>) {
        self.settle(result);
    }

    fn settle(&mut self, result: Result<String, Error>) {
        if let Some(done) = self.0.take() {
            // Where a worker has ended there is nobody left to tell.
            let _ = done.call(end(result).into(), ThreadsafeFunctionCallMode::NonBlocking);
        }
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        self.settle(Err(Error::internal("the call ended without an answer")));
    }
}
