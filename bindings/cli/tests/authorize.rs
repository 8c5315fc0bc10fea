//! The commands `authorize-url` and `redirect`.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;

#[test]
fn the_address_and_its_state_are_printed() {
    let world = World::new();
    let arguments = [
        "authorize-url",
        "--redirect-uri",
        REDIRECT_URI,
        "--scope",
        "pins:read boards:read",
        "--extra",
        "lang=de",
    ];
    let output = world.run(arguments.into_iter().chain(["--json"]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let document = json(&output.stdout);
    let (url, state) = (
        document["url"].as_str().unwrap(),
        document["state"].as_str().unwrap(),
    );
    assert!(
        url.starts_with(&format!(
            "{}/oauth/?client_id=1234567&",
            world.emulator.urls().oauth_url
        )),
        "{url}"
    );
    assert!(url.contains("&scope=pins%3Aread%2Cboards%3Aread&"), "{url}");
    assert!(url.ends_with(&format!("&state={state}&lang=de")), "{url}");
    assert!(world.emulator.requests().is_empty());

    let people = stdout(&world.run(arguments.into_iter().chain(["--state", "my-state"])));
    assert!(
        people.contains("state=my-state&lang=de\n") && people.contains("\n  my-state\n"),
        "{people}"
    );
}

#[test]
fn no_secret_is_needed_for_the_address() {
    let arguments = [
        "authorize-url",
        "--app-id",
        "1234567",
        "--redirect-uri",
        REDIRECT_URI,
        "--json",
    ];
    let output = output(&mut program(arguments));
    let url = json(&output.stdout)["url"].as_str().unwrap().to_owned();
    assert!(
        url.starts_with("https://www.pinterest.com/oauth/?client_id=1234567&"),
        "{url}"
    );
}

#[test]
fn a_missing_app_id_says_where_it_comes_from() {
    let output = output(&mut program([
        "authorize-url",
        "--redirect-uri",
        REDIRECT_URI,
    ]));
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("--app-id or PINTEREST_APP_ID"));
}

#[test]
fn a_redirect_shows_its_code_only_as_json() {
    let world = World::new();
    let redirect = world.redirect("my-state");
    let file = world.folder.file("redirect", &format!("{redirect}\r\n"));
    let document = json(
        world
            .run([
                "redirect",
                "--state",
                "my-state",
                "--redirect-file",
                &file,
                "--json",
            ])
            .stdout,
    );
    let code = document["code"].as_str().unwrap();
    assert!(redirect.contains(code));

    let people = output_with(
        &mut world.program(["redirect", "--state", "my-state"]),
        &redirect,
    );
    assert_eq!(people.status.code(), Some(0), "{}", stderr(&people));
    assert!(stdout(&people).contains("sha256:"));
    assert!(!stdout(&people).contains(code));
}

#[test]
fn a_redirect_needs_its_state() {
    let output = output_with(
        &mut program(["redirect"]),
        "http://localhost:8085/?code=canary&state=canary",
    );
    assert_eq!(output.status.code(), Some(2));
    let text = stderr(&output);
    assert!(
        text.contains("--state") && !text.contains("canary"),
        "{text}"
    );
}
