//! `POST /v5/oauth/token`: the three grants.

use super::credentials;
use super::errors::Problem;
use super::scopes;
use crate::form::Form;
use crate::request::Request;
use crate::response::Response;
use crate::vault::{Environment, Redeemed, Rules};
use crate::words::ScopeOnRefresh;
use crate::world::World;
use serde::Serialize;

const DAY: u64 = 86_400;
const ACCESS_LIFE: u64 = 30 * DAY;
const CONTINUOUS_LIFE: u64 = 60 * DAY;
const LEGACY_LIFE: u64 = 365 * DAY;
const CLIENT_SCOPES: &str = "user_accounts:read,pins:read,boards:read";

#[derive(Serialize)]
struct Granted {
    access_token: String,
    #[serde(flatten)]
    refresh: Option<GrantedRefresh>,
    response_type: &'static str,
    token_type: &'static str,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

#[derive(Serialize)]
struct GrantedRefresh {
    refresh_token: String,
    refresh_token_expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token_expires_at: Option<u64>,
}

pub(super) fn answer(
    world: &mut World,
    request: &Request,
    environment: Environment,
) -> Result<Response, Problem> {
    let form = credentials::form(request);
    credentials::app(world, request, form.as_ref().unwrap_or(&Form::default()))?;
    let form = form?;
    let granted = match form.get("grant_type") {
        Some("authorization_code") => authorization_code(world, &form, environment)?,
        Some("refresh_token") => refresh_token(world, &form, environment)?,
        Some("client_credentials") => client_credentials(world, &form, environment)?,
        Some(_) => {
            return Err(Problem::InvalidRequest(
                "grant_type is not one of the grants that exist",
            ));
        }
        None => return Err(Problem::InvalidRequest("grant_type is missing")),
    };
    Ok(Response::json(world.switches.success_status, &granted))
}

fn authorization_code(
    world: &mut World,
    form: &Form,
    environment: Environment,
) -> Result<Granted, Problem> {
    let code = form
        .get("code")
        .ok_or(Problem::InvalidRequest("code is missing"))?;
    let redirect_uri = form
        .get("redirect_uri")
        .ok_or(Problem::InvalidRequest("redirect_uri is missing"))?;
    let now = world.clock.now();
    let switches = &world.switches;
    let (reuse, replay_revokes) = (switches.code_reuse, switches.code_replay_revokes);
    let redeemed = world
        .vault
        .redeem(code, redirect_uri, now, reuse, replay_revokes)?;
    let continuous = !world.switches.legacy_app || wants_continuous(form);
    let refresh = new_refresh(world, redeemed, environment, continuous);
    let access_token = world.vault.mint.opaque("pina");
    Ok(granted(
        world,
        redeemed,
        "authorization_code",
        access_token,
        Some(refresh),
        environment,
    ))
}

fn refresh_token(
    world: &mut World,
    form: &Form,
    environment: Environment,
) -> Result<Granted, Problem> {
    let token = form
        .get("refresh_token")
        .ok_or(Problem::InvalidRequest("refresh_token is missing"))?;
    scopes::grantable(
        form.get("scope").unwrap_or_default(),
        world.switches.unknown_scope,
    )?;
    let now = world.clock.now();
    let rotation = world.switches.rotation;
    let rules = Rules {
        isolated: world.switches.sandbox_isolated,
        rotation,
    };
    let old = world.vault.refresh(token, environment, now, &rules)?;
    let redeemed = Redeemed::from(&old);
    let refresh = (old.continuous || wants_continuous(form))
        .then(|| new_refresh(world, redeemed, environment, true));
    if let Some(new) = &refresh {
        world.vault.exchanged(token, &new.refresh_token, rotation);
    }
    let access_token = if world.switches.same_second_same_token {
        let label = format!(
            "refreshed {} {now} {} {}",
            environment.name(),
            old.person.id(),
            world.vault.people.approved(old.person).join(" ")
        );
        world.vault.mint.repeatable("pina", &label)
    } else {
        world.vault.mint.opaque("pina")
    };
    let mut granted = granted(
        world,
        redeemed,
        "refresh_token",
        access_token,
        refresh,
        environment,
    );
    if world.switches.scope_on_refresh == ScopeOnRefresh::Omit {
        granted.scope = None;
    }
    Ok(granted)
}

fn client_credentials(
    world: &mut World,
    form: &Form,
    environment: Environment,
) -> Result<Granted, Problem> {
    let asked = form.get("scope");
    if asked.is_none() && world.switches.client_scope_required {
        return Err(Problem::InvalidRequest("scope is missing"));
    }
    let scopes = scopes::grantable(asked.unwrap_or(CLIENT_SCOPES), world.switches.unknown_scope)?;
    let access_token = world.vault.mint.opaque("pinc");
    let expires_at = world.clock.now() + ACCESS_LIFE;
    world
        .vault
        .put_access(&access_token, None, environment, expires_at, &scopes);
    Ok(Granted {
        access_token,
        refresh: None,
        response_type: "client_credentials",
        token_type: "bearer",
        expires_in: ACCESS_LIFE,
        scope: Some(scopes.join(" ")),
    })
}

/// Apps from before 2025-09-25 have to ask; the parameter had two names in its time.
fn wants_continuous(form: &Form) -> bool {
    form.truthy("continuous_refresh") || form.truthy("refresh_on")
}

fn new_refresh(
    world: &mut World,
    redeemed: Redeemed,
    environment: Environment,
    continuous: bool,
) -> GrantedRefresh {
    let now = world.clock.now();
    let life = if continuous {
        CONTINUOUS_LIFE
    } else {
        LEGACY_LIFE
    };
    GrantedRefresh {
        refresh_token: world
            .vault
            .new_refresh(redeemed, environment, now, now + life, continuous),
        refresh_token_expires_in: life,
        refresh_token_expires_at: world.switches.refresh_expires_at.then_some(now + life),
    }
}

fn granted(
    world: &mut World,
    redeemed: Redeemed,
    response_type: &'static str,
    access_token: String,
    refresh: Option<GrantedRefresh>,
    environment: Environment,
) -> Granted {
    let scopes = world.vault.people.approved(redeemed.person).to_vec();
    let expires_at = world.clock.now() + ACCESS_LIFE;
    world.vault.put_access(
        &access_token,
        Some(redeemed),
        environment,
        expires_at,
        &scopes,
    );
    Granted {
        access_token,
        refresh,
        response_type,
        token_type: "bearer",
        expires_in: ACCESS_LIFE,
        scope: Some(scopes.join(" ")),
    }
}
