//! Pinterest's OAuth behaviour: a request and the world in, an answer out. No sockets, no faults.

pub(crate) mod consent;
pub(crate) mod credentials;
pub(crate) mod errors;
pub(crate) mod page;
pub(crate) mod ratelimit;
mod resource;
mod revoke;
pub(crate) mod scopes;
mod token;

use crate::clock::http_date;
use crate::request::Request;
use crate::response::Response;
use crate::vault::Environment;
use crate::world::World;
use errors::Problem;

type Handler = fn(&mut World, &Request, Environment) -> Result<Response, Problem>;

/// Method, path, category of its rate limit, and who answers.
const ROUTES: &[(&str, &str, &str, Handler)] = &[
    ("POST", "/v5/oauth/token", "org_read", token::answer),
    (
        "POST",
        "/v5/oauth/token/revoke",
        "org_write",
        revoke::answer,
    ),
    (
        "POST",
        "/v5/oauth/conversion_token",
        "org_write",
        resource::conversion_token,
    ),
    (
        "GET",
        "/v5/user_account",
        "org_read",
        resource::user_account,
    ),
];

/// The consent page, to which every app sends its users' browsers.
pub(crate) const PAGES: &[&str] = &["/oauth/", "/oauth"];

pub(crate) fn answer(world: &mut World, request: &Request, environment: Environment) -> Response {
    let response = if PAGES.contains(&request.path.as_str()) {
        consent::answer(world, request)
    } else {
        api(world, request, environment)
    };
    finished(world, response)
}

fn api(world: &mut World, request: &Request, environment: Environment) -> Response {
    let envelope = world.switches.envelope;
    let Some((method, _, category, handler)) =
        ROUTES.iter().find(|(_, path, _, _)| *path == request.path)
    else {
        return Problem::NotFound.response(envelope);
    };
    if *method != request.method {
        return Problem::MethodNotAllowed(method).response(envelope);
    }
    let now = world.clock.now();
    let usage = world
        .limiter
        .count(category, environment, now, world.switches.rate_limit);
    let answer = if usage.exceeded {
        Err(Problem::RateLimited)
    } else {
        handler(world, request, environment)
    };
    let response = answer.unwrap_or_else(|problem| problem.response(envelope));
    if world.switches.rate_limit_headers {
        usage.announce(response, category)
    } else {
        response
    }
}

/// The headers that every answer of Pinterest's carries.
fn finished(world: &mut World, response: Response) -> Response {
    response
        .with("x-content-type-options", "nosniff")
        .with("x-envoy-upstream-service-time", "0")
        .with("cache-control", "no-cache, no-store, must-revalidate")
        .with("age", "0")
        .with(
            "set-cookie",
            "_ir=0; Max-Age=1800; HttpOnly; Path=/; Secure",
        )
        .with("x-pinterest-rid", &world.vault.mint.request_id())
        .with("date", &http_date(world.clock.now()))
}
