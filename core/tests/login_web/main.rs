//! The login of a web app: the emulator is Pinterest, a jar of cookies is the browser, managers on one store are the
//! app's workers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod begin;
mod cookie;
mod finish;
mod together;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use pinterest_oauth::blocking::TokenManager;
use pinterest_oauth::{BeginLogin, Config, LoginBegin, LoginVisit, ManagerConfig, Scopes};
use pinterest_oauth_emulator::{Consent, Emulator, Options};

const REDIRECT_URI: &str = "http://localhost:8085/";

/// Pinterest, a store, and a clock.
struct World {
    emulator: Emulator,
    folder: PathBuf,
}

impl World {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!(
            "pinterest-login-web-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        ));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("clock"), "0").unwrap();
        Self {
            emulator: Emulator::start(Options::default()).unwrap(),
            folder,
        }
    }

    fn config(&self) -> Config {
        Config::new()
            .app_id(self.emulator.app_id())
            .app_secret(self.emulator.app_secret())
            .base_url(&self.emulator.urls().base_url)
            .oauth_url(&self.emulator.urls().oauth_url)
    }

    /// One of the app's workers: equal numbers share what they know, others meet in the store alone.
    fn worker(&self, number: u64) -> TokenManager {
        self.manager(self.config().timeout(Duration::from_secs(20 + number)))
    }

    fn manager(&self, config: Config) -> TokenManager {
        let settings = ManagerConfig::new(config)
            .store(self.folder.join("tokens"))
            .clock_offset_file(self.folder.join("clock"));
        TokenManager::new(settings).unwrap()
    }

    /// Moves the clock of the workers.
    fn set_clock(&self, seconds: i64) {
        std::fs::write(self.folder.join("clock"), seconds.to_string()).unwrap();
    }

    /// The person gives access; the address to which the browser is sent.
    fn consent(&self, begin: &LoginBegin) -> String {
        self.click(begin, |_| {})
    }

    fn click(&self, begin: &LoginBegin, change: impl FnOnce(&mut Consent)) -> String {
        let mut consent = Consent {
            redirect_uri: parameter(begin.url(), "redirect_uri"),
            scope: parameter(begin.url(), "scope"),
            state: Some(state(begin)),
            ..Consent::default()
        };
        change(&mut consent);
        self.emulator.authorize(&consent).unwrap().redirect
    }

    /// How many codes were sent.
    fn codes(&self) -> u64 {
        let posts = self.emulator.posts();
        let codes = posts
            .accounts
            .values()
            .map(|posts| posts.authorization_code);
        codes.sum()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Keeps cookies as browsers do.
#[derive(Default, Clone)]
struct Browser(BTreeMap<String, String>);

impl Browser {
    fn take(&mut self, set_cookies: &[String]) {
        for cookie in set_cookies {
            let (pair, attributes) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.0.remove(name);
            } else {
                self.0.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn header(&self) -> String {
        let pairs = self.0.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// Begins a login, and keeps its cookies.
    fn begin(&mut self, worker: &TokenManager, login: BeginLogin) -> LoginBegin {
        let begin = worker.begin_login(&login.cookies(self.header())).unwrap();
        self.take(begin.set_cookies());
        begin
    }

    fn visit(&self, address: &str) -> LoginVisit {
        LoginVisit::new(address, self.header())
    }
}

fn login() -> BeginLogin {
    BeginLogin::new(REDIRECT_URI).scope(Scopes::parse("user_accounts:read,pins:read"))
}

/// A parameter of the address of Pinterest's page.
fn parameter(url: &str, name: &str) -> String {
    let url = url::Url::parse(url).unwrap();
    let mut pairs = url.query_pairs();
    pairs.find(|(key, _)| key == name).unwrap().1.into_owned()
}

fn state(begin: &LoginBegin) -> String {
    parameter(begin.url(), "state")
}

/// Name and value of the cookie that a begin sets.
fn cookie(begin: &LoginBegin) -> (String, String) {
    let pair = begin.set_cookies().last().unwrap().split(';').next();
    let (name, value) = pair.unwrap().split_once('=').unwrap();
    (name.to_owned(), value.to_owned())
}
