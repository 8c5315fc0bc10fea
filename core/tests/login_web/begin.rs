//! The begin: what the program did wrong is said to it, before anybody leaves; and cookies do not pile up.

use pinterest_oauth::{BeginLogin, Kind, LoginVisit};

use crate::{Browser, World, cookie, login, parameter, state};

#[test]
fn the_address_carries_a_state_and_the_cookie_does_not_show_it() {
    let world = World::new();
    let begin = world
        .worker(0)
        .begin_login(&login().owner("canary"))
        .unwrap();
    assert!(begin.url().starts_with(&world.emulator.urls().oauth_url));
    assert_eq!(parameter(begin.url(), "response_type"), "code");
    assert_eq!(state(&begin).len(), 43);
    let [set] = begin.set_cookies() else { panic!() };
    assert!(
        set.ends_with("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax"),
        "{set}"
    );
    assert!(
        set.starts_with("pinterest-oauth-") && set.len() < 500,
        "{set}"
    );
    assert!(!set.contains(&state(&begin)) && !set.contains("canary"));
    let shown = format!("{begin:?} {:?}", login().owner("canary").cookies("canary"));
    assert!(
        !shown.contains(&state(&begin)) && !shown.contains("canary"),
        "{shown}"
    );
}

#[test]
fn b5_https_has_a_host_cookie_and_http_on_this_machine_a_plain_one() {
    let worker = World::new().worker(0);
    let set = |address: &str| {
        let begin = worker.begin_login(&BeginLogin::new(address)).unwrap();
        begin.set_cookies()[0].clone()
    };
    let secure = set("https://app.example/callback");
    assert!(secure.starts_with("__Host-pinterest-oauth-") && secure.ends_with("; Secure"));
    assert!(!secure.contains("Domain"));
    for address in [
        "http://localhost:3000/cb",
        "http://127.0.0.1/cb",
        "http://[::1]:1/",
    ] {
        assert!(!set(address).contains("Secure"), "{address}");
    }
}

#[test]
fn a_redirect_uri_that_cannot_work_is_named_and_what_to_do_is_said() {
    let worker = World::new().worker(0);
    for (address, word) in [
        ("", "empty"),
        ("/callback", "absolute"),
        ("app.example/callback", "absolute"),
        ("http://app.example/callback", "https"),
        ("http://192.168.1.5:8000/", "https"),
        ("ftp://app.example/", "https"),
        ("https://app.example/callback#top", "#"),
    ] {
        let error = worker.begin_login(&BeginLogin::new(address)).unwrap_err();
        assert_eq!(error.kind(), Kind::InvalidArgument, "{address}");
        assert_eq!(error.field(), Some("redirect_uri"), "{address}");
        assert!(error.message().contains(word), "{address}: {error}");
    }
}

#[test]
fn b7_a_login_that_would_end_on_another_host_does_not_begin() {
    let worker = World::new().worker(0);
    let begin = |host: &str| {
        let login = BeginLogin::new("https://app.example:8443/callback").host(host);
        worker
            .begin_login(&login)
            .map_err(|error| error.field().map(str::to_owned))
    };
    // Cookies know no port.
    for host in ["app.example", "APP.example:8443", "app.example:80", "", " "] {
        assert!(begin(host).is_ok(), "{host}");
    }
    for host in [
        "www.app.example",
        "localhost",
        "127.0.0.1",
        "a b",
        "app.example.evil",
        "app.example@evil",
    ] {
        assert_eq!(begin(host).unwrap_err().as_deref(), Some("host"), "{host}");
    }
}

#[test]
fn b13_a_next_that_leads_away_does_not_begin() {
    let worker = World::new().worker(0);
    for next in [
        "//evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "/.//evil",
        "https://evil",
        "/a\r\nb",
    ] {
        let error = worker.begin_login(&login().next(next)).unwrap_err();
        assert_eq!(error.field(), Some("next"), "{next:?}");
        assert!(!error.message().contains("evil"), "{error}");
    }
}

