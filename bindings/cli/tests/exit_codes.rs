//! The exit code is the number of the error's kind, for every kind that the command can meet.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::net::TcpListener;
use std::process::Command;

use common::*;
use pinterest_oauth::Kind;
use pinterest_oauth_emulator::{Action, Fault};

/// The command in a situation that ends with `kind`; `None` where another test shows it.
fn situation(kind: Kind, world: &World) -> Option<Command> {
    let mut command = world.program(CLIENT);
    match kind {
        Kind::InvalidArgument => drop(command.args(["--extra", "scope=pins:read"])),
        Kind::InvalidConfig => drop(command.env("PINTEREST_API_URI", "http://api.example")),
        Kind::Connect => {
            let port = TcpListener::bind("127.0.0.1:0")
                .unwrap()
                .local_addr()
                .unwrap()
                .port();
            command.env("PINTEREST_API_URI", format!("http://127.0.0.1:{port}"));
        }
        Kind::Tls => {
            let urls = world.emulator.urls();
            command
                .env(
                    "PINTEREST_API_URI",
                    urls.untrusted_base_url.as_ref().unwrap(),
                )
                .env("SSL_CERT_FILE", urls.ca_file.as_ref().unwrap());
        }
        Kind::Proxy => {
            world
                .emulator
                .set_switches(&serde_json::json!({"proxy_refuses": 403}))
                .unwrap();
            command
                .env("PINTEREST_API_URI", "https://api.example")
                .env("HTTPS_PROXY", &world.emulator.urls().proxy_url);
        }
        Kind::Timeout => {
            world.emulator.script(vec![Fault {
                action: Action::Hang,
                ..Fault::default()
            }]);
            command.args(["--timeout", "0.3"]);
        }
        Kind::InvalidGrant => {
            let file = world.folder.path("token.json");
            command = world.program(with(&CODE, &["--output", &file]));
            command.env("PINTEREST_CODE", "canary-code");
        }
        Kind::InvalidClient => drop(command.env("PINTEREST_APP_SECRET", "canary-secret")),
        Kind::Forbidden => world.answer(
            403,
            r#"{"code":29,"message":"You are not permitted to access that resource."}"#,
        ),
        Kind::InsufficientScope => world.answer(
            401,
            r#"{"code":3,"message":"Your token does not have sufficient permissions"}"#,
        ),
        Kind::RateLimited => world.answer(
            429,
            r#"{"code":8,"message":"This request exceeded a rate limit."}"#,
        ),
        Kind::ServerError => world.answer(503, "<html>"),
        Kind::ApiError => world.answer(400, r#"{"code":1,"message":"Invalid request"}"#),
        Kind::InvalidResponse => world.answer(200, "<html>canary-page</html>"),
        Kind::AccessDenied | Kind::StateMismatch => {
            let address = "http://localhost:8085/?error=access_denied&code=canary-code&state=right";
            let file = world.folder.file("redirect", address);
            let state = if kind == Kind::AccessDenied {
                "right"
            } else {
                "other"
            };
            command = world.program(["redirect", "--redirect-file", &file, "--state", state]);
        }
        // In accounts.rs, where the clock moves; the core's own tests hold locks and fill disks.
        Kind::ReauthorizationRequired | Kind::StoreBusy | Kind::NotSaved => return None,
        Kind::UnknownAccount => {
            let store = world.folder.path("tokens");
            command = world.program(["access-token", "--account", "nobody", "--store", &store]);
        }
        Kind::StoreUnavailable => {
            let file = world.folder.file("file", "");
            command = world.program(["access-token", "--store", &file]);
        }
        // In token.rs and prompt.rs; the command makes no call that an access token authenticates.
        Kind::Internal | Kind::Cancelled | Kind::InvalidToken => return None,
        _ => panic!("bindings/cli/tests/exit_codes.rs lacks a situation for the kind {kind}"),
    }
    Some(command)
}

#[test]
fn every_kind_has_its_number_a_sentence_and_a_document() {
    for kind in Kind::ALL {
        let world = World::new();
        let Some(mut command) = situation(*kind, &world) else {
            continue;
        };
        let people = output(&mut command);
        assert_eq!(
            people.status.code(),
            Some(*kind as i32),
            "{kind}: {}",
            stderr(&people)
        );
        assert_eq!(stdout(&people), "");
        assert!(
            stderr(&people).starts_with("error: "),
            "{kind}: {}",
            stderr(&people)
        );
        assert!(
            stderr(&people).lines().count() >= 2,
            "{kind}: {}",
            stderr(&people)
        );

        let mut command = situation(*kind, &world).unwrap();
        let machine = output(command.arg("--json"));
        assert_eq!(machine.status.code(), Some(*kind as i32));
        assert_eq!(stdout(&machine), "");
        assert_eq!(json(&machine.stderr)["kind"], kind.name());
        for output in [people, machine] {
            world.assert_no_secret(&output);
            assert!(
                !stderr(&output).contains("canary"),
                "{kind}: {}",
                stderr(&output)
            );
        }
    }
}

#[test]
fn people_learn_status_code_and_request_id_and_what_to_do() {
    let world = World::new();
    let mut command = situation(Kind::InvalidGrant, &world).unwrap();
    let text = stderr(&output(&mut command));
    for part in [
        "invalid_grant: HTTP 401, code 283, request id ",
        "Let the user log in again",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn people_learn_that_a_request_may_have_taken_effect() {
    let world = World::new();
    let mut command = situation(Kind::Timeout, &world).unwrap();
    let text = stderr(&output(&mut command));
    assert!(text.contains("may have arrived"), "{text}");
}
