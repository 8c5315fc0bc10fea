//! `AuthorizeUrl`: the answer of `authorize_url`.

use pyo3::prelude::*;

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
