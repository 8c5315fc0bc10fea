//! Every fault, as a client meets it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::{Action, Bytes, Emulator, Fault, Fill, Stage};
use std::io::{ErrorKind, Read, Write};
use std::time::{Duration, Instant};

fn play(emulator: &Emulator, fault: Fault) -> std::io::Result<Answer> {
    emulator.script(vec![fault]);
    let mut stream = connect(&emulator.urls().base_url);
    stream.write_all(&good_request(emulator))?;
    read_answer(&mut stream)
}

fn status_of(answered: Option<u16>, emulator: &Emulator) {
    assert_eq!(
        emulator.requests().last().map(|request| request.answered),
        Some(answered)
    );
}

#[test]
fn status_reason_headers_and_body_are_as_scripted() {
    let emulator = start();
    let fault = Fault {
        status: Some(307),
        headers: vec![
            ("Location".into(), Some("https://example.com/".into())),
            ("content-type".into(), None),
        ],
        body_json: Some(serde_json::json!({"code": 1})),
        ..Fault::default()
    };
    let answer = play(&emulator, fault).unwrap();
    assert_eq!(
        (answer.status, answer.text().as_str()),
        (307, "{\"code\":1}")
    );
    assert_eq!(answer.header("location"), Some("https://example.com/"));
    assert_eq!(answer.header("content-type"), None);
    status_of(Some(307), &emulator);
}

#[test]
fn faults_are_used_up_in_order_and_then_pinterest_answers() {
    let emulator = start();
    emulator.script(vec![
        Fault {
            status: Some(500),
            times: Some(2),
            ..Fault::default()
        },
        Fault {
            action: Action::Passthrough,
            ..Fault::default()
        },
        Fault {
            status: Some(503),
            ..Fault::default()
        },
    ]);
    assert_eq!(emulator.script_left(), 4);
    let statuses: Vec<u16> = (0..5)
        .map(|_| token(&emulator, "grant_type=client_credentials").status)
        .collect();
    assert_eq!(statuses, [500, 500, 200, 503, 200]);
    assert_eq!(emulator.script_left(), 0);
}

#[test]
fn a_fault_of_a_path_hits_the_exchange_of_a_login_and_not_its_consent() {
    let emulator = start();
    emulator.script(vec![Fault {
        path: Some("/v5/oauth/token".into()),
        ..Fault::named("never_read").unwrap()
    }]);
    let ask = format!("client_id=1234567&response_type=code&scope=pins:read&{REDIRECT}");
    let url = &emulator.urls().oauth_url;
    let page = send(url, "GET", &format!("/oauth/?{ask}"), &[], "").unwrap();
    assert_eq!(page.status, 200);
    let form = format!("{ask}&decision=allow");
    let clicked = send(url, "POST", "/oauth/", &[FORM], &form).unwrap();
    let location = clicked.header("location").unwrap();
    let exchange = code_form(location.split(['=', '&']).nth(1).unwrap());
    let post = || {
        post_to(
            &emulator,
            &emulator.urls().base_url,
            "/v5/oauth/token",
            &exchange,
        )
    };
    assert_eq!(emulator.script_left(), 1);
    assert!(post().is_err());
    assert_eq!(emulator.script_left(), 0);
    assert_eq!(post().unwrap().error(), (401, 283));
}

#[test]
fn a_reset_after_reading_leaves_a_record_without_an_answer() {
    let emulator = start();
    let error = play(
        &emulator,
        Fault {
            action: Action::Reset,
            ..Fault::default()
        },
    )
    .err()
    .unwrap();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    status_of(None, &emulator);
}

#[test]
fn a_reset_or_close_before_reading_leaves_no_record() {
    let emulator = start();
    let ends = [
        (Action::Reset, ErrorKind::ConnectionReset),
        (Action::Close, ErrorKind::UnexpectedEof),
    ];
    for (action, end) in ends {
        let fault = Fault {
            stage: Stage::BeforeRead,
            action,
            ..Fault::default()
        };
        assert_eq!(play(&emulator, fault).err().unwrap().kind(), end);
    }
    assert!(emulator.requests().is_empty());
    assert_eq!(emulator.counts().connections, 2);
}

