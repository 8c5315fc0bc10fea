//! What comes to the listener besides the redirect, and after it.

use std::net::{Ipv6Addr, TcpListener, TcpStream};
use std::time::Duration;

use pinterest_oauth::{Kind, LoginEventKind};

use crate::{Browser, World, end, exchange, has_ipv6, header, status};

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
