//! The controls that change something.

use crate::fault::Fault;
use crate::form::Form;
use crate::pinterest::consent::{self, Ask, Decision};
use crate::request::Request;
use crate::response::Response;
use crate::world::World;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io;
use std::time::Duration;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance: f64,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Authorize {
    redirect_uri: String,
    scope: String,
    state: Option<String>,
    user: Option<String>,
    deny: bool,
}

impl Default for Authorize {
    fn default() -> Self {
        let crate::Consent {
            redirect_uri,
            scope,
            state,
            user,
            deny,
        } = crate::Consent::default();
        Self {
            redirect_uri,
            scope,
            state,
            user,
            deny,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Click {
    Allow,
    Deny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decide {
    login: u64,
    decision: Click,
    user: Option<String>,
}

pub(super) fn switches(world: &mut World, request: &Request) -> Result<Response, String> {
    world.switches = world.switches.patched(&read::<Value>(request)?)?;
    Ok(Response::json(200, &world.switches))
}

pub(super) fn clock(world: &mut World, request: &Request) -> Result<Response, String> {
    let Advance { advance } = read(request)?;
    let by = Duration::try_from_secs_f64(advance).map_err(|error| error.to_string())?;
    world.clock.advance(by).map_err(no_file)?;
    Ok(Response::json(
        200,
        &json!({"ok": true, "now": world.clock.now()}),
    ))
}

/// Why the clock was not moved.
pub(super) fn no_file(error: io::Error) -> String {
    format!("the clock's file cannot be written: {error}")
}

/// Replaces what is to be played, or adds to it.
pub(super) fn script(world: &mut World, request: &Request) -> Result<Response, String> {
    let faults: Vec<Value> = read(request)?;
    let faults = faults
        .into_iter()
        .map(Fault::read)
        .collect::<Result<Vec<_>, _>>()?;
    match request.query.as_str() {
        "" => world.script.set(faults),
        "add" => world.script.add(faults),
        _ => return Err("the query is add, or nothing".into()),
    }
    Ok(Response::json(
        200,
        &json!({"ok": true, "left": world.script.left()}),
    ))
}

pub(super) fn authorize(world: &mut World, request: &Request) -> Result<Response, String> {
    let asked: Authorize = read(request)?;
    let ask = Ask {
        redirect_uri: asked.redirect_uri,
        scope: asked.scope,
        state: asked.state,
    };
    let decision = consent::click(world, &ask, asked.user.as_deref(), !asked.deny)?;
    Ok(told(&decision))
}

/// A click for a login under way. As JSON it is answered with JSON; a form, which the page sends, takes the browser
/// to where Pinterest would.
pub(super) fn logins(world: &mut World, request: &Request) -> Result<Response, String> {
    let decide: Decide = if request.is_form() {
        let form = Form::parse(&request.body);
        let number = form.get("login").and_then(|number| number.parse().ok());
        Decide {
            login: number.ok_or("login is a number")?,
            decision: match form.get("decision") {
                Some("allow") => Click::Allow,
                Some("deny") => Click::Deny,
                _ => return Err("decision is allow or deny".into()),
            },
            user: None,
        }
    } else {
        read(request)?
    };
    let ask = world
        .logins
        .ask(decide.login)
        .ok_or("no login of this number is under way")?;
    let allow = matches!(decide.decision, Click::Allow);
    let decision = consent::click(world, &ask, decide.user.as_deref(), allow)?;
    Ok(if request.is_form() {
        decision.response(303)
    } else {
        told(&decision)
    })
}

/// `code` is absent where the person refused, `redirect` where the browser stays.
fn told(decision: &Decision) -> Response {
    let mut document = serde_json::Map::new();
    for (name, value) in [("code", &decision.code), ("redirect", &decision.redirect)] {
        if let Some(value) = value {
            document.insert(name.into(), json!(value));
        }
    }
    Response::json(200, &document)
}

fn read<'a, T: Deserialize<'a>>(request: &'a Request) -> Result<T, String> {
    let body = if request.body.is_empty() {
        b"{}"
    } else {
        request.body.as_slice()
    };
    serde_json::from_slice(body).map_err(|error| error.to_string())
}
