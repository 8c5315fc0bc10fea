//! The command `token`: every grant and every source of a secret.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::fs;

use common::*;

fn field<'a>(form: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let pair = form.iter().find(|(key, _)| key == name);
    pair.map(|(_, value)| value.as_str())
}

#[test]
fn a_code_gives_a_token_and_people_see_fingerprints_and_dates() {
    let world = World::new();
    let file = world.folder.path("token.json");
    let mut command = world.program(with(&CODE, &["--output", &file]));
    let output = output(command.env("PINTEREST_CODE", world.code()));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    for part in [
        "access token   sha256:",
        "refresh token  sha256:",
        "UTC (in 30 days)",
        "UTC (in 60 days)",
        "scopes         ",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    world.assert_no_secret(&output);
    assert_eq!(field(&world.form(), "continuous_refresh"), Some("true"));
}

#[test]
fn a_code_comes_from_a_file_from_standard_input_or_from_the_redirect() {
    let world = World::new();
    let file = world.folder.path("token.json");
    let code_to_file = with(&CODE, &["--output", &file]);
    let code = world.folder.file("code", &format!("{}\n", world.code()));
    let output = world.run(with(&code_to_file, &["--code-file", &code]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));

    let output = output_with(
        &mut world.program(with(&code_to_file, &["--code-file", "-"])),
        &world.code(),
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));

    let redirect = world.folder.file("redirect", &world.redirect("my-state"));
    let output = world.run(with(
        &code_to_file,
        &["--redirect-file", &redirect, "--state", "my-state"],
    ));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    world.assert_no_secret(&output);
}

#[test]
fn a_redirect_is_not_read_without_its_state_and_not_beside_a_code() {
    let world = World::new();
    let file = world.folder.path("token.json");
    let code_to_file = with(&CODE, &["--output", &file]);
    let redirect = world.folder.file("redirect", &world.redirect("my-state"));
    for (more, named) in [
        (&["--redirect-file", &redirect][..], "--state"),
        (
            &[
                "--redirect-file",
                &redirect,
                "--state",
                "my-state",
                "--code-file",
                &redirect,
            ],
            "excludes",
        ),
        (&["--state", "my-state"], "--redirect-file"),
    ] {
        let output = world.run(with(&code_to_file, more));
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(named), "{}", stderr(&output));
    }
    assert!(world.emulator.requests().is_empty());
}

#[test]
fn a_refresh_token_comes_from_the_environment_from_a_file_or_from_a_document_on_standard_input() {
    let world = World::new();
    let kept = world.folder.path("new.json");
    let refresh_to_file = with(&REFRESH, &["--output", &kept]);
    let document = fs::read_to_string(world.token_file("token.json")).unwrap();
    let refresh = json(&document)["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned();

    let mut command = world.program(&refresh_to_file);
    let output = output(command.env("PINTEREST_REFRESH_ACCESS_TOKEN", &refresh));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    world.assert_no_secret(&output);

    let file = world.folder.file("refresh", &refresh);
    let output = world.run(with(&refresh_to_file, &["--refresh-token-file", &file]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));

    let output = output_with(
        &mut world.program(with(&refresh_to_file, &["--token-file", "-"])),
        &document,
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn the_app_secret_comes_from_a_file_which_wins_over_the_environment() {
    let world = World::new();
    let file = world.folder.file("secret", world.emulator.app_secret());
    let mut command = world.program(with(&CLIENT, &["--app-secret-file", &file]));
    let output = output(command.env("PINTEREST_APP_SECRET", "wrong"));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn what_is_missing_is_named_with_the_places_it_comes_from() {
    let world = World::new();
    let file = world.folder.path("token.json");
    for (arguments, place) in [
        (&["token"][..], "GRANT is required"),
        (
            &["token", "authorization_code", "--output", &file],
            "PINTEREST_CODE, --code-file",
        ),
        (
            &["token", "refresh_token", "--output", &file],
            "PINTEREST_REFRESH_ACCESS_TOKEN, --refresh-token-file",
        ),
        (&["token", "password"], "GRANT must be authorization_code"),
    ] {
        let output = world.run(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(place), "{}", stderr(&output));
    }
    let mut command = world.program(with(&CODE, &["--output", &file]));
    command
        .env("PINTEREST_CODE", world.code())
        .env_remove("PINTEREST_APP_SECRET");
    let output = output(&mut command);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        stderr(&output).contains("PINTEREST_APP_SECRET, --app-secret-file"),
        "{}",
        stderr(&output)
    );
    assert!(world.emulator.requests().is_empty());
}

#[test]
fn options_of_another_grant_are_refused_and_variables_of_another_are_left_alone() {
    let world = World::new();
    let code = world.folder.file("code", "made-up");
    let output = world.run(with(&CLIENT, &["--code-file", &code]));
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("does not belong to GRANT client_credentials"),
        "{}",
        stderr(&output)
    );
    let mut command = world.program(CLIENT);
    command
        .env("PINTEREST_CODE", "made-up")
        .env("PINTEREST_REFRESH_ACCESS_TOKEN", "made-up");
    assert_eq!(common::output(&mut command).status.code(), Some(0));
}

#[test]
fn rotation_can_be_declined_and_further_fields_sent() {
    let world = World::new();
    let file = world.folder.path("token.json");
    let code_to_file = with(&CODE, &["--output", &file]);
    let arguments = with(
        &code_to_file,
        &[
            "--no-continuous-refresh",
            "--extra",
            "refresh_on=true",
            "--extra",
            "x=a=b",
            "--timeout",
            "20.5",
        ],
    );
    let output = output(world.program(arguments).env("PINTEREST_CODE", world.code()));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let form = world.form();
    assert_eq!(field(&form, "continuous_refresh"), None);
    assert_eq!(field(&form, "refresh_on"), Some("true"));
    assert_eq!(field(&form, "x"), Some("a=b"));
    let twice = world.run(with(&CLIENT, &["--extra", "a=1", "--extra", "a=2"]));
    assert_eq!(twice.status.code(), Some(2));
}

#[test]
fn another_server_and_its_certificates_can_be_named() {
    let world = World::new();
    let urls = world.emulator.urls().clone();
    let ca = urls.ca_file.unwrap();
    let arguments = with(
        &CLIENT,
        &[
            "--base-url",
            urls.https_base_url.as_deref().unwrap(),
            "--ca-file",
            ca.to_str().unwrap(),
        ],
    );
    let output = output(world.program(arguments).env_remove("PINTEREST_API_URI"));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let requests = world.emulator.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests.iter().all(|request| request.listener == "https"));
}

#[test]
fn scopes_may_be_given_in_one_option_or_in_several() {
    let world = World::new();
    let output = world.run(with(
        &CLIENT,
        &["--scope", "pins:read", "--scope", "boards:read ads:read"],
    ));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        field(&world.form(), "scope"),
        Some("pins:read,boards:read,ads:read")
    );
}
