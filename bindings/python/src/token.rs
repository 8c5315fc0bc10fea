//! `Token`: what a call gives, frozen, and shy about its secrets.

use pinterest_oauth::Error;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyString, PyTuple, PyType};

use crate::answers::how;
use crate::call::guarded;
use crate::json;

/// A token as Pinterest issued it, with the times at which it was obtained and will expire.
///
/// It cannot be changed. repr() and str() hide its secrets, and it can be neither pickled nor given to
/// json.dumps(): to_json() writes everything, from_json() reads it back unchanged.
#[pyclass(frozen, module = "pinterest_oauth")]
pub(crate) struct Token(pinterest_oauth::Token);

impl From<pinterest_oauth::Token> for Token {
    fn from(token: pinterest_oauth::Token) -> Self {
        Self(token)
    }
}

impl Token {
    pub(crate) fn core(&self) -> &pinterest_oauth::Token {
        &self.0
    }

    /// By Python's clock, which tests of users may move.
    fn expires_by(&self, py: Python<'_>, seconds: f64) -> PyResult<Option<bool>> {
        let now: f64 = py.import("time")?.call_method0("time")?.extract()?;
        #[expect(clippy::cast_precision_loss, reason = "a time")]
        let expired = |at: i64| now + seconds >= at as f64;
        Ok(self.0.expires_at().map(expired))
    }
}

#[pymethods]
impl Token {
    /// The access token (str): a secret.
    #[getter]
    fn access_token(&self) -> &str {
        self.0.access_token().expose()
    }

    /// The type of the token (str): "bearer" unless Pinterest says otherwise.
    #[getter]
    fn token_type(&self) -> &str {
        self.0.token_type()
    }

    /// Lifetime of the access token in seconds from obtained_at (int), or None.
    #[getter]
    fn expires_in(&self) -> Option<i64> {
        self.0.expires_in()
    }

    /// Unix time in seconds at which the access token expires (int), or None.
    #[getter]
    fn expires_at(&self) -> Option<i64> {
        self.0.expires_at()
    }

    /// The refresh token to use next (str), or None: a secret.
    ///
    /// It is the one that was sent where the answer held none.
    #[getter]
    fn refresh_token(&self) -> Option<&str> {
        self.0.refresh_token().map(|token| token.expose())
    }

    /// Lifetime of the refresh token in seconds (int), or None.
    #[getter]
    fn refresh_token_expires_in(&self) -> Option<i64> {
        self.0.refresh_token_expires_in()
    }

    /// Unix time in seconds at which the refresh token expires (int), or None.
    #[getter]
    fn refresh_token_expires_at(&self) -> Option<i64> {
        self.0.refresh_token_expires_at()
    }

    /// Whether the answer brought a refresh token, which replaces the one you had (bool).
    #[getter]
    fn refresh_token_rotated(&self) -> bool {
        self.0.refresh_token_rotated()
    }

    /// The scopes as text, as Pinterest sent them (str), or None.
    #[getter]
    fn scope(&self) -> Option<&str> {
        self.0.scope()
    }