#[test]
fn an_answer_can_come_before_the_request() {
    let emulator = start();
    let fault = |stage| Fault {
        stage,
        status: Some(408),
        ..Fault::default()
    };
    emulator.script(vec![fault(Stage::Accept)]);
    assert_eq!(
        read_answer(&mut connect(&emulator.urls().base_url))
            .unwrap()
            .status,
        408
    );
    assert_eq!(
        play(&emulator, fault(Stage::BeforeRead)).unwrap().status,
        408
    );
    assert!(emulator.requests().is_empty());
}

#[test]
fn a_truncated_body_ends_too_early() {
    let emulator = start();
    let fault = Fault {
        truncate: Some(3),
        body: Some("abcdef".into()),
        ..Fault::default()
    };
    assert_eq!(
        play(&emulator, fault).err().unwrap().kind(),
        ErrorKind::UnexpectedEof
    );
    status_of(Some(200), &emulator);
}

#[test]
fn a_reset_in_the_middle_comes_after_the_bytes_asked_for() {
    let emulator = start();
    emulator.script(vec![Fault {
        reset_after: Some(0),
        action: Action::Pinterest,
        ..Fault::default()
    }]);
    let mut stream = connect(&emulator.urls().base_url);
    stream.write_all(&good_request(&emulator)).unwrap();
    let (bytes, end) = all(&mut stream);
    assert!(bytes.is_empty());
    assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);
    status_of(None, &emulator);
}

#[test]
fn raw_bytes_come_instead_of_http() {
    let emulator = start();
    let raw = b"SSH-2.0-nope\r\n\0\xff".to_vec();
    emulator.script(vec![Fault {
        raw_base64: Some(Bytes(raw.clone())),
        ..Fault::default()
    }]);
    let mut stream = connect(&emulator.urls().base_url);
    stream.write_all(&good_request(&emulator)).unwrap();
    let (bytes, end) = all(&mut stream);
    assert_eq!(bytes, raw);
    assert!(end.is_ok());
}

#[test]
fn a_body_can_be_oversize() {
    let emulator = start();
    let fill = Fill {
        prefix: "\"".into(),
        byte: "a".into(),
        count: 5_000_000,
        suffix: "\"".into(),
    };
    let answer = play(
        &emulator,
        Fault {
            body_fill: Some(fill),
            ..Fault::default()
        },
    )
    .unwrap();
    assert_eq!(answer.body.len(), 5_000_002);
}

#[test]
fn a_body_can_be_compressed_and_chunked() {
    let emulator = start();
    let body = Some("x".repeat(1000));
    let fault = Fault {
        gzip: true,
        body: body.clone(),
        ..Fault::default()
    };
    let answer = play(&emulator, fault).unwrap();
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(answer.body.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(Some(text), body);

    let headers = vec![("connection".into(), Some("close".into()))];
    let answer = play(
        &emulator,
        Fault {
            chunked: true,
            headers,
            body,
            ..Fault::default()
        },
    )
    .unwrap();
    assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
    assert!(answer.body.starts_with(b"64\r\nxxx") && answer.body.ends_with(b"\r\n0\r\n\r\n"));
}

#[test]
fn pauses_delay_an_answer_by_at_least_what_they_say() {
    let emulator = start();
    for fault in [
        Fault {
            delay_ms: 60,
            ..Fault::default()
        },
        Fault {
            header_gap_ms: 20,
            ..Fault::default()
        },
        Fault {
            body_delay_ms: 60,
            body: Some("x".into()),
            ..Fault::default()
        },
        Fault {
            body_gap_ms: 20,
            body: Some("abcd".into()),
            ..Fault::default()
        },
        Fault {
            delay_ms: 60,
            action: Action::Pinterest,
            ..Fault::default()
        },
        Fault {
            delay_ms: 60,
            action: Action::Passthrough,
            stage: Stage::Accept,
            ..Fault::default()
        },
    ] {
        let begin = Instant::now();
        assert_eq!(play(&emulator, fault).unwrap().status, 200);
        // A lower bound: a busy machine cannot break it.
        assert!(begin.elapsed() >= Duration::from_millis(60));
    }
}
