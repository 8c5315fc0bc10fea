//! Who may ask: what each listener lets in, and what it says to those that it turns away.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::Emulator;
use serde_json::json;

const FORM_OF_ANOTHER_PAGE: [(&str, &str); 2] = [
    ("Origin", "http://localhost:8085"),
    ("Content-Type", "text/plain"),
];

/// Every control, with a method that it takes.
const CONTROLS: [(&str, &str); 13] = [
    ("GET", "/health"),
    ("GET", "/overview"),
    ("GET", "/requests"),
    ("DELETE", "/requests"),
    ("GET", "/counts"),
    ("GET", "/proxy"),
    ("POST", "/reset"),
    ("GET", "/switches"),
    ("POST", "/switches"),
    ("POST", "/clock"),
    ("POST", "/script"),
    ("POST", "/authorize"),
    ("POST", "/logins"),
];

fn control(emulator: &Emulator, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let body = if path == "/switches" {
        r#"{"deny": true}"#
    } else {
        ""
    };
    send(&emulator.urls().control_url, method, path, headers, body).unwrap()
}

#[test]
fn no_control_answers_to_a_name_that_merely_leads_here() {
    let emulator = start();
    let before = emulator.switches();
    for (method, path) in CONTROLS.into_iter().chain([("GET", "/")]) {
        for host in ["rebound.example", "rebound.example:80", "127.0.0.1:1"] {
            let answer = control(&emulator, method, path, &[("Host", host)]);
            assert_eq!(answer.status, 421, "{method} {path} {host}");
            let text = answer.json()["error"].as_str().unwrap().to_owned();
            assert!(
                text.contains("127.0.0.1, localhost and [::1] with port"),
                "{text}"
            );
        }
    }
    assert_eq!(emulator.switches(), before);
    assert_eq!(emulator.counts().refused, 3 * 14);
}

#[test]
fn no_web_page_drives_or_reads_a_control() {
    let emulator = start();
    let before = emulator.switches();
    let image = [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Mode", "no-cors"),
        ("Sec-Fetch-Dest", "image"),
    ];
    for (method, path) in CONTROLS {
        for headers in [&FORM_OF_ANOTHER_PAGE[..], &image] {
            let answer = control(&emulator, method, path, headers);
            assert_eq!(answer.status, 403, "{method} {path}");
            let text = answer.json()["error"].as_str().unwrap().to_owned();
            assert!(text.contains("a web page of another origin"), "{text}");
        }
    }
    assert_eq!(emulator.switches(), before);
}

#[test]
fn the_control_page_itself_and_programs_are_let_in() {
    let emulator = start();
    let own = authority(&emulator.urls().control_url);
    let by_name = own.replace("127.0.0.1", "localhost");
    for host in [&own, &by_name] {
        let origin = format!("http://{host}");
        let headers = [
            ("Host", host.as_str()),
            ("Origin", origin.as_str()),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        assert_eq!(
            control(&emulator, "POST", "/switches", &headers).status,
            200
        );
    }
    assert!(emulator.switches().deny);
    assert_eq!(control(&emulator, "GET", "/requests", &[]).status, 200);
}

#[test]
fn a_link_on_any_page_may_lead_to_the_control_page_and_no_further() {
    let emulator = start();
    let link = [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Mode", "navigate"),
        ("Sec-Fetch-Dest", "document"),
    ];
    assert_eq!(control(&emulator, "GET", "/", &link).status, 200);
    assert_eq!(control(&emulator, "GET", "/requests", &link).status, 403);
}

#[test]
fn what_the_control_port_answers_cannot_be_taken_into_another_page() {
    let emulator = start();
    for path in ["/", "/requests"] {
        let answer = control(&emulator, "GET", path, &[]);
        for (name, value) in [
            ("cross-origin-resource-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
        assert!(answer.header("access-control-allow-origin").is_none());
    }
    let page = control(&emulator, "GET", "/", &[]);
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[test]
fn the_api_is_not_reached_by_another_name_and_no_fault_is_spent() {
    let emulator = start();
    emulator.script(vec![pinterest_oauth_emulator::Fault::default()]);
    let url = emulator.urls().base_url.clone();
    let wrong = [("Host", "api.pinterest.com")];
    let answer = send(&url, "GET", "/v5/user_account", &wrong, "").unwrap();
    assert_eq!(answer.error(), (421, 1));
    let answer = send(&url, "POST", "/v5/oauth/token", &FORM_OF_ANOTHER_PAGE, "").unwrap();
    assert_eq!(answer.error(), (403, 1));
    assert_eq!(emulator.script_left(), 1);
    assert!(emulator.requests().is_empty());
    assert_eq!(emulator.counts().refused, 2);
}

#[test]
fn a_switch_lets_the_api_have_further_names_and_the_control_port_has_none() {
    let emulator = start();
    let name = "api.pinterest.com";
    emulator.set_switches(&json!({"hosts": [name]})).unwrap();
    let url = emulator.urls().base_url.clone();
    for host in [name, "api.pinterest.com:8443"] {
        let answer = send(&url, "GET", "/v5/user_account", &[("Host", host)], "").unwrap();
        assert_eq!(answer.error(), (401, 2));
    }
    let answer = control(&emulator, "GET", "/health", &[("Host", name)]);
    assert_eq!(answer.status, 421);
}

#[test]
fn an_app_may_send_a_browser_to_the_consent_page_and_no_page_may_click_on_it() {
    let emulator = start();
    let url = emulator.urls().oauth_url.clone();
    let query = format!("client_id=1234567&response_type=code&{REDIRECT}");
    let ask = |headers: &[(&str, &str)]| {
        let path = format!("/oauth/?{query}");
        send(&url, "GET", &path, headers, "").unwrap().status
    };
    let site = ("Sec-Fetch-Site", "cross-site");
    let mode = ("Sec-Fetch-Mode", "navigate");
    assert_eq!(ask(&[site, mode, ("Sec-Fetch-Dest", "document")]), 200);
    assert_eq!(ask(&[site, mode, ("Sec-Fetch-Dest", "iframe")]), 403);
    let click = |headers: &[(&str, &str)]| {
        let form = format!("{query}&decision=allow");
        send(&url, "POST", "/oauth/", &[&[FORM], headers].concat(), &form)
            .unwrap()
            .status
    };
    assert_eq!(click(&[("Origin", "http://localhost:8085")]), 403);
    assert_eq!(click(&[("Origin", "null")]), 403);
    assert_eq!(click(&[("Origin", &url)]), 302);
}
