//! Logins of a web app whose Pinterest is a port at which nobody listens.

use std::cell::RefCell;

use pinterest_oauth::blocking::TokenManager;
use pinterest_oauth::{LoginBegin, ManagerConfig};
use url::Url;

/// Where Pinterest's page would be.
pub const PAGE: &str = "http://127.0.0.1:1/oauth/?";
/// Where the visitor comes back to.
pub const REDIRECT_URI: &str = "http://localhost:8085/callback";

const SETTINGS: &str = r#"{
    "app_id": "1234567", "app_secret": "Kq7Zx9Wv2Lm4", "base_url": "http://127.0.0.1:1/v5",
    "oauth_url": "http://127.0.0.1:1", "store": ":memory:", "trust_env": false, "timeout": 5
}"#;
/// After so many inputs there is a new store: an account keeps what its logins came to.
const KEPT: u32 = 1_000;

/// A token manager without a disk.
pub fn manager() -> TokenManager {
    thread_local! {
        static MANAGER: RefCell<(u32, Option<TokenManager>)> = const { RefCell::new((0, None)) };
    }
    MANAGER.with_borrow_mut(|(uses, manager)| {
        *uses = (*uses + 1) % KEPT;
        if *uses == 0 {
            *manager = None;
        }
        let made = manager.get_or_insert_with(|| {
            let settings = ManagerConfig::from_json(SETTINGS).expect("settings that can be used");
            TokenManager::new(settings).expect("a store in memory")
        });
        made.clone()
    })
}

/// The state in the address of Pinterest's page.
pub fn state(url: &str) -> String {
    let url = Url::parse(url).expect("an address");
    let mut states = url.query_pairs().filter(|(name, _)| name == "state");
    let state = states.next().map(|(_, state)| state.into_owned());
    assert!(states.next().is_none(), "the address has two states");
    state.unwrap_or_default()
}

/// What a browser sends back of the answer that began a login.
pub fn cookie(begun: &LoginBegin) -> String {
    let cookie = begun.set_cookies().last().expect("a cookie");
    cookie.split(';').next().unwrap_or_default().to_owned()
}
