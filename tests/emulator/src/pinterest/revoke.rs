//! `POST /v5/oauth/token/revoke`.

use super::credentials;
use super::errors::Problem;
use crate::form::Form;
use crate::request::Request;
use crate::response::Response;
use crate::vault::Environment;
use crate::world::World;

pub(super) fn answer(
    world: &mut World,
    request: &Request,
    _: Environment,
) -> Result<Response, Problem> {
    let form = credentials::form(request);
    credentials::app(world, request, form.as_ref().unwrap_or(&Form::default()))?;
    let form = form?;
    // Pinterest's description lets the token be empty, so an empty one is a token that does not exist.
    let token = form
        .raw("token")
        .ok_or(Problem::InvalidRequest("token is missing"))?;
    if form
        .raw("token_type_hint")
        .is_some_and(|hint| !KINDS.contains(&hint))
    {
        return Err(Problem::InvalidRequest(
            "token_type_hint is neither access_token nor refresh_token",
        ));
    }
    if !world.switches.system_user {
        return Err(Problem::NotPermitted);
    }
    world.vault.revoke(token);
    Ok(Response::new(200))
}

const KINDS: [&str; 2] = ["access_token", "refresh_token"];
