//! The page a person sees, and the redirect back.

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

const ASK: &str = "client_id=1234567&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F&response_type=code\
                   &scope=pins%3Aread%2Cboards%3Aread&state=a%26b";

fn get(emulator: &Emulator, query: &str) -> Answer {
    send(
        &emulator.urls().oauth_url,
        "GET",
        &format!("/oauth/?{query}"),
        &[],
        "",
    )
    .unwrap()
}

fn click(emulator: &Emulator, decision: &str) -> Answer {
    let form = format!("{ASK}&decision={decision}");
    send(
        &emulator.urls().oauth_url,
        "POST",
        "/oauth/",
        &[FORM],
        &form,
    )
    .unwrap()
}

#[test]
fn the_page_names_the_app_and_every_scope_and_has_two_buttons() {
    let emulator = start();
    let answer = get(&emulator, ASK);
    let html = answer.text();
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .header("content-type")
            .unwrap()
            .starts_with("text/html")
    );
    for part in [
        "1234567",
        "pins:read",
        "boards:read",
        "Give access",
        "Cancel",
        "<html lang=\"en\">",
        "<title>",
    ] {
        assert!(html.contains(part), "{part} is missing");
    }
    // An empty icon, so that no browser asks for /favicon.ico, which would take a scripted fault.
    let html = html.replace("<link rel=\"icon\" href=\"data:,\">", "");
    for outside in ["src=", "<link", "@import", "url("] {
        assert!(
            !html.contains(outside),
            "the page fetches something: {outside}"
        );
    }
}

#[test]
fn each_button_has_an_id_for_programs_that_click_and_says_what_the_control_says() {
    let emulator = start();
    let html = get(&emulator, ASK).text();
    for decision in ["allow", "deny"] {
        let id = format!("<button id=\"{decision}\"");
        let (_, rest) = html.split_once(&id).expect("no button of this id");
        let button = rest.split('>').next().unwrap();
        let value = format!("name=\"decision\" value=\"{decision}\"");
        assert!(button.contains(&value), "{button}");
    }
    assert!(html.contains("<strong id=\"user\">@emulated_account</strong>"));
}

#[test]
fn give_access_redirects_with_a_code_that_works_and_the_state() {
    let emulator = start();
    let answer = click(&emulator, "allow");
    assert_eq!(answer.status, 302);
    let location = answer.header("location").unwrap();
    let code = location
        .strip_prefix("http://localhost:8085/?code=")
        .unwrap()
        .strip_suffix("&state=a%26b")
        .unwrap();
    assert!(
        code.len() == 40 && code.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{code}"
    );
    assert_eq!(
        token(&emulator, &code_form(code)).json()["scope"],
        "pins:read boards:read"
    );
}

#[test]
fn deny_redirects_with_access_denied_and_the_state() {
    let emulator = start();
    let expected = Some("http://localhost:8085/?error=access_denied&state=a%26b");
    let answer = click(&emulator, "deny");
    assert_eq!(answer.status, 302);
    assert_eq!(answer.header("location"), expected);
    emulator.set_switches(&json!({"deny": true})).unwrap();
    assert_eq!(click(&emulator, "allow").header("location"), expected);
}

#[test]
fn with_auto_consent_nobody_has_to_click() {
    let emulator = start();
    emulator
        .set_switches(&json!({"auto_consent": true}))
        .unwrap();
    let answer = get(&emulator, ASK);
    assert_eq!(answer.status, 302);
    assert!(answer.header("location").unwrap().contains("?code="));
    emulator.set_switches(&json!({"deny": true})).unwrap();
    assert!(
        get(&emulator, ASK)
            .header("location")
            .unwrap()
            .contains("?error=access_denied&")
    );
}

#[test]
fn the_old_name_consumer_id_works_too() {
    let emulator = start();
    assert_eq!(
        get(&emulator, &ASK.replace("client_id", "consumer_id")).status,
        200
    );
}

#[test]
fn an_empty_client_id_is_told_in_pinterests_words() {
    let emulator = start();
    let answer = get(&emulator, &ASK.replace("client_id=1234567", "client_id="));
    assert_eq!(answer.status, 400);
    assert!(
        answer
            .text()
            .contains("Oops! You must pass a value for client_id.")
    );
}

