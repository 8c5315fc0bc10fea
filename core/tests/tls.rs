//! TLS 1.2 or newer: what the client offers, and what it answers to an older server.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use pinterest_oauth::{Config, Kind, Outcome, TokenRequest, blocking::Client};

/// The extension `supported_versions` of a ClientHello (RFC 8446, section 4.2.1).
const SUPPORTED_VERSIONS: [u8; 2] = [0x00, 0x2b];
const TLS_1_3: [u8; 2] = [0x03, 0x04];
const TLS_1_2: [u8; 2] = [0x03, 0x03];
const TLS_1_1: [u8; 2] = [0x03, 0x02];

/// A server that chooses TLS 1.1; it gives back the ClientHello of its last caller.
fn old_server() -> (u16, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let mut header = [0_u8; 5];
        connection.read_exact(&mut header).unwrap();
        let mut hello = vec![0_u8; usize::from(u16::from_be_bytes([header[3], header[4]]))];
        connection.read_exact(&mut hello).unwrap();
        // ServerHello: version, random, no session, TLS_RSA_WITH_AES_128_CBC_SHA, no compression.
        let mut body = TLS_1_1.to_vec();
        body.extend([7_u8; 32]);
        body.extend([0x00, 0x00, 0x2f, 0x00]);
        let mut record = vec![
            0x16,
            0x03,
            0x02,
            0x00,
            u8::try_from(body.len()).unwrap() + 4,
        ];
        record.extend([0x02, 0x00, 0x00, u8::try_from(body.len()).unwrap()]);
        record.extend(body);
        connection.write_all(&record).unwrap();
        // The refusal, which the caller sends before it hangs up.
        let _ = connection.read_to_end(&mut Vec::new());
        hello
    });
    (port, server)
}

/// The versions that a ClientHello offers.
fn offered(hello: &[u8]) -> Vec<[u8; 2]> {
    let mut extensions = hello.windows(2).enumerate();
    let versions = extensions.find_map(|(at, kind)| {
        let length = usize::from(*hello.get(at + 4)?);
        let plausible = hello.get(at + 2..at + 4)? == [0, u8::try_from(length + 1).ok()?];
        (kind == SUPPORTED_VERSIONS && plausible && length % 2 == 0)
            .then(|| hello.get(at + 5..at + 5 + length))?
    });
    versions
        .unwrap()
        .chunks(2)
        .map(|version| [version[0], version[1]])
        .collect()
}

#[test]
fn a_server_with_tls_1_1_is_refused_and_only_1_2_and_1_3_are_offered() {
    let (port, server) = old_server();
    let config = Config::new()
        .app_id("1234567")
        .app_secret("made-up")
        .base_url(format!("https://127.0.0.1:{port}"));
    let error = Client::new(config)
        .unwrap()
        .oauth_token(&TokenRequest::client_credentials())
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (Kind::Tls, Outcome::NotSent)
    );
    assert_eq!(offered(&server.join().unwrap()), [TLS_1_3, TLS_1_2]);
}
