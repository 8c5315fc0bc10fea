//! `AsyncClient`: the same calls for asyncio. Each runs on the core's thread for calls that nobody waits
//! for, and settles a future of the caller's event loop.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pinterest_oauth::Error;
use pinterest_oauth::binding::{self, Call, shield};
use pinterest_oauth::blocking::{self, Pending};
use pyo3::prelude::*;

use crate::answers::AuthorizeUrl;
use crate::calls::guarded;
use crate::errors;
use crate::requests::{self, Argument, Keywords, connect};
use crate::token::Token;

/// What came of a call, as soon as there is Python to say it in.
type Answer = Box<dyn for<'py> FnOnce(Python<'py>) -> PyResult<Bound<'py, PyAny>> + Send>;
type Start = Box<dyn FnOnce(Delivery) -> Result<Pending, Error> + Send>;

/// A client for asyncio: oauth_token, refresh, revoke and conversion_token are awaited, any number of
/// them at once. Cancelling the task ends the call and closes its connection; whether Pinterest acted on
/// it is then unknown, so do not cancel a refresh lightly: its new refresh token would be lost.
///
/// Arguments, answers and errors are those of Client; errors are raised where the call is awaited.
#[pyclass(frozen, module = "pinterest_oauth")]
pub(crate) struct AsyncClient(blocking::Client);

#[pymethods]
impl AsyncClient {
    #[new]
    #[pyo3(
        signature = (**settings),
        text_signature = "(*, app_id=None, app_secret=None, environment=None, base_url=None, oauth_url=None, \
            timeout=None, connect_timeout=None, proxy=None, no_proxy=None, ca_file=None, allow_http=None, \
            trust_env=True)"
    )]
    fn new(py: Python<'_>, settings: Option<Keywords<'_>>) -> PyResult<Self> {
        connect(py, settings).map(Self)
    }

    /// As Client.oauth_token, to be awaited.
    #[pyo3(
        signature = (grant_type=None, **fields),
        text_signature = "($self, grant_type, *, code=None, redirect_uri=None, refresh_token=None, token=None, \
            scope=None, continuous_refresh=None, extra=None, timeout=None)"
    )]
    fn oauth_token<'py>(
        &self,
        py: Python<'py>,
        grant_type: Argument<'py>,
        fields: Option<Keywords<'py>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let request = requests::token_request(py, grant_type, fields);
        self.coroutine(py, "oauth_token", request, Token::from)
    }

    /// As Client.refresh, to be awaited.
    #[pyo3(signature = (token=None, **fields), text_signature = "($self, token, *, timeout=None)")]
    fn refresh<'py>(
        &self,
        py: Python<'py>,
        token: Argument<'py>,
        fields: Option<Keywords<'py>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let request = requests::refresh_request(py, token, fields);
        self.coroutine(py, "refresh", request, Token::from)
    }

    /// As Client.revoke, to be awaited.
    #[pyo3(
        signature = (token=None, **fields),
        text_signature = "($self, token, *, token_type_hint=None, timeout=None)"
    )]
    fn revoke<'py>(
        &self,
        py: Python<'py>,
        token: Argument<'py>,
        fields: Option<Keywords<'py>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let request = requests::revoke_request(py, token, fields);
        self.coroutine(py, "revoke", request, |()| None::<()>)
    }

    /// As Client.conversion_token, to be awaited.
    #[pyo3(
        signature = (access_token=None, **fields),
        text_signature = "($self, access_token, *, timeout=None)"
    )]
    fn conversion_token<'py>(
        &self,
        py: Python<'py>,
        access_token: Argument<'py>,
        fields: Option<Keywords<'py>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let request = requests::conversion_request(py, access_token, fields);
        self.coroutine(py, "conversion_token", request, Token::from)
    }

    /// As Client.authorize_url: not awaited, for nothing is sent.
    #[pyo3(
        signature = (redirect_uri=None, **fields),
        text_signature = "($self, redirect_uri, *, scope=None, state=None, extra=None)"
    )]
    fn authorize_url(
        &self,
        py: Python<'_>,
        redirect_uri: Argument<'_>,
        fields: Option<Keywords<'_>>,
    ) -> PyResult<AuthorizeUrl> {
        requests::authorize_url(py, &self.0, redirect_uri, fields)
    }

    /// As Client.redirect: not awaited, for nothing is sent.
    #[pyo3(signature = (url=None, **fields), text_signature = "($self, url, *, state)")]
    fn redirect(
        &self,
        py: Python<'_>,
        url: Argument<'_>,
        fields: Option<Keywords<'_>>,
    ) -> PyResult<String> {
        requests::redirect(py, &self.0, url, fields)
    }

    fn __repr__(&self) -> &'static str {
        "<pinterest_oauth.AsyncClient>"
    }
}

