//! Calls under way: the core makes each on a thread of its own, and tells Node when it is over.

use std::sync::{Mutex, PoisonError};

use napi::Status;
use napi::bindgen_prelude::FnArgs;
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;
use pinterest_oauth::binding::{self, Answered, AnyCall, Pending, shield};
use pinterest_oauth::{Error, blocking};

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

/// Starts the call that the table of documents names so. `done` gets its end exactly once.
pub(crate) fn start(client: &blocking::Client, name: &str, request: &str, done: Done) -> Call {
    let done = move |result: Result<Answered, Error>| {
        tell(&done, result.map(|answered| answered.to_json()));
    };
    let pending = match shield(|| AnyCall::from_json(name, request)) {
        Ok(call) => shield(|| Ok(binding::start(client, call, done))).ok(),
        Err(error) => {
            done(Err(binding::in_words_of(error, binding::language(client))));
            None
        }
    };
    Call(Mutex::new(pending))
}

/// Tells the end. Where a worker has ended there is nobody left to tell.
pub(crate) fn tell(done: &Done, result: Result<String, Error>) {
    let _ = done.call(end(result).into(), ThreadsafeFunctionCallMode::NonBlocking);
}
