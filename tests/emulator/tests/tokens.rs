//! The token endpoint: grants, lifetimes, rotation, and every switch that changes them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::{Consent, Emulator};
use serde_json::json;
use std::time::Duration;

fn strict() -> Emulator {
    let emulator = start();
    emulator
        .set_switches(&json!({"rotation": "strict"}))
        .unwrap();
    emulator
}

#[test]
fn a_code_becomes_an_access_token_for_30_days_and_a_refresh_token_for_60() {
    let emulator = start();
    let answer = token(
        &emulator,
        &code_form(&code(&emulator, "pins:read boards:read")),
    );
    let granted = answer.json();
    assert_eq!(answer.status, 200);
    assert!(
        granted["access_token"]
            .as_str()
            .unwrap()
            .starts_with("pina_")
    );
    assert_eq!(granted["access_token"].as_str().unwrap().len(), 101);
    let refresh = granted["refresh_token"].as_str().unwrap();
    assert!(refresh.starts_with("pinr.eyJhbGciOiJSUzI1NiI"), "{refresh}");
    assert_eq!(refresh.split('.').count(), 4);
    assert_eq!(granted["response_type"], "authorization_code");
    assert_eq!(granted["token_type"], "bearer");
    assert_eq!(granted["expires_in"], 2_592_000);
    assert_eq!(granted["refresh_token_expires_in"], 5_184_000);
    assert!(
        granted["refresh_token_expires_at"].as_u64().unwrap() >= emulator.now() + 5_184_000 - 60
    );
    assert_eq!(granted["scope"], "pins:read boards:read");
}

#[test]
fn the_fields_come_in_the_order_in_which_pinterest_writes_them() {
    let emulator = start();
    let text = token(&emulator, &code_form(&code(&emulator, "pins:read"))).text();
    let names = [
        "access_token",
        "refresh_token\"",
        "response_type",
        "token_type",
        "expires_in",
        "scope",
    ];
    let places: Vec<usize> = names
        .iter()
        .map(|name| text.find(&format!("\"{name}")).unwrap())
        .collect();
    let place = |name: &str| places[names.iter().position(|known| *known == name).unwrap()];
    assert!(place("access_token") < place("refresh_token\""), "{text}");
    assert!(
        place("token_type") < place("expires_in") && place("expires_in") < place("scope"),
        "{text}"
    );
}

#[test]
fn a_code_works_once_unless_the_switch_allows_more() {
    let emulator = start();
    let form = code_form(&code(&emulator, "pins:read"));
    assert_eq!(token(&emulator, &form).status, 200);
    assert_eq!(token(&emulator, &form).error(), (401, 283));
    emulator.set_switches(&json!({"code_reuse": true})).unwrap();
    assert_eq!(token(&emulator, &form).status, 200);
}

#[test]
fn a_code_expires_after_its_lifetime() {
    let emulator = start();
    emulator.set_switches(&json!({"code_lifetime": 5})).unwrap();
    let form = code_form(&code(&emulator, "pins:read"));
    emulator.advance(Duration::from_secs(5)).unwrap();
    assert_eq!(token(&emulator, &form).error(), (401, 283));
}

#[test]
fn a_code_is_bound_to_its_redirect_address() {
    let emulator = start();
    let form = format!(
        "grant_type=authorization_code&code={}&redirect_uri=https%3A%2F%2Fexample.com%2Fcallback",
        code(&emulator, "pins:read")
    );
    assert_eq!(token(&emulator, &form).error(), (401, 283));
}

#[test]
fn a_refresh_rotates_and_with_grace_the_old_token_lives_to_its_own_expiry() {
    let emulator = start();
    let first = log_in(&emulator);
    emulator.advance(days(59)).unwrap();
    let second = token(&emulator, &refresh_form(&first));
    assert_eq!(second.status, 200, "{}", second.text());
    let second = second.json();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_ne!(first["access_token"], second["access_token"]);
    assert_eq!(second["response_type"], "refresh_token");
    assert_eq!(second["refresh_token_expires_in"], 5_184_000);
    assert_eq!(token(&emulator, &refresh_form(&first)).status, 200);
    emulator.advance(days(1)).unwrap();
    assert_eq!(token(&emulator, &refresh_form(&first)).error(), (401, 283));
    assert_eq!(token(&emulator, &refresh_form(&second)).status, 200);
}

#[test]
fn a_refresh_with_strict_rotation_kills_the_old_token_at_once() {
    let emulator = strict();
    let first = log_in(&emulator);
    let second = token(&emulator, &refresh_form(&first)).json();
    assert_eq!(token(&emulator, &refresh_form(&first)).error(), (401, 283));
    assert_eq!(token(&emulator, &refresh_form(&second)).status, 200);
}

#[test]
fn a_refresh_token_can_be_renewed_for_ever_but_is_dead_after_60_idle_days() {
    for emulator in [start(), strict()] {
        let mut granted = log_in(&emulator);
        for _ in 0..12 {
            emulator.advance(days(59)).unwrap();
            let answer = token(&emulator, &refresh_form(&granted));
            assert_eq!(answer.status, 200, "{}", answer.text());
            granted = answer.json();
        }
        emulator.advance(days(60)).unwrap();
        assert_eq!(
            token(&emulator, &refresh_form(&granted)).error(),
            (401, 283)
        );
    }
}

