//! How a login ends: with a token, another person, a paste, a denial, a refused code; and what the person is told.

use std::net::TcpStream;
use std::time::Duration;

use pinterest_oauth::{Kind, LoginEventKind, Outcome, Scopes};

use crate::{Browser, World, end, header, status};

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
fn where_no_browser_was_opened_nobody_is_told_that_none_has_come() {
    let world = World::new();
    let login = world.start();
    assert!(login.next(Duration::from_secs(17)).unwrap().is_none());
}
