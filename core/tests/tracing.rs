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

use pinterest_oauth::{Config, TokenRequest, blocking::Client};
use pinterest_oauth_emulator::{Emulator, Fault, Options};
use tracing_subscriber::fmt::MakeWriter;

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
