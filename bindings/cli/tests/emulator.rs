//! The command `emulator`: its options, what it hides, and that it ends.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};

use common::*;
use rustix::process::Signal;
use serde_json::Value;

const SECRET: &str = "made-up-canary-secret";

/// Starts one, and returns it with its line of JSON.
fn start(arguments: &[&str]) -> (Running, Value) {
    let mut command = program(["emulator", "--json"]);
    let mut running = Running::start(command.args(arguments).stdin(Stdio::piped()));
    let mut line = String::new();
    let stdout = running.child().stdout.as_mut().unwrap();
    BufReader::new(stdout).read_line(&mut line).unwrap();
    (running, json(line))
}

fn token(ready: &Value, secret: &str) -> Command {
    let mut command = program(["token", "client_credentials", "--json"]);
    command
        .env("PINTEREST_API_URI", ready["base_url"].as_str().unwrap())
        .env("PINTEREST_APP_ID", ready["app_id"].as_str().unwrap())
        .env("PINTEREST_APP_SECRET", secret);
    command
}

/// The whole answer to a GET, as text.
fn get(url: &str, path: &str) -> String {
    let host = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_serves_tokens_and_ends_with_a_signal() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let (mut running, ready) = start(&["--show-secret"]);
        let secret = ready["app_secret"].as_str().unwrap();
        assert_eq!(output(&mut token(&ready, secret)).status.code(), Some(0));
        let ca = ready["ca_file"].as_str().unwrap();
        assert!(Path::new(ca).exists());
        running.signal(signal);
        let output = running.end();
        assert_eq!(
            (output.status.code(), stderr(&output)),
            (Some(0), String::new())
        );
        assert!(!Path::new(ca).exists());
    }
}

#[test]
fn it_ends_with_standard_input_where_that_is_asked_for() {
    let (mut running, _) = start(&["--until-stdin-closes"]);
    drop(running.child().stdin.take());
    assert_eq!(running.end().status.code(), Some(0));
}

#[test]
fn every_option_arrives() {
    let folder = Folder::new();
    let secret = folder.file("secret", &format!("{SECRET}\n"));
    let (dir, env_file) = (folder.path("ca"), folder.path("it's env"));
    std::fs::create_dir(&dir).unwrap();
    let (mut running, ready) = start(&[
        "--app-id",
        "7654321",
        "--app-secret-file",
        &secret,
        "--env-file",
        &env_file,
        "--dir",
        &dir,
        "--redirect-uri",
        "https://app.example/back",
        "--switch",
        "auto_consent=true",
        "--switch",
        "rotation=strict",
        "--until-stdin-closes",
    ]);
    assert_eq!(ready["app_id"], "7654321");
    assert!(ready.get("app_secret").is_none());
    assert!(ready["ca_file"].as_str().unwrap().starts_with(&dir));
    assert_eq!(output(&mut token(&ready, SECRET)).status.code(), Some(0));

    let page = "/oauth/?client_id=7654321&response_type=code&scope=pins:read&state=s\
                &redirect_uri=https%3A%2F%2Fapp.example%2Fback";
    let answer = get(ready["oauth_url"].as_str().unwrap(), page);
    assert!(answer.contains("https://app.example/back?"), "{answer}");
    let switches = get(ready["control_url"].as_str().unwrap(), "/switches");
    assert!(switches.contains(r#""rotation":"strict""#), "{switches}");

    assert_eq!(mode(&env_file), 0o600);
    let script = ". \"$1\" && printf %s \"$PINTEREST_APP_SECRET\"";
    let shell = Command::new("sh")
        .args(["-c", script, "sh", &env_file])
        .output()
        .unwrap();
    assert_eq!(stdout(&shell), SECRET);
    drop(running.child().stdin.take());
    let output = running.end();
    assert!(!stderr(&output).contains(SECRET));
}

#[test]
fn the_environment_file_can_lead_to_https_and_be_for_powershell() {
    let folder = Folder::new();
    for (arguments, https) in [(&[][..], false), (&["--env-https"], true)] {
        let file = folder.path("env.ps1");
        let (_running, ready) = start(&[&["--env-file", &file], arguments].concat());
        let text = std::fs::read_to_string(&file).unwrap();
        let address = if https { "https_base_url" } else { "base_url" };
        let line = format!(
            "$env:PINTEREST_API_URI = '{}'\n",
            ready[address].as_str().unwrap()
        );
        assert!(text.contains(&line), "{text}");
        assert_eq!(text.contains("$env:SSL_CERT_FILE = "), https, "{text}");
    }
}

#[test]
fn a_request_is_a_line_for_people_and_none_with_quiet() {
    for (arguments, lines) in [(&[][..], 1), (&["--quiet"], 0)] {
        let mut command = program(["emulator", "--no-tls", "--until-stdin-closes"]);
        let mut running = Running::start(command.args(arguments).stdin(Stdio::piped()));
        let mut stdout = BufReader::new(running.child().stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("/v5\n") {
            stdout.read_line(&mut said).unwrap();
        }
        let address = said.split("http://").nth(1).unwrap().trim_end();
        let url = format!("http://{}", address.strip_suffix("/v5").unwrap());
        assert!(get(&url, "/v5/user_account").contains("401"));
        let mut log = String::new();
        let mut stderr = BufReader::new(running.child().stderr.take().unwrap());
        for _ in 0..lines {
            stderr.read_line(&mut log).unwrap();
        }
        drop(running.child().stdin.take());
        stderr.read_to_string(&mut log).unwrap();
        assert_eq!(log.lines().count(), lines, "{log}");
        assert_eq!(log.contains("  GET  /v5/user_account  401  "), lines == 1);
    }
}

#[test]
fn people_see_addresses_and_no_secret() {
    let folder = Folder::new();
    let secret = folder.file("secret", SECRET);
    let mut command = program([
        "emulator",
        "--no-tls",
        "--until-stdin-closes",
        "--app-secret-file",
        &secret,
    ]);
    let output = output(&mut command);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(
        text.contains("PINTEREST_API_URI") && !text.contains("SSL_CERT_FILE"),
        "{text}"
    );
    assert!(!text.contains(SECRET));
}

#[test]
fn a_port_that_is_taken_and_a_switch_that_does_not_exist_are_usage_errors() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    for arguments in [
        &["emulator", "--port", &port][..],
        &["emulator", "--control-port", &port],
        &["emulator", "--switch", "no_such_switch=1"],
        &["emulator", "--switch", "rotation"],
        &["emulator", "--env-file", "/no/such/folder/env"],
        &["emulator", "--env-https", "--no-tls"],
    ] {
        let mut running = Running::start(program(arguments).stdin(Stdio::piped()));
        let mut text = String::new();
        running
            .child()
            .stderr
            .as_mut()
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(
            running.end().status.code(),
            Some(2),
            "{arguments:?}: {text}"
        );
        assert!(text.starts_with("error: "), "{text}");
    }
}

#[test]
fn it_does_not_run_for_a_reader_who_is_gone() {
    let (ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
    drop(ours);
    let stdout = Stdio::from(std::os::fd::OwnedFd::from(theirs));
    let output = output(program(["emulator", "--json"]).stdout(stdout));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(json(&output.stderr)["kind"], "internal");
}
