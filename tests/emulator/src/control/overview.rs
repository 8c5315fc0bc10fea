//! What the page shows: everything, and no secret. Secrets are fingerprints.

use crate::environment::environment;
use crate::form::Form;
use crate::mint::fingerprint;
use crate::named::named_faults;
use crate::record::Recorded;
use crate::redact;
use crate::request::Request;
use crate::response::Response;
use crate::switches::{CHOICES, SWITCHES, Switches};
use crate::world::{App, World};
use serde_json::{Value, json};

/// The newest requests are enough for a person.
const SHOWN: usize = 200;

/// `?after=NUMBER` leaves out the requests up to this number.
pub(super) fn answer(world: &World, request: &Request) -> Response {
    let query = Form::parse(request.query.as_bytes());
    let after = query.get("after").and_then(|number| number.parse().ok());
    let faults: Vec<_> = named_faults()
        .map(|(name, meaning)| json!({"name": name, "meaning": meaning}))
        .collect();
    let script: Vec<_> = world
        .script
        .iter()
        .map(|fault| json!({"fault": fault.described(), "times": fault.times.unwrap_or(1)}))
        .collect();
    Response::json(
        200,
        &json!({
            "version": env!("CARGO_PKG_VERSION"),
            "app": {"id": world.app.id, "secret": fingerprint(&world.app.secret)},
            "addresses": world.urls,
            "redirect_uris": world.app.redirect_uris,
            "environment": environment(&world.urls, &world.app.id, false),
            "now": world.clock.now(),
            "ahead": world.clock.ahead(),
            "switches": switches(&world.switches),
            "faults": faults,
            "script": script,
            "logins": logins(world),
            "counts": world.record.counts(),
            "posts": world.posts,
            "oldest": world.record.requests().next().map(|oldest| oldest.number),
            "requests": requests(world, after.unwrap_or(0)),
        }),
    )
}

fn switches(now: &Switches) -> Vec<Value> {
    let value_in = |switches: &Switches, name: &str| {
        let all = serde_json::to_value(switches).unwrap_or_default();
        match all.get(name) {
            Some(Value::String(secret)) if name == "proxy_auth" => json!(fingerprint(secret)),
            value => json!(value),
        }
    };
    let defaults = Switches::default();
    let of = |((name, meaning), (_, choices)): (&(&str, &str), &(&str, &[&str]))| {
        let choices: Vec<Value> = choices
            .iter()
            .filter_map(|choice| serde_json::from_str(choice).ok())
            .collect();
        json!({
            "name": name,
            "meaning": meaning,
            "choices": choices,
            "default": value_in(&defaults, name),
            "value": value_in(now, name),
        })
    };
    SWITCHES.iter().zip(CHOICES).map(of).collect()
}

fn logins(world: &World) -> Vec<Value> {
    let told = |login: &crate::pinterest::consent::Login| {
        json!({
            "login": login.number,
            "time": login.time,
            "redirect_uri": redact::field("redirect_uri", &login.ask.redirect_uri, &world.app),
            "scope": redact::field("scope", &login.ask.scope, &world.app),
        })
    };
    world.logins.waiting().map(told).collect()
}

fn requests(world: &World, after: u64) -> Vec<Value> {
    let newest_first = world.record.requests().rev();
    let mut told: Vec<_> = newest_first
        .take(SHOWN)
        .take_while(|recorded| recorded.number > after)
        .map(|recorded| shown(recorded, &world.app))
        .collect();
    told.reverse();
    told
}

fn shown(recorded: &Recorded, app: &App) -> Value {
    let fields = |pairs: &[(String, String)]| -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(name, value)| (redact::name(name), redact::field(name, value, app)))
            .collect()
    };
    let headers: Vec<_> = recorded
        .headers
        .iter()
        .map(|(name, value)| (redact::name(name), redact::header(name, value, app)))
        .collect();
    let bytes = recorded.body_base64.trim_end_matches('=').len() * 3 / 4;
    json!({
        "number": recorded.number,
        "time": recorded.time,
        "method": redact::method(&recorded.method),
        "path": redact::path(&recorded.path),
        "http_version": recorded.http_version,
        "query": fields(&Form::parse(recorded.query.as_bytes()).0),
        "headers": headers,
        "form": fields(&recorded.form),
        "bytes": bytes,
        "connection": recorded.connection,
        "listener": recorded.listener,
        "answered": recorded.answered,
        "milliseconds": recorded.milliseconds,
    })
}