#[test]
fn a_foreign_client_id_or_redirect_address_is_refused_without_a_redirect() {
    let emulator = start();
    let answer = get(&emulator, &ASK.replace("1234567", "7654321"));
    assert_eq!(answer.error(), (401, 283));
    let answer = get(&emulator, &ASK.replace("8085", "8086"));
    assert_eq!(answer.error(), (400, 7));
    assert!(
        answer.json()["data"]
            .as_str()
            .unwrap()
            .contains("does not match any of the registered redirect URIs")
    );
    assert!(answer.header("location").is_none());
}

#[test]
fn an_address_that_is_not_the_registered_one_to_the_letter_ends_at_an_error_page() {
    let emulator = start();
    let of_a_login = "http%3A%2F%2Flocalhost%3A8085%2F";
    for (auto_consent, address) in [
        (false, "http%3A%2F%2Flocalhost%3A8085"),
        (false, "http%3A%2F%2FLOCALHOST%3A8085%2F"),
        (false, "http%3A%2F%2Flocalhost%3A8085%2F%3Fx%3D1"),
        (false, "https%3A%2F%2Flocalhost%3A8085%2F"),
        (false, "http%3A%2F%2F%5B%3A%3A1%5D%3A8085%2F"),
        (false, "%2F"),
        (false, ""),
        (true, "http%3A%2F%2Flocalhost%3A8085"),
    ] {
        let switches = json!({"auto_consent": auto_consent});
        emulator.set_switches(&switches).unwrap();
        let ask = ASK.replace(of_a_login, address);
        let url = &emulator.urls().oauth_url;
        let form = format!("{ask}&decision=allow");
        let clicked = send(url, "POST", "/oauth/", &[FORM], &form).unwrap();
        for answer in [get(&emulator, &ask), clicked] {
            assert_eq!(answer.error(), (400, 7), "{address}");
            assert_eq!(answer.header("location"), None, "{address}");
        }
    }
    let control = &emulator.urls().control_url;
    let overview = send(control, "GET", "/overview", &[], "").unwrap().json();
    assert_eq!(overview["logins"], json!([]));
}

#[test]
fn another_redirect_address_can_be_registered() {
    let redirect = "http://localhost:9999/back?x=1";
    let options = Options {
        tls: false,
        redirect_uris: vec![redirect.into()],
        ..Options::default()
    };
    let emulator = Emulator::start(options).unwrap();
    emulator
        .set_switches(&json!({"auto_consent": true}))
        .unwrap();
    let ask = "client_id=1234567&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A9999%2Fback%3Fx%3D1";
    let answer = get(&emulator, ask);
    assert!(
        answer
            .header("location")
            .unwrap()
            .starts_with("http://localhost:9999/back?x=1&code=")
    );
}

#[test]
fn another_response_type_or_a_rejected_scope_goes_back_as_an_error() {
    let emulator = start();
    let answer = get(
        &emulator,
        &ASK.replace("response_type=code", "response_type=token"),
    );
    assert!(
        answer
            .header("location")
            .unwrap()
            .contains("?error=unsupported_response_type&state=")
    );
    emulator
        .set_switches(&json!({"unknown_scope": "reject"}))
        .unwrap();
    let answer = get(&emulator, &ASK.replace("pins%3Aread", "cats%3Aread"));
    assert!(
        answer
            .header("location")
            .unwrap()
            .contains("?error=invalid_scope&state=")
    );
}

#[test]
fn nothing_from_outside_becomes_markup() {
    let emulator = start();
    let evil = ASK
        .replace("pins%3Aread", "%3Cscript%3E1%3C%2Fscript%3E")
        .replace("a%26b", "%22%3E%3Cb%3E%27");
    let html = get(&emulator, &evil).text();
    assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
    assert!(html.contains("&lt;script&gt;") && html.contains("&quot;&gt;&lt;b&gt;&#39;"));
    let evil = ASK.replace("client_id=1234567", "client_id=%3Cscript%3E");
    assert_eq!(
        get(&emulator, &evil).header("content-type"),
        Some("application/json")
    );
}

#[test]
fn consent_requests_are_recorded_like_all_others() {
    let emulator = start();
    get(&emulator, ASK);
    let requests = emulator.requests();
    assert_eq!(
        (requests[0].method.as_str(), requests[0].path.as_str()),
        ("GET", "/oauth/")
    );
    assert_eq!(requests[0].query, ASK);
}
