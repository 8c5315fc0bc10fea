//! What becomes of refresh tokens: the four rotations, and a code that comes twice.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::{Emulator, Fault};
use serde_json::{Value, json};

fn with_rotation(rotation: &str) -> (Emulator, Value) {
    let emulator = start();
    emulator
        .set_switches(&json!({"rotation": rotation}))
        .unwrap();
    let granted = log_in(&emulator);
    (emulator, granted)
}

fn refreshed(emulator: &Emulator, granted: &Value) -> Value {
    let answer = token(emulator, &refresh_form(granted));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn is_dead(emulator: &Emulator, granted: &Value) -> bool {
    let answer = token(emulator, &refresh_form(granted));
    if answer.status == 200 {
        return false;
    }
    assert_eq!(answer.error(), (401, 283));
    true
}

fn account(emulator: &Emulator, granted: &Value) -> u16 {
    let bearer = format!("Bearer {}", granted["access_token"].as_str().unwrap());
    let url = &emulator.urls().base_url;
    send(
        url,
        "GET",
        "/v5/user_account",
        &[("Authorization", &bearer)],
        "",
    )
    .unwrap()
    .status
}

#[test]
fn with_family_a_refresh_token_that_comes_again_takes_all_of_its_login_with_it() {
    let (emulator, first) = with_rotation("family");
    let other = log_in(&emulator);
    let second = refreshed(&emulator, &first);
    let third = refreshed(&emulator, &second);
    assert!(is_dead(&emulator, &first));
    assert!(is_dead(&emulator, &third));
    refreshed(&emulator, &other);
}

#[test]
fn with_family_nothing_dies_as_long_as_nothing_comes_again() {
    let (emulator, mut granted) = with_rotation("family");
    for _ in 0..5 {
        granted = refreshed(&emulator, &granted);
    }
}

#[test]
fn with_lastwins_the_last_pair_lives_and_every_other_of_the_login_is_dead() {
    let (emulator, first) = with_rotation("lastwins");
    let other = log_in(&emulator);
    let second = refreshed(&emulator, &first);
    let again = refreshed(&emulator, &first);
    assert!(is_dead(&emulator, &second));
    let third = refreshed(&emulator, &again);
    assert!(is_dead(&emulator, &first));
    refreshed(&emulator, &third);
    refreshed(&emulator, &other);
}

#[test]
fn answered_but_never_read_spends_the_old_refresh_token_and_gives_nothing() {
    let (emulator, granted) = with_rotation("strict");
    emulator.script(vec![Fault::named("never_read").unwrap()]);
    let url = &emulator.urls().base_url;
    let lost = post_to(&emulator, url, "/v5/oauth/token", &refresh_form(&granted));
    assert!(lost.is_err());
    assert_eq!(emulator.requests().last().unwrap().answered, None);
    assert!(is_dead(&emulator, &granted));
}

#[test]
fn a_code_that_comes_twice_revokes_its_tokens_where_the_switch_says_so() {
    for revokes in [false, true] {
        let emulator = start();
        emulator
            .set_switches(&json!({"code_replay_revokes": revokes}))
            .unwrap();
        let other = log_in(&emulator);
        let form = code_form(&code(&emulator, "user_accounts:read"));
        let granted = token(&emulator, &form).json();
        assert_eq!(account(&emulator, &granted), 200);
        assert_eq!(token(&emulator, &form).error(), (401, 283));
        let expected = if revokes { 401 } else { 200 };
        assert_eq!(account(&emulator, &granted), expected);
        assert_eq!(is_dead(&emulator, &granted), revokes);
        refreshed(&emulator, &other);
    }
}
