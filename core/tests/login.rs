//! A login with a browser against the emulator; the browser's part is played with plain requests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::hash::{BuildHasher, RandomState};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use pinterest_oauth::blocking::TokenManager;
use pinterest_oauth::{
    Config, Kind, Login, LoginEvent, LoginEventKind, LoginOptions, LoginRequest, ManagerConfig,
    Outcome, Scopes,
};
use pinterest_oauth_emulator::{Action, Consent, Emulator, Fault, Options};

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
    loop {
        match login.next(Duration::from_secs(30)) {
            Ok(Some(event)) if event.event == LoginEventKind::Done => return Ok(event),
            Err(error) => return Err(error),
            _ => assert!(Instant::now() < until, "the login does not end"),
        }
    }
}

#[test]
fn a_login_ends_with_a_stored_token_and_a_clean_address() {
    let world = World::new();
    let login = world.start();
    let mut browser = Browser::default();
    let page = browser.begin(&login);
    let back = world.consent(&page, "allow");
    let answer = browser.get(&back);
    assert_eq!(status(&answer), "303", "{answer}");
    let last = header(&answer, "location").unwrap();
    assert_eq!(last, format!("http://localhost:{}/done", world.port));
    assert!(browser.get(&last).contains("You are logged in"));
    let event = end(&login).unwrap();
    let after = login.next(Duration::from_secs(30)).unwrap_err();
    assert_eq!(
        after.kind(),
        Kind::Cancelled,
        "there is nothing after the end"
    );
    let done = event.end.unwrap();
    assert!(!login.cancel(), "its code was sent");
    assert_eq!(
        (done.outcome, done.account.as_deref()),
        ("done", Some("default"))
    );
    assert_eq!(done.scopes, ["pins:read"]);
    let token = world
        .manager
        .account("default")
        .unwrap()
        .access_token()
        .unwrap();
    assert!(token.expose().starts_with("pina"));
    assert_eq!(world.exchanges(), 1);
    let closed = TcpStream::connect(("127.0.0.1", world.port));
    assert!(closed.is_err(), "the port is open after the login");
    drop(world.start());
}

/// Handlers of signals that belong to an interpreter crash on a thread that it does not know.
#[cfg(target_os = "linux")]
#[test]
fn no_signal_goes_to_the_thread_of_a_login() {
    let world = World::new();
    let login = world.start();
    login.next(Duration::from_millis(100)).unwrap();
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let masks: Vec<u64> = tasks
        .filter_map(|task| {
            let folder = task.unwrap().path();
            let name = std::fs::read_to_string(folder.join("comm")).ok()?;
            let status = std::fs::read_to_string(folder.join("status")).ok()?;
            let blocked = status
                .lines()
                .find_map(|line| line.strip_prefix("SigBlk:"))?;
            let mask = u64::from_str_radix(blocked.trim(), 16).unwrap();
            (name.trim() == "pinterest-login").then_some(mask)
        })
        .collect();
    assert!(!masks.is_empty());
    let interrupt = 1 << (2 - 1);
    assert!(masks.iter().all(|mask| mask & interrupt != 0), "{masks:?}");
}

#[test]
fn another_person_replaces_a_token_only_where_the_answer_is_yes() {
    let world = World::new();
    let log_in = |user: &str, replace: Option<bool>| {
        let options = world
            .options()
            .scope(Scopes::parse("user_accounts:read"))
            .confirm(replace.is_some());
        world
            .emulator
            .set_switches(&serde_json::json!({"user": user}))
            .unwrap();
        let login = world.manager.start_login(&options).unwrap();
        let page = login.started().authorize_url.unwrap();
        login.paste(&world.consent(page.expose(), "allow")).unwrap();
        loop {
            match login.next(Duration::from_secs(30)) {
                Ok(Some(event)) if event.event == LoginEventKind::Confirm => {
                    assert!(event.message.ends_with("Replace?"), "{}", event.message);
                    login.answer(replace.unwrap());
                }
                Ok(Some(event)) if event.event == LoginEventKind::Done => {
                    return Ok(event.user.unwrap().username.unwrap());
                }
                Ok(_) => {}
                Err(error) => return Err(error),
            }
        }
    };
    let account = world.manager.account("default").unwrap();
    let token = || account.export().unwrap().access_token().clone();
    assert_eq!(
        log_in("anna", Some(false)).unwrap(),
        "anna",
        "nobody was there before"
    );
    let first = token();
    let error = log_in("bob", Some(false)).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (Kind::AccessDenied, Outcome::Rejected)
    );
    assert_eq!(token(), first, "the token that was there is kept");
    assert_eq!(log_in("bob", Some(true)).unwrap(), "bob");
    assert_eq!(
        log_in("anna", None).unwrap(),
        "anna",
        "who does not ask replaces"
    );
    assert_ne!(token(), first);
}

