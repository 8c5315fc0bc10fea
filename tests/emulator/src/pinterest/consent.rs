//! `/oauth/`: who asks for what, whether that may be asked, and the redirect back. The HTML is in `page`.

use super::{errors::Problem, page, scopes};
use crate::form::{Form, encode};
use crate::request::Request;
use crate::response::Response;
use crate::switches::{ACCOUNT_RULE, is_account};
use crate::words::Denial;
use crate::world::World;
use serde_json::json;
use std::collections::VecDeque;

/// A request for consent that may be put before a person.
#[derive(Clone, PartialEq)]
pub(crate) struct Ask {
    pub(crate) redirect_uri: String,
    pub(crate) scope: String,
    pub(crate) state: Option<String>,
}

/// A login under way: the page was opened, and nothing was clicked yet.
pub(crate) struct Login {
    pub(crate) number: u64,
    pub(crate) time: u64,
    pub(crate) ask: Ask,
}

/// The logins under way, the newest of them.
#[derive(Default)]
pub(crate) struct Logins {
    waiting: VecDeque<Login>,
    last: u64,
}

impl Logins {
    const KEPT: usize = 20;

    fn opened(&mut self, ask: &Ask, time: u64) {
        self.decided(ask);
        self.last += 1;
        self.waiting.push_back(Login {
            number: self.last,
            time,
            ask: ask.clone(),
        });
        if self.waiting.len() > Self::KEPT {
            self.waiting.pop_front();
        }
    }

    fn decided(&mut self, ask: &Ask) {
        self.waiting.retain(|login| login.ask != *ask);
    }

    pub(crate) fn waiting(&self) -> impl Iterator<Item = &Login> {
        self.waiting.iter()
    }

    pub(crate) fn ask(&self, number: u64) -> Option<Ask> {
        let found = self.waiting.iter().find(|login| login.number == number)?;
        Some(found.ask.clone())
    }
}

/// What a person's click brings about.
pub(crate) struct Decision {
    /// None where the person refuses.
    pub(crate) code: Option<String>,
    /// None where the person stays on a page of Pinterest's.
    pub(crate) redirect: Option<String>,
}

impl Decision {
    /// What the person's browser is answered.
    pub(crate) fn response(&self, status: u16) -> Response {
        match &self.redirect {
            Some(to) => redirect(status, to),
            None => page::refused(),
        }
    }
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
        return redirect(302, &with_error(&ask, "unsupported_response_type"));
    }
    if scopes::grantable(&ask.scope, world.switches.unknown_scope).is_err() {
        return redirect(302, &with_error(&ask, "invalid_scope"));
    }
    match clicked.or(world.switches.auto_consent.then_some(true)) {
        None => {
            world.logins.opened(&ask, world.clock.now());
            page::consent(&world.app.id, &world.switches.user, &ask)
        }
        Some(allow) => {
            let user = world.switches.user.clone();
            decide(world, &ask, &user, allow).response(302)
        }
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
    if !is_registered(world, redirect_uri) {
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
        redirect_uri: redirect_uri.into(),
        scope: form.get("scope").unwrap_or_default().into(),
        state: form.get("state").map(Into::into),
    })
}

fn is_registered(world: &World, redirect_uri: &str) -> bool {
    let mut registered = world.app.redirect_uris.iter();
    registered.any(|registered| registered == redirect_uri)
}

/// The person clicks; with the switch `deny` every click is a refusal.
pub(crate) fn decide(world: &mut World, ask: &Ask, user: &str, allow: bool) -> Decision {
    world.logins.decided(ask);
    if !allow || world.switches.deny {
        let redirect = match world.switches.denial {
            Denial::WithState => Some(with_error(ask, "access_denied")),
            Denial::WithoutState => Some(back(&ask.redirect_uri, "error", "access_denied", None)),
            Denial::Page => None,
        };
        return Decision {
            code: None,
            redirect,
        };
    }
    let scopes = scopes::grantable(&ask.scope, world.switches.unknown_scope).unwrap_or_default();
    let expires_at = world.clock.now() + world.switches.code_lifetime;
    let person = world.vault.people.named(user);
    let code = world
        .vault
        .consent(person, &ask.redirect_uri, &scopes, expires_at);
    Decision {
        redirect: Some(back(&ask.redirect_uri, "code", &code, ask.state.as_deref())),
        code: Some(code),
    }
}

/// The click without the page; what the page would refuse is refused. Without `user`, the switch says who it is.
pub(crate) fn click(
    world: &mut World,
    ask: &Ask,
    user: Option<&str>,
    allow: bool,
) -> Result<Decision, &'static str> {
    if !is_registered(world, &ask.redirect_uri) {
        return Err("redirect_uri is not registered");
    }
    if scopes::grantable(&ask.scope, world.switches.unknown_scope).is_err() {
        return Err("scope names something that does not exist");
    }
    let user = user.map_or_else(|| world.switches.user.clone(), Into::into);
    if !is_account(&user) {
        return Err(ACCOUNT_RULE);
    }
    Ok(decide(world, ask, &user, allow))
}

fn with_error(ask: &Ask, error: &str) -> String {
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

fn redirect(status: u16, to: &str) -> Response {
    Response::new(status).with("location", to)
}