#[test]
fn a_legacy_app_gets_365_days_and_no_new_refresh_token() {
    let emulator = start();
    emulator.set_switches(&json!({"legacy_app": true})).unwrap();
    let first = log_in(&emulator);
    assert_eq!(first["refresh_token_expires_in"], 31_536_000);
    let second = token(&emulator, &refresh_form(&first)).json();
    assert!(second.get("refresh_token").is_none(), "{second}");
    assert!(second.get("refresh_token_expires_in").is_none(), "{second}");
    emulator.advance(days(364)).unwrap();
    assert_eq!(token(&emulator, &refresh_form(&first)).status, 200);
    emulator.advance(days(1)).unwrap();
    assert_eq!(token(&emulator, &refresh_form(&first)).error(), (401, 283));
}

#[test]
fn a_legacy_app_that_asks_gets_continuous_tokens() {
    let emulator = start();
    emulator.set_switches(&json!({"legacy_app": true})).unwrap();
    let form = format!(
        "{}&continuous_refresh=true",
        code_form(&code(&emulator, "pins:read"))
    );
    let asked = token(&emulator, &form).json();
    assert_eq!(asked["refresh_token_expires_in"], 5_184_000);
    assert!(token(&emulator, &refresh_form(&asked)).json()["refresh_token"].is_string());

    let legacy = log_in(&emulator);
    let python = format!("{}&refresh_on=True", refresh_form(&legacy));
    assert_eq!(
        token(&emulator, &python).json()["refresh_token_expires_in"],
        5_184_000
    );
    let no = format!("{}&refresh_on=False", refresh_form(&legacy));
    assert!(token(&emulator, &no).json().get("refresh_token").is_none());
}

#[test]
fn two_refreshes_in_one_second_give_the_same_access_token_unless_switched_off() {
    let emulator = start();
    let granted = log_in(&emulator);
    let access = |emulator: &Emulator| {
        let before = emulator.now();
        let token = token(emulator, &refresh_form(&granted)).json()["access_token"].clone();
        (before == emulator.now()).then_some((before, token))
    };
    // The second may change between two calls; then they are made again.
    let (first, second) = loop {
        if let (Some(first), Some(second)) = (access(&emulator), access(&emulator))
            && first.0 == second.0
        {
            break (first.1, second.1);
        }
    };
    assert_eq!(first, second);
    emulator.advance(Duration::from_secs(2)).unwrap();
    assert_ne!(
        token(&emulator, &refresh_form(&granted)).json()["access_token"],
        first
    );
    emulator
        .set_switches(&json!({"same_second_same_token": false}))
        .unwrap();
    let one = token(&emulator, &refresh_form(&granted)).json();
    let two = token(&emulator, &refresh_form(&granted)).json();
    assert_ne!(one["access_token"], two["access_token"]);
}

#[test]
fn client_credentials_give_a_pinc_token_without_a_refresh_token() {
    let emulator = start();
    let answer = token(
        &emulator,
        "grant_type=client_credentials&scope=user_accounts%3Aread%2Cpins%3Aread",
    );
    let granted = answer.json();
    assert!(
        granted["access_token"]
            .as_str()
            .unwrap()
            .starts_with("pinc_")
    );
    assert!(granted.get("refresh_token").is_none());
    assert_eq!(granted["scope"], "user_accounts:read pins:read");
    assert_eq!(granted["response_type"], "client_credentials");
}

#[test]
fn client_credentials_need_a_scope_only_where_the_switch_says_so() {
    let emulator = start();
    assert_eq!(
        token(&emulator, "grant_type=client_credentials").status,
        200
    );
    emulator
        .set_switches(&json!({"client_scope_required": true}))
        .unwrap();
    assert_eq!(
        token(&emulator, "grant_type=client_credentials").error(),
        (400, 1)
    );
}

#[test]
fn scopes_are_the_union_of_all_that_was_ever_approved() {
    let emulator = start();
    code(&emulator, "ads:read");
    let granted = token(
        &emulator,
        &code_form(&code(&emulator, "pins:read,ads:read")),
    )
    .json();
    assert_eq!(granted["scope"], "ads:read pins:read");
    assert_eq!(
        token(&emulator, &refresh_form(&granted)).json()["scope"],
        "ads:read pins:read"
    );
    emulator
        .set_switches(&json!({"scope_on_refresh": "omit"}))
        .unwrap();
    assert!(
        token(&emulator, &refresh_form(&granted))
            .json()
            .get("scope")
            .is_none()
    );
}

#[test]
fn a_scope_that_does_not_exist_is_dropped_or_rejected() {
    let emulator = start();
    let form = "grant_type=client_credentials&scope=pins:read,cats:read";
    assert_eq!(token(&emulator, form).json()["scope"], "pins:read");
    emulator
        .set_switches(&json!({"unknown_scope": "reject"}))
        .unwrap();
    assert_eq!(token(&emulator, form).error(), (400, 1));
    assert!(
        emulator
            .authorize(&Consent {
                scope: "cats:read".into(),
                ..Consent::default()
            })
            .is_err()
    );
}

#[test]
fn success_can_be_201_and_the_absolute_expiry_can_be_absent() {
    let emulator = start();
    emulator
        .set_switches(&json!({"success_status": 201, "refresh_expires_at": false}))
        .unwrap();
    let answer = token(&emulator, &code_form(&code(&emulator, "pins:read")));
    assert_eq!(answer.status, 201);
    assert!(answer.json().get("refresh_token_expires_at").is_none());
    assert_eq!(answer.json()["refresh_token_expires_in"], 5_184_000);
}
