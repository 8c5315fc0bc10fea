//! `/oauth/`: who asks for what, whether that may be asked, and the redirect back. The HTML is in `page`.

use super::{errors::Problem, page, scopes};
use crate::form::{Form, encode};
use crate::request::Request;
use crate::response::Response;
use crate::world::World;
use serde_json::json;

/// A request for consent that may be put before a person.
pub(super) struct Ask {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    pub(super) state: Option<String>,
}

pub(super) fn answer(world: &mut World, request: &Request) -> Response {
    let (form, clicked) = match request.method.as_str() {
        "GET" => (Form::parse(request.query.as_bytes()), None),
        "POST" if request.is_form() => {
            let form = Form::parse(&request.body);
            let decision = form.get("decision").map(|decision| decision == "allow");
            (form, decision)
        }
        "POST" => return Problem::WrongContentType.response(world.switches.envelope),
        _ => return Problem::MethodNotAllowed("GET, POST").response(world.switches.envelope),
    };
    let ask = match understood(world, &form) {
        Ok(ask) => ask,
        Err(response) => return response,
    };
    if form.get("response_type") != Some("code") {
        return redirect(&refused(&ask, "unsupported_response_type"));
    }
    if scopes::grantable(&ask.scope, world.switches.unknown_scope).is_err() {
        return redirect(&refused(&ask, "invalid_scope"));
    }
    match clicked.or(world.switches.auto_consent.then_some(true)) {
        None => page::consent(&ask),
        Some(true) if !world.switches.deny => redirect(&allowed(world, &ask).redirect),
        Some(_) => redirect(&refused(&ask, "access_denied")),
    }
}

fn understood(world: &World, form: &Form) -> Result<Ask, Response> {
    let Some(client_id) = form.get("client_id").or_else(|| form.get("consumer_id")) else {
        return Err(page::oops("Oops! You must pass a value for client_id."));
    };
    if client_id != world.app.id {
        return Err(Response::json(
            401,
            &json!({
                "status": "failure", "code": 283, "data": "Invalid Application ID",
                "message": "The authorization grant is invalid", "endpoint_name": "oauth_connect",
            }),
        ));
    }
    let redirect_uri = form.get("redirect_uri").unwrap_or_default();
    if !world
        .app
        .redirect_uris
        .iter()
        .any(|registered| registered == redirect_uri)
    {
        let data = format!(
            "The provided redirect_uri {redirect_uri} does not match any of the registered redirect URIs."
        );
        return Err(Response::json(
            400,
            &json!({
                "status": "failure", "code": 7,
                "message": "You are not permitted to access that resource.", "data": data,
            }),
        ));
    }
    Ok(Ask {
        client_id: client_id.into(),
        redirect_uri: redirect_uri.into(),
        scope: form.get("scope").unwrap_or_default().into(),
        state: form.get("state").map(Into::into),
    })
}

/// What a person's click on "Give access" brings about.
pub(crate) struct Allowed {
    pub(crate) code: String,
    pub(crate) redirect: String,
}

fn allowed(world: &mut World, ask: &Ask) -> Allowed {
    let scopes = scopes::grantable(&ask.scope, world.switches.unknown_scope).unwrap_or_default();
    let expires_at = world.clock.now() + world.switches.code_lifetime;
    let code = world.vault.consent(&ask.redirect_uri, &scopes, expires_at);
    Allowed {
        redirect: back(&ask.redirect_uri, "code", &code, ask.state.as_deref()),
        code,
    }
}

/// The click without the page; an address that is not registered is refused as the page would.
pub(crate) fn click(
    world: &mut World,
    redirect_uri: &str,
    scope: &str,
    state: Option<&str>,
) -> Result<Allowed, &'static str> {
    if !world
        .app
        .redirect_uris
        .iter()
        .any(|registered| registered == redirect_uri)
    {
        return Err("redirect_uri is not registered");
    }
    if scopes::grantable(scope, world.switches.unknown_scope).is_err() {
        return Err("scope names something that does not exist");
    }
    let ask = Ask {
        client_id: world.app.id.clone(),
        redirect_uri: redirect_uri.into(),
        scope: scope.into(),
        state: state.map(Into::into),
    };
    Ok(allowed(world, &ask))
}

fn refused(ask: &Ask, error: &str) -> String {
    back(&ask.redirect_uri, "error", error, ask.state.as_deref())
}

fn back(redirect_uri: &str, name: &str, value: &str, state: Option<&str>) -> String {
    let separator = if redirect_uri.contains('?') { '&' } else { '?' };
    let mut url = format!("{redirect_uri}{separator}{name}={}", encode(value));
    if let Some(state) = state {
        url.push_str("&state=");
        url.push_str(&encode(state));
    }
    url
}

fn redirect(to: &str) -> Response {
    Response::new(302).with("location", to)
}
