//! The control port, as another language uses it.

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
use std::io::Write;

fn control(emulator: &Emulator, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let answer = send(&emulator.urls().control_url, method, path, &[], &body).unwrap();
    (answer.status, answer.json())
}

#[test]
fn it_is_healthy_and_says_what_it_does_not_know() {
    let emulator = start();
    assert_eq!(control(&emulator, "GET", "/health", &Value::Null).0, 200);
    assert_eq!(control(&emulator, "GET", "/nowhere", &Value::Null).0, 404);
    assert_eq!(control(&emulator, "GET", "/script", &Value::Null).0, 405);
}

#[test]
fn a_script_is_played_on_the_data_port_and_never_on_the_control_port() {
    let emulator = start();
    let script = json!([{"status": 418, "times": 2}, {"action": "reset"}]);
    assert_eq!(
        control(&emulator, "POST", "/script", &script),
        (200, json!({"ok": true, "left": 3}))
    );
    assert_eq!(control(&emulator, "GET", "/health", &Value::Null).0, 200);
    assert_eq!(token(&emulator, "").status, 418);
    assert_eq!(
        control(&emulator, "GET", "/requests", &Value::Null).1["script_left"],
        2
    );
}

#[test]
fn a_script_with_a_mistake_is_refused_and_the_mistake_named() {
    let emulator = start();
    for (script, word) in [
        (json!([{"stauts": 1}]), "stauts"),
        (json!([{"stage": "never"}]), "never"),
        (json!([{"body_base64": "%"}]), "symbol"),
        (json!({}), "sequence"),
    ] {
        let (status, answer) = control(&emulator, "POST", "/script", &script);
        assert_eq!(status, 400);
        assert!(answer["error"].as_str().unwrap().contains(word), "{answer}");
    }
    assert_eq!(emulator.script_left(), 0);
}

#[test]
fn faults_have_names_and_can_be_added_to_those_that_are_left() {
    let emulator = start();
    let script = |path: &str, script: Value| control(&emulator, "POST", path, &script);
    script("/script", json!(["unavailable", {"status": 418}]));
    let (status, answer) = script("/script?add", json!(["invalid_grant"]));
    assert_eq!((status, &answer["left"]), (200, &json!(3)));
    let statuses: Vec<_> = (0..3).map(|_| token(&emulator, "").status).collect();
    assert_eq!(statuses, [503, 418, 401]);
    let (status, answer) = script("/script", json!(["no such fault"]));
    assert_eq!(
        (status, answer["error"].as_str()),
        (400, Some("there is no fault of this name"))
    );
    assert_eq!(script("/script?append", json!([])).0, 400);
}

#[test]
fn requests_are_listed_with_counts_and_forgotten_with_the_script() {
    let emulator = start();
    token(&emulator, "grant_type=client_credentials");
    control(&emulator, "POST", "/script", &json!([{}]));
    let (_, all) = control(&emulator, "GET", "/requests", &Value::Null);
    assert_eq!(
        (&all["connections"], &all["partial"], &all["total"]),
        (&json!(1), &json!(0), &json!(1))
    );
    let request = &all["requests"][0];
    assert_eq!(
        request["form"],
        json!([["grant_type", "client_credentials"]])
    );
    assert_eq!(
        (&request["answered"], &request["listener"]),
        (&json!(200), &json!("http"))
    );
    assert_eq!(
        control(&emulator, "DELETE", "/requests", &Value::Null).0,
        200
    );
    let (_, all) = control(&emulator, "GET", "/requests", &Value::Null);
    assert_eq!(
        (&all["requests"], &all["connections"], &all["script_left"]),
        (&json!([]), &json!(0), &json!(0))
    );
}

#[test]
fn the_clock_moves_forward_only() {
    let emulator = start();
    let before = emulator.now();
    let (status, answer) = control(&emulator, "POST", "/clock", &json!({"advance": 5_184_000}));
    assert_eq!(status, 200);
    assert!(answer["now"].as_u64().unwrap() >= before + 5_184_000);
    assert_eq!(
        control(&emulator, "POST", "/clock", &json!({"advance": -1})).0,
        400
    );
    assert_eq!(
        control(&emulator, "POST", "/clock", &json!({"advance": 1e300})).0,
        400
    );
}

