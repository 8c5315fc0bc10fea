//! What happens to a connection: closed, reset, silent, half a request, two at once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::{Action, Fault, Stage};
use std::io::{ErrorKind, Read, Write};
use std::time::Duration;

#[test]
fn a_close_after_reading_is_an_orderly_end() {
    let emulator = start();
    emulator.script(vec![Fault {
        action: Action::Close,
        ..Fault::default()
    }]);
    let mut stream = connect(&emulator.urls().base_url);
    stream.write_all(&good_request(&emulator)).unwrap();
    let (bytes, end) = all(&mut stream);
    assert!(bytes.is_empty() && end.is_ok(), "{end:?}");
}

#[test]
fn a_reset_at_accept_comes_without_a_request() {
    let emulator = start();
    emulator.script(vec![Fault {
        stage: Stage::Accept,
        action: Action::Reset,
        ..Fault::default()
    }]);
    let (bytes, end) = all(&mut connect(&emulator.urls().base_url));
    assert!(bytes.is_empty());
    assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[test]
fn a_close_at_accept_is_an_orderly_end() {
    let emulator = start();
    emulator.script(vec![Fault {
        stage: Stage::Accept,
        action: Action::Close,
        ..Fault::default()
    }]);
    let (bytes, end) = all(&mut connect(&emulator.urls().base_url));
    assert!(bytes.is_empty() && end.is_ok(), "{end:?}");
}

#[test]
fn hang_never_answers_and_ends_when_the_client_goes() {
    let emulator = start();
    for stage in [Stage::Accept, Stage::BeforeRead, Stage::AfterRead] {
        emulator.script(vec![Fault {
            stage,
            action: Action::Hang,
            ..Fault::default()
        }]);
        let mut stream = connect(&emulator.urls().base_url);
        stream.write_all(&good_request(&emulator)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_millis(100)))
            .unwrap();
        let error = stream.read(&mut [0_u8; 1]).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
            "{error:?}"
        );
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        assert!(all(&mut stream).1.is_ok());
    }
    assert_eq!(emulator.requests().len(), 1);
}

#[test]
fn a_stale_connection_answers_once_and_is_closed_at_the_second_request() {
    let emulator = start();
    emulator.script(vec![
        Fault {
            action: Action::Pinterest,
            ..Fault::default()
        },
        Fault {
            action: Action::Close,
            ..Fault::default()
        },
    ]);
    let mut stream = connect(&emulator.urls().base_url);
    stream.write_all(&good_request(&emulator)).unwrap();
    let first = read_answer(&mut stream).unwrap();
    assert_eq!(
        (first.status, first.header("connection")),
        (200, Some("keep-alive"))
    );
    stream.write_all(&good_request(&emulator)).unwrap();
    assert!(all(&mut stream).0.is_empty());
    let requests = emulator.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].connection, requests[1].connection);
    assert_eq!(
        (requests[0].answered, requests[1].answered),
        (Some(200), None)
    );
}

#[test]
fn close_after_promises_to_keep_the_connection_and_closes_it() {
    let emulator = start();
    emulator.script(vec![Fault {
        action: Action::Pinterest,
        close_after: true,
        ..Fault::default()
    }]);
    let mut stream = connect(&emulator.urls().base_url);
    stream.write_all(&good_request(&emulator)).unwrap();
    let answer = read_answer(&mut stream).unwrap();
    assert_ne!(answer.header("connection"), Some("close"));
    assert!(all(&mut stream).0.is_empty());
}

#[test]
fn a_request_that_stops_half_way_is_counted_as_partial() {
    let emulator = start();
    let mut stream = connect(&emulator.urls().base_url);
    stream
        .write_all(b"POST /v5/oauth/token HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc")
        .unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    assert!(all(&mut stream).0.is_empty());
    assert_eq!((emulator.counts().partial, emulator.counts().total), (1, 0));
}

#[test]
fn what_is_no_http_is_answered_with_400_and_counted_as_partial() {
    let emulator = start();
    let mut stream = connect(&emulator.urls().base_url);
    stream.write_all(b"\x16\x03\x01 nonsense\r\n\r\n").unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().error(), (400, 1));
    assert_eq!(emulator.counts().partial, 1);
}

#[test]
fn a_chunked_request_body_is_read() {
    let emulator = start();
    let mut stream = connect(&emulator.urls().base_url);
    let head = format!(
        "POST /v5/oauth/token HTTP/1.1\r\nHost: {}\r\nAuthorization: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Transfer-Encoding: chunked\r\n\r\nb\r\ngrant_type=\r\n12\r\nclient_credentials\r\n0\r\n\r\n",
        authority(&emulator.urls().base_url),
        basic(emulator.app_id(), emulator.app_secret())
    );
    stream.write_all(head.as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 200);
    assert_eq!(
        emulator.requests()[0].field("grant_type"),
        Some("client_credentials")
    );
}

#[test]
fn two_requests_in_one_packet_are_answered_in_order() {
    let emulator = start();
    emulator.script(vec![
        Fault {
            status: Some(500),
            ..Fault::default()
        },
        Fault::default(),
    ]);
    let mut stream = connect(&emulator.urls().base_url);
    stream
        .write_all(&[good_request(&emulator), good_request(&emulator)].concat())
        .unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 500);
    assert_eq!(read_answer(&mut stream).unwrap().status, 200);
}
