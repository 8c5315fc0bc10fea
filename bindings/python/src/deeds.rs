//! What is done with an account, once for callers that wait and for event loops; and how its arguments are read.

use pinterest_oauth::blocking::Account;
use pinterest_oauth::{Error, LoginRequest, Scopes};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};

use crate::arguments::{Arguments, text};
use crate::token::Token;
use crate::work::{Given, report};

pub(crate) fn access_token(account: &Account) -> Result<Given, Error> {
    account.access_token().map(Given::Text)
}

pub(crate) fn access_token_for(account: &Account, scopes: &Scopes) -> Result<Given, Error> {
    account.access_token_for(scopes).map(Given::Text)
}

pub(crate) fn token(account: &Account) -> Result<Given, Error> {
    account.token().map(|token| Given::Token(Box::new(token)))
}

pub(crate) fn rejected(account: &Account, access_token: &str, code: i64) -> Result<Given, Error> {
    account.rejected(access_token, code).map(Given::Text)
}

pub(crate) fn login(account: &Account, request: &LoginRequest) -> Result<Given, Error> {
    let token = account.login(request)?;
    Ok(Given::Token(Box::new(token)))
}

pub(crate) fn import(account: &Account, token: &pinterest_oauth::Token) -> Result<Given, Error> {
    account.import(token).map(|()| Given::Nothing)
}

pub(crate) fn refresh(account: &Account, force: bool) -> Result<Given, Error> {
    let token = account.refresh(force)?;
    Ok(Given::Token(Box::new(token)))
}

pub(crate) fn status(account: &Account) -> Result<Given, Error> {
    report("status", account.status()?)
}

pub(crate) fn export(account: &Account) -> Result<Given, Error> {
    account.export().map(|token| Given::Token(Box::new(token)))
}

pub(crate) fn remove(account: &Account) -> Result<Given, Error> {
    report("removed", account.remove()?)
}

pub(crate) fn rename(account: &Account, new_name: &str) -> Result<Given, Error> {
    account.rename(new_name).map(|()| Given::Nothing)
}

/// What `login` was given.
pub(crate) fn login_request(
    arguments: &Bound<'_, PyTuple>,
    keywords: Option<&Bound<'_, PyDict>>,
) -> Result<LoginRequest, Error> {
    let names = [String::from("code"), String::from("redirect_uri")];
    if arguments.len() > names.len() {
        let problem = "must be given by name, all but code and redirect_uri";
        return Err(Error::invalid_argument("arguments", problem));
    }
    let positional = names.iter().zip(arguments);
    LoginRequest::from_map(Arguments::bind(positional, keywords)?.document("login")?)
}

/// Scopes as text, or as a list or tuple of texts.
pub(crate) fn scopes(value: &Bound<'_, PyAny>) -> Result<Scopes, Error> {
    if value.is_instance_of::<PyString>() {
        return Ok(Scopes::parse(&text("scopes", value)?));
    }
    let items: Vec<Bound<'_, PyAny>> = match (value.cast::<PyList>(), value.cast::<PyTuple>()) {
        (Ok(list), _) => list.iter().collect(),
        (_, Ok(tuple)) => tuple.iter().collect(),
        _ => {
            let problem = "must be a string, or a list of strings";
            return Err(Error::invalid_argument("scopes", problem));
        }
    };
    items.iter().map(|item| text("scopes", item)).collect()
}

/// A token to import.
pub(crate) fn given_token(value: &Bound<'_, PyAny>) -> Result<pinterest_oauth::Token, Error> {
    let problem = "must be a Token: Token.from_json and Token.from_dict read a stored one";
    let token = value.cast::<Token>();
    let token = token.map_err(|_| Error::invalid_argument("token", problem))?;
    Ok(token.get().core().clone())
}