    /// The scopes, each once (tuple of str). Pinterest may grant more than was asked for.
    #[getter]
    fn scopes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let scopes = self.0.scopes();
        PyTuple::new(py, scopes.iter().collect::<Vec<_>>())
    }

    /// Pinterest's response_type, whatever its value (str), or None.
    #[getter]
    fn response_type(&self) -> Option<&str> {
        self.0.response_type()
    }

    /// Unix time in seconds at which the answer arrived (int), or None.
    #[getter]
    fn obtained_at(&self) -> Option<i64> {
        self.0.obtained_at()
    }

    /// Keys of the answer that this library does not know, with their values (dict, new each time).
    #[getter]
    fn extra<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let extra = PyDict::new(py);
        for (name, value) in self.0.extra() {
            extra.set_item(name, json::loads(py, value)?)?;
        }
        Ok(extra)
    }

    /// How the call went that gave this token (Answer), or None for a token that was stored.
    #[getter]
    fn answer<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.answer().map(|answer| how(py, answer)).transpose()
    }

    /// Say whether the access token has expired by now (bool), or None where its expiry is not known.
    fn is_expired(&self, py: Python<'_>) -> PyResult<Option<bool>> {
        self.expires_by(py, 0.0)
    }

    /// Say whether the access token has expired or soon will (bool), or None where that is not known.
    ///
    /// Args:
    ///     seconds: how soon: a number of seconds from now, fractions allowed.
    ///
    /// Raises:
    ///     InvalidArgumentError: seconds is no finite number.
    fn expires_within(&self, py: Python<'_>, seconds: &Bound<'_, PyAny>) -> PyResult<Option<bool>> {
        let number = guarded(py, || {
            let number = seconds
                .extract()
                .ok()
                .filter(|number: &f64| number.is_finite());
            number.ok_or_else(|| {
                Error::invalid_argument("seconds", "must be a finite number of {seconds}")
            })
        })?;
        self.expires_by(py, number)
    }

    /// Write the token document as JSON text, secrets included: the way to store a token.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// Return the token document as a dict, secrets included; absent things are left out.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::loads(py, &self.0.to_json())
    }

    /// Read a token document.
    ///
    /// Args:
    ///     text: what to_json() wrote, or an answer of Pinterest: str, or UTF-8 as bytes or bytearray.
    ///
    /// Raises:
    ///     InvalidArgumentError: it is no JSON object or has no access_token.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Self> {
        guarded(py, || {
            let unreadable =
                || Error::invalid_argument("token", "must be JSON text, as str or as UTF-8");
            if let Ok(text) = text.cast::<PyString>() {
                let text = text.to_cow().map_err(|_| unreadable())?;
                return pinterest_oauth::Token::from_json(&text);
            }
            let bytes = if text.is_instance_of::<PyByteArray>() {
                &py.get_type::<PyBytes>()
                    .call1((text,))
                    .unwrap_or(text.clone())
            } else {
                text
            };
            let bytes = bytes.cast::<PyBytes>().map_err(|_| unreadable())?;
            let text = std::str::from_utf8(bytes.as_bytes()).map_err(|_| unreadable())?;
            pinterest_oauth::Token::from_json(text)
        })
        .map(Self)
    }

    /// Read a token document that is a dict already.
    ///
    /// Args:
    ///     document: what to_dict() gave, or a token that another OAuth library keeps: a mapping of texts to
    ///         JSON values. A SecretStr of pydantic in it is read as its text.
    ///
    /// Raises:
    ///     InvalidArgumentError: it is no mapping, holds what JSON cannot say, or has no access_token.
    #[staticmethod]
    fn from_dict(py: Python<'_>, document: &Bound<'_, PyAny>) -> PyResult<Self> {
        // What Python raises here may hold a secret, and is not passed on.
        let text = json::dumps(document).ok();
        let text = guarded(py, || {
            let problem = "must be a mapping of texts to JSON values";
            text.ok_or_else(|| Error::invalid_argument("token", problem))
        })?;
        Self::from_json(py, &text)
    }

    /// Lets a model of pydantic have a field of this type: `_pydantic.py` says how it is read and written.
    #[classmethod]
    fn __get_pydantic_core_schema__<'py>(
        cls: &Bound<'py, PyType>,
        source: &Bound<'py, PyAny>,
        handler: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let _ = (source, handler);
        cls.py()
            .import("pinterest_oauth._pydantic")?
            .call_method1("schema", (cls,))
    }

    fn __repr__(&self) -> String {
        let or_none =
            |number: Option<i64>| number.map_or(String::from("None"), |number| number.to_string());
        let secret = |there: bool| if there { "[redacted]" } else { "None" };
        format!(
            "Token(access_token=[redacted], refresh_token={}, token_type={:?}, scope={}, expires_at={}, \
             refresh_token_expires_at={})",
            secret(self.0.refresh_token().is_some()),
            self.0.token_type(),
            self.0
                .scope()
                .map_or(String::from("None"), |scope| format!("{scope:?}")),
            or_none(self.0.expires_at()),
            or_none(self.0.refresh_token_expires_at()),
        )
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0.to_json() == other.0.to_json()
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (memo, /))]
    fn __deepcopy__(slf: Py<Self>, memo: &Bound<'_, PyAny>) -> Py<Self> {
        let _ = memo;
        slf
    }

    #[pyo3(signature = (protocol, /))]
    fn __reduce_ex__(&self, protocol: &Bound<'_, PyAny>) -> PyResult<()> {
        let _ = protocol;
        Err(refusal())
    }

    fn __reduce__(&self) -> PyResult<()> {
        Err(refusal())
    }
}

fn refusal() -> PyErr {
    PyTypeError::new_err(
        "a Token is not pickled, because it holds secrets: use to_json() and Token.from_json()",
    )
}
