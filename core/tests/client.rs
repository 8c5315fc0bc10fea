//! The client against the emulator: what no case of the conformance table can say.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::sync::mpsc;
use std::time::{Duration, Instant};

use pinterest_oauth::{Client, Config, Error, Kind, Outcome, TokenRequest, binding, blocking};
use pinterest_oauth_emulator::{Action, Consent, Emulator, Fault, Options, Stage};

const REDIRECT_URI: &str = "http://localhost:8085/";

fn emulator() -> Emulator {
    Emulator::start(Options::default()).unwrap()
}

fn config(emulator: &Emulator) -> Config {
    Config::new()
        .app_id(emulator.app_id())
        .app_secret(emulator.app_secret())
        .base_url(&emulator.urls().base_url)
        .oauth_url(&emulator.urls().oauth_url)
}

fn code(emulator: &Emulator) -> TokenRequest {
    let consent = Consent {
        redirect_uri: String::from(REDIRECT_URI),
        ..Consent::default()
    };
    TokenRequest::authorization_code(emulator.authorize(&consent).unwrap().code, REDIRECT_URI)
}

fn hanging() -> Fault {
    Fault {
        action: Action::Hang,
        ..Fault::default()
    }
}

#[tokio::test]
async fn an_async_caller_gets_a_token_and_refreshes_it_with_rotation() {
    let emulator = emulator();
    let client = Client::new(config(&emulator)).unwrap();
    let first = client.oauth_token(&code(&emulator)).await.unwrap();
    let second = client.refresh(&first).await.unwrap();
    assert!(second.refresh_token_rotated());
    assert_ne!(first.refresh_token(), second.refresh_token());
    assert_eq!(emulator.counts().connections, 1);
}

#[test]
fn a_legacy_app_keeps_its_refresh_token_and_its_expiry() {
    let emulator = emulator();
    emulator
        .set_switches(&serde_json::json!({"legacy_app": true}))
        .unwrap();
    let client = blocking::Client::new(config(&emulator)).unwrap();
    let first = client
        .oauth_token(&code(&emulator).continuous_refresh(false))
        .unwrap();
    let second = client.refresh(&first).unwrap();
    assert!(!second.refresh_token_rotated());
    assert_eq!(first.refresh_token(), second.refresh_token());
    assert_eq!(
        first.refresh_token_expires_at(),
        second.refresh_token_expires_at()
    );
}

#[test]
fn the_clock_of_the_configuration_stamps_the_token() {
    let emulator = emulator();
    let client = blocking::Client::new(config(&emulator).clock(|| 1_000)).unwrap();
    let token = client
        .oauth_token(&TokenRequest::client_credentials())
        .unwrap();
    assert_eq!(
        (token.obtained_at(), token.expires_at()),
        (Some(1_000), Some(1_000 + 2_592_000))
    );
}

#[test]
fn a_connection_that_fails_before_anything_is_sent_is_tried_once_more() {
    let emulator = emulator();
    let reset_in_the_handshake = Fault {
        stage: Stage::Accept,
        action: Action::Reset,
        ..Fault::default()
    };
    let secure = config(&emulator)
        .base_url(emulator.urls().https_base_url.as_ref().unwrap())
        .ca_file(emulator.urls().ca_file.as_ref().unwrap());
    let client = blocking::Client::new(secure).unwrap();

    emulator.script(vec![reset_in_the_handshake.clone()]);
    client
        .oauth_token(&TokenRequest::client_credentials())
        .unwrap();
    assert_eq!(emulator.counts().connections, 2);
    assert_eq!(emulator.requests().len(), 1);
}

#[test]
fn a_connection_that_fails_twice_is_reported_as_not_sent() {
    let emulator = emulator();
    emulator.script(vec![Fault {
        stage: Stage::Accept,
        action: Action::Reset,
        times: Some(5),
        ..Fault::default()
    }]);
    let secure = config(&emulator)
        .base_url(emulator.urls().https_base_url.as_ref().unwrap())
        .ca_file(emulator.urls().ca_file.as_ref().unwrap());
    let error = blocking::Client::new(secure)
        .unwrap()
        .oauth_token(&TokenRequest::client_credentials())
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (Kind::Connect, Outcome::NotSent)
    );
    assert_eq!(emulator.counts().connections, 2);
}

#[test]
fn many_threads_overlap_on_one_client() {
    let emulator = emulator();
    let delayed = Fault {
        action: Action::Pinterest,
        delay_ms: 200,
        times: Some(8),
        ..Fault::default()
    };
    emulator.script(vec![delayed]);
    let client = blocking::Client::new(config(&emulator)).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                client
                    .oauth_token(&TokenRequest::client_credentials())
                    .unwrap()
            });
        }
    });
    // One connection each: they were all under way at once, or one would have been used twice.
    assert_eq!(emulator.counts().connections, 8);
}

#[test]
fn a_waiting_call_stops_when_it_is_told_to() {
    let emulator = emulator();
    emulator.script(vec![hanging()]);
    let client = blocking::Client::new(config(&emulator)).unwrap();
    let mut asked = 0;
    let stop = || {
        asked += 1;
        asked == 3
    };
    let call = TokenRequest::client_credentials();
    let error = binding::run_until(&client, &call, stop).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (Kind::Cancelled, Outcome::Unknown)
    );
    assert_eq!(emulator.requests().len(), 1);
    assert_tells(&error);
}

