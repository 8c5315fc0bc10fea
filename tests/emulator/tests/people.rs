//! Who sits at the consent page, and what that person clicks: also by the control port.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::{Consent, Emulator};
use serde_json::{Value, json};

const ASK: &str = "client_id=1234567&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F&response_type=code\
                   &scope=pins%3Aread%2Cuser_accounts%3Aread&state=abc";

fn open_page(emulator: &Emulator) -> Answer {
    let path = format!("/oauth/?{ASK}");
    send(&emulator.urls().oauth_url, "GET", &path, &[], "").unwrap()
}

fn click(emulator: &Emulator, decision: &str) -> Answer {
    let form = format!("{ASK}&decision={decision}");
    let url = &emulator.urls().oauth_url;
    send(url, "POST", "/oauth/", &[FORM], &form).unwrap()
}

fn control(emulator: &Emulator, path: &str, body: &Value) -> Answer {
    let url = &emulator.urls().control_url;
    send(url, "POST", path, &[], &body.to_string()).unwrap()
}

fn logins(emulator: &Emulator) -> Vec<Value> {
    let url = &emulator.urls().control_url;
    let overview = send(url, "GET", "/overview", &[], "").unwrap().json();
    overview["logins"].as_array().unwrap().clone()
}

fn account(emulator: &Emulator, code: &str) -> Value {
    let granted = token(emulator, &code_form(code)).json();
    let bearer = format!("Bearer {}", granted["access_token"].as_str().unwrap());
    let headers = [("Authorization", bearer.as_str())];
    let url = &emulator.urls().base_url;
    let answer = send(url, "GET", "/v5/user_account", &headers, "").unwrap();
    json!({"scope": granted["scope"], "id": answer.json()["id"], "name": answer.json()["username"]})
}

#[test]
fn a_second_person_has_an_account_scopes_and_tokens_of_his_own() {
    let emulator = start();
    let first = code(&emulator, "ads:read,user_accounts:read");
    let second = Consent {
        user: Some("second".into()),
        scope: "user_accounts:read".into(),
        ..Consent::default()
    };
    let second = emulator.authorize(&second).unwrap().code;
    assert_eq!(
        account(&emulator, &first),
        json!({"scope": "ads:read user_accounts:read", "id": "1000000000000000001", "name": "emulated_account"})
    );
    assert_eq!(
        account(&emulator, &second),
        json!({"scope": "user_accounts:read", "id": "1000000000000000002", "name": "second"})
    );
}

#[test]
fn the_switch_user_says_who_is_at_the_page() {
    let emulator = start();
    emulator.set_switches(&json!({"user": "second"})).unwrap();
    assert!(
        open_page(&emulator)
            .text()
            .contains("<strong id=\"user\">@second</strong>")
    );
    let location = click(&emulator, "allow")
        .header("location")
        .unwrap()
        .to_owned();
    let code = location.split(['=', '&']).nth(1).unwrap();
    assert_eq!(account(&emulator, code)["name"], "second");
}

#[test]
fn two_people_who_refresh_in_one_second_get_two_access_tokens() {
    let emulator = start();
    let log_in = |user: &str| {
        let ask = json!({"user": user, "scope": "pins:read"});
        let answer = control(&emulator, "/authorize", &ask).json();
        token(&emulator, &code_form(answer["code"].as_str().unwrap())).json()
    };
    let (one, two) = (log_in("one"), log_in("two"));
    let one = token(&emulator, &refresh_form(&one)).json();
    let two = token(&emulator, &refresh_form(&two)).json();
    assert_ne!(one["access_token"], two["access_token"]);
}

#[test]
fn an_account_that_cannot_be_is_refused() {
    let emulator = start();
    let answer = control(&emulator, "/authorize", &json!({"user": "not a name"}));
    assert_eq!(answer.status, 400);
    assert!(
        answer.text().contains("1 to 30 letters"),
        "{}",
        answer.text()
    );
}