#[test]
fn accounts_owners_and_secrets_are_checked_before_anybody_leaves() {
    let world = World::new();
    let error = |login: BeginLogin| world.worker(0).begin_login(&login).unwrap_err();
    assert_eq!(error(login().account("")).field(), Some("account"));
    assert_eq!(error(login().owner("")).field(), Some("owner"));
    assert_eq!(
        error(login().account("a".repeat(1_000))).field(),
        Some("account")
    );
    let long = format!("/{}", "n".repeat(500));
    let error = error(login().account("a".repeat(300)).next(long));
    assert_eq!(error.field(), Some("next"));
    let without = pinterest_oauth::Config::new()
        .app_id("1")
        .base_url(&world.emulator.urls().base_url);
    let error = world.manager(without).begin_login(&login()).unwrap_err();
    assert_eq!(
        (error.kind(), error.field()),
        (Kind::InvalidConfig, Some("app_secret"))
    );
}

#[test]
fn b1_b2_a_browser_keeps_four_logins_and_the_oldest_goes() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let mut names = Vec::new();
    for second in 0..7 {
        world.set_clock(second);
        let begin = browser.begin(&worker, login());
        names.push(cookie(&begin).0);
        assert!(begin.set_cookies().len() <= 2);
        assert!(browser.0.len() <= 4);
    }
    let kept: Vec<&String> = names
        .iter()
        .filter(|name| browser.0.contains_key(*name))
        .collect();
    assert_eq!(kept, names[3..].iter().collect::<Vec<_>>());
}

#[test]
fn b2_what_nobody_can_open_goes_before_the_oldest() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let first = cookie(&browser.begin(&worker, login())).0;
    world.set_clock(1);
    let second = cookie(&browser.begin(&worker, login())).0;
    for name in [
        "pinterest-oauth-0000000000000000",
        "pinterest-oauth-1111111111111111",
    ] {
        browser.0.insert(name.into(), "x".into());
    }
    browser
        .0
        .insert("pinterest-oauth-login".into(), "of the listener".into());
    browser.0.insert("session".into(), "of the app".into());
    browser.begin(&worker, login());
    assert!(browser.0.contains_key(&first) && browser.0.contains_key(&second));
    assert!(browser.0.contains_key("session") && browser.0.contains_key("pinterest-oauth-login"));
    assert_eq!(browser.0.len(), 2 + 4);
}

#[test]
fn b2_all_cookies_of_an_answer_stay_under_three_kib() {
    let worker = World::new().worker(0);
    let junk = |number: usize| format!("__Host-pinterest-oauth-{number:016}={}", "x".repeat(900));
    let header: Vec<String> = (0..170).map(junk).collect();
    let login = BeginLogin::new("https://app.example/")
        .account("a".repeat(400))
        .cookies(header.join("; "));
    let begin = worker.begin_login(&login).unwrap();
    let all: usize = begin.set_cookies().iter().map(String::len).sum();
    assert!(all <= 3 * 1_024, "{all}");
    assert!(begin.set_cookies().len() > 10);
    assert!(begin.set_cookies().last().unwrap().len() < 1_024 + 100);
}

#[test]
fn documents_name_what_is_wrong_and_take_whatever_a_visitor_sends() {
    let error = BeginLogin::from_json(r#"{"redirect_url":"https://a.example/"}"#).unwrap_err();
    assert_eq!(error.field(), Some("redirect_url"));
    assert!(error.message().contains("is it redirect_uri?"), "{error}");
    assert_eq!(
        BeginLogin::from_json("{}").unwrap_err().field(),
        Some("redirect_uri")
    );
    let long = "x".repeat(100_000);
    for text in ["", " ", "\u{0}", "é\n", &long] {
        let text = serde_json::to_string(text).unwrap();
        let visit =
            format!(r#"{{"query":{text},"cookies":{text},"purpose":{text},"method":{text}}}"#);
        assert!(LoginVisit::from_json(&visit).is_ok());
        let begin =
            format!(r#"{{"redirect_uri":"https://a.example/","cookies":{text},"host":{text}}}"#);
        assert!(BeginLogin::from_json(&begin).is_ok());
    }
    assert_eq!(
        LoginVisit::from_json(r#"{"owner":7}"#).unwrap_err().field(),
        Some("owner")
    );
}
