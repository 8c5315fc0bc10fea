//! The end: what each request at the redirect address is, and what comes of it.

use std::time::Duration;

use pinterest_oauth::{BeginLogin, Kind, LoginVisit, Scopes};
use pinterest_oauth_emulator::{Action, Fault};
use serde_json::{Value, json};

use crate::{Browser, World, cookie, login, state};

fn refused() -> Fault {
    Fault {
        status: Some(401),
        body: Some(String::from(
            r#"{"code":283,"message":"The authorization grant is invalid"}"#,
        )),
        ..Fault::default()
    }
}

fn pinterest() -> Fault {
    Fault {
        action: Action::Pinterest,
        ..Fault::default()
    }
}

#[test]
fn a_login_from_the_link_to_the_stored_token() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let begin = browser.begin(&worker, login().account("shop-42").next("/settings?tab=2"));
    let end = worker
        .finish_login(&browser.visit(&world.consent(&begin)))
        .unwrap();
    assert_eq!((end.outcome, end.status), ("done", 303));
    assert_eq!(end.account.as_deref(), Some("shop-42"));
    assert_eq!(end.next.as_deref(), Some("/settings?tab=2"));
    assert!(end.scopes.contains(&String::from("pins:read")));
    let token = worker.account("shop-42").unwrap().export().unwrap();
    assert_eq!(end.expires_at, token.expires_at());
    assert_eq!(
        end.refresh_token_expires_at,
        token.refresh_token_expires_at()
    );
    let (name, _) = cookie(&begin);
    assert_eq!(end.set_cookies.len(), 1);
    assert_eq!(
        end.set_cookies[0],
        format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
    );
    browser.take(&end.set_cookies);
    assert!(browser.0.is_empty());
    let shown = format!("{end:?} {}", end.to_json());
    assert!(!shown.contains(token.access_token().expose()) && !shown.contains(&state(&begin)));
    let document: Value = serde_json::from_str(&end.to_json()).unwrap();
    assert_eq!(
        document["user"]["username"],
        json!(world.emulator.switches().user)
    );
    assert_eq!(document["previous_user"], Value::Null);
    let status = worker.account("shop-42").unwrap().status().unwrap();
    assert_eq!(status.user, end.user);
}

#[test]
fn who_logged_in_is_asked_by_a_get_with_the_access_token() {
    let world = World::new();
    // Both ways on which calls go out.
    let by_proxy = world.config().proxy(&world.emulator.urls().proxy_url);
    for worker in [world.worker(0), world.manager(by_proxy)] {
        let mut browser = Browser::default();
        let begin = browser.begin(&worker, login());
        let end = worker.finish_login(&browser.visit(&world.consent(&begin)));
        assert!(end.unwrap().user.unwrap().id.parse::<u64>().is_ok());
        let requests = world.emulator.requests();
        let asked = requests.last().unwrap();
        let line = format!("{} {} {:?}", asked.method, asked.path, asked.answered);
        assert_eq!(line, "GET /v5/user_account Some(200)");
        let names = asked.headers.iter().map(|(name, _)| name.to_lowercase());
        let names: Vec<String> = names.collect();
        assert!(names.contains(&String::from("authorization")), "{names:?}");
        // The emulator's proxy says how long a body is, where there is none, too.
        let proxied = names.contains(&String::from("connection"));
        let own = |name: &&String| !(proxied && *name == "content-length");
        let body = ["content-type", "content-length", "transfer-encoding"];
        let mut names = names.iter().filter(own);
        assert!(!names.any(|name| body.contains(&name.as_str())));
    }
}

#[test]
fn b9_b10_what_is_no_visit_sends_nothing_and_touches_no_cookie() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let begin = browser.begin(&worker, login());
    let address = world.consent(&begin);
    let visit = || browser.visit(&address);
    for visit in [
        visit().method("HEAD"),
        visit().method("POST"),
        visit().method("OPTIONS"),
        visit().method(""),
        visit().purpose("prefetch"),
        visit().purpose("prefetch;prerender"),
        visit().purpose("preview"),
    ] {
        let end = worker.finish_login(&visit).unwrap();
        assert_eq!((end.outcome, end.status), ("not_a_visit", 204));
        assert!(end.set_cookies.is_empty());
    }
    assert_eq!(world.codes(), 0);
    let end = worker
        .finish_login(&visit().purpose(" ").method("get"))
        .unwrap();
    assert_eq!(end.outcome, "done");
}

