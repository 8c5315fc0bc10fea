//! TLS with its good and bad certificates, the proxy, the record, the life of the emulator.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::{Action, Emulator, Fault, Options, Stage};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, ClientConnection, Error, RootCertStore, StreamOwned,
};

fn with_tls() -> Emulator {
    Emulator::start(Options::default()).unwrap()
}

fn client(emulator: &Emulator, url: &str, name: &str) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(emulator.urls().ca_file.as_ref().unwrap()).unwrap())
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let session =
        ClientConnection::new(Arc::new(config), name.to_owned().try_into().unwrap()).unwrap();
    let address = authority(url).replace("localhost", "127.0.0.1");
    StreamOwned::new(session, connect(&format!("tcp://{address}")))
}

/// Why the client turned the certificate down.
fn refusal(emulator: &Emulator, url: &Option<String>) -> CertificateError {
    let error = client(emulator, url.as_ref().unwrap(), "localhost")
        .write_all(b"x")
        .unwrap_err();
    match error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>())
    {
        Some(Error::InvalidCertificate(reason)) => reason.clone(),
        other => panic!("not about the certificate: {other:?}"),
    }
}

#[test]
fn the_good_certificate_is_trusted_for_localhost_and_127_0_0_1() {
    let emulator = with_tls();
    let url = emulator.urls().https_base_url.clone().unwrap();
    for name in ["localhost", "127.0.0.1"] {
        let mut stream = client(&emulator, &url, name);
        for _ in 0..2 {
            stream.write_all(&good_request_to(&emulator, &url)).unwrap();
            assert_eq!(read_answer(&mut stream).unwrap().status, 200);
        }
    }
    let requests = emulator.requests();
    assert_eq!(requests.len(), 4);
    assert!(requests.iter().all(|request| request.listener == "https"));
    assert_eq!(emulator.counts().connections, 2);
}

#[test]
fn the_bad_certificates_are_bad_in_exactly_their_way() {
    let emulator = with_tls();
    let urls = emulator.urls();
    let expired = refusal(&emulator, &urls.expired_base_url);
    assert!(
        matches!(
            expired,
            CertificateError::ExpiredContext { .. } | CertificateError::Expired
        ),
        "{expired:?}"
    );
    let wrong = refusal(&emulator, &urls.wrong_host_base_url);
    assert!(
        matches!(
            wrong,
            CertificateError::NotValidForNameContext { .. } | CertificateError::NotValidForName
        ),
        "{wrong:?}"
    );
    assert_eq!(
        refusal(&emulator, &urls.untrusted_base_url),
        CertificateError::UnknownIssuer
    );
    assert!(emulator.requests().is_empty());
}

#[test]
fn faults_act_under_tls_too() {
    let emulator = with_tls();
    let url = emulator.urls().https_base_url.clone().unwrap();
    let attempt = |fault: Fault| {
        emulator.script(vec![fault]);
        let mut stream = client(&emulator, &url, "localhost");
        stream
            .write_all(&good_request_to(&emulator, &url))
            .and_then(|()| read_answer(&mut stream))
    };
    for stage in [Stage::Accept, Stage::BeforeRead, Stage::AfterRead] {
        for action in [Action::Reset, Action::Close] {
            assert!(
                attempt(Fault {
                    stage,
                    action,
                    ..Fault::default()
                })
                .is_err()
            );
        }
    }
    assert_eq!(emulator.requests().len(), 2);
    let fault = Fault {
        status: Some(503),
        body: Some("down".into()),
        ..Fault::default()
    };
    assert_eq!(attempt(fault).unwrap().text(), "down");
}

#[test]
fn without_tls_there_are_no_https_addresses() {
    let emulator = start();
    assert_eq!(
        (&emulator.urls().https_base_url, &emulator.urls().ca_file),
        (&None, &None)
    );
}

#[test]
fn the_ca_file_goes_with_the_emulator_and_stays_in_a_folder_of_ones_own() {
    let emulator = with_tls();
    let file = emulator.urls().ca_file.clone().unwrap();
    let pem = std::fs::read_to_string(&file).unwrap();
    assert!(pem.contains("BEGIN CERTIFICATE") && !pem.contains("PRIVATE KEY"));
    drop(emulator);
    assert!(!file.exists() && !file.parent().unwrap().exists());

    let dir = std::env::temp_dir().join(format!("emulator-test-{}", std::process::id()));
    drop(
        Emulator::start(Options {
            dir: Some(dir.clone()),
            ..Options::default()
        })
        .unwrap(),
    );
    assert!(dir.join("ca.pem").exists());
    std::fs::remove_dir_all(dir).unwrap();
}