#[test]
fn what_is_pasted_ends_a_login_as_well() {
    let world = World::new();
    let login = world.start();
    let page = login.started().authorize_url.unwrap();
    let error = login.paste(&login.started().start_url).unwrap_err();
    assert_eq!(
        (error.kind(), error.field()),
        (Kind::InvalidArgument, Some("address"))
    );
    let back = world.consent(page.expose(), "allow");
    login.paste(&format!(" <{back}>\n")).unwrap();
    end(&login).unwrap();
    assert_eq!(world.exchanges(), 1);
}

#[test]
fn what_a_person_is_told_has_the_state_in_the_instructions_alone() {
    let world = World::new();
    let options = world.options().scope(Scopes::parse("pin:read"));
    let login = world.manager.start_login(&options).unwrap();
    let started = login.started();
    let start = &started.start_url;
    let lines: Vec<_> = started.message.lines().collect();
    assert_eq!(lines[0], started.hints[0]);
    assert_eq!(
        lines[1..],
        [
            format!(
                "Open {start} in a browser on this machine. (The way for other machines is shown on a terminal alone.)"
            ),
            String::from("Waiting, Ctrl-C stops."),
        ]
    );
    let page = started.authorize_url.as_ref().unwrap().expose();
    let instructions = started.instructions.as_ref().unwrap().expose();
    let asks = format!("Open this address in a browser anywhere:\n\n  {page}\n\nAllow the app.");
    assert!(instructions.starts_with(&asks), "{instructions}");
    assert!(instructions.ends_with(&format!("open {start}")));
    assert!(!format!("{started:?}{}", started.message).contains("state="));
    let document: serde_json::Value = serde_json::from_str(&started.to_json()).unwrap();
    assert_eq!(document["message"], started.message);
    assert_eq!(document["instructions"], instructions);
}

#[test]
fn a_denial_stores_nothing_and_says_so() {
    let world = World::new();
    let login = world.start();
    let mut browser = Browser::default();
    let page = browser.begin(&login);
    let answer = browser.get(&world.consent(&page, "deny"));
    let last = header(&answer, "location").unwrap();
    assert!(browser.get(&last).contains("You did not allow it."));
    let error = end(&login).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (Kind::AccessDenied, Outcome::Rejected)
    );
    assert_eq!(world.exchanges(), 0);
}

#[test]
fn the_same_redirect_and_a_second_code_get_the_page_of_the_first() {
    let world = World::new();
    let login = world.start();
    let mut browser = Browser::default();
    let page = browser.begin(&login);
    let (first, second) = (world.consent(&page, "allow"), world.consent(&page, "allow"));
    assert_ne!(first, second);
    let answers: Vec<String> = std::thread::scope(|scope| {
        let visits: Vec<_> = [&first, &first, &second]
            .into_iter()
            .map(|address| {
                let cookie = browser.cookie.clone();
                scope.spawn(move || Browser { cookie }.get(address))
            })
            .collect();
        visits
            .into_iter()
            .map(|visit| visit.join().unwrap())
            .collect()
    });
    for answer in answers {
        assert_eq!(status(&answer), "303", "{answer}");
        assert!(header(&answer, "location").unwrap().ends_with("/done"));
    }
    end(&login).unwrap();
    assert_eq!(world.exchanges(), 1);
}

#[test]
fn the_listener_stays_until_every_window_has_its_last_page() {
    let world = World::new();
    let login = world.start();
    let mut browser = Browser::default();
    let back = world.consent(&browser.begin(&login), "allow");
    let (first, second) = (browser.get(&back), browser.get(&back));
    let last = [first, second].map(|answer| header(&answer, "location").unwrap());
    assert!(browser.get(&last[0]).contains("You are logged in"));
    // The other window is slower.
    std::thread::sleep(Duration::from_millis(700));
    assert!(browser.get(&last[1]).contains("You are logged in"));
    end(&login).unwrap();
}

