//! Secrets typed at a terminal: nothing of them is shown, and the terminal is left as it was.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};

use common::*;
use pinterest_oauth_emulator::{Action, Fault};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};

/// A terminal: our end, and the end of the program.
struct Terminal {
    ours: File,
    theirs: File,
}

impl Terminal {
    fn new() -> Self {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
        let theirs = File::options().read(true).write(true).open(name).unwrap();
        Self {
            ours: File::from(ours),
            theirs,
        }
    }

    fn modes(&self) -> LocalModes {
        tcgetattr(&self.theirs).unwrap().local_modes
    }

    fn theirs(&self) -> Stdio {
        Stdio::from(OwnedFd::from(self.theirs.try_clone().unwrap()))
    }

    /// Everything the program and the terminal wrote, up to and including `end`.
    fn read_until(&mut self, end: &str) -> String {
        let mut text = Vec::new();
        while !text.ends_with(end.as_bytes()) {
            let mut ours = [PollFd::new(&self.ours, PollFlags::IN)];
            let limit = Timespec {
                tv_sec: 60,
                tv_nsec: 0,
            };
            let ready = poll(&mut ours, Some(&limit)).unwrap();
            let shown = String::from_utf8_lossy(&text);
            assert_eq!(ready, 1, "{end:?} does not come after:\n{shown}");
            let mut byte = [0];
            assert_eq!(self.ours.read(&mut byte).unwrap(), 1);
            text.extend(byte);
        }
        String::from_utf8(text).unwrap()
    }

    /// Answers a question once it is asked; returns what was on the screen until then.
    fn answer(&mut self, question: &str, answer: &str) -> String {
        let shown = self.read_until(&format!("{question} (not shown): "));
        self.ours.write_all(answer.as_bytes()).unwrap();
        shown
    }
}

/// The command at a terminal; standard output is a pipe.
fn at_terminal(terminal: &Terminal, mut command: Command) -> Running {
    Running::start(command.stdin(terminal.theirs()).stderr(terminal.theirs()))
}

#[test]
fn code_and_app_secret_are_asked_for_without_echo() {
    let world = World::new();
    let mut terminal = Terminal::new();
    let before = terminal.modes();
    let file = world.folder.path("token.json");
    let mut command = world.program(with(&CODE, &["--output", &file]));
    command.env_remove("PINTEREST_APP_SECRET");
    let running = at_terminal(&terminal, command);
    let (code, secret) = (world.code(), world.emulator.app_secret().to_owned());
    let mut shown = terminal.answer("Authorization code", &format!("{code}\r"));
    shown += &terminal.answer("App secret", &format!("wrong\x15{secret}\r"));
    shown += &terminal.read_until("\n");
    let output = running.end();
    assert_eq!(output.status.code(), Some(0), "{shown}");
    assert!(stdout(&output).contains("sha256:"));
    assert!(
        !shown.contains(&code) && !shown.contains(&secret),
        "{shown}"
    );
    assert_eq!(terminal.modes(), before);
}

#[test]
fn with_a_state_the_whole_address_is_asked_for() {
    let world = World::new();
    let mut terminal = Terminal::new();
    let mut command = world.program(CODE);
    command.args(["--state", "my-state", "--json"]);
    let running = at_terminal(&terminal, command);
    let redirect = world.redirect("my-state");
    terminal.answer(
        "The whole address at which you came back",
        &format!("{redirect}\r"),
    );
    let output = running.end();
    assert_eq!(output.status.code(), Some(0));
    assert!(json(&output.stdout)["access_token"].is_string());
}

#[test]
fn a_refresh_token_is_asked_for_and_may_be_longer_than_a_terminal_s_line() {
    let world = World::new();
    let mut terminal = Terminal::new();
    let running = at_terminal(&terminal, world.program(with(&REFRESH, &["--json"])));
    let token = format!("pinr.{}", "a".repeat(6_000));
    terminal.answer("Refresh token", &format!("{token}\r"));
    assert!(!terminal.read_until("\n").contains("aaa"));
    assert_eq!(running.end().status.code(), Some(8));
    let form = world.form();
    assert!(
        form.iter()
            .any(|(name, value)| name == "refresh_token" && *value == token)
    );
}

#[test]
fn ctrl_c_cancels_and_leaves_the_terminal_as_it_was() {
    let world = World::new();
    let mut terminal = Terminal::new();
    let before = terminal.modes();
    let file = world.folder.path("token.json");
    assert!(before.contains(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG));
    let running = at_terminal(&terminal, world.program(with(&CODE, &["--output", &file])));
    terminal.answer("Authorization code", "canary\x03");
    let shown = terminal.read_until("intended.");
    assert_eq!(running.end().status.code(), Some(19));
    assert!(
        shown.contains("cancelled") && !shown.contains("canary"),
        "{shown}"
    );
    assert_eq!(terminal.modes(), before);
    assert!(world.emulator.requests().is_empty());
}

#[test]
fn nobody_is_asked_while_something_else_is_missing() {
    let world = World::new();
    let terminal = Terminal::new();
    for arguments in [
        &["token", "authorization_code", "--json"][..],
        &["redirect"],
    ] {
        let running = at_terminal(&terminal, world.program(arguments));
        assert_eq!(running.end().status.code(), Some(2));
    }
}

#[test]
fn nobody_is_asked_for_what_would_be_refused_afterwards() {
    let world = World::new();
    for arguments in [
        CODE.to_vec(),
        with(&CODE, &["--code-file", "-"]),
        with(&CODE, &["--state", "my-state"]),
        REFRESH.to_vec(),
    ] {
        let mut terminal = Terminal::new();
        let mut command = world.program(arguments);
        command.env_remove("PINTEREST_APP_SECRET");
        let running = at_terminal(&terminal, command);
        let shown = terminal.read_until("--output FILE or --json");
        assert_eq!(
            shown,
            "error: say where the new token goes, --output FILE or --json"
        );
        assert_eq!(running.end().status.code(), Some(2));
    }
    assert!(world.emulator.requests().is_empty());
}

#[test]
fn a_long_wait_is_told_at_a_terminal_and_the_line_goes_away() {
    let World { emulator, folder } = World::new();
    emulator.script(vec![Fault {
        action: Action::Hang,
        ..Fault::default()
    }]);
    let world = World { emulator, folder };
    let mut terminal = Terminal::new();
    let running = at_terminal(&terminal, world.program(["token", "client_credentials"]));
    terminal.read_until("waiting for the answer, 1 s ");
    drop(world);
    terminal.read_until("\r\x1b[K");
    assert_eq!(running.end().status.code(), Some(4));
}
