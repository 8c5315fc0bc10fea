//! A login with a browser against the emulator; the browser's part is played with plain requests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod ends;
mod limits;
mod requests;

use std::hash::{BuildHasher, RandomState};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use pinterest_oauth::blocking::TokenManager;
use pinterest_oauth::{
    Config, Login, LoginEvent, LoginEventKind, LoginOptions, ManagerConfig, Scopes,
};
use pinterest_oauth_emulator::{Emulator, Options};

static NUMBER: AtomicU16 = AtomicU16::new(0);

/// An emulator that knows a free port of this machine as redirect address, and a manager.
struct World {
    emulator: Emulator,
    settings: ManagerConfig,
    manager: TokenManager,
    folder: PathBuf,
    port: u16,
}

impl World {
    fn new() -> Self {
        let port = free_port();
        let emulator = Emulator::start(Options {
            redirect_uris: vec![format!("http://localhost:{port}/")],
            ..Options::default()
        });
        let emulator = emulator.unwrap();
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("pinterest-login-{}-{number}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let urls = emulator.urls();
        let config = Config::new()
            .app_id(emulator.app_id())
            .app_secret(emulator.app_secret())
            .base_url(&urls.base_url)
            .oauth_url(&urls.oauth_url);
        let settings = ManagerConfig::new(config).store(folder.join("tokens"));
        let manager = TokenManager::new(settings.clone()).unwrap();
        Self {
            emulator,
            settings,
            manager,
            folder,
            port,
        }
    }

    fn options(&self) -> LoginOptions {
        LoginOptions::new()
            .redirect_uri(format!("http://localhost:{}/", self.port))
            .scope(Scopes::parse("pins:read"))
            .browser(false)
            .timeout(Duration::from_secs(60))
    }

    fn start(&self) -> Login {
        self.manager.start_login(&self.options()).unwrap()
    }

    /// What Pinterest does with a browser whose person clicks: the address to which it sends back.
    fn consent(&self, page: &str, decision: &str) -> String {
        let query = page.split_once('?').unwrap().1;
        let body = format!("{query}&decision={decision}");
        let place = page.split_once("//").unwrap().1.split('/').next().unwrap();
        let request = format!(
            "POST /oauth/ HTTP/1.1\r\nHost: {place}\r\nOrigin: http://{place}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = exchange(place, &request);
        header(&answer, "location").unwrap_or_else(|| panic!("{answer}"))
    }

    fn exchanges(&self) -> usize {
        let requests = self.emulator.requests();
        requests
            .iter()
            .filter(|request| request.path.ends_with("/oauth/token"))
            .count()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Above 32,767 the system could give it to somebody who asks for any port.
fn free_port() -> u16 {
    loop {
        let port = 20_000 + u16::try_from(RandomState::new().hash_one(()) % 10_000).unwrap();
        let four = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
        if four && (TcpListener::bind((Ipv6Addr::LOCALHOST, port)).is_ok() || !has_ipv6()) {
            return port;
        }
    }
}

fn has_ipv6() -> bool {
    TcpListener::bind("[::1]:0").is_ok()
}

fn exchange(place: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(place).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn header(answer: &str, name: &str) -> Option<String> {
    let mut lines = answer.lines();
    let found = lines.find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}:")))?;
    Some(found.split_once(':').unwrap().1.trim().to_owned())
}

/// A browser on this machine.
#[derive(Default)]
struct Browser {
    cookie: Option<String>,
}

impl Browser {
    /// Its answer.
    fn get(&mut self, address: &str) -> String {
        self.ask(
            "GET",
            address,
            "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n",
        )
    }

    fn ask(&mut self, method: &str, address: &str, headers: &str) -> String {
        let rest = address.split_once("//").unwrap().1;
        let (host, path) = rest.split_once('/').unwrap();
        let cookie = self
            .cookie
            .as_ref()
            .map(|cookie| format!("Cookie: a=b; {cookie}\r\n"));
        let request = format!(
            "{method} /{path} HTTP/1.1\r\nHost: {host}\r\n{headers}{}\r\n",
            cookie.unwrap_or_default()
        );
        let answer = exchange(&host.replace("localhost", "127.0.0.1"), &request);
        if let Some(cookie) = header(&answer, "set-cookie") {
            self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
        }
        answer
    }

    /// Follows the start page to Pinterest's.
    fn begin(&mut self, login: &Login) -> String {
        let answer = self.get(&login.started().start_url);
        header(&answer, "location").unwrap_or_else(|| panic!("{answer}"))
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

fn end(login: &Login) -> Result<LoginEvent, pinterest_oauth::Error> {
    let until = Instant::now() + Duration::from_secs(30);
    let told = loop {
        match login.next(Duration::from_secs(30)) {
            Ok(Some(event)) if event.event == LoginEventKind::Done => break Ok(event),
            Err(error) => break Err(error),
            _ => assert!(Instant::now() < until, "the login does not end"),
        }
    };
    let after = login.next(Duration::ZERO).unwrap_err();
    assert_eq!(
        after.kind(),
        pinterest_oauth::Kind::Cancelled,
        "it is over at once"
    );
    told
}