#[test]
fn a_refused_code_is_told_on_the_page_and_to_the_program() {
    let world = World::new();
    let login = world.start();
    let mut browser = Browser::default();
    let page = browser.begin(&login);
    let back = world.consent(&page, "allow");
    let code = back
        .split("code=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let answer = browser.get(&back.replace(code, "another"));
    assert!(header(&answer, "location").unwrap().ends_with("/failed"));
    assert_eq!(end(&login).unwrap_err().kind(), Kind::InvalidGrant);
}

#[test]
fn a_foreign_state_a_missing_cookie_https_and_strange_requests_do_not_end_the_wait() {
    let world = World::new();
    let login = world.start();
    let mut browser = Browser::default();
    let page = browser.begin(&login);
    let back = world.consent(&page, "allow");
    assert_eq!(status(&Browser::default().get(&back)), "400");
    let wrong = back.replace("state=", "state=x");
    assert_eq!(status(&browser.get(&wrong)), "400");
    assert_eq!(status(&browser.ask("HEAD", &back, "")), "400");
    let image = "Sec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n";
    assert_eq!(status(&browser.ask("GET", &back, image)), "400");
    assert_eq!(
        status(&browser.ask("GET", &back, "Sec-Purpose: prefetch\r\n")),
        "400"
    );
    let place = format!("127.0.0.1:{}", world.port);
    exchange(&place, "\u{16}\u{3}\u{1}");
    // Connections that ask for nothing block nobody.
    let idle: Vec<_> = (0..100)
        .map(|_| TcpStream::connect(&place).unwrap())
        .collect();
    let answer = browser.get(&back);
    assert_eq!(status(&answer), "303", "{answer}");
    drop(idle);
    let mut seen = Vec::new();
    loop {
        let event = login.next(Duration::from_secs(30)).unwrap().unwrap();
        seen.push(event.event);
        if event.event == LoginEventKind::Done {
            break;
        }
    }
    for kind in [
        LoginEventKind::Opened,
        LoginEventKind::Foreign,
        LoginEventKind::Https,
    ] {
        assert!(seen.contains(&kind), "{kind:?} is not in {seen:?}");
    }
    assert_eq!(world.exchanges(), 1);
}

#[test]
fn cookies_of_other_servers_are_read_up_to_a_mebibyte() {
    let world = World::new();
    let login = world.start();
    let start = login.started().start_url;
    let many = |bytes: usize| {
        let cookies = "x".repeat(bytes);
        Browser::default().ask("GET", &start, &format!("Cookie: a={cookies}\r\n"))
    };
    let answer = many(1_200_000);
    assert_eq!(status(&answer), "431");
    assert!(answer.contains("private window"));
    assert_eq!(status(&many(700_000)), "303");
}

#[test]
fn a_port_that_another_program_has_is_named_before_anybody_is_sent_away() {
    let world = World::new();
    let holder = TcpListener::bind(("127.0.0.1", world.port)).unwrap();
    let error = world.manager.start_login(&world.options()).unwrap_err();
    assert_eq!(
        (error.kind(), error.field()),
        (Kind::InvalidArgument, Some("redirect_uri"))
    );
    if cfg!(target_os = "linux") {
        let holder = format!("(pid {})", std::process::id());
        assert!(error.message().contains(&holder), "{}", error.message());
    }
    drop(holder);
    if has_ipv6() {
        let _holder = TcpListener::bind((Ipv6Addr::LOCALHOST, world.port)).unwrap();
        let error = world.manager.start_login(&world.options()).unwrap_err();
        assert!(error.message().contains("::1"), "{}", error.message());
    }
}

#[test]
fn a_login_is_cancelled_times_out_and_leaves_the_port() {
    let world = World::new();
    let login = world.start();
    assert!(login.cancel(), "it has ended the wait");
    let error = end(&login).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (Kind::Cancelled, Outcome::NotSent)
    );
    drop(login);
    let options = world.options().timeout(Duration::from_millis(50));
    let login = world.manager.start_login(&options).unwrap();
    assert_eq!(end(&login).unwrap_err().kind(), Kind::Timeout);
    world.start();
}

#[test]
fn the_port_is_free_as_soon_as_a_login_is_over() {
    let world = World::new();
    for _ in 0..20 {
        drop(world.start());
        let login = world.start();
        login.cancel();
        assert_eq!(end(&login).unwrap_err().kind(), Kind::Cancelled);
        let next = world.start();
        drop(login);
        drop(next);
        let login = world.start();
        Browser::default().begin(&login);
        drop(login);
        let options = world.options().timeout(Duration::from_millis(1));
        let login = world.manager.start_login(&options).unwrap();
        assert_eq!(end(&login).unwrap_err().kind(), Kind::Timeout);
    }
}

