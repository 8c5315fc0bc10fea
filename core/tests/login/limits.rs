//! Deadlines, ports, threads and leases, and what a program gets wrong.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use pinterest_oauth::{Kind, LoginEventKind, LoginOptions, LoginRequest, Outcome};
use pinterest_oauth_emulator::{Action, Consent, Fault};

use crate::{Browser, World, end, header};

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
