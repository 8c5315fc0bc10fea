//! What a bearer token opens here: the conversion token, and the account, so that one can see that a token works.

use super::credentials;
use super::errors::Problem;
use crate::request::Request;
use crate::response::Response;
use crate::vault::{Access, Environment};
use crate::world::World;
use serde_json::json;

/// `POST /v5/oauth/conversion_token`
pub(super) fn conversion_token(
    world: &mut World,
    request: &Request,
    environment: Environment,
) -> Result<Response, Problem> {
    demand(
        &credentials::bearer(world, request, environment)?,
        "ads:write",
    )?;
    if !world.switches.conversion_token {
        return Err(Problem::NotPermitted);
    }
    let token = world.vault.mint.opaque("pina");
    Ok(Response::json(
        200,
        &json!({"access_token": token, "token_type": "conversion"}),
    ))
}

/// `GET /v5/user_account`
pub(super) fn user_account(
    world: &mut World,
    request: &Request,
    environment: Environment,
) -> Result<Response, Problem> {
    let access = credentials::bearer(world, request, environment)?;
    demand(&access, "user_accounts:read")?;
    Ok(Response::json(
        200,
        &json!({
            "account_type": "BUSINESS",
            "id": access.person.id(),
            "profile_image": "",
            "website_url": "",
            "username": world.vault.people.name(access.person),
            "about": "",
            "business_name": null,
            "board_count": 0,
            "pin_count": 0,
            "follower_count": 0,
            "following_count": 0,
            "monthly_views": 0,
        }),
    ))
}

fn demand(access: &Access, scope: &str) -> Result<(), Problem> {
    if access.scopes.iter().any(|granted| granted == scope) {
        Ok(())
    } else {
        Err(Problem::MissingScope)
    }
}
