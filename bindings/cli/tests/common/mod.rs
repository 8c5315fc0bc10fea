//! What the tests of the command share: the program run with a clean environment, an emulator, files.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use pinterest_oauth_emulator::{Consent, Emulator, Fault, Options};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

/// Nothing here takes this long unless it hangs.
pub const LIMIT: Duration = Duration::from_secs(90);

pub const REDIRECT_URI: &str = "http://localhost:8085/";

pub const CODE: [&str; 4] = [
    "token",
    "authorization_code",
    "--redirect-uri",
    REDIRECT_URI,
];
pub const REFRESH: [&str; 2] = ["token", "refresh_token"];
pub const CLIENT: [&str; 2] = ["token", "client_credentials"];

pub fn with<'a>(base: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [base, more].concat()
}

/// A folder that is removed at the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("pinterest-oauth-cli-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path.canonicalize().unwrap())
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    pub fn file(&self, name: &str, content: &str) -> String {
        fs::write(self.0.join(name), content).unwrap();
        self.path(name)
    }

    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string();
        let mut names: Vec<String> = entries.map(name).map(Result::unwrap).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn mode(path: impl AsRef<Path>) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

pub fn json(text: impl AsRef<[u8]>) -> Value {
    serde_json::from_slice(text.as_ref()).unwrap()
}

/// The program, with nothing of this process's environment.
pub fn program<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pinterest-oauth"));
    command.args(arguments).env_clear();
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs to the end.
pub fn output(command: &mut Command) -> Output {
    Running::start(command).end()
}

/// Runs to the end with `input` on standard input.
pub fn output_with(command: &mut Command, input: &str) -> Output {
    let mut running = Running::start(command.stdin(Stdio::piped()));
    let mut stdin = running.child().stdin.take().unwrap();
    // A command that does not read its input may be gone already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    running.end()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A child that is ended when it hangs, and when the test fails.
pub struct Running {
    child: Option<Child>,
    _done: Sender<()>,
}

impl Running {
    pub fn start(command: &mut Command) -> Self {
        let child = command.spawn().unwrap();
        let pid = Pid::from_child(&child);
        let (done, ended) = channel::<()>();
        thread::spawn(move || {
            if ended.recv_timeout(LIMIT) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                let _ = kill_process(pid, Signal::KILL);
            }
        });
        Self {
            child: Some(child),
            _done: done,
        }
    }

    pub fn child(&mut self) -> &mut Child {
        self.child.as_mut().unwrap()
    }

    pub fn signal(&mut self, signal: Signal) {
        kill_process(Pid::from_child(self.child()), signal).unwrap();
    }

    pub fn end(mut self) -> Output {
        self.child.take().unwrap().wait_with_output().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// An emulator, and the command set up for it.
pub struct World {
    pub emulator: Emulator,
    pub folder: Folder,
}

impl World {
    pub fn new() -> Self {
        Self {
            emulator: Emulator::start(Options::default()).unwrap(),
            folder: Folder::new(),
        }
    }

    pub fn program<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = program(arguments);
        command
            .env("PINTEREST_API_URI", &self.emulator.urls().base_url)
            .env("PINTEREST_OAUTH_URI", &self.emulator.urls().oauth_url)
            .env("PINTEREST_APP_ID", self.emulator.app_id())
            .env("PINTEREST_APP_SECRET", self.emulator.app_secret());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Output {
        output(&mut self.program(arguments))
    }

    /// A code, as if a person had given access.
    pub fn code(&self) -> String {
        self.emulator.authorize(&Consent::default()).unwrap().code
    }

    /// The address at which a person comes back.
    pub fn redirect(&self, state: &str) -> String {
        let consent = Consent {
            state: Some(state.to_owned()),
            ..Consent::default()
        };
        self.emulator.authorize(&consent).unwrap().redirect
    }

    /// A stored token document.
    pub fn token_file(&self, name: &str) -> String {
        let file = self.folder.path(name);
        let mut command = self.program(["token", "authorization_code", "--redirect-uri"]);
        command
            .args([REDIRECT_URI, "--output", &file])
            .env("PINTEREST_CODE", self.code());
        let output = output(&mut command);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        file
    }

    /// The next answer.
    pub fn answer(&self, status: u16, body: &str) {
        self.emulator.script(vec![Fault {
            status: Some(status),
            body: Some(body.to_owned()),
            ..Fault::default()
        }]);
    }

    /// The form of the one request that arrived.
    pub fn form(&self) -> Vec<(String, String)> {
        let mut requests = self.emulator.requests();
        assert_eq!(requests.len(), 1);
        requests.pop().unwrap().form
    }

    /// Fails if an output shows a secret: the app's, what travelled, or anything shaped as a token.
    pub fn assert_no_secret(&self, output: &Output) {
        let mut secrets = vec![
            self.emulator.app_secret().to_owned(),
            String::from("pina_"),
            String::from("pinr."),
            String::from("pinc_"),
        ];
        for request in self.emulator.requests() {
            let authorization =
                |(name, _): &&(String, String)| name.eq_ignore_ascii_case("authorization");
            let basic = request
                .headers
                .iter()
                .find(authorization)
                .map(|(_, value)| value.clone());
            secrets.extend(
                basic
                    .iter()
                    .filter_map(|value| value.strip_prefix("Basic "))
                    .map(str::to_owned),
            );
            let field =
                |(name, _): &&(String, String)| ["code", "refresh_token"].contains(&name.as_str());
            secrets.extend(
                request
                    .form
                    .iter()
                    .filter(field)
                    .map(|(_, value)| value.clone()),
            );
        }
        let text = stdout(output) + &stderr(output);
        for secret in secrets {
            assert!(
                !text.contains(&secret),
                "a secret is in the output:\n{text}"
            );
        }
    }
}
