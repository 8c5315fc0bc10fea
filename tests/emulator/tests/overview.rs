//! What the control page is told: everything that it shows, and no secret.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::{Consent, Emulator, Options, SWITCHES, fingerprint, named_faults};
use serde_json::{Value, json};

fn overview(emulator: &Emulator, query: &str) -> (Value, String) {
    let path = format!("/overview{query}");
    let answer = send(&emulator.urls().control_url, "GET", &path, &[], "").unwrap();
    assert_eq!(answer.status, 200);
    (answer.json(), answer.text())
}

#[test]
fn it_tells_addresses_switches_faults_and_the_environment() {
    let emulator = start();
    let (told, _) = overview(&emulator, "");
    assert_eq!(told["addresses"], json!(emulator.urls()));
    assert_eq!(told["switches"].as_array().unwrap().len(), SWITCHES.len());
    let rotation = &told["switches"][0];
    assert_eq!(
        (&rotation["name"], &rotation["value"], &rotation["choices"]),
        (
            &json!("rotation"),
            &json!("grace"),
            &json!(["grace", "strict", "family", "lastwins"])
        )
    );
    assert_eq!(
        told["faults"].as_array().unwrap().len(),
        named_faults().count()
    );
    let expected = json!(["PINTEREST_API_URI", emulator.urls().base_url]);
    assert_eq!(told["environment"][0], expected);
    assert_eq!(told["ahead"], 0);
    emulator.advance(days(1)).unwrap();
    assert_eq!(overview(&emulator, "").0["ahead"], 86_400);
}

#[test]
fn it_tells_requests_after_a_number_and_the_faults_that_are_left() {
    let emulator = start();
    token(&emulator, "grant_type=client_credentials");
    token(&emulator, "grant_type=client_credentials");
    let script = r#"["slow", {"status": 418, "times": 3}]"#;
    send(&emulator.urls().control_url, "POST", "/script", &[], script).unwrap();
    let (told, _) = overview(&emulator, "?after=1");
    let requests = told["requests"].as_array().unwrap();
    assert_eq!((requests.len(), &requests[0]["number"]), (1, &json!(2)));
    assert_eq!(
        requests[0]["form"],
        json!([["grant_type", "client_credentials"]])
    );
    assert_eq!(requests[0]["bytes"], 29);
    let left = json!([{"fault": "slow", "times": 1}, {"fault": "answer 418", "times": 3}]);
    assert_eq!(told["script"], left);
    emulator.clear();
    assert_eq!(overview(&emulator, "").0["oldest"], Value::Null);
}

#[test]
fn no_secret_is_in_it_and_equal_secrets_can_be_seen_to_be_equal() {
    let emulator = Emulator::start(Options {
        tls: false,
        app_secret: Some("canary-of-the-app".into()),
        ..Options::default()
    })
    .unwrap();
    emulator
        .set_switches(&json!({"proxy_auth": "user:canary-of-the-proxy"}))
        .unwrap();
    let consent = Consent {
        state: Some("canary-of-the-state".into()),
        ..Consent::default()
    };
    let code = emulator.authorize(&consent).unwrap().code;
    let granted = token(&emulator, &code_form(&code)).json();
    let (access, refresh) = (
        granted["access_token"].as_str().unwrap(),
        granted["refresh_token"].as_str().unwrap(),
    );
    token(&emulator, &refresh_form(&granted));
    let bearer = format!("Bearer {access}");
    let url = &emulator.urls().base_url;
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Cookie", "canary-cookie"),
    ];
    let ask = "client_id=1234567&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F&state=canary-of-the-state";
    send(
        url,
        "GET",
        "/v5/user_account?access_token=canary-query",
        &headers,
        "",
    )
    .unwrap();
    send(url, "GET", &format!("/oauth/?{ask}"), &[], "").unwrap();
    send(url, "POST", "/v5/oauth/token", &[FORM], refresh).unwrap();
    send(url, "POST", &format!("/v5/{code}"), &[], "canary-body").unwrap();

    let (told, text) = overview(&emulator, "");
    assert_eq!(told["requests"].as_array().unwrap().len(), 6);
    for secret in [code.as_str(), access, refresh, "canary"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert_eq!(text.matches(&fingerprint(refresh)).count(), 3, "{text}");
    assert!(text.contains(&format!(
        "Basic 1234567:{}",
        fingerprint("canary-of-the-app")
    )));
}
