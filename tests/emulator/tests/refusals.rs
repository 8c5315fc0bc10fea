//! What the token endpoint refuses, and in which words.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::{Emulator, Options};
use serde_json::json;

#[test]
fn wrong_or_absent_credentials_are_401_with_code_2_and_no_www_authenticate() {
    let emulator = start();
    let (id, secret) = (emulator.app_id(), emulator.app_secret());
    let wrong = [
        Some(basic(id, "wrong")),
        Some(basic("7654321", secret)),
        Some(format!("{id}:{secret}")),
        Some(format!("Basic {id}:{secret}")),
        Some("Bearer x".to_owned()),
        None,
    ];
    for header in wrong {
        let mut headers = vec![FORM];
        if let Some(header) = &header {
            headers.push(("Authorization", header));
        }
        let url = &emulator.urls().base_url;
        let answer = send(
            url,
            "POST",
            "/v5/oauth/token",
            &headers,
            "grant_type=client_credentials",
        )
        .unwrap();
        assert_eq!(answer.error(), (401, 2));
        assert_eq!(
            answer.text(),
            r#"{"code":2,"message":"Authentication failed."}"#
        );
        assert!(answer.header("www-authenticate").is_none());
    }
}

#[test]
fn a_secret_with_special_characters_is_accepted_plain_and_form_encoded() {
    let secret = "a:b+ &=%é";
    let options = Options {
        tls: false,
        app_secret: Some(secret.into()),
        ..Options::default()
    };
    let emulator = Emulator::start(options).unwrap();
    for given in [
        secret,
        "a%3Ab%2B+%26%3D%25%C3%A9",
        "a%3Ab%2B%20%26%3D%25%C3%A9",
    ] {
        let authorization = basic(emulator.app_id(), given);
        let headers = [("Authorization", authorization.as_str()), FORM];
        let url = &emulator.urls().base_url;
        let answer = send(
            url,
            "POST",
            "/v5/oauth/token",
            &headers,
            "grant_type=client_credentials",
        )
        .unwrap();
        assert_eq!(answer.status, 200, "{given}");
    }
}

#[test]
fn credentials_in_the_form_count_only_where_the_switch_allows_it() {
    let emulator = start();
    let (id, secret) = (emulator.app_id(), emulator.app_secret());
    let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let post = || {
        send(
            &emulator.urls().base_url,
            "POST",
            "/v5/oauth/token",
            &[FORM],
            &form,
        )
        .unwrap()
    };
    assert_eq!(post().error(), (401, 2));
    emulator
        .set_switches(&json!({"body_credentials": true}))
        .unwrap();
    assert_eq!(post().status, 200);
    assert_eq!(
        token(&emulator, &format!("{form}&anything=else")).status,
        200
    );
}

#[test]
fn malformed_requests_are_400_with_code_1() {
    let emulator = start();
    for form in [
        "",
        "grant_type=",
        "grant_type=password",
        "grant_type=%5Bobject+Object%5D",
        "grantType=client_credentials",
        "grant_type=authorization_code",
        "grant_type=authorization_code&code=x",
        "grant_type=authorization_code&redirect_uri=x",
        "grant_type=refresh_token",
        "grant_type=refresh_token&refresh_token=",
        "grant_type=client_credentials&grant_type=client_credentials",
    ] {
        assert_eq!(token(&emulator, form).error(), (400, 1), "{form}");
    }
}

#[test]
fn parameters_that_pinterest_does_not_know_are_ignored_however_often_they_come() {
    let emulator = start();
    assert_eq!(
        token(&emulator, "grant_type=client_credentials&x=1&x=2&y=").status,
        200
    );
}

#[test]
fn unknown_codes_and_refresh_tokens_are_401_with_code_283() {
    let emulator = start();
    for form in [
        format!("grant_type=authorization_code&code=x&{REDIRECT}"),
        "grant_type=refresh_token&refresh_token=x".into(),
    ] {
        let answer = token(&emulator, &form);
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (401, INVALID_GRANT)
        );
    }
}

const INVALID_GRANT: &str = r#"{"code":283,"message":"The authorization grant is invalid"}"#;

#[test]
fn errors_can_carry_a_status_of_failure() {
    let emulator = start();
    emulator
        .set_switches(&json!({"envelope": "status_failure"}))
        .unwrap();
    let body = token(&emulator, "grant_type=refresh_token&refresh_token=x").text();
    assert_eq!(
        body,
        r#"{"status":"failure","code":283,"message":"The authorization grant is invalid"}"#
    );
}
