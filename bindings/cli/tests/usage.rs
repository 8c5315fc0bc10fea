//! Help, usage errors, and what is refused as an argument.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::os::unix::net::UnixStream;
use std::process::{Output, Stdio};

use common::*;
use pinterest_oauth::Kind;

fn run(arguments: &[&str]) -> Output {
    output(&mut program(arguments))
}

const COMMANDS: [&str; 4] = ["authorize-url", "redirect", "token", "emulator"];

#[test]
fn help_names_every_command_and_every_exit_code() {
    let text = stdout(&run(&["--help"]));
    for command in COMMANDS {
        assert!(
            text.contains(&format!("\n  {command} ")),
            "{command}\n{text}"
        );
    }
    for kind in Kind::ALL {
        assert!(
            text.contains(&format!("{:>4} {kind}", *kind as i32)),
            "{kind}\n{text}"
        );
    }
    for same in [&["-h"][..], &["help"]] {
        assert_eq!(stdout(&run(same)), text);
    }
}

#[test]
fn every_command_has_a_help_of_its_own_that_fits_a_screen_in_width() {
    for command in COMMANDS {
        let output = run(&[command, "--help"]);
        assert_eq!(output.status.code(), Some(0));
        let text = stdout(&output);
        assert!(
            text.starts_with(&format!("pinterest-oauth {command}: ")),
            "{text}"
        );
        assert!(text.contains("Example"), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() <= 100),
            "{text}"
        );
        assert_eq!(stdout(&run(&["help", command])), text);
    }
}

#[test]
fn the_emulator_s_help_explains_every_switch() {
    let text = stdout(&run(&["emulator", "--help"]));
    for (name, _) in pinterest_oauth_emulator::SWITCHES {
        assert!(text.contains(&format!("  {name}=")), "{name}\n{text}");
    }
}

#[test]
fn version_is_one_line() {
    for argument in ["--version", "-V"] {
        let expected = format!("pinterest-oauth {}\n", pinterest_oauth::VERSION);
        assert_eq!(stdout(&run(&[argument])), expected);
    }
}

#[test]
fn a_secret_as_an_argument_is_refused_with_the_right_place_and_not_repeated() {
    const CANARY: &str = "canary-in-an-argument";
    for (option, place) in [
        ("--code", "PINTEREST_CODE or --code-file"),
        (
            "--refresh-token",
            "PINTEREST_REFRESH_ACCESS_TOKEN or --refresh-token-file",
        ),
        ("--app-secret", "PINTEREST_APP_SECRET or --app-secret-file"),
        ("--token", "--token-file"),
        ("--access-token", "--token-file"),
    ] {
        let joined = format!("{option}={CANARY}");
        for arguments in [
            vec!["token", "refresh_token", option, CANARY],
            vec!["token", "refresh_token", &joined],
        ] {
            let output = run(&arguments);
            let text = stderr(&output);
            assert_eq!(output.status.code(), Some(2), "{text}");
            assert!(text.contains(place), "{option}: {text}");
            assert!(text.contains("history"), "{text}");
            assert!(!text.contains(CANARY), "{text}");
            assert_eq!(stdout(&output), "");
        }
    }
    for command in ["authorize-url", "redirect", "emulator"] {
        let output = run(&[command, "--app-secret", CANARY]);
        assert_eq!(output.status.code(), Some(2));
        assert!(!stderr(&output).contains(CANARY));
    }
}

#[test]
fn no_usage_error_repeats_an_argument() {
    const CANARY: &str = "canary-in-an-argument";
    for arguments in [
        &[CANARY][..],
        &["help", CANARY],
        &["token", CANARY],
        &["token", "client_credentials", CANARY],
        &["token", "client_credentials", "--canary-in-an-argument"],
        &[
            "token",
            "client_credentials",
            "--json=canary-in-an-argument",
        ],
        &["token", "client_credentials", "--timeout", CANARY],
        &["token", "client_credentials", "--environment", CANARY],
        &["token", "client_credentials", "--extra", CANARY],
        &["token", "client_credentials", "--base-url", CANARY],
        &["token", "client_credentials", "--ca-file", CANARY],
        &["token", "client_credentials", "--app-secret-file", CANARY],
        &["token", "refresh_token", "--token-file", CANARY],
        &["token", "authorization_code", "--code-file", CANARY],
        &["emulator", "--port", CANARY],
        &["emulator", CANARY],
    ] {
        let output = run(arguments);
        let text = stderr(&output);
        assert!(
            matches!(output.status.code(), Some(2 | 3)),
            "{arguments:?}: {text}"
        );
        assert!(text.starts_with("error: "), "{text}");
        assert!(!text.contains(CANARY), "{arguments:?}: {text}");
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn a_slip_of_the_pen_is_guessed() {
    let text = stderr(&run(&[
        "token",
        "client_credentials",
        "--scopes",
        "pins:read",
    ]));
    assert!(text.contains("is it --scope?"), "{text}");
}

#[test]
fn a_flag_takes_no_value_and_an_option_needs_one() {
    let text = stderr(&run(&["token", "client_credentials", "--json=1"]));
    assert!(text.contains("--json takes no value"), "{text}");
    let text = stderr(&run(&["token", "client_credentials", "--scope"]));
    assert!(text.contains("--scope needs a value"), "{text}");
}

#[test]
fn a_usage_error_is_an_error_document_where_json_is_asked_for() {
    for arguments in [
        &["token", "client_credentials", "--nonsense", "--json"][..],
        &["--json"],
        &["emulator", "--json", "--port", "70000"],
        &["authorize-url", "--json"],
        &["redirect", "--json"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(stdout(&output), "");
        let error = json(&output.stderr);
        assert_eq!(error["kind"], "invalid_argument", "{arguments:?}");
        assert_eq!(error["outcome"], "not_sent");
        assert!(error["field"].is_string() && error["what_now"].is_string());
    }
}

#[test]
fn standard_input_is_read_for_one_option_only() {
    let arguments = [
        "token",
        "authorization_code",
        "--code-file",
        "-",
        "--app-secret-file",
        "-",
    ];
    let output = output_with(&mut program(arguments), "canary\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("one option only"));
}

#[test]
fn a_closed_pipe_is_no_panic() {
    for arguments in [
        &["--help"][..],
        &["token", "--help"],
        &[
            "authorize-url",
            "--app-id",
            "1",
            "--redirect-uri",
            "https://a.example/",
        ],
    ] {
        let (ours, theirs) = UnixStream::pair().unwrap();
        drop(ours);
        let output =
            output(program(arguments).stdout(Stdio::from(std::os::fd::OwnedFd::from(theirs))));
        assert_eq!(
            (output.status.code(), stderr(&output)),
            (Some(0), String::new())
        );
    }
}

#[test]
fn errors_nobody_reads_keep_their_exit_code() {
    let (ours, theirs) = UnixStream::pair().unwrap();
    drop(ours);
    let stderr = Stdio::from(std::os::fd::OwnedFd::from(theirs));
    assert_eq!(
        output(program(["token"]).stderr(stderr)).status.code(),
        Some(2)
    );
}
