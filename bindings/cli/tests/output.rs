//! The command `token`: the places where the token goes, and what happens when it cannot.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::fs::{self, File};
use std::io::Write;
use std::process::Stdio;

use common::*;
use serde_json::Value;

#[test]
fn json_is_the_whole_document_and_nothing_else() {
    let world = World::new();
    let output = world.run(with(
        &CLIENT,
        &["--scope", "pins:read", "--scope", "boards:read", "--json"],
    ));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "");
    let token = json(&output.stdout);
    assert!(token["access_token"].as_str().unwrap().starts_with("pinc_"));
    assert_eq!(token["expires_in"], 2_592_000);
    assert!(token["expires_at"].is_i64() && token["obtained_at"].is_i64());
    assert_eq!(stdout(&output).lines().count(), 1);
}

#[test]
fn a_stored_token_is_refreshed_in_place_and_whole() {
    let world = World::new();
    let file = world.token_file("token.json");
    assert_eq!(mode(&file), 0o600);
    let before = json(fs::read(&file).unwrap());
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
    let output = world.run(with(&REFRESH, &["--token-file", &file, "--output", &file]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    assert!(
        stdout(&output).contains("NEW") && stdout(&output).contains(&file),
        "{}",
        stdout(&output)
    );
    world.assert_no_secret(&output);
    let after = json(fs::read(&file).unwrap());
    assert_eq!(mode(&file), 0o640);
    assert_ne!(before["refresh_token"], after["refresh_token"]);
    assert_eq!(after["refresh_token_rotated"], Value::Bool(true));
    assert_eq!(world.folder.names(), ["token.json"]);
}

#[test]
fn a_grant_that_spends_something_is_refused_where_its_token_would_be_lost() {
    let world = World::new();
    let file = world.token_file("token.json");
    let before = fs::read(&file).unwrap();
    world.emulator.clear();
    let code = world.folder.file("code", &world.code());
    for arguments in [
        with(&REFRESH, &["--token-file", &file]),
        with(&CODE, &["--code-file", &code]),
    ] {
        let output = world.run(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(stdout(&output), "");
        assert!(
            stderr(&output).contains("--output FILE or --json"),
            "{}",
            stderr(&output)
        );
        world.assert_no_secret(&output);
    }
    assert!(world.emulator.requests().is_empty());
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_token_for_the_app_itself_may_be_looked_at_only_and_a_note_says_so() {
    let world = World::new();
    let output = world.run(CLIENT);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("access token   sha256:"));
    assert!(
        stderr(&output).contains("kept nowhere"),
        "{}",
        stderr(&output)
    );
    world.assert_no_secret(&output);
}

#[test]
fn a_place_that_cannot_hold_the_token_is_found_before_the_code_is_spent() {
    let world = World::new();
    let missing = world.folder.path("no/such/folder/token.json");
    let folder = world.folder.path(".");
    for output in [&missing, &folder, "/dev/null", "-"] {
        let mut command = world.program(with(&CODE, &["--output", output]));
        let output = common::output(command.env("PINTEREST_CODE", world.code()));
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains("--output"), "{}", stderr(&output));
    }
    assert!(world.emulator.requests().is_empty());
}

#[test]
fn a_link_stays_a_link_to_the_new_document() {
    let world = World::new();
    let (target, link) = (
        world.token_file("real.json"),
        world.folder.path("link.json"),
    );
    let before = fs::read(&target).unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let output = world.run(with(&REFRESH, &["--token-file", &link, "--output", &link]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_ne!(fs::read(&target).unwrap(), before);
    assert_eq!(mode(&target), 0o600);
}

#[test]
fn a_closed_standard_output_is_noticed_before_a_code_is_spent() {
    let world = World::new();
    let mut running = Running::start(
        world
            .program(with(&CODE, &["--code-file", "-", "--json"]))
            .stdin(Stdio::piped()),
    );
    drop(running.child().stdout.take());
    let mut stdin = running.child().stdin.take().unwrap();
    stdin.write_all(world.code().as_bytes()).unwrap();
    drop(stdin);
    let output = running.end();
    assert_eq!(output.status.code(), Some(1));
    let error = json(&output.stderr);
    assert_eq!(
        (&error["kind"], &error["outcome"]),
        (&"internal".into(), &"not_sent".into())
    );
    assert!(world.emulator.requests().is_empty());
    world.assert_no_secret(&output);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_standard_output_is_noticed_before_a_refresh_token_is_spent() {
    let world = World::new();
    let file = world.token_file("token.json");
    let sent = world.emulator.requests().len();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let mut command = world.program(with(&REFRESH, &["--token-file", &file, "--json"]));
    let refused = output(command.stdout(full()));
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(json(&refused.stderr)["outcome"], "not_sent");
    assert_eq!(world.emulator.requests().len(), sent);
    let lost = output(world.program(with(&CLIENT, &["--json"])).stdout(full()));
    assert_eq!(lost.status.code(), Some(1));
    let error = json(&lost.stderr);
    assert!(error["message"].as_str().unwrap().contains("lost"));
}

#[test]
fn three_runs_that_refresh_one_file_under_strict_rotation_all_succeed() {
    let world = World::new();
    world
        .emulator
        .set_switches(&serde_json::json!({"rotation": "strict"}))
        .unwrap();
    let file = world.token_file("token.json");
    let arguments = with(&REFRESH, &["--token-file", &file, "--output", &file]);
    let runs: Vec<_> = (0..3)
        .map(|_| Running::start(&mut world.program(&arguments)))
        .collect();
    for run in runs {
        let output = run.end();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    let output = world.run(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn what_a_killed_run_left_beside_the_file_is_used() {
    let world = World::new();
    let file = world.token_file("token.json");
    let newer = world.token_file("newer.json");
    let draft = world.folder.path(".token.json.draft");
    fs::rename(&newer, &draft).unwrap();
    let left = fs::read_to_string(&draft).unwrap();
    let left: serde_json::Value = serde_json::from_str(&left).unwrap();
    let output = world.run(with(&REFRESH, &["--token-file", &file, "--output", &file]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let requests = serde_json::to_string(&world.emulator.requests()).unwrap();
    assert!(requests.contains(left["refresh_token"].as_str().unwrap()));
    assert!(!std::path::Path::new(&draft).exists());
}
