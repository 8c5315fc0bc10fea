//! The token manager against the emulator, on a real disk.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::PathBuf;
use std::time::Duration;

use pinterest_oauth::blocking::TokenManager;
use pinterest_oauth::{Config, Kind, LoginRequest, ManagerConfig};
use pinterest_oauth_emulator::{Consent, Emulator, Options};
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
        std::fs::write(folder.join("clock"), "0").unwrap();
        Self { emulator, folder }
    }

    fn manager(&self) -> TokenManager {
        let config = Config::new()
            .app_id(self.emulator.app_id())
            .app_secret(self.emulator.app_secret())
            .base_url(&self.emulator.urls().base_url);
        let settings = ManagerConfig::new(config)
            .store(self.folder.join("tokens"))
            .clock_offset_file(self.folder.join("clock"));
        TokenManager::new(settings).unwrap()
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
        let by = days * DAY;
        self.emulator.advance(Duration::from_secs(by));
        let path = self.folder.join("clock");
        let now: u64 = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        std::fs::write(path, (now + by).to_string()).unwrap();
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
    println!("{}", status.to_json());
}