#[test]
fn dropping_the_emulator_closes_every_connection() {
    let emulator = start();
    let url = emulator.urls().base_url.clone();
    emulator.script(vec![Fault {
        action: Action::Hang,
        ..Fault::default()
    }]);
    let mut stream = connect(&url);
    stream.write_all(&good_request(&emulator)).unwrap();
    drop(emulator);
    assert!(matches!(stream.read(&mut [0_u8; 1]), Ok(0) | Err(_)));
}

#[test]
fn the_record_holds_a_request_as_it_was_sent() {
    let emulator = start();
    let headers = [FORM, ("X-MiXed", " padded value ")];
    let url = &emulator.urls().sandbox_base_url;
    send(
        url,
        "POST",
        "/v5/oauth/token?a=b%20c",
        &headers,
        "z=1+2&a=%C3%A9&z=3",
    )
    .unwrap();
    let requests = emulator.requests();
    let request = &requests[0];
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/v5/oauth/token")
    );
    assert_eq!(
        (request.query.as_str(), request.http_version.as_str()),
        ("a=b%20c", "HTTP/1.1")
    );
    assert!(
        request
            .headers
            .contains(&("X-MiXed".into(), "padded value ".into()))
            || request.header("x-mixed") == Some("padded value")
    );
    assert_eq!(request.body.as_deref(), Some("z=1+2&a=%C3%A9&z=3"));
    assert_eq!(request.body_base64, "ej0xKzImYT0lQzMlQTkmej0z");
    let form: Vec<(&str, &str)> = request
        .form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(form, [("z", "1 2"), ("a", "é"), ("z", "3")]);
    assert_eq!(
        (request.listener.as_str(), request.answered),
        ("sandbox", Some(401))
    );
    emulator.clear();
    assert!(emulator.requests().is_empty());
    assert_eq!(emulator.counts().connections, 0);
}

#[test]
fn nothing_secret_is_in_any_debug_output() {
    let options = Options {
        tls: false,
        app_secret: Some("canary-secret".into()),
        ..Options::default()
    };
    let shown = format!("{options:?}");
    let emulator = Emulator::start(options).unwrap();
    let authorized = emulator
        .authorize(&pinterest_oauth_emulator::Consent::default())
        .unwrap();
    token(&emulator, &code_form(&authorized.code));
    let shown = format!("{shown}{emulator:?}{:?}{authorized:?}", emulator.requests());
    assert!(shown.contains("sha256:"), "{shown}");
    for secret in [
        "canary-secret",
        &authorized.code,
        &basic(emulator.app_id(), "canary-secret"),
    ] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn the_proxy_passes_on_absolute_urls_and_tunnels_and_notes_both() {
    let emulator = with_tls();
    let target = emulator.urls().base_url.clone();
    let mut stream = connect(&emulator.urls().proxy_url);
    let request = String::from_utf8(good_request(&emulator)).unwrap();
    stream
        .write_all(request.replacen("/v5", &target, 1).as_bytes())
        .unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 200);

    let https = authority(emulator.urls().https_base_url.as_ref().unwrap());
    let mut stream = connect(&emulator.urls().proxy_url);
    stream
        .write_all(format!("CONNECT {https} HTTP/1.1\r\nHost: {https}\r\n\r\n").as_bytes())
        .unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0_u8; 1];
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    assert!(head.starts_with(b"HTTP/1.1 200 "));
    let mut tls = client(&emulator, &format!("tcp://{https}"), "localhost");
    tls.sock = stream;
    tls.write_all(&good_request_to(&emulator, &format!("https://{https}")))
        .unwrap();
    assert_eq!(read_answer(&mut tls).unwrap().status, 200);

    let seen = emulator.proxy_seen();
    let seen: Vec<(&str, &str, u16)> = seen
        .iter()
        .map(|one| (one.method.as_str(), one.target.as_str(), one.answered))
        .collect();
    let first = format!("{target}/oauth/token");
    assert_eq!(
        seen,
        [
            ("POST", first.as_str(), 200),
            ("CONNECT", https.as_str(), 200)
        ]
    );
}

#[test]
fn a_taken_port_is_an_error_and_a_free_one_is_used() {
    let on = |port| {
        Emulator::start(Options {
            tls: false,
            port,
            ..Options::default()
        })
    };
    let port_of = |url: &str| {
        authority(url)
            .split(':')
            .nth(1)
            .unwrap()
            .parse::<u16>()
            .unwrap()
    };
    let emulator = start();
    let taken = on(port_of(&emulator.urls().base_url));
    assert_eq!(taken.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
    // Somebody else may take a port that was free a moment ago; not ten times in a row.
    let again = (0..10).find_map(|_| {
        let free = port_of(&start().urls().base_url);
        on(free).ok().map(|emulator| (free, emulator))
    });
    let (free, again) = again.unwrap();
    assert_eq!(again.urls().base_url, format!("http://127.0.0.1:{free}/v5"));
}
