//! One line for each call, for those who listen.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use pinterest_oauth::binding::take_log;
use pinterest_oauth::blocking::{Client, TokenManager};
use pinterest_oauth::{Config, ManagerConfig, Scopes, Token, TokenRequest};
use pinterest_oauth_emulator::{Emulator, Fault, Options};
use tracing_subscriber::fmt::MakeWriter;

/// Who listens is decided once for all threads: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Lines {
    fn of(&self, call: impl FnOnce()) -> String {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(self.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, call);
        let text = String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap();
        let ours = text
            .lines()
            .filter(|line| line.contains("pinterest_oauth:"));
        ours.collect::<Vec<_>>().join("\n")
    }
}

#[test]
fn each_call_is_one_line_without_secrets() {
    let _alone = ALONE.lock();
    let emulator = Emulator::start(Options::default()).unwrap();
    let config = Config::new()
        .app_id(emulator.app_id())
        .app_secret(emulator.app_secret())
        .base_url(&emulator.urls().base_url);
    let client = Client::new(config).unwrap();
    let lines = Lines::default();
    let ok = lines.of(|| {
        client
            .oauth_token(&TokenRequest::client_credentials())
            .unwrap();
    });
    assert_eq!(ok.lines().count(), 1, "{ok}");
    for part in [
        "call=\"oauth_token\"",
        "method=\"POST\"",
        "path=\"/v5/oauth/token\"",
        "status=200",
        "request_id=",
        "attempts=1",
        "outcome=\"ok\"",
    ] {
        assert!(ok.contains(part), "{part} is missing in {ok}");
    }
    emulator.script(vec![Fault {
        status: Some(503),
        ..Fault::default()
    }]);
    let canary = "pinr.canary-of-the-line";
    let failed = lines.of(|| {
        client
            .oauth_token(&TokenRequest::refresh_token(canary))
            .unwrap_err();
    });
    assert!(
        failed.contains("outcome=\"unknown\" kind=\"server_error\""),
        "{failed}"
    );
    let nothing = lines.of(|| {
        client
            .oauth_token(&TokenRequest::refresh_token(""))
            .unwrap_err();
    });
    assert_eq!(nothing, "");
    for secret in [canary, emulator.app_secret()] {
        assert!(!ok.contains(secret) && !failed.contains(secret));
    }
}

#[test]
fn what_the_token_manager_did_is_a_line_of_the_program_s_log() {
    let _alone = ALONE.lock();
    let emulator = Emulator::start(Options::default()).unwrap();
    let config = Config::new()
        .app_id(emulator.app_id())
        .app_secret(emulator.app_secret())
        .base_url(&emulator.urls().base_url);
    let consent = pinterest_oauth_emulator::Consent::default();
    let code = emulator.authorize(&consent).unwrap().code;
    let request = TokenRequest::authorization_code(code, consent.redirect_uri);
    let token = Client::new(config.clone()).unwrap().oauth_token(&request);
    let account = TokenManager::new(ManagerConfig::new(config).store(":memory:"))
        .unwrap()
        .account("shop-42")
        .unwrap();
    account.import(&token.unwrap()).unwrap();
    take_log();

    let lines = Lines::default();
    let said = |call: &dyn Fn()| {
        let traced = lines.of(call);
        let taken: Vec<serde_json::Value> = serde_json::from_str(&take_log()).unwrap();
        let ours = |line: &&serde_json::Value| line["account"] == "shop-42";
        let events = taken.iter().filter(ours).map(|line| {
            let message = line["message"].as_str().unwrap();
            assert!(traced.contains(message), "{message} is not in {traced}");
            format!(
                "{} {}",
                line["level"].as_str().unwrap(),
                line["event"].as_str().unwrap()
            )
        });
        events.collect::<Vec<_>>()
    };
    let refresh = || account.refresh(true).map(drop);
    assert_eq!(said(&|| refresh().unwrap()), ["info refreshed"]);
    emulator.script(vec![Fault {
        status: Some(503),
        ..Fault::default()
    }]);
    assert_eq!(said(&|| drop(refresh())), ["warning refresh_failed"]);
    let unknown = json_token(&account.export().unwrap());
    account.import(&unknown).unwrap();
    assert_eq!(said(&|| drop(refresh())), ["warning doubtful"]);
    std::thread::sleep(std::time::Duration::from_secs(6));
    assert_eq!(said(&|| drop(refresh())), ["error needs_login"]);
}

#[test]
fn a_token_of_the_app_itself_is_one_line_and_nothing_to_look_after() {
    let _alone = ALONE.lock();
    let emulator = Emulator::start(Options::default()).unwrap();
    let config = Config::new()
        .app_id(emulator.app_id())
        .app_secret(emulator.app_secret())
        .base_url(&emulator.urls().base_url);
    let manager = TokenManager::new(ManagerConfig::new(config).store(":memory:")).unwrap();
    let app = manager.app(&Scopes::parse("pins:read")).unwrap();
    take_log();
    app.access_token().unwrap();
    let taken: Vec<serde_json::Value> = serde_json::from_str(&take_log()).unwrap();
    let events: Vec<_> = taken.iter().map(|line| &line["event"]).collect();
    assert_eq!(events, ["refreshed"]);
    assert_eq!(app.status().unwrap().warning, None);
}

/// A token whose refresh token Pinterest does not know.
fn json_token(token: &Token) -> Token {
    let mut document: serde_json::Value = serde_json::from_str(&token.to_json()).unwrap();
    document["refresh_token"] = "pinr.canary-that-nobody-knows".into();
    Token::from_json(&document.to_string()).unwrap()
}
