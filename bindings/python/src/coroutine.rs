//! The same calls for asyncio. Each runs on the core's thread for calls that block no thread, and settles a future of
//! the caller's event loop.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pinterest_oauth::Error;
use pinterest_oauth::binding::{self, Answered, AnyCall, Pending, shield};
use pinterest_oauth::blocking::Client;
use pyo3::exceptions::PyBaseException;
use pyo3::prelude::*;

use crate::answers::answered;
use crate::call::guarded;
use crate::{errors, log};

/// A coroutine that makes the call once it is awaited. Bad arguments are raised there, too.
pub(crate) fn coroutine<'py>(
    py: Python<'py>,
    name: Bound<'py, PyAny>,
    client: Client,
    call: PyResult<AnyCall>,
) -> PyResult<Bound<'py, PyAny>> {
    let call = Call {
        client,
        call: Mutex::new(Some(call)),
        pending: Mutex::new(None),
    };
    let coroutine = py
        .import("pinterest_oauth._aio")?
        .call_method1("finish", (call,))?;
    coroutine.setattr("__qualname__", name)?;
    Ok(coroutine)
}

/// One call, from the coroutine's point of view.
#[pyclass(frozen, name = "_Call", module = "pinterest_oauth._native")]
pub(crate) struct Call {
    client: Client,
    call: Mutex<Option<PyResult<AnyCall>>>,
    pending: Mutex<Option<Pending>>,
}

#[pymethods]
impl Call {
    /// Starts the call; its answer settles `future`, which belongs to `event_loop`.
    fn begin(&self, py: Python<'_>, event_loop: Py<PyAny>, future: Py<PyAny>) -> PyResult<()> {
        let call = lock(&self.call).take();
        let call = match call {
            Some(call) => call?,
            None => return guarded(py, || Err(Error::internal("a call was started twice"))),
        };
        let pending = py.detach(|| {
            shield(|| {
                let done = move |answer| settle(event_loop, future, answer);
                Ok(binding::start(&self.client, call, done))
            })
        });
        let pending = pending.map_err(|error| errors::raised(py, &error))?;
        *lock(&self.pending) = Some(pending);
        Ok(())
    }

    /// Tells the logger of `ended`: what the call gave, or the exception that it raised.
    #[staticmethod]
    fn tell(ended: Bound<'_, PyAny>) -> PyResult<()> {
        let py = ended.py();
        let ended = if ended.is_instance_of::<PyBaseException>() {
            Err(PyErr::from_value(ended))
        } else {
            Ok(ended)
        };
        log::tell(py, &ended)
    }

    /// Ends the call, if it is not over.
    fn cancel(&self) {
        if let Some(pending) = lock(&self.pending).take() {
            pending.cancel();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Brings the answer back into the event loop.
fn settle(event_loop: Py<PyAny>, future: Py<PyAny>, answer: Result<Answered, Error>) {
    bring_back(event_loop, future, |py| match answer {
        Ok(answer) => answered(py, answer),
        Err(error) => Err(errors::raised(py, &error)),
    });
}

/// Brings what `answer` gives or raises back into the event loop, from any thread.
pub(crate) fn bring_back(
    event_loop: Py<PyAny>,
    future: Py<PyAny>,
    answer: impl FnOnce(Python<'_>) -> PyResult<Bound<'_, PyAny>>,
) {
    // Where Python shuts down there is nobody left to tell.
    let _ = shield(|| {
        Ok(Python::try_attach(|py| {
            let event_loop = event_loop.into_bound(py);
            if let Err(error) = hand_over(py, &event_loop, future, answer(py)) {
                // A closed loop waits for nothing.
                if !is_closed(&event_loop) {
                    error.write_unraisable(py, Some(&event_loop));
                }
            }
        }))
    });
}

fn hand_over(
    py: Python<'_>,
    event_loop: &Bound<'_, PyAny>,
    future: Py<PyAny>,
    answer: PyResult<Bound<'_, PyAny>>,
) -> PyResult<()> {
    let settle = py.import("pinterest_oauth._aio")?.getattr("settle")?;
    let (value, error) = match answer {
        Ok(value) => (Some(value), None),
        Err(error) => (None, Some(error.into_value(py))),
    };
    event_loop.call_method1("call_soon_threadsafe", (settle, future, value, error))?;
    Ok(())
}

fn is_closed(event_loop: &Bound<'_, PyAny>) -> bool {
    event_loop
        .call_method0("is_closed")
        .and_then(|closed| closed.is_truthy())
        .unwrap_or(true)
}
