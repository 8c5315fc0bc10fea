//! The commands of the token manager: from a login to the next refresh, with the clock moved.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::process::{Command, Output};
use std::time::Duration;

use common::*;
use serde_json::json;

const DAY: u64 = 86_400;

/// An account `shop` that has logged in, and a clock.
fn logged_in() -> World {
    let world = World::new();
    let login = with(&CODE, &["--account", "shop"]);
    let mut command = manager(&world, &login);
    let output = output(command.env("PINTEREST_CODE", world.code()));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    world.assert_no_secret(&output);
    world
}

/// The program with a store in the world's folder.
fn manager(world: &World, arguments: &[&str]) -> Command {
    let store = world.folder.path("tokens");
    let clock = world.emulator.urls().clock_file.to_string_lossy();
    let more = ["--store", &store, "--clock-offset-file", &clock];
    world.program(with(arguments, &more))
}

fn run(world: &World, arguments: &[&str]) -> Output {
    output(&mut manager(world, arguments))
}

fn pass(world: &World, days: u64) {
    let by = Duration::from_secs(days * DAY);
    world.emulator.advance(by).unwrap();
}

fn access_token(world: &World) -> String {
    let output = run(world, &["access-token", "--account", "shop"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output).trim().to_owned()
}

fn refreshes(world: &World) -> u64 {
    world.emulator.posts().refresh_tokens.values().sum()
}

#[test]
fn an_access_token_is_one_line_and_is_refreshed_once_when_it_is_due() {
    let world = logged_in();
    let first = access_token(&world);
    assert!(first.starts_with("pina_"));
    assert_eq!(
        (access_token(&world), refreshes(&world)),
        (first.clone(), 0)
    );
    pass(&world, 25);
    let second = access_token(&world);
    assert_ne!(first, second);
    assert_eq!((access_token(&world), refreshes(&world)), (second, 1));
}

#[test]
fn eight_processes_at_once_refresh_once() {
    let world = logged_in();
    pass(&world, 40);
    let running: Vec<Running> = (0..8)
        .map(|_| Running::start(&mut manager(&world, &["access-token", "--account", "shop"])))
        .collect();
    let mut tokens: Vec<String> = running.into_iter().map(|one| stdout(&one.end())).collect();
    tokens.dedup();
    assert_eq!((tokens.len(), refreshes(&world)), (1, 1), "{tokens:?}");
}

#[test]
fn a_timer_refreshes_what_is_due_and_says_nothing() {
    let world = logged_in();
    let quiet = run(&world, &["refresh", "--due"]);
    assert_eq!((stdout(&quiet), stderr(&quiet)), Default::default());
    pass(&world, 24);
    let output = run(&world, &["refresh", "--due", "--json"]);
    let report = json(&output.stdout);
    assert_eq!(
        (&report["due"], &report["refreshed"], refreshes(&world)),
        (&json!(1), &json!(1), 1)
    );
    let doctor = json(&run(&world, &["doctor", "--json"]).stdout);
    assert_eq!(doctor["last_refresh_due"]["refreshed"], 1);
    assert_eq!(doctor["findings"], json!([]));
}

#[test]
fn people_see_where_an_account_stands_and_no_secret() {
    let world = logged_in();
    let output = run(&world, &["status", "--account", "shop"]);
    for part in [
        "account        shop\n",
        "state          ready\n",
        "(in 30 days)",
    ] {
        assert!(stdout(&output).contains(part), "{}", stdout(&output));
    }
    world.assert_no_secret(&output);
    let list = run(&world, &["accounts"]);
    assert!(
        stdout(&list).starts_with("shop  ready"),
        "{}",
        stdout(&list)
    );
    let check = run(&world, &["status", "--check"]);
    assert_eq!(stdout(&check), "OK - 1 accounts | accounts=1 bad=0\n");
}

#[test]
fn an_account_whose_tokens_are_refused_twice_needs_a_login_and_keeps_its_record() {
    let world = logged_in();
    pass(&world, 61);
    let refused = run(&world, &["access-token", "--account", "shop"]);
    assert_eq!(refused.status.code(), Some(20), "{}", stderr(&refused));
    assert!(
        stderr(&refused).contains("log in again"),
        "{}",
        stderr(&refused)
    );
    let check = run(&world, &["status", "--check"]);
    assert_eq!(check.status.code(), Some(2));
    assert!(stdout(&check).starts_with("CRITICAL - 1 accounts, 1 to look after: shop: "));
    let due = run(&world, &["refresh", "--due"]);
    assert_eq!(due.status.code(), Some(20));
    // A login ends it.
    let login = with(&CODE, &["--account", "shop"]);
    let login = output(manager(&world, &login).env("PINTEREST_CODE", world.code()));
    assert_eq!(login.status.code(), Some(0), "{}", stderr(&login));
    access_token(&world);
}

#[test]
fn a_token_moves_from_a_file_into_an_account_and_back() {
    let world = logged_in();
    let file = world.folder.path("token.json");
    let out = run(&world, &["export", "--account", "shop", "--output", &file]);
    assert_eq!(out.status.code(), Some(0), "{}", stderr(&out));
    world.assert_no_secret(&out);
    let moved = ["import", "--account", "moved", "--token-file", &file];
    assert_eq!(run(&world, &moved).status.code(), Some(0));
    let renamed = run(&world, &["rename", "--account", "moved", "--to", "é 42"]);
    assert_eq!(renamed.status.code(), Some(0), "{}", stderr(&renamed));
    let removed = run(&world, &["remove", "--account", "shop"]);
    assert_eq!(removed.status.code(), Some(0), "{}", stderr(&removed));
    let list = stdout(&run(&world, &["accounts"]));
    assert!(
        list.starts_with("é 42  ready") && list.lines().count() == 1,
        "{list}"
    );
    let gone = run(&world, &["access-token", "--account", "shop"]);
    assert_eq!(gone.status.code(), Some(21));
    assert!(
        stderr(&gone).contains("no such account"),
        "{}",
        stderr(&gone)
    );
}

#[test]
fn a_quickstart_s_file_and_the_environment_s_names_are_imported() {
    let world = World::new();
    let quickstart = r#"{"name":"q","access_token":"pina_q","refresh_token":"pinr_q","scopes":"pins:read boards:read"}"#;
    let file = world.folder.file("quickstart.json", quickstart);
    let import = ["import", "--account", "q", "--token-file", &file];
    assert_eq!(run(&world, &import).status.code(), Some(0));
    let status = json(&run(&world, &["status", "--account", "q", "--json"]).stdout);
    assert_eq!(status["scopes"], json!(["pins:read", "boards:read"]));
    let mut command = manager(&world, &["import", "--account", "e", "--from-env"]);
    let output = output(command.env("PINTEREST_ACCESS_TOKEN", "pina_e"));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let status = json(&run(&world, &["status", "--account", "e", "--json"]).stdout);
    assert!(
        status["warning"]
            .as_str()
            .unwrap()
            .contains("no refresh token")
    );
}

#[test]
fn what_changes_an_account_says_which() {
    let world = logged_in();
    for command in ["export", "remove", "rename", "revoke", "import"] {
        let file = world.folder.file("t.json", r#"{"access_token":"a"}"#);
        let arguments: &[&str] = match command {
            "export" => &["export", "--json"],
            "rename" => &["rename", "--to", "x"],
            "import" => &["import", "--token-file", &file],
            other => &[other],
        };
        let output = run(&world, arguments);
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(stderr(&output).contains("--account"), "{command}");
    }
}
