//! What is kept of requests: bounds, headers by name, time, counts, and lines for a log.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::{Consent, Fault, fingerprint};
use serde_json::{Value, json};
use std::io::{BufReader, Write};

#[test]
fn the_newest_ten_thousand_requests_are_kept() {
    let emulator = start();
    let url = &emulator.urls().base_url;
    let mut stream = connect(url);
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    let bytes = request(url, "GET", "/v5/nothing", &[], "");
    for _ in 0..10_001 {
        stream.write_all(&bytes).unwrap();
        assert_eq!(read_answer(&mut answers).unwrap().status, 404);
    }
    let requests = emulator.requests();
    assert_eq!((requests.len(), emulator.counts().total), (10_000, 10_001));
    assert_eq!((requests[0].number, requests[9_999].number), (2, 10_001));
}

#[test]
fn large_requests_do_not_fill_the_memory_and_the_oldest_go_first() {
    let emulator = start();
    let url = &emulator.urls().base_url;
    let body = "x".repeat(4 * 1024 * 1024);
    for number in 0..5 {
        let path = format!("/v5/{number}");
        send(url, "POST", &path, &[], &body).unwrap();
    }
    let kept: Vec<_> = emulator
        .requests()
        .into_iter()
        .map(|recorded| recorded.path)
        .collect();
    assert_eq!(kept, ["/v5/2", "/v5/3", "/v5/4"]);
    assert_eq!(emulator.counts().total, 5);
}

#[test]
fn what_the_proxy_saw_is_bounded_by_bytes_too() {
    let emulator = start();
    let padding = "x".repeat(100_000);
    for _ in 0..340 {
        let mut stream = connect(&emulator.urls().proxy_url);
        let head = format!("CONNECT example.com:1 HTTP/1.1\r\nX-A: {padding}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        read_answer(&mut stream).unwrap();
    }
    assert_eq!(emulator.proxy_seen().len(), 32 * 1024 * 1024 / 100_016);
}

#[test]
fn headers_are_told_as_a_list_and_by_name() {
    let emulator = start();
    let headers = [("X-Two", "a"), ("x-two", "b"), ("Accept", "text/*")];
    send(&emulator.urls().base_url, "GET", "/", &headers, "").unwrap();
    let answer = send(&emulator.urls().control_url, "GET", "/requests", &[], "").unwrap();
    let request = &answer.json()["requests"][0];
    let by_name = &request["headers_by_name"];
    assert_eq!(by_name["x-two"], "a, b");
    assert_eq!(by_name["accept"], "text/*");
    let list = request["headers"].as_array().unwrap();
    assert!(list.contains(&json!(["X-Two", "a"])) && list.contains(&json!(["x-two", "b"])));
}

#[test]
fn a_request_has_a_number_a_time_and_how_long_it_took() {
    let emulator = start();
    emulator.advance(days(30)).unwrap();
    token(&emulator, "");
    token(&emulator, "");
    let requests = emulator.requests();
    assert_eq!(
        requests.iter().map(|one| one.number).collect::<Vec<_>>(),
        [1, 2]
    );
    assert!(emulator.now() - requests[0].time < 60);
    assert!(requests[0].milliseconds.unwrap() > 0.0);
}

#[test]
fn token_requests_are_counted_by_account_and_by_refresh_token_whatever_they_are_answered() {
    let emulator = start();
    let first = log_in(&emulator);
    let second = Consent {
        user: Some("second".into()),
        ..Consent::default()
    };
    let code = emulator.authorize(&second).unwrap().code;
    token(&emulator, &code_form(&code));
    token(&emulator, &code_form(&code));
    token(&emulator, &refresh_form(&first));
    emulator.script(vec![Fault::named("unavailable").unwrap()]);
    token(&emulator, &refresh_form(&first));
    token(&emulator, "grant_type=refresh_token&refresh_token=foreign");
    token(&emulator, "grant_type=client_credentials");

    let counts = send(&emulator.urls().control_url, "GET", "/counts", &[], "").unwrap();
    let of = |token: &Value| fingerprint(token.as_str().unwrap());
    let expected = json!({
        "accounts": {
            "emulated_account": {"authorization_code": 1, "refresh_token": 2},
            "second": {"authorization_code": 2, "refresh_token": 0},
        },
        "refresh_tokens": {of(&first["refresh_token"]): 2, of(&json!("foreign")): 1},
    });
    assert_eq!(counts.json(), expected);
    assert_eq!(json!(emulator.posts()), expected);
    emulator.clear();
    assert!(emulator.posts().accounts.is_empty() && emulator.posts().refresh_tokens.is_empty());
}

#[test]
fn whoever_follows_hears_of_each_request_and_of_no_secret() {
    let emulator = start();
    let served = emulator.served();
    log_in(&emulator);
    emulator.script(vec![Fault::named("closed").unwrap()]);
    let sandbox = &emulator.urls().sandbox_base_url;
    let path = "/v5/pina_canary/0123456789abcdef0123456789abcdef";
    assert!(send(sandbox, "GET", path, &[], "").is_err());
    send(sandbox, "GET", "/", &[("Host", "wrong")], "").unwrap();
    drop(emulator);

    let told: Vec<_> = served.iter().collect();
    let lines: Vec<_> = told
        .iter()
        .map(|one| (one.method.as_str(), one.status, one.listener))
        .collect();
    assert_eq!(
        lines,
        [
            ("POST", Some(200), "http"),
            ("GET", None, "sandbox"),
            ("GET", Some(421), "sandbox")
        ]
    );
    assert_eq!(told[0].path, "/v5/oauth/token");
    let text = format!("{told:?}");
    assert!(
        !text.contains("canary") && !text.contains("0123456789"),
        "{text}"
    );
}

#[test]
fn the_clock_s_file_says_how_far_it_was_moved() {
    let emulator = start();
    let file = &emulator.urls().clock_file;
    let moved = || std::fs::read_to_string(file).unwrap();
    assert_eq!(moved(), "0\n");
    emulator.advance(days(30)).unwrap();
    emulator.advance(days(1)).unwrap();
    assert_eq!(moved(), format!("{}\n", 31 * 86_400));
    emulator.reset().unwrap();
    assert_eq!(moved(), "0\n");
}

#[test]
fn a_clock_whose_file_cannot_be_written_stays_as_it_is() {
    let emulator = start();
    let before = emulator.now();
    std::fs::remove_dir_all(emulator.urls().clock_file.parent().unwrap()).unwrap();
    emulator.advance(days(30)).unwrap_err();
    assert!(emulator.now() < before + 86_400);
}