#[test]
fn a_denial_with_its_state_is_one() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let begin = browser.begin(&worker, login().account("shop").next("/back"));
    let address = world.click(&begin, |consent| consent.deny = true);
    let end = worker.finish_login(&browser.visit(&address)).unwrap();
    assert_eq!((end.outcome, end.status), ("denied", 403));
    assert_eq!(end.message, "Access was not given; nothing was stored.");
    assert_eq!(
        (end.account.as_deref(), end.next.as_deref()),
        (Some("shop"), Some("/back"))
    );
    browser.take(&end.set_cookies);
    assert!(browser.0.is_empty());
    assert_eq!(
        worker
            .finish_login(&browser.visit(&address))
            .unwrap()
            .outcome,
        "mismatch"
    );
}

#[test]
fn what_the_redirect_says_is_told_and_no_other_text_of_the_address() {
    let (world, mut browser) = (World::new(), Browser::default());
    let begin = browser.begin(&world.worker(0), login());
    let message = |error: &str| {
        let address = format!(
            "/?error={error}&error_description=%3Cscript%3E&state={}",
            state(&begin)
        );
        let end = world
            .worker(0)
            .finish_login(&browser.visit(&address))
            .unwrap();
        assert_eq!(end.outcome, "denied");
        end.message
    };
    assert_eq!(
        message("invalid_scope"),
        "Access was not given (Pinterest says invalid_scope); nothing was stored."
    );
    assert_eq!(
        message("%3Cscript%3E"),
        "Access was not given; nothing was stored."
    );
}

#[test]
fn a15_a_denial_without_state_counts_where_one_login_is_open() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let address = "http://localhost:8085/?error=access_denied";
    assert_eq!(
        worker
            .finish_login(&browser.visit(address))
            .unwrap()
            .outcome,
        "mismatch"
    );
    let first = browser.begin(&worker, login().owner("7"));
    let here = |browser: &Browser, query: &str| {
        worker
            .finish_login(&browser.visit(query).owner("7"))
            .unwrap()
    };
    assert_eq!(
        worker
            .finish_login(&browser.visit(address))
            .unwrap()
            .outcome,
        "mismatch"
    );
    assert_eq!(
        here(&browser, "error=access_denied&code=c").outcome,
        "mismatch"
    );
    assert_eq!(
        here(&browser, "error=access_denied&state=a&state=b").outcome,
        "mismatch"
    );
    assert_eq!(here(&browser, "").outcome, "mismatch");
    let mut two = browser.clone();
    two.begin(&worker, login().owner("7"));
    let end = here(&two, address);
    assert_eq!((end.outcome, end.set_cookies.len()), ("mismatch", 0));
    let end = here(&browser, address);
    assert_eq!(end.outcome, "denied");
    assert!(end.set_cookies[0].starts_with(&cookie(&first).0));
}

#[test]
fn b15_another_person_at_the_same_browser_does_not_end_it() {
    let world = World::new();
    let worker = world.worker(0);
    for (begun, ended, outcome) in [
        (Some("7"), Some("7"), "done"),
        (Some("7"), Some("8"), "mismatch"),
        (Some("7"), None, "mismatch"),
        (None, Some("7"), "mismatch"),
        (None, None, "done"),
    ] {
        let mut browser = Browser::default();
        let owned = |login: BeginLogin| match begun {
            Some(owner) => login.owner(owner),
            None => login,
        };
        let begin = browser.begin(&worker, owned(login()));
        let mut visit = browser.visit(&world.consent(&begin));
        if let Some(owner) = ended {
            visit = visit.owner(owner);
        }
        let end = worker.finish_login(&visit).unwrap();
        assert_eq!(end.outcome, outcome, "{begun:?} {ended:?}");
        browser.take(&end.set_cookies);
        assert!(browser.0.is_empty());
    }
    assert_eq!(world.codes(), 2);
}

#[test]
fn b16_another_browser_is_told_where_to_finish_and_nothing_is_sent() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let begin = browser.begin(&worker, login());
    let address = world.consent(&begin);
    let end = worker
        .finish_login(&Browser::default().visit(&address))
        .unwrap();
    assert_eq!((end.outcome, end.set_cookies.len()), ("mismatch", 0));
    assert!(
        end.message.contains("the browser in which you began"),
        "{}",
        end.message
    );
    assert_eq!(world.codes(), 0);
    assert_eq!(
        worker
            .finish_login(&browser.visit(&address))
            .unwrap()
            .outcome,
        "done"
    );
}

