//! Who is asking: the app by Basic credentials (or in the form), a token by Bearer.

use super::errors::Problem;
use crate::form::{Form, decode};
use crate::request::Request;
use crate::vault::{Access, Environment};
use crate::world::World;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Checks the app's credentials.
pub(super) fn app(world: &World, request: &Request, form: &Form) -> Result<(), Problem> {
    let given = match request.header("authorization") {
        Some(header) => basic(header),
        None if world.switches.body_credentials => form
            .get("client_id")
            .zip(form.get("client_secret"))
            .map(|(id, secret)| (id.into(), secret.into())),
        None => None,
    };
    let (id, secret) = given.ok_or(Problem::AuthenticationFailed)?;
    if same(&id, &world.app.id) && same(&secret, &world.app.secret) {
        Ok(())
    } else {
        Err(Problem::AuthenticationFailed)
    }
}

/// Id and secret.
pub(crate) fn basic(header: &str) -> Option<(String, String)> {
    let decoded = STANDARD.decode(credentials_of(header, "basic")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    text.split_once(':')
        .map(|(id, secret)| (id.into(), secret.into()))
}

/// What follows the scheme.
pub(crate) fn credentials_of<'a>(header: &'a str, scheme: &str) -> Option<&'a str> {
    let (name, rest) = header.trim().split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then_some(rest.trim())
}

/// Plain, or form-encoded as RFC 6749 section 2.3.1 asks.
fn same(given: &str, expected: &str) -> bool {
    given == expected || decode(given.as_bytes()) == expected
}

/// The access token that a request carries, if it is good here and now.
pub(super) fn bearer(
    world: &World,
    request: &Request,
    environment: Environment,
) -> Result<Access, Problem> {
    let header = request
        .header("authorization")
        .ok_or(Problem::AuthenticationFailed)?;
    let token = credentials_of(header, "bearer").ok_or(Problem::AuthenticationFailed)?;
    world.vault.access(
        token,
        environment,
        world.clock.now(),
        world.switches.sandbox_isolated,
    )
}

/// What may come only once; anything unknown is ignored, however often it comes.
const PARAMETERS: [&str; 11] = [
    "grant_type",
    "code",
    "redirect_uri",
    "refresh_token",
    "scope",
    "continuous_refresh",
    "refresh_on",
    "client_id",
    "client_secret",
    "token",
    "token_type_hint",
];

/// The fields of a form body, if it is one.
pub(super) fn form(request: &Request) -> Result<Form, Problem> {
    if !request.is_form() {
        return Err(Problem::WrongContentType);
    }
    let form = Form::parse(&request.body);
    if PARAMETERS.iter().any(|name| form.repeats(name)) {
        return Err(Problem::InvalidRequest(
            "a parameter is given more than once",
        ));
    }
    Ok(form)
}