/// A cancelled call says what it was.
fn assert_tells(error: &Error) {
    let answer = error.answer().unwrap();
    assert_eq!((answer.method, &*answer.path), ("POST", "/v5/oauth/token"));
    assert_eq!((answer.status, answer.attempts), (None, 1));
}

#[test]
fn background_calls_overlap_and_can_be_cancelled() {
    let emulator = emulator();
    emulator.script(vec![Fault {
        times: Some(50),
        ..hanging()
    }]);
    let client = blocking::Client::new(config(&emulator)).unwrap();
    let (done, answers) = mpsc::channel();
    let pending: Vec<_> = (0..50)
        .map(|_| {
            let done = done.clone();
            let told = move |answer: Result<_, Error>| {
                done.send(answer.map(drop)).unwrap();
            };
            binding::start(&client, TokenRequest::client_credentials(), told)
        })
        .collect();
    let began = Instant::now();
    while emulator.counts().connections < 50 {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "they do not overlap"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    pending.into_iter().for_each(binding::Pending::cancel);
    for _ in 0..50 {
        let answer = answers.recv_timeout(Duration::from_secs(20)).unwrap();
        let error = answer.unwrap_err();
        assert_eq!(error.kind(), Kind::Cancelled);
        assert_tells(&error);
    }
}

#[test]
fn background_calls_one_after_the_other_share_a_connection_and_leave_no_thread() {
    let emulator = emulator();
    let client = blocking::Client::new(config(&emulator)).unwrap();
    for _ in 0..5 {
        let (done, answer) = mpsc::channel();
        let told = move |answer| done.send(answer).unwrap();
        binding::start(&client, TokenRequest::client_credentials(), told);
        answer
            .recv_timeout(Duration::from_secs(20))
            .unwrap()
            .unwrap();
        let began = Instant::now();
        while threads_of_ours() > 0 {
            assert!(began.elapsed() < Duration::from_secs(20), "a thread stays");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    assert_eq!(emulator.counts().connections, 1);
}

fn threads_of_ours() -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let names =
        tasks.filter_map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")).ok());
    names
        .filter(|name| name.trim() == "pinterest-calls")
        .count()
}

#[tokio::test]
async fn a_blocking_call_inside_async_code_is_refused() {
    let emulator = emulator();
    let client = blocking::Client::new(config(&emulator)).unwrap();
    let error = client
        .oauth_token(&TokenRequest::client_credentials())
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (Kind::InvalidConfig, Outcome::NotSent)
    );
    assert!(emulator.requests().is_empty());
}

#[test]
fn a_proxy_named_in_code_is_used_and_its_refusal_is_named() {
    let emulator = emulator();
    let through = config(&emulator).proxy(&emulator.urls().proxy_url);
    let client = blocking::Client::new(through).unwrap();
    client
        .oauth_token(&TokenRequest::client_credentials())
        .unwrap();
    assert_eq!(emulator.proxy_seen().len(), 1);

    let secure = Config::new()
        .app_id(emulator.app_id())
        .app_secret(emulator.app_secret())
        .base_url(emulator.urls().https_base_url.as_ref().unwrap())
        .ca_file(emulator.urls().ca_file.as_ref().unwrap())
        .proxy(&emulator.urls().proxy_url);
    let client = blocking::Client::new(secure).unwrap();
    client
        .oauth_token(&TokenRequest::client_credentials())
        .unwrap();
    assert_eq!(emulator.proxy_seen().len(), 2);

    emulator
        .set_switches(&serde_json::json!({"proxy_auth": "user:password"}))
        .unwrap();
    let refused = config(&emulator).proxy(&emulator.urls().proxy_url);
    let error = blocking::Client::new(refused)
        .unwrap()
        .oauth_token(&TokenRequest::client_credentials())
        .unwrap_err();
    assert_eq!(error.kind(), Kind::Proxy);
}

#[test]
fn a_proxy_of_the_environment_is_not_used_for_this_machine() {
    let emulator = emulator();
    let proxy = emulator.urls().proxy_url.clone();
    let config = Config::from_vars(|name| (name == "HTTP_PROXY").then(|| proxy.clone()))
        .app_id(emulator.app_id())
        .app_secret(emulator.app_secret())
        .base_url(&emulator.urls().base_url);
    let client = blocking::Client::new(config).unwrap();
    client
        .oauth_token(&TokenRequest::client_credentials())
        .unwrap();
    assert!(emulator.proxy_seen().is_empty());
}

#[test]
fn a_client_without_credentials_says_so_when_it_is_asked() {
    let field = |config: Config| {
        let error = blocking::Client::new(config).unwrap().check().err()?;
        Some((error.kind(), error.field().unwrap_or_default().to_owned()))
    };
    let missing = |field: &str| Some((Kind::InvalidConfig, field.to_owned()));
    assert_eq!(field(Config::new()), missing("app_id"));
    assert_eq!(field(Config::new().app_id("1")), missing("app_secret"));
    assert_eq!(field(Config::new().app_id("1").app_secret("2")), None);
}

#[tokio::test]
async fn a_blocking_call_on_a_thread_for_blocking_work_is_made() {
    let emulator = emulator();
    let client = blocking::Client::new(config(&emulator)).unwrap();
    let call = move || client.oauth_token(&TokenRequest::client_credentials());
    let token = tokio::task::spawn_blocking(call).await.unwrap().unwrap();
    assert!(!token.access_token().expose().is_empty());
}
