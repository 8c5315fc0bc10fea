//! A client without any library, so that nothing is hidden from the tests.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pinterest_oauth_emulator::{Consent, Emulator, Options};
use serde_json::Value;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longer than anything here takes; only a bug meets it.
pub const LIMIT: Duration = Duration::from_secs(30);

pub fn start() -> Emulator {
    Emulator::start(Options {
        tls: false,
        ..Options::default()
    })
    .unwrap()
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// Status and Pinterest's code.
    pub fn error(&self) -> (u16, i64) {
        let body = self.json();
        assert!(body["message"].is_string(), "{body}");
        (self.status, body["code"].as_i64().unwrap())
    }
}

/// `host:port` of a base URL.
pub fn authority(url: &str) -> String {
    url.split("://")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned()
}

pub fn connect(url: &str) -> TcpStream {
    let stream = TcpStream::connect(authority(url)).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream.set_write_timeout(Some(LIMIT)).unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// The bytes of a request to the listener of this address. A header `Host` replaces the right one.
pub fn request(
    url: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\n");
    if !headers.iter().any(|(name, _)| *name == "Host") {
        text.push_str(&format!("Host: {}\r\n", authority(url)));
    }
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    text.into_bytes()
}

/// Reads one answer, by its length or to the end.
pub fn read_answer<S: Read>(stream: &mut S) -> io::Result<Answer> {
    let mut bytes = Vec::new();
    let mut byte = [0_u8; 1];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the connection ended in the head",
            ));
        }
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).unwrap();
    let mut lines = head.lines();
    let status = lines
        .next()
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut answer = Answer {
        status,
        headers,
        body: Vec::new(),
    };
    match answer
        .header("content-length")
        .map(|length| length.parse::<usize>().unwrap())
    {
        Some(length) => {
            answer.body.resize(length, 0);
            stream.read_exact(&mut answer.body)?;
        }
        None if status != 204 => {
            stream.read_to_end(&mut answer.body)?;
        }
        None => (),
    }
    Ok(answer)
}

pub fn send(
    url: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> io::Result<Answer> {
    let mut stream = connect(url);
    stream.write_all(&request(url, method, path, headers, body))?;
    read_answer(&mut stream)
}

pub fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

pub const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// Posts a form with the app's credentials.
pub fn post_to(emulator: &Emulator, base_url: &str, path: &str, form: &str) -> io::Result<Answer> {
    let authorization = basic(emulator.app_id(), emulator.app_secret());
    send(
        base_url,
        "POST",
        path,
        &[("Authorization", &authorization), FORM],
        form,
    )
}

pub fn token(emulator: &Emulator, form: &str) -> Answer {
    post_to(emulator, &emulator.urls().base_url, "/v5/oauth/token", form).unwrap()
}

/// The bytes of a token request that is in order.
pub fn good_request(emulator: &Emulator) -> Vec<u8> {
    good_request_to(emulator, &emulator.urls().base_url)
}

/// The same for another listener.
pub fn good_request_to(emulator: &Emulator, url: &str) -> Vec<u8> {
    let authorization = basic(emulator.app_id(), emulator.app_secret());
    request(
        url,
        "POST",
        "/v5/oauth/token",
        &[("Authorization", &authorization), FORM],
        "grant_type=client_credentials",
    )
}

pub const REDIRECT: &str = "redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F";

pub fn code(emulator: &Emulator, scope: &str) -> String {
    emulator
        .authorize(&Consent {
            scope: scope.into(),
            ..Consent::default()
        })
        .unwrap()
        .code
}

pub fn code_form(code: &str) -> String {
    format!("grant_type=authorization_code&code={code}&{REDIRECT}")
}

/// Exchanges a fresh code.
pub fn log_in(emulator: &Emulator) -> Value {
    let answer = token(emulator, &code_form(&code(emulator, "pins:read,ads:write")));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

pub fn refresh_form(granted: &Value) -> String {
    format!(
        "grant_type=refresh_token&refresh_token={}",
        granted["refresh_token"].as_str().unwrap()
    )
}

pub fn days(count: u64) -> Duration {
    Duration::from_secs(count * 86_400)
}

/// Everything until the connection ends, and how it ended.
pub fn all(stream: &mut TcpStream) -> (Vec<u8>, io::Result<()>) {
    let mut bytes = Vec::new();
    let mut part = [0_u8; 4096];
    loop {
        match stream.read(&mut part) {
            Ok(0) => return (bytes, Ok(())),
            Ok(count) => bytes.extend_from_slice(&part[..count]),
            Err(error) => return (bytes, Err(error)),
        }
    }
}
