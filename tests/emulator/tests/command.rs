//! The command: what it prints, what it writes, and that it always ends.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::*;
use pinterest_oauth_emulator::Urls;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_emulator-under-test"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self { child, stdout }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line
    }

    fn ready(&mut self) -> Value {
        serde_json::from_str(&self.line()).unwrap()
    }

    fn rest(&mut self) -> String {
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        rest
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    fn end(&mut self) -> ExitStatus {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begin.elapsed() < LIMIT, "it does not end");
            std::thread::yield_now();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn json_is_one_line_with_every_address_and_without_the_secret() {
    let mut running = Running::start(&["--json", "--until-stdin-closes"]);
    let ready = running.ready();
    let urls: Urls = serde_json::from_value(ready.clone()).unwrap();
    assert_eq!(ready["app_id"], "1234567");
    assert!(ready.get("app_secret").is_none());
    assert_eq!(
        send(&urls.control_url, "GET", "/health", &[], "")
            .unwrap()
            .status,
        200
    );
    assert!(urls.ca_file.as_ref().unwrap().exists());
    drop(running.child.stdin.take());
    assert!(running.end().success());
    assert_eq!(running.rest(), "");
    assert!(!urls.ca_file.unwrap().exists());
}

#[test]
fn the_secret_is_shown_where_that_is_asked_for() {
    let mut running = Running::start(&["--json", "--show-secret", "--no-tls"]);
    let ready = running.ready();
    let authorization = basic("1234567", ready["app_secret"].as_str().unwrap());
    let headers = [("Authorization", authorization.as_str()), FORM];
    let url = ready["base_url"].as_str().unwrap();
    let answer = send(
        url,
        "POST",
        "/v5/oauth/token",
        &headers,
        "grant_type=client_credentials",
    )
    .unwrap();
    assert_eq!(answer.status, 200);
}

#[test]
fn people_get_addresses_and_the_environment_and_a_fingerprint_of_the_secret() {
    let mut running = Running::start(&["--until-stdin-closes"]);
    drop(running.child.stdin.take());
    let text = running.rest();
    for part in [
        "PINTEREST_API_URI=",
        "PINTEREST_OAUTH_URI=",
        "PINTEREST_APP_ID=",
        "open it in a browser",
        "sha256:",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    assert!(!text.contains("PINTEREST_APP_SECRET="), "{text}");
}

#[test]
fn the_environment_file_is_for_its_owner_and_a_shell_can_read_it() {
    let dir = std::env::temp_dir().join(format!("emulator env's {}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let file = dir.join("env");
    std::fs::write(&file, "old").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let mut running = Running::start(&["--json", "--env-file", file.to_str().unwrap()]);
    let ready = running.ready();
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let script = ". \"$1\" && printf '%s %s %s %s' \"$PINTEREST_API_URI\" \"$PINTEREST_APP_ID\" \
                  \"${#PINTEREST_APP_SECRET}\" \"$PINTEREST_EMULATOR_CONTROL_URL\"";
    let output = Command::new("sh")
        .args(["-c", script, "sh"])
        .arg(&file)
        .output()
        .unwrap();
    let expected = format!(
        "{} 1234567 40 {}",
        ready["base_url"].as_str().unwrap(),
        ready["control_url"].as_str().unwrap()
    );
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    running.signal("-TERM");
    assert!(running.end().success());
    std::fs::remove_dir_all(dir).unwrap();
}

/// The environment file as it is written, and the addresses.
fn env_file(name: &str, arguments: &[&str]) -> (String, Value) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let dir = format!("emulator {name} {} {number}", std::process::id());
    let dir = std::env::temp_dir().join(dir);
    std::fs::create_dir_all(&dir).unwrap();
    let file = dir.join(name);
    let given = ["--json", "--env-file", file.to_str().unwrap()];
    let mut running = Running::start(&[&given, arguments].concat());
    let ready = running.ready();
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_dir_all(dir).unwrap();
    (text, ready)
}

#[test]
fn the_environment_file_leads_to_plain_http_and_leaves_other_programs_trust_alone() {
    let (text, ready) = env_file("env", &[]);
    let uri = format!(
        "export PINTEREST_API_URI='{}'\n",
        ready["base_url"].as_str().unwrap()
    );
    assert!(text.contains(&uri), "{text}");
    assert!(!text.contains("SSL_CERT_FILE"), "{text}");
}

#[test]
fn the_environment_file_leads_to_https_where_that_is_asked_for() {
    let (text, ready) = env_file("env", &["--env-https"]);
    for (name, address) in [
        ("PINTEREST_API_URI", "https_base_url"),
        ("SSL_CERT_FILE", "ca_file"),
    ] {
        let line = format!("export {name}='{}'\n", ready[address].as_str().unwrap());
        assert!(text.contains(&line), "{text}");
    }
    assert!(!Running::start(&["--env-https", "--no-tls"]).end().success());
}

#[test]
fn the_environment_file_is_for_powershell_or_fish_by_its_name() {
    let (text, _) = env_file("env.ps1", &[]);
    assert!(
        text.lines().all(|line| line.starts_with("$env:PINTEREST_")),
        "{text}"
    );
    assert!(
        text.contains("$env:PINTEREST_APP_ID = '1234567'\n"),
        "{text}"
    );
    let (text, _) = env_file("env.fish", &[]);
    assert!(
        text.contains("set -gx PINTEREST_APP_ID '1234567'\n"),
        "{text}"
    );
}

#[test]
fn people_see_a_line_for_each_request_unless_they_want_none() {
    for (arguments, expected) in [(&[][..], true), (&["--quiet"], false), (&["--json"], false)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_emulator-under-test"))
            .args([&["--until-stdin-closes", "--no-tls"], arguments].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut head = String::new();
        while !head.contains("http://") {
            stdout.read_line(&mut head).unwrap();
        }
        let start = head.find("http://").unwrap();
        let url = head[start..].split(['"', '\n']).next().unwrap();
        let path = "/v5/user_account?access_token=canary";
        let headers = [("Authorization", "Bearer canary")];
        assert_eq!(send(url, "GET", path, &headers, "").unwrap().status, 401);
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        if expected {
            stderr.read_line(&mut said).unwrap();
        }
        drop(child.stdin.take());
        stderr.read_to_string(&mut said).unwrap();
        assert!(child.wait().unwrap().success());
        if expected {
            assert!(said.contains("  GET  /v5/user_account  401  "), "{said}");
            assert!(
                said.ends_with(" ms\n") && said.lines().count() == 1,
                "{said}"
            );
            assert!(!said.contains("canary"), "{said}");
        } else {
            assert_eq!(said, "", "{arguments:?}");
        }
    }
}

#[test]
fn a_signal_ends_it_in_good_order() {
    for signal in ["-TERM", "-INT", "-HUP"] {
        let mut running = Running::start(&["--json"]);
        let ca = running.ready()["ca_file"].as_str().unwrap().to_owned();
        running.signal(signal);
        assert!(running.end().success(), "{signal}");
        assert!(!std::path::Path::new(&ca).exists());
    }
}

#[test]
fn a_switch_can_be_set_at_the_start_and_a_wrong_one_ends_the_command() {
    let mut running = Running::start(&["--json", "--no-tls", "rotation=strict"]);
    let url = running.ready()["control_url"].as_str().unwrap().to_owned();
    assert_eq!(
        send(&url, "GET", "/switches", &[], "").unwrap().json()["rotation"],
        "strict"
    );
    assert!(!Running::start(&["rotation=sometimes"]).end().success());
}