#[test]
fn switches_are_read_and_patched() {
    let emulator = start();
    assert_eq!(
        control(&emulator, "GET", "/switches", &Value::Null).1["rotation"],
        "grace"
    );
    let (status, all) = control(
        &emulator,
        "POST",
        "/switches",
        &json!({"rotation": "strict"}),
    );
    assert_eq!(
        (status, &all["rotation"], &all["code_lifetime"]),
        (200, &json!("strict"), &json!(600))
    );
    let (status, answer) = control(
        &emulator,
        "POST",
        "/switches",
        &json!({"rotation": "grace", "nonsense": 1}),
    );
    assert_eq!(status, 400);
    assert!(answer["error"].as_str().unwrap().contains("nonsense"));
    assert_eq!(
        control(&emulator, "GET", "/switches", &Value::Null).1["rotation"],
        "strict"
    );
}

#[test]
fn authorize_gives_a_code_that_works_and_the_address_to_go_to() {
    let emulator = start();
    let ask = json!({"redirect_uri": "https://example.com/callback", "scope": "pins:read", "state": "s t"});
    let (status, answer) = control(&emulator, "POST", "/authorize", &ask);
    let code = answer["code"].as_str().unwrap();
    assert_eq!(status, 200);
    assert_eq!(
        answer["redirect"],
        format!("https://example.com/callback?code={code}&state=s%20t")
    );
    let form = format!(
        "grant_type=authorization_code&code={code}&redirect_uri=https%3A%2F%2Fexample.com%2Fcallback"
    );
    assert_eq!(token(&emulator, &form).status, 200);
    assert!(control(&emulator, "POST", "/authorize", &json!({})).1["code"].is_string());
    assert_eq!(
        control(
            &emulator,
            "POST",
            "/authorize",
            &json!({"redirect_uri": "http://evil/"})
        )
        .0,
        400
    );
}

#[test]
fn reset_brings_everything_back_to_the_start() {
    let emulator = start();
    let granted = log_in(&emulator);
    control(
        &emulator,
        "POST",
        "/switches",
        &json!({"rotation": "strict"}),
    );
    control(&emulator, "POST", "/clock", &json!({"advance": 1_000_000}));
    control(&emulator, "POST", "/script", &json!([{"status": 500}]));
    let ahead = emulator.now();
    assert_eq!(control(&emulator, "POST", "/reset", &Value::Null).0, 200);
    assert!(emulator.now() < ahead);
    assert_eq!(
        emulator.switches(),
        pinterest_oauth_emulator::Switches::default()
    );
    assert!(emulator.requests().is_empty());
    assert_eq!(
        token(&emulator, &refresh_form(&granted)).error(),
        (401, 283)
    );
    assert_eq!(
        token(&emulator, "grant_type=client_credentials").status,
        200
    );
}

#[test]
fn the_proxys_record_is_there_too() {
    let emulator = start();
    let mut stream = connect(&emulator.urls().proxy_url);
    stream
        .write_all(b"CONNECT example.com:443 HTTP/1.1\r\nX-A: b\r\n\r\n")
        .unwrap();
    read_answer(&mut stream).unwrap();
    let (_, seen) = control(&emulator, "GET", "/proxy", &Value::Null);
    let expected = json!({"requests": [
        {"method": "CONNECT", "target": "example.com:443", "headers": [["X-A", "b"]], "answered": 403}
    ]});
    assert_eq!(seen, expected);
}

#[test]
fn one_connection_serves_many_controls_and_nonsense_is_turned_down() {
    let emulator = start();
    let mut stream = connect(&emulator.urls().control_url);
    for _ in 0..3 {
        stream
            .write_all(&request(
                &emulator.urls().control_url,
                "GET",
                "/health",
                &[],
                "",
            ))
            .unwrap();
        assert_eq!(read_answer(&mut stream).unwrap().status, 200);
    }
    stream.write_all(b"nonsense\r\n\r\n").unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 400);
    assert!(emulator.requests().is_empty());
}
