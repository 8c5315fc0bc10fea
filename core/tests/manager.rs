//! The token manager against the emulator, on a real disk.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pinterest_oauth::blocking::{self, Account};
use pinterest_oauth::{Config, Kind, LoginRequest, ManagerConfig, TokenManager, binding, finish};
use pinterest_oauth_emulator::{Action, Consent, Emulator, Fault, Options};
use serde_json::json;

const REDIRECT_URI: &str = "http://localhost:8085/";
const DAY: u64 = 86_400;

/// An emulator, a store, and a clock that moves both.
struct World {
    emulator: Emulator,
    folder: PathBuf,
}

impl World {
    fn new(rotation: &str) -> Self {
        let emulator = Emulator::start(Options::default()).unwrap();
        emulator
            .set_switches(&json!({"rotation": rotation}))
            .unwrap();
        let folder = std::env::temp_dir().join(format!(
            "pinterest-manager-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        ));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self { emulator, folder }
    }

    fn manager(&self) -> blocking::TokenManager {
        blocking::TokenManager::new(self.settings()).unwrap()
    }

    fn config(&self) -> Config {
        Config::new()
            .app_id(self.emulator.app_id())
            .app_secret(self.emulator.app_secret())
            .base_url(&self.emulator.urls().base_url)
    }

    fn settings(&self) -> ManagerConfig {
        self.settings_with(self.config())
    }

    fn settings_with(&self, config: Config) -> ManagerConfig {
        ManagerConfig::new(config)
            .store(self.folder.join("tokens"))
            .clock_offset_file(&self.emulator.urls().clock_file)
    }

    fn login(&self) -> LoginRequest {
        let consent = Consent {
            redirect_uri: String::from(REDIRECT_URI),
            ..Consent::default()
        };
        let code = self.emulator.authorize(&consent).unwrap().code;
        LoginRequest::new(code, REDIRECT_URI)
    }

    fn pass(&self, days: u64) {
        let by = Duration::from_secs(days * DAY);
        self.emulator.advance(by).unwrap();
    }

    fn refreshes(&self) -> u64 {
        let posts = self.emulator.posts();
        posts.refresh_tokens.values().copied().sum()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_login_and_sixty_days_make_one_refresh_each_time_it_is_due() {
    let world = World::new("strict");
    let account = world.manager().account("shop-42").unwrap();
    let error = account.access_token().unwrap_err();
    assert_eq!(error.kind(), Kind::UnknownAccount);
    account.login(&world.login()).unwrap();
    let first = account.access_token().unwrap();
    assert_eq!(world.refreshes(), 0);
    world.pass(25);
    let second = world
        .manager()
        .account("shop-42")
        .unwrap()
        .access_token()
        .unwrap();
    assert_ne!(first, second);
    assert_eq!(world.refreshes(), 1);
    for _ in 0..10 {
        assert_eq!(account.access_token().unwrap(), second);
    }
    world.pass(25);
    let report = world.manager().refresh_due().unwrap();
    assert_eq!((report.accounts, report.due, report.refreshed), (1, 1, 1));
    assert_eq!(world.refreshes(), 2);
    let status = account.status().unwrap();
    assert_eq!((status.state, status.generation), ("ready", 3));
}

#[test]
fn a_manager_with_another_proxy_uses_that_one() {
    let world = World::new("strict");
    let token_by = |config: Config, scope: &str| {
        let manager = blocking::TokenManager::new(world.settings_with(config)).unwrap();
        let scopes = [scope].into_iter().collect();
        manager.app(&scopes).unwrap().access_token()
    };
    token_by(world.config(), "ads:read").unwrap();
    let nobody = world.config().proxy("http://127.0.0.1:1");
    let error = token_by(nobody, "pins:read").unwrap_err();
    assert_eq!(error.kind(), Kind::Proxy);
}

/// Answers as Pinterest does, after a pause.
fn slow(milliseconds: u64) -> Fault {
    Fault {
        action: Action::Pinterest,
        delay_ms: milliseconds,
        ..Fault::default()
    }
}

fn down() -> Fault {
    Fault {
        status: Some(503),
        body: Some(String::from("down")),
        ..Fault::default()
    }
}

/// An account that has logged in.
fn logged_in(world: &World) -> Account {
    let account = world.manager().account("shop").unwrap();
    account.login(&world.login()).unwrap();
    account
}

fn at_once<T: Send>(count: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..count).map(|_| scope.spawn(&work)).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

#[test]
fn e1_many_threads_that_find_a_token_expired_send_one_refresh() {
    let world = World::new("strict");
    let account = logged_in(&world);
    world.pass(31);
    world.emulator.script(vec![slow(300)]);
    let tokens = at_once(32, || account.access_token().unwrap());
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn e2_before_it_is_urgent_one_refreshes_and_nobody_else_waits() {
    let world = World::new("strict");
    let account = logged_in(&world);
    let old = account.access_token().unwrap();
    world.pass(25);
    world.emulator.script(vec![slow(1_500)]);
    let began = Instant::now();
    let waited = at_once(8, || {
        let token = account.access_token().unwrap();
        (token == old, began.elapsed() < Duration::from_millis(1_400))
    });
    let at_once = waited.iter().filter(|one| **one == (true, true)).count();
    assert_eq!((at_once, world.refreshes()), (7, 1), "{waited:?}");
}

#[test]
fn e16_after_a_failure_ten_thousand_callers_send_nothing() {
    let world = World::new("strict");
    let account = logged_in(&world);
    world.pass(31);
    world.emulator.script(vec![down()]);
    assert_eq!(
        account.access_token().unwrap_err().kind(),
        Kind::ServerError
    );
    for _ in 0..10_000 {
        match account.access_token() {
            Err(error) => assert_eq!(error.kind(), Kind::ServerError),
            // The first wait of 5 seconds is over: one more was sent, and answered.
            Ok(_) => break,
        }
    }
    assert!(world.refreshes() <= 2);
}

#[test]
fn e19_a_login_during_a_refresh_wins() {
    let world = World::new("strict");
    let account = logged_in(&world);
    world.pass(31);
    world.emulator.script(vec![slow(800)]);
    let (refreshed, login) = std::thread::scope(|scope| {
        let refreshed = scope.spawn(|| account.access_token());
        std::thread::sleep(Duration::from_millis(300));
        let login = account.login(&world.login()).unwrap();
        (refreshed.join().unwrap(), login)
    });
    assert_eq!(refreshed.unwrap(), *login.access_token());
    assert_eq!(account.access_token().unwrap(), *login.access_token());
}

#[test]
fn e20_an_account_that_is_removed_during_a_refresh_stays_removed() {
    let world = World::new("strict");
    let account = logged_in(&world);
    world.pass(31);
    world.emulator.script(vec![slow(800)]);
    let refreshed = std::thread::scope(|scope| {
        let refreshed = scope.spawn(|| account.access_token());
        std::thread::sleep(Duration::from_millis(300));
        account.remove().unwrap();
        refreshed.join().unwrap()
    });
    assert_eq!(refreshed.unwrap_err().kind(), Kind::UnknownAccount);
    assert_eq!(account.status().unwrap_err().kind(), Kind::UnknownAccount);
    let again = account.login(&world.login()).unwrap();
    assert_eq!(account.access_token().unwrap(), *again.access_token());
}

#[test]
fn e23_a_process_that_knows_a_newer_token_than_a_restored_backup_puts_it_back() {
    let world = World::new("strict");
    let account = logged_in(&world);
    let store = world.folder.join("tokens/store/records");
    let backup = files(&store);
    world.pass(25);
    let newer = account.access_token().unwrap();
    for (path, bytes) in &backup {
        std::fs::write(path, bytes).unwrap();
    }
    account.refresh(false).unwrap();
    assert_eq!(account.access_token().unwrap(), newer);
    assert_eq!(account.status().unwrap().generation, 2);
    assert_eq!(world.refreshes(), 1);
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                found.push((path, bytes));
            }
        }
    }
    found
}

#[test]
fn e28_a_damaged_record_is_told_and_never_overwritten() {
    let world = World::new("strict");
    let account = logged_in(&world);
    let (path, bytes) = files(&world.folder.join("tokens/store/records")).remove(0);
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    account.refresh(false).unwrap();
    world.pass(31);
    let error = account.access_token().unwrap_err();
    assert_eq!(
        (error.kind(), error.field()),
        (Kind::StoreUnavailable, Some("store"))
    );
    assert!(error.message().contains("damaged"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap().len(), bytes.len() / 2);
    let found = world.manager().doctor(true).unwrap();
    assert!(
        found
            .findings
            .iter()
            .any(|one| one.what == "damaged" && one.repaired)
    );
    assert_eq!(
        account.access_token().unwrap_err().kind(),
        Kind::UnknownAccount
    );
}

#[tokio::test]
async fn e30_a_caller_who_goes_away_loses_nothing() {
    let world = World::new("strict");
    at_once(1, || logged_in(&world));
    world.pass(31);
    world.emulator.script(vec![slow(700)]);
    let account = TokenManager::new(world.settings())
        .unwrap()
        .account("shop")
        .unwrap();
    let waited = tokio::time::timeout(Duration::from_millis(200), account.access_token()).await;
    assert!(waited.is_err());
    assert!(finish(Duration::from_secs(10)));
    assert_eq!(world.refreshes(), 1);
    account.access_token().await.unwrap();
    assert_eq!(world.refreshes(), 1);
    assert_eq!(account.status().await.unwrap().generation, 2);
}

#[test]
fn e31_without_its_store_a_cached_token_is_handed_out_until_it_ends() {
    let world = World::new("strict");
    let account = logged_in(&world);
    let token = account.access_token().unwrap();
    let (store, away) = (world.folder.join("tokens"), world.folder.join("away"));
    std::fs::rename(&store, &away).unwrap();
    world.pass(25);
    assert_eq!(account.access_token().unwrap(), token);
    world.pass(6);
    assert_eq!(
        account.access_token().unwrap_err().kind(),
        Kind::StoreUnavailable
    );
    assert_eq!(world.refreshes(), 0);
    std::fs::rename(&away, &store).unwrap();
    assert_ne!(account.access_token().unwrap(), token);
}

#[test]
fn a_hundred_logins_with_one_redirect_send_one_code() {
    let world = World::new("strict");
    let account = world.manager().account("shop").unwrap();
    let login = world.login().state("a state of a login");
    world.emulator.script(vec![slow(300)]);
    let tokens = at_once(16, || account.login(&login).unwrap());
    assert!(
        tokens
            .iter()
            .all(|token| token.access_token() == tokens[0].access_token())
    );
    let posts = world.emulator.posts();
    let codes: u64 = posts
        .accounts
        .values()
        .map(|posts| posts.authorization_code)
        .sum();
    assert_eq!(codes, 1);
}

#[test]
fn no_document_of_an_account_shows_a_token() {
    let world = World::new("strict");
    let account = logged_in(&world);
    let token = account.token().unwrap();
    let manager = world.manager();
    let shown = format!(
        "{manager:?} {account:?} {:?} {} {:?} {}",
        account.status().unwrap(),
        account.status().unwrap().to_json(),
        manager.doctor(false).unwrap(),
        manager.refresh_due().unwrap().to_json()
    );
    assert!(!shown.contains(token.access_token().expose()));
    assert!(!shown.contains(token.refresh_token().unwrap().expose()));
}

#[test]
fn what_is_cached_is_there_while_nobody_has_to_look() {
    let world = World::new("strict");
    let account = world.manager().account("shop-42").unwrap();
    assert_eq!(binding::cached(&account), None);
    let token = account.login(&world.login()).unwrap();
    let cached = binding::cached(&account);
    assert_eq!(cached.as_ref(), Some(token.access_token()));
    world.pass(25);
    assert_eq!(binding::cached(&account), None);
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn an_access_token_that_many_reject_at_once_is_refreshed_once_and_all_get_the_new_one() {
    let world = World::new("strict");
    let account = logged_in(&world);
    world.pass(1);
    let old = account.access_token().unwrap();
    world.emulator.script(vec![Fault {
        action: Action::Pinterest,
        delay_ms: 500,
        ..Fault::default()
    }]);
    let rejecting = &|place: u64| {
        std::thread::sleep(Duration::from_millis(10 * place));
        account.rejected(old.expose(), 2).unwrap()
    };
    let new: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..32)
            .map(|place| scope.spawn(move || rejecting(place)))
            .collect();
        let all = threads.into_iter().map(|thread| thread.join().unwrap());
        all.collect()
    });
    assert!(new.iter().all(|token| *token == new[0] && *token != old));
    assert_eq!(world.refreshes(), 1);
}