#[test]
fn what_a_program_gets_wrong_is_named_before_anything_is_opened() {
    let world = World::new();
    let refused = |options: LoginOptions| world.manager.start_login(&options).unwrap_err();
    let options = || world.options();
    for (error, field) in [
        (
            refused(options().redirect_uri("https://example.com/")),
            "redirect_uri",
        ),
        (
            refused(options().redirect_uri("localhost:8085")),
            "redirect_uri",
        ),
        (refused(options().account("")), "account"),
        (refused(options().timeout(Duration::ZERO)), "timeout"),
        (refused(options().extra("state", "x")), "extra.state"),
    ] {
        assert_eq!(error.field(), Some(field), "{}", error.message());
    }
}

/// Who waits for a login knows how long its exchange may take, whatever deadline the manager's own calls have.
#[test]
fn the_lease_of_a_login_lasts_as_long_as_its_own_deadline() {
    let world = World::new();
    let account = world.manager.account("default").unwrap();
    let consent = Consent {
        redirect_uri: format!("http://localhost:{}/", world.port),
        ..Consent::default()
    };
    let code = world.emulator.authorize(&consent).unwrap().code;
    let request = LoginRequest::new(code, consent.redirect_uri).timeout(Duration::from_secs(100));
    world.emulator.script(vec![Fault {
        action: Action::Pinterest,
        delay_ms: 2_000,
        ..Fault::default()
    }]);
    std::thread::scope(|scope| {
        let login = scope.spawn(|| account.login(&request).map(drop));
        let seen = || {
            let text = files(&world.folder.join("tokens"));
            text.into_iter().find_map(|text| {
                let record: serde_json::Value = serde_json::from_str(&text).ok()?;
                record["logins"][0]["lease"]["lasts"].as_i64()
            })
        };
        let until = Instant::now() + Duration::from_secs(20);
        let lasts = loop {
            match seen() {
                Some(lasts) => break lasts,
                None => assert!(Instant::now() < until, "no login is claimed"),
            }
        };
        assert!(lasts > 100, "{lasts}");
        login.join().unwrap().unwrap();
    });
}

fn files(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let found = entries.flat_map(|entry| match entry.path() {
        path if path.is_dir() => files(&path),
        path => std::fs::read_to_string(path).into_iter().collect(),
    });
    found.collect()
}

#[test]
fn an_async_login_ends_and_who_drops_it_leaves_the_port() {
    let world = World::new();
    let manager = pinterest_oauth::TokenManager::new(world.settings.clone()).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let login = manager.login(world.options(), |_, _| {});
        let dropped = tokio::time::timeout(Duration::from_millis(300), login);
        assert!(dropped.await.is_err());
    });
    let until = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(("127.0.0.1", world.port)).is_ok() {
        assert!(Instant::now() < until, "the port is open after the login");
        std::thread::sleep(Duration::from_millis(50));
    }
    let (send, receive) = std::sync::mpsc::channel::<String>();
    let event = std::thread::scope(|scope| {
        let world = &world;
        scope.spawn(move || {
            let mut browser = Browser::default();
            let answer = browser.get(&receive.recv().unwrap());
            let page = header(&answer, "location").unwrap();
            browser.get(&world.consent(&page, "allow"));
        });
        runtime.block_on(manager.login(world.options(), |login, event| {
            if event.is_none() {
                send.send(login.started().start_url).unwrap();
            }
        }))
    });
    assert_eq!(event.unwrap().event, LoginEventKind::Done);
}

#[test]
fn where_no_browser_was_opened_nobody_is_told_that_none_has_come() {
    let world = World::new();
    let login = world.start();
    assert!(login.next(Duration::from_secs(17)).unwrap().is_none());
}

#[test]
fn nothing_of_a_redirect_s_own_words_is_shown() {
    let world = World::new();
    for (error, shown) in [
        ("invalid_scope", "the redirect says invalid_scope"),
        (
            "canary-of-an-error",
            "the redirect says something else than a code",
        ),
    ] {
        let login = world.start();
        let mut browser = Browser::default();
        let page = browser.begin(&login);
        let back = world.consent(&page, "allow");
        let (before, query) = back.split_once('?').unwrap();
        let state = query
            .split('&')
            .find(|pair| pair.starts_with("state="))
            .unwrap();
        browser.get(&format!("{before}?error={error}&{state}"));
        assert_eq!(end(&login).unwrap_err().message(), shown);
    }
}
