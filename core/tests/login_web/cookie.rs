//! The cookie: it is of one login, one app, one environment and one name, and nobody but the app has written it.

use pinterest_oauth::{Environment, LoginEnd, LoginVisit};

use crate::{Browser, World, cookie, login};

/// Ends a login whose code nobody may send: the visit with these cookies.
fn end(world: &World, address: &str, cookies: &str) -> LoginEnd {
    let visit = LoginVisit::new(address, cookies);
    let end = world.worker(0).finish_login(&visit).unwrap();
    assert_eq!((end.outcome, end.status), ("mismatch", 400), "{cookies}");
    assert_eq!((&end.account, &end.next, &end.user), (&None, &None, &None));
    assert_eq!(world.codes(), 0);
    end
}

#[test]
fn every_bit_of_the_cookie_counts_and_a_changed_one_is_deleted() {
    let (world, mut browser) = (World::new(), Browser::default());
    let begin = browser.begin(&world.worker(0), login());
    let address = world.consent(&begin);
    let (name, value) = cookie(&begin);
    for index in 0..value.len() {
        for bit in 0..7 {
            let mut bytes = value.clone().into_bytes();
            bytes[index] ^= 1 << bit;
            let changed = String::from_utf8(bytes).unwrap();
            let end = end(&world, &address, &format!("{name}={changed}"));
            assert_eq!(end.set_cookies.len(), 1);
            assert!(end.set_cookies[0].starts_with(&format!("{name}=; Path=/; Max-Age=0;")));
        }
    }
    let done = world
        .worker(0)
        .finish_login(&browser.visit(&address))
        .unwrap();
    assert_eq!(done.outcome, "done");
}

#[test]
fn a_cookie_under_the_name_of_another_login_is_none() {
    let (world, mut browser) = (World::new(), Browser::default());
    let (one, two) = (
        browser.begin(&world.worker(0), login()),
        browser.begin(&world.worker(0), login()),
    );
    let swapped = format!(
        "{}={}; {}={}",
        cookie(&one).0,
        cookie(&two).1,
        cookie(&two).0,
        cookie(&one).1
    );
    let end = end(&world, &world.consent(&one), &swapped);
    assert!(end.set_cookies[0].starts_with(&cookie(&one).0));
    assert_eq!(end.set_cookies.len(), 1);
}

#[test]
fn a_cookie_of_another_app_environment_or_secret_is_none() {
    let world = World::new();
    let configs = [
        world.config().app_id("7654321"),
        world.config().app_secret("another secret"),
        world
            .config()
            .base_url(&world.emulator.urls().sandbox_base_url),
        pinterest_oauth::Config::new()
            .app_id(world.emulator.app_id())
            .app_secret(world.emulator.app_secret())
            .environment(Environment::Sandbox),
    ];
    for config in configs {
        let mut browser = Browser::default();
        // This one needs a base_url on this machine for the clock of the others.
        let settings = pinterest_oauth::ManagerConfig::new(config).store(":memory:");
        let other = pinterest_oauth::blocking::TokenManager::new(settings).unwrap();
        let begin = browser.begin(&other, login());
        let address = format!(
            "{}?code=c&state={}",
            crate::REDIRECT_URI,
            crate::state(&begin)
        );
        let end = end(&world, &address, &browser.header());
        assert!(end.message.contains("cannot be read"), "{}", end.message);
    }
}

#[test]
fn b8_of_two_cookies_with_one_name_the_right_one_counts() {
    for order in ["{n}=x; {n}={v}", "{n}={v}; {n}=x", "{n}=x,{n}={v}"] {
        let (world, mut browser) = (World::new(), Browser::default());
        let begin = browser.begin(&world.worker(0), login());
        let (name, value) = cookie(&begin);
        let header = order.replace("{n}", &name).replace("{v}", &value);
        let visit = LoginVisit::new(world.consent(&begin), header);
        let end = world.worker(0).finish_login(&visit).unwrap();
        assert_eq!((end.outcome, end.set_cookies.len()), ("done", 1), "{order}");
    }
}

#[test]
fn b19_ten_minutes_and_a_minute_of_future() {
    for (begun, ended, outcome) in [
        (0, 590, "done"),
        (0, 602, "mismatch"),
        (55, 0, "done"),
        (120, 0, "mismatch"),
    ] {
        let (world, mut browser) = (World::new(), Browser::default());
        world.set_clock(begun);
        let begin = browser.begin(&world.worker(0), login());
        world.set_clock(ended);
        let visit = browser.visit(&world.consent(&begin));
        let end = world.worker(0).finish_login(&visit).unwrap();
        assert_eq!(end.outcome, outcome, "{begun} {ended}");
        browser.take(&end.set_cookies);
        assert!(browser.0.is_empty());
    }
}

#[test]
fn b18_a_line_break_behind_the_secret_makes_no_other_key() {
    let (world, mut browser) = (World::new(), Browser::default());
    let begin = browser.begin(&world.worker(0), login());
    let settings = serde_json::json!({
        "app_id": world.emulator.app_id(),
        "app_secret": format!("{}\r\n", world.emulator.app_secret()),
        "base_url": world.emulator.urls().base_url,
        "store": world.folder.join("tokens"),
        "trust_env": false,
    });
    let settings = pinterest_oauth::ManagerConfig::from_json(&settings.to_string()).unwrap();
    let other = pinterest_oauth::blocking::TokenManager::new(settings).unwrap();
    let end = other.finish_login(&browser.visit(&world.consent(&begin)));
    assert_eq!(end.unwrap().outcome, "done");
}
