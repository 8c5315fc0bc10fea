//! The forward proxy.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use serde_json::json;
use std::io::{Read, Write};

#[test]
fn the_proxy_can_demand_credentials_and_can_refuse() {
    let emulator = start();
    let attempt = |extra: &str| {
        let mut stream = connect(&emulator.urls().proxy_url);
        let target = authority(&emulator.urls().base_url);
        stream
            .write_all(format!("CONNECT {target} HTTP/1.1\r\n{extra}\r\n").as_bytes())
            .unwrap();
        let mut status = [0_u8; 12];
        stream.read_exact(&mut status).unwrap();
        String::from_utf8_lossy(&status[9..]).into_owned()
    };
    assert_eq!(attempt(""), "200");
    emulator
        .set_switches(&json!({"proxy_auth": "user:pa:ss"}))
        .unwrap();
    assert_eq!(attempt(""), "407");
    assert_eq!(
        attempt(&format!(
            "Proxy-Authorization: {}\r\n",
            basic("user", "wrong")
        )),
        "407"
    );
    assert_eq!(
        attempt(&format!(
            "Proxy-Authorization: {}\r\n",
            basic("user", "pa:ss")
        )),
        "200"
    );
    emulator
        .set_switches(&json!({"proxy_refuses": 503}))
        .unwrap();
    assert_eq!(attempt(""), "503");
}

#[test]
fn the_proxy_reaches_nothing_but_this_machine() {
    let emulator = start();
    for target in [
        "example.com:443",
        "192.0.2.1:80",
        "localhost.example.com:80",
    ] {
        let mut stream = connect(&emulator.urls().proxy_url);
        stream
            .write_all(format!("CONNECT {target} HTTP/1.1\r\n\r\n").as_bytes())
            .unwrap();
        assert_eq!(read_answer(&mut stream).unwrap().status, 403);
    }
}
