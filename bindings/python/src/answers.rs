//! What calls give, as Python's objects.

use pinterest_oauth::binding::Answered;
use pinterest_oauth::{Answer, Error};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;

use crate::call::guarded;
use crate::json;
use crate::token::Token;

/// The answer of a call.
pub(crate) fn answered(py: Python<'_>, answered: Answered) -> PyResult<Bound<'_, PyAny>> {
    match answered {
        Answered::Token(token) => Token::from(*token).into_bound_py_any(py),
        Answered::Done(answer) => how(py, &answer),
        _ => guarded(py, || Err(Error::internal("an answer of an unknown kind"))),
    }
}

/// How a call went: the class `Answer` of `_answer.py`.
pub(crate) fn how<'py>(py: Python<'py>, answer: &Answer) -> PyResult<Bound<'py, PyAny>> {
    let facts = json::dict(py, serde_json::to_value(answer))?;
    py.import("pinterest_oauth._answer")?
        .getattr("Answer")?
        .call((), Some(&facts))
}

/// Where to send the user, and the state to keep until the redirect comes back.
#[pyclass(frozen, module = "pinterest_oauth")]
pub(crate) struct AuthorizeUrl(pinterest_oauth::AuthorizeUrl);

impl From<pinterest_oauth::AuthorizeUrl> for AuthorizeUrl {
    fn from(answer: pinterest_oauth::AuthorizeUrl) -> Self {
        Self(answer)
    }
}

#[pymethods]
impl AuthorizeUrl {
    /// The address to open in the user's browser (str).
    #[getter]
    fn url(&self) -> &str {
        self.0.url()
    }

    /// Keep this, bound to the user's session, until the redirect comes back (str).
    #[getter]
    fn state(&self) -> &str {
        self.0.state()
    }

    fn __repr__(&self) -> String {
        let page = self.0.url().split('?').next().unwrap_or_default();
        format!("AuthorizeUrl(url='{page}?…', state=[redacted])")
    }
}