#[test]
fn two_clicks_make_two_codes_with_one_state_and_both_work() {
    let emulator = start();
    let codes: Vec<String> = (0..2)
        .map(|_| {
            click(&emulator, "allow")
                .header("location")
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_ne!(codes[0], codes[1]);
    // Each is a login of its own: a code that comes twice takes nothing from the other.
    let switches = json!({"code_replay_revokes": true});
    emulator.set_switches(&switches).unwrap();
    let granted: Vec<Value> = codes
        .iter()
        .map(|location| {
            assert!(location.ends_with("&state=abc"), "{location}");
            let form = code_form(location.split(['=', '&']).nth(1).unwrap());
            let granted = token(&emulator, &form).json();
            assert_eq!(token(&emulator, &refresh_form(&granted)).status, 200);
            granted
        })
        .collect();
    let first = codes[0].split(['=', '&']).nth(1).unwrap();
    assert_eq!(token(&emulator, &code_form(first)).error(), (401, 283));
    let status = |granted| token(&emulator, &refresh_form(granted)).status;
    assert_eq!((status(&granted[0]), status(&granted[1])), (401, 200));
}

#[test]
fn a_refusal_comes_back_with_the_state_or_without_it_or_not_at_all() {
    let emulator = start();
    let back = "http://localhost:8085/?error=access_denied";
    for (denial, expected) in [
        ("with_state", Some(format!("{back}&state=abc"))),
        ("without_state", Some(back.to_owned())),
        ("page", None),
    ] {
        emulator.set_switches(&json!({"denial": denial})).unwrap();
        let answer = click(&emulator, "deny");
        assert_eq!(answer.header("location"), expected.as_deref());
        if expected.is_none() {
            assert_eq!(answer.status, 200);
            assert!(answer.text().contains("You gave no access"));
        }
        let ask = json!({"state": "abc", "deny": true});
        let told = control(&emulator, "/authorize", &ask).json();
        assert!(told.get("code").is_none());
        assert_eq!(told.get("redirect"), expected.map(Value::from).as_ref());
    }
}

#[test]
fn the_switch_deny_holds_for_the_control_and_for_programs_in_rust_too() {
    let emulator = start();
    emulator.set_switches(&json!({"deny": true})).unwrap();
    let told = control(&emulator, "/authorize", &json!({"state": "abc"})).json();
    let expected = "http://localhost:8085/?error=access_denied&state=abc";
    assert_eq!(told, json!({"redirect": expected}));
    let authorized = emulator.authorize(&Consent::default()).unwrap();
    assert_eq!(authorized.code, "");
    assert!(authorized.redirect.ends_with("?error=access_denied"));
}

#[test]
fn a_login_under_way_is_decided_by_the_control_port() {
    let emulator = start();
    open_page(&emulator);
    open_page(&emulator);
    let waiting = logins(&emulator);
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0]["redirect_uri"], "http://localhost:8085/");
    assert_eq!(waiting[0]["scope"], "pins:read,user_accounts:read");
    let click = json!({"login": waiting[0]["login"], "decision": "allow", "user": "second"});
    let told = control(&emulator, "/logins", &click).json();
    let code = told["code"].as_str().unwrap();
    assert_eq!(
        told["redirect"],
        format!("http://localhost:8085/?code={code}&state=abc")
    );
    assert_eq!(account(&emulator, code)["name"], "second");
    assert!(logins(&emulator).is_empty());
    let again = control(&emulator, "/logins", &click);
    assert_eq!(again.status, 400);
    assert!(again.text().contains("no login of this number"));
}

#[test]
fn the_pages_form_for_a_login_takes_the_browser_back_to_the_app() {
    let emulator = start();
    for (decision, expected) in [
        ("allow", "?code="),
        ("deny", "?error=access_denied&state=abc"),
    ] {
        open_page(&emulator);
        let form = format!(
            "login={}&decision={decision}",
            logins(&emulator)[0]["login"]
        );
        let url = &emulator.urls().control_url;
        let answer = send(url, "POST", "/logins", &[FORM], &form).unwrap();
        assert_eq!(answer.status, 303);
        assert!(answer.header("location").unwrap().contains(expected));
    }
    let answer = send(
        &emulator.urls().control_url,
        "POST",
        "/logins",
        &[FORM],
        "login=1",
    );
    assert_eq!(answer.unwrap().status, 400);
}

#[test]
fn a_login_that_is_decided_at_the_page_waits_no_longer_and_twenty_wait_at_most() {
    let emulator = start();
    open_page(&emulator);
    click(&emulator, "deny");
    assert!(logins(&emulator).is_empty());
    for number in 0..25 {
        let path = format!("/oauth/?{ASK}{number}");
        send(&emulator.urls().oauth_url, "GET", &path, &[], "").unwrap();
    }
    assert_eq!(logins(&emulator).len(), 20);
}

#[test]
fn the_consent_pages_policy_leaves_the_redirect_after_the_click_alone() {
    let emulator = start();
    let answer = open_page(&emulator);
    let policy = answer.header("content-security-policy").unwrap();
    assert!(
        !policy.contains("form-action") && !policy.contains("unsafe"),
        "{policy}"
    );
    // With `no-referrer` the form would have no origin, and be refused.
    assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
}
