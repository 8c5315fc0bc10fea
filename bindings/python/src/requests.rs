//! What Python's arguments ask for, as the core's requests. Clients of both kinds share it.

use pinterest_oauth::{
    AuthorizeRequest, Config, ConversionRequest, Error, RedirectRequest, RevokeRequest,
    TokenRequest, blocking,
};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::answers::AuthorizeUrl;
use crate::arguments::{Document, document};
use crate::calls::guarded;

/// An argument, which the core may miss.
pub(crate) type Argument<'py> = Option<Bound<'py, PyAny>>;
/// Arguments by name.
pub(crate) type Keywords<'py> = Bound<'py, PyDict>;

/// Sets up a client from Python's keyword arguments.
pub(crate) fn connect(
    py: Python<'_>,
    settings: Option<Keywords<'_>>,
) -> PyResult<blocking::Client> {
    guarded(py, || with_settings(document(&[], settings.as_ref())?))
}

pub(crate) fn with_settings(settings: Document) -> Result<blocking::Client, Error> {
    blocking::Client::new(Config::from_map(settings)?)
}

pub(crate) fn token_request(
    py: Python<'_>,
    grant_type: Argument<'_>,
    fields: Option<Keywords<'_>>,
) -> PyResult<TokenRequest> {
    guarded(py, || {
        TokenRequest::from_map(document(
            &[("grant_type", grant_type.as_ref())],
            fields.as_ref(),
        )?)
    })
}

pub(crate) fn refresh_request(
    py: Python<'_>,
    token: Argument<'_>,
    fields: Option<Keywords<'_>>,
) -> PyResult<TokenRequest> {
    let grant_type = "refresh_token".into_pyobject(py)?;
    guarded(py, || {
        let named = [
            ("grant_type", Some(grant_type.as_any())),
            ("token", token.as_ref()),
        ];
        TokenRequest::from_map(document(&named, fields.as_ref())?)
    })
}

pub(crate) fn revoke_request(
    py: Python<'_>,
    token: Argument<'_>,
    fields: Option<Keywords<'_>>,
) -> PyResult<RevokeRequest> {
    guarded(py, || {
        RevokeRequest::from_map(document(&[("token", token.as_ref())], fields.as_ref())?)
    })
}

pub(crate) fn conversion_request(
    py: Python<'_>,
    access_token: Argument<'_>,
    fields: Option<Keywords<'_>>,
) -> PyResult<ConversionRequest> {
    guarded(py, || {
        ConversionRequest::from_map(document(
            &[("access_token", access_token.as_ref())],
            fields.as_ref(),
        )?)
    })
}

pub(crate) fn authorize_url(
    py: Python<'_>,
    client: &blocking::Client,
    redirect_uri: Argument<'_>,
    fields: Option<Keywords<'_>>,
) -> PyResult<AuthorizeUrl> {
    guarded(py, || {
        let document = document(&[("redirect_uri", redirect_uri.as_ref())], fields.as_ref())?;
        client.authorize_url(&AuthorizeRequest::from_map(document)?)
    })
    .map(AuthorizeUrl::from)
}

pub(crate) fn redirect(
    py: Python<'_>,
    client: &blocking::Client,
    url: Argument<'_>,
    fields: Option<Keywords<'_>>,
) -> PyResult<String> {
    let answer = guarded(py, || {
        let document = document(&[("url", url.as_ref())], fields.as_ref())?;
        client.redirect(&RedirectRequest::from_map(document)?)
    })?;
    Ok(answer.code().expose().to_owned())
}
