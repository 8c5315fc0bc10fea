//! The other endpoints, the sandbox, the headers and the rate limit.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::Emulator;
use serde_json::{Value, json};
use std::time::Duration;

fn revoke(emulator: &Emulator, form: &str) -> Answer {
    post_to(
        emulator,
        &emulator.urls().base_url,
        "/v5/oauth/token/revoke",
        form,
    )
    .unwrap()
}

fn with_bearer(base_url: &str, method: &str, path: &str, granted: &Value) -> Answer {
    let authorization = format!("Bearer {}", granted["access_token"].as_str().unwrap());
    send(
        base_url,
        method,
        path,
        &[("Authorization", &authorization)],
        "",
    )
    .unwrap()
}

fn conversion(emulator: &Emulator, granted: &Value) -> Answer {
    with_bearer(
        &emulator.urls().base_url,
        "POST",
        "/v5/oauth/conversion_token",
        granted,
    )
}

#[test]
fn a_revoked_token_is_worth_nothing_any_more() {
    let emulator = start();
    let granted = log_in(&emulator);
    assert_eq!(conversion(&emulator, &granted).status, 200);
    let access = granted["access_token"].as_str().unwrap();
    let answer = revoke(
        &emulator,
        &format!("token={access}&token_type_hint=access_token"),
    );
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert_eq!(conversion(&emulator, &granted).error(), (401, 2));

    assert_eq!(
        revoke(
            &emulator,
            &format!("token={}", granted["refresh_token"].as_str().unwrap())
        )
        .status,
        200
    );
    assert_eq!(
        token(&emulator, &refresh_form(&granted)).error(),
        (401, 283)
    );
}

#[test]
fn revoking_demands_credentials_a_token_a_known_hint_and_a_system_user() {
    let emulator = start();
    let url = &emulator.urls().base_url;
    let answer = send(url, "POST", "/v5/oauth/token/revoke", &[FORM], "token=x").unwrap();
    assert_eq!(
        answer.text(),
        r#"{"code":2,"message":"Authentication failed."}"#
    );
    assert_eq!(revoke(&emulator, "").error(), (400, 1));
    assert_eq!(
        revoke(&emulator, "token=x&token_type_hint=cookie").error(),
        (400, 1)
    );
    emulator
        .set_switches(&json!({"system_user": false}))
        .unwrap();
    assert_eq!(revoke(&emulator, "token=x").status, 403);
    let answer = revoke(&emulator, "token=");
    assert_eq!(answer.status, 403);
    assert_eq!(
        answer.text(),
        r#"{"code":29,"message":"You are not permitted to access that resource."}"#
    );
}

#[test]
fn a_conversion_token_needs_the_scope_ads_write_and_can_be_switched_off() {
    let emulator = start();
    let without = token(&emulator, "grant_type=client_credentials&scope=pins:read").json();
    assert_eq!(conversion(&emulator, &without).error(), (401, 3));
    let granted = log_in(&emulator);
    let answer = conversion(&emulator, &granted).json();
    assert_eq!(answer["token_type"], "conversion");
    assert!(answer["access_token"].is_string());
    emulator
        .set_switches(&json!({"conversion_token": false}))
        .unwrap();
    assert_eq!(conversion(&emulator, &granted).error(), (403, 29));
}

#[test]
fn an_access_token_opens_the_account_for_30_days() {
    let emulator = start();
    let granted = token(
        &emulator,
        "grant_type=client_credentials&scope=user_accounts:read",
    )
    .json();
    let account = || {
        with_bearer(
            &emulator.urls().base_url,
            "GET",
            "/v5/user_account",
            &granted,
        )
    };
    assert!(account().json()["username"].is_string());
    emulator.advance(days(30)).unwrap();
    assert_eq!(account().error(), (401, 2));
}

#[test]
fn the_account_has_the_fields_of_pinterests_and_needs_its_scope() {
    let emulator = start();
    let account = |granted: &Value| {
        let url = &emulator.urls().base_url;
        with_bearer(url, "GET", "/v5/user_account", granted)
    };
    let log_in = |scope: &str| token(&emulator, &code_form(&code(&emulator, scope))).json();
    let without = log_in("pins:read");
    let refusal = account(&without);
    assert_eq!(refusal.error(), (401, 3));
    assert!(refusal.text().contains("correct set of scopes"));
    let answer = account(&log_in("user_accounts:read")).json();
    let texts = [
        "account_type",
        "id",
        "profile_image",
        "website_url",
        "username",
        "about",
    ];
    for name in texts {
        assert!(answer[name].is_string(), "{name}: {answer}");
    }
    let counts = [
        "board_count",
        "pin_count",
        "follower_count",
        "following_count",
        "monthly_views",
    ];
    for name in counts {
        assert!(answer[name].is_u64(), "{name}: {answer}");
    }
    assert_eq!(answer.get("business_name"), Some(&Value::Null));
    assert_eq!(
        account(&without).error(),
        (401, 3),
        "a token has the scopes of its day"
    );
    let wrong = json!({"access_token": "pina_WRONG"});
    assert_eq!(account(&wrong).error(), (401, 2));
    let url = &emulator.urls().base_url;
    let nobody = send(url, "GET", "/v5/user_account", &[], "").unwrap();
    assert_eq!(nobody.error(), (401, 2));
}