impl AsyncClient {
    /// A coroutine that makes the call once it is awaited. Bad arguments are raised there, too.
    fn coroutine<'py, O, T>(
        &self,
        py: Python<'py>,
        name: &str,
        request: PyResult<O>,
        convert: fn(O::Answer) -> T,
    ) -> PyResult<Bound<'py, PyAny>>
    where
        O: Operation + 'static,
        O::Answer: 'static,
        T: for<'a> IntoPyObject<'a> + 'static,
    {
        let client = self.0.clone();
        let start = request.map(|request| -> Start {
            Box::new(move |delivery: Delivery| {
                client.start(request, move |answer| {
                    delivery.deliver(Box::new(move |py| match answer {
                        Ok(answer) => pyo3::IntoPyObjectExt::into_bound_py_any(convert(answer), py),
                        Err(error) => Err(errors::raised(py, &error)),
                    }));
                })
            })
        });
        let call = Call {
            start: Mutex::new(Some(start)),
            pending: Mutex::new(None),
        };
        let coroutine = py
            .import("pinterest_oauth._aio")?
            .call_method1("finish", (call,))?;
        coroutine.setattr("__qualname__", format!("AsyncClient.{name}"))?;
        Ok(coroutine)
    }
}

/// One call, from the coroutine's point of view.
#[pyclass(frozen, name = "_Call", module = "pinterest_oauth._native")]
pub(crate) struct Call {
    start: Mutex<Option<PyResult<Start>>>,
    pending: Mutex<Option<Pending>>,
}

#[pymethods]
impl Call {
    /// Starts the call; its answer settles `future`, which belongs to `event_loop`.
    fn begin(&self, py: Python<'_>, event_loop: Py<PyAny>, future: Py<PyAny>) -> PyResult<()> {
        let Some(start) = lock(&self.start).take() else {
            return guarded(py, || Err(Error::internal("a call was started twice")));
        };
        let start = start?;
        let delivery = Delivery(Some((event_loop, future)));
        let pending = py.detach(|| shield(|| start(delivery)));
        let pending = pending.map_err(|error| errors::raised(py, &error))?;
        *lock(&self.pending) = Some(pending);
        Ok(())
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

/// The way back into an event loop. It is used once: dropping it unused delivers an error, so that
/// nobody waits for ever.
struct Delivery(Option<(Py<PyAny>, Py<PyAny>)>);

impl Delivery {
    fn deliver(mut self, answer: Answer) {
        self.settle(answer);
    }

    fn settle(&mut self, answer: Answer) {
        let Some((event_loop, future)) = self.0.take() else {
            return;
        };
        // Where Python shuts down there is nobody left to tell.
        let _ = shield(|| {
            Ok(Python::try_attach(|py| {
                let event_loop = event_loop.into_bound(py);
                if let Err(error) = hand_over(py, &event_loop, future, answer) {
                    // A closed loop waits for nothing.
                    if !is_closed(&event_loop) {
                        error.write_unraisable(py, Some(&event_loop));
                    }
                }
            }))
        });
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        self.settle(Box::new(|py| {
            let error = Error::internal("the call ended without an answer");
            Err(errors::raised(py, &error))
        }));
    }
}

fn hand_over(
    py: Python<'_>,
    event_loop: &Bound<'_, PyAny>,
    future: Py<PyAny>,
    answer: Answer,
) -> PyResult<()> {
    let settle = py.import("pinterest_oauth._aio")?.getattr("settle")?;
    let (value, error) = match answer(py) {
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