#[test]
fn an_address_that_is_not_as_pinterest_made_it_is_no_error_of_the_program() {
    let world = World::new();
    let worker = world.worker(0);
    for query in [
        "state={s}",
        "code=&state={s}",
        "code=a&code=b&state={s}",
        "code=a%20b&state={s}",
        "code=a%00b&state={s}",
        "code=http%3A%2F%2Fa&state={s}",
    ] {
        let mut browser = Browser::default();
        let begin = browser.begin(&worker, login());
        let query = query.replace("{s}", &state(&begin));
        let end = worker.finish_login(&browser.visit(&query)).unwrap();
        assert_eq!(end.outcome, "mismatch", "{query}");
        browser.take(&end.set_cookies);
        assert!(browser.0.is_empty(), "{query}");
    }
    for query in ["", "\u{0}", "%", "state=x&code=y", &"x".repeat(100_000)] {
        let end = worker.finish_login(&LoginVisit::new(query, "a=b")).unwrap();
        assert_eq!(end.outcome, "mismatch");
    }
    assert_eq!(world.codes(), 0);
}

#[test]
fn b12_scheme_and_host_of_the_address_do_not_matter() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let begin = browser.begin(&worker, login());
    let address = world
        .consent(&begin)
        .replace("localhost:8085", "internal:80");
    assert_eq!(
        worker
            .finish_login(&browser.visit(&address))
            .unwrap()
            .outcome,
        "done"
    );
}

#[test]
fn a_code_that_pinterest_refuses_is_an_error_and_a_second_visit_says_so_too() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let begin = browser.begin(&worker, login());
    let visit = browser.visit(&world.consent(&begin));
    world.emulator.script(vec![refused()]);
    let error = worker.finish_login(&visit).unwrap_err();
    assert_eq!(error.kind(), Kind::InvalidGrant);
    let error = worker.finish_login(&visit).unwrap_err();
    assert!(error.message().contains("was used"), "{error}");
    assert_eq!(world.codes(), 1);
}

#[test]
fn where_nothing_was_sent_the_same_address_may_be_loaded_again() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let begin = browser.begin(&worker, login());
    let visit = browser.visit(&world.consent(&begin));
    let unreachable = world.manager(world.config().proxy("http://127.0.0.1:1"));
    let error = unreachable.finish_login(&visit).unwrap_err();
    assert_eq!(
        error.outcome(),
        pinterest_oauth::Outcome::NotSent,
        "{error}"
    );
    assert_eq!(worker.finish_login(&visit).unwrap().outcome, "done");
}

#[test]
fn a25_who_logged_in_and_who_had_before() {
    let world = World::new();
    let worker = world.worker(0);
    let log_in = |name: &str, scope: &str| {
        let mut browser = Browser::default();
        let begin = browser.begin(&worker, login().scope(Scopes::parse(scope)));
        let address = world.click(&begin, |consent| consent.user = Some(name.into()));
        let end = worker.finish_login(&browser.visit(&address)).unwrap();
        let name = |user: Option<pinterest_oauth::User>| user.and_then(|user| user.username);
        (name(end.user), name(end.previous_user))
    };
    let some = |name: &str| Some(String::from(name));
    assert_eq!(
        log_in("anna", "user_accounts:read,pins:read"),
        (some("anna"), None)
    );
    assert_eq!(
        log_in("bob", "user_accounts:read"),
        (some("bob"), some("anna"))
    );
    let asked = world.emulator.requests().len();
    assert_eq!(log_in("carol", "pins:read"), (None, some("bob")));
    assert_eq!(
        world.emulator.requests().len(),
        asked + 1,
        "nobody asks what may not be told"
    );
    assert_eq!(log_in("anna", "user_accounts:read"), (some("anna"), None));
}

#[test]
fn a_user_account_that_cannot_be_read_keeps_nobody_from_logging_in() {
    for answer in [
        Fault {
            status: Some(500),
            ..Fault::default()
        },
        Fault {
            body: Some(String::from("[]")),
            ..Fault::default()
        },
        Fault {
            action: Action::Pinterest,
            delay_ms: 60_000,
            ..Fault::default()
        },
    ] {
        let (world, mut browser) = (World::new(), Browser::default());
        let worker = world.worker(0);
        let begin = browser.begin(&worker, login());
        let visit = browser.visit(&world.consent(&begin));
        world.emulator.script(vec![pinterest(), answer]);
        let end = worker
            .finish_login(&visit.timeout(Duration::from_secs(3)))
            .unwrap();
        assert_eq!((end.outcome, end.user), ("done", None));
    }
}

#[test]
fn a_timeout_that_cannot_be_used_is_said_whoever_comes() {
    let world = World::new();
    for seconds in [0, 601] {
        for query in ["", "code=c&state=s"] {
            let visit = LoginVisit::new(query, "").timeout(Duration::from_secs(seconds));
            let error = world.worker(0).finish_login(&visit).unwrap_err();
            let expected = (Kind::InvalidArgument, Some("timeout"));
            assert_eq!((error.kind(), error.field()), expected, "{query}");
        }
    }
}