#[test]
fn tokens_of_the_sandbox_are_worth_nothing_in_production_unless_switched() {
    let emulator = start();
    let (production, sandbox) = (&emulator.urls().base_url, &emulator.urls().sandbox_base_url);
    let form = code_form(&code(&emulator, "ads:write"));
    let granted = post_to(&emulator, sandbox, "/v5/oauth/token", &form)
        .unwrap()
        .json();
    let at = |url: &str| with_bearer(url, "POST", "/v5/oauth/conversion_token", &granted);
    let refresh =
        |url: &str| post_to(&emulator, url, "/v5/oauth/token", &refresh_form(&granted)).unwrap();
    assert_eq!(at(sandbox).status, 200);
    assert_eq!(at(production).error(), (401, 2));
    assert_eq!(refresh(sandbox).status, 200);
    assert_eq!(refresh(production).error(), (401, 2));
    emulator
        .set_switches(&json!({"sandbox_isolated": false}))
        .unwrap();
    assert_eq!(at(production).status, 200);
    assert_eq!(refresh(production).status, 200);
}

#[test]
fn answers_carry_the_headers_that_pinterest_sends() {
    let emulator = start();
    for form in [
        "grant_type=client_credentials",
        "grant_type=refresh_token&refresh_token=x",
    ] {
        let answer = token(&emulator, form);
        let rid = answer.header("x-pinterest-rid").unwrap();
        assert!(
            rid.len() == 16 && rid.bytes().all(|byte| byte.is_ascii_digit()),
            "{rid}"
        );
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(
            answer.header("cache-control"),
            Some("no-cache, no-store, must-revalidate")
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(answer.header("date").unwrap().ends_with(" GMT"));
    }
}

#[test]
fn the_rate_limit_headers_are_structured_and_can_be_switched_off() {
    let emulator = start();
    let answer = token(&emulator, "grant_type=client_credentials");
    assert_eq!(
        answer.header("x-ratelimit-limit"),
        Some(
            "1000, 100;w=1;name=\"safety_net_app_id_user_id\", 1000;w=60;name=\"org_read_app_id_user_id\""
        )
    );
    assert_eq!(answer.header("x-ratelimit-remaining"), Some("999"));
    assert!(
        answer
            .header("x-ratelimit-reset")
            .unwrap()
            .parse::<u64>()
            .unwrap()
            <= 60
    );
    emulator
        .set_switches(&json!({"rate_limit_headers": false}))
        .unwrap();
    assert!(
        token(&emulator, "grant_type=client_credentials")
            .header("x-ratelimit-limit")
            .is_none()
    );
}

#[test]
fn above_the_rate_limit_comes_429_with_code_8_until_the_window_is_over() {
    let emulator = start();
    emulator
        .set_switches(&json!({"rate_limit": {"limit": 2, "window": 3600}}))
        .unwrap();
    let status = || token(&emulator, "grant_type=client_credentials").status;
    assert_eq!((status(), status()), (200, 200));
    let answer = token(&emulator, "grant_type=client_credentials");
    assert_eq!(answer.error(), (429, 8));
    assert!(
        answer.json()["message"]
            .as_str()
            .unwrap()
            .starts_with("This request exceeded a rate limit.")
    );
    assert_eq!(answer.header("x-ratelimit-remaining"), Some("0"));
    assert!(
        answer
            .header("x-ratelimit-reset")
            .unwrap()
            .parse::<u64>()
            .unwrap()
            > 0
    );
    emulator.advance(Duration::from_secs(3600)).unwrap();
    assert_eq!(status(), 200);
}

#[test]
fn wrong_paths_methods_and_types_are_errors_of_pinterests_shape() {
    let emulator = start();
    let url = &emulator.urls().base_url;
    let answer = send(url, "GET", "/v5/oauth/token", &[], "").unwrap();
    assert_eq!(answer.error(), (405, 5));
    assert_eq!(answer.header("allow"), Some("POST"));
    assert_eq!(
        send(url, "POST", "/v5/nowhere", &[FORM], "")
            .unwrap()
            .status,
        404
    );
    let authorization = basic(emulator.app_id(), emulator.app_secret());
    let headers = [
        ("Authorization", authorization.as_str()),
        ("Content-Type", "application/json"),
    ];
    let answer = send(
        url,
        "POST",
        "/v5/oauth/token",
        &headers,
        "{\"grant_type\":\"client_credentials\"}",
    )
    .unwrap();
    assert_eq!(answer.error(), (415, 1));
}

#[test]
fn a_head_request_gets_no_body_and_the_connection_can_go_on() {
    use std::io::Write;
    let emulator = start();
    let mut stream = connect(&emulator.urls().base_url);
    let url = &emulator.urls().base_url;
    stream
        .write_all(&request(url, "HEAD", "/v5/oauth/token", &[], ""))
        .unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0_u8; 1];
        std::io::Read::read_exact(&mut stream, &mut byte).unwrap();
        head.push(byte[0]);
    }
    assert!(head.starts_with(b"HTTP/1.1 405 "));
    stream.write_all(&good_request(&emulator)).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 200);
}
