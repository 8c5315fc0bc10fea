//! The token of one file is refreshed where it lies, whoever else does the same.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use pinterest_oauth::{
    Client, Config, Kind, Outcome, Token, TokenFile, TokenRequest, blocking, finish,
};
use pinterest_oauth_emulator::{Action, Consent, Emulator, Fault, Options};

const REDIRECT_URI: &str = "http://localhost:8085/";
const SOON: Duration = Duration::from_secs(60);

/// A folder that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("pinterest-oauth-refresh-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn emulator() -> Emulator {
    let emulator = Emulator::start(Options::default()).unwrap();
    let strict = serde_json::json!({"rotation": "strict"});
    emulator.set_switches(&strict).unwrap();
    emulator
}

fn config(emulator: &Emulator) -> Config {
    Config::new()
        .app_id(emulator.app_id())
        .app_secret(emulator.app_secret())
        .base_url(&emulator.urls().base_url)
}

fn client(emulator: &Emulator) -> blocking::Client {
    blocking::Client::new(config(emulator)).unwrap()
}

/// A file with a token of the emulator.
fn filled(folder: &Folder, emulator: &Emulator) -> PathBuf {
    let consent = Consent {
        redirect_uri: String::from(REDIRECT_URI),
        ..Consent::default()
    };
    let code = emulator.authorize(&consent).unwrap().code;
    let request = TokenRequest::authorization_code(code, REDIRECT_URI);
    let token = client(emulator).oauth_token(&request).unwrap();
    let path = folder.path("token.json");
    fs::write(&path, token.to_json()).unwrap();
    emulator.clear();
    path
}

fn stored(path: &Path) -> Token {
    Token::from_json(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_new_token_is_in_the_file_and_is_given() {
    let (folder, emulator) = (Folder::new("new"), emulator());
    let path = filled(&folder, &emulator);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let before = stored(&path);
    let token = client(&emulator).refresh_file(&path).unwrap();
    assert_ne!(token.refresh_token(), before.refresh_token());
    assert_eq!(token.scope(), before.scope());
    assert!(token.answer().is_some());
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        token.to_json() + "\n",
        "the file has another token"
    );
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o640);
    assert_eq!(folder.names(), ["token.json"]);
}

#[test]
fn what_holds_no_token_to_refresh_is_refused_and_stays() {
    let (folder, emulator) = (Folder::new("refused"), emulator());
    let client = client(&emulator);
    let path = folder.path("token.json");
    let refused = |path: &Path, problem: &str| {
        let error = client.refresh_file(path).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.field()),
            (Kind::InvalidArgument, Outcome::NotSent, Some("path"))
        );
        let message = format!("path {problem}");
        assert!(error.message().starts_with(&message), "{}", error.message());
        assert!(error.what_now().contains("`path`"), "{}", error.what_now());
    };
    refused(&path, "holds no token");
    assert!(folder.names().is_empty());
    refused(&folder.0, "is not a regular file");
    refused(Path::new(""), "is not a regular file");
    refused(
        &folder.path("none/token.json"),
        "is in a folder that does not exist",
    );
    for (text, problem) in [
        ("", "holds no token"),
        (" \n", "holds no token"),
        ("pina_canary", "is not a JSON object"),
        ("{}", "has no access_token"),
        (r#"{"access_token":"a"}"#, "has no refresh_token"),
    ] {
        fs::write(&path, text).unwrap();
        refused(&path, problem);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    assert_eq!(folder.names(), ["token.json"]);
    assert_eq!(emulator.counts().total, 0);
}

#[test]
fn without_credentials_the_file_is_not_touched() {
    let (folder, emulator) = (Folder::new("poor"), emulator());
    let path = filled(&folder, &emulator);
    let file = TokenFile::at(&path).unwrap();
    // Somebody else has it, and would be waited for.
    let _held = file.hold(SOON).unwrap();
    let poor = Config::new().base_url(&emulator.urls().base_url);
    let error = blocking::Client::new(poor).unwrap().refresh_file(&path);
    assert_eq!(error.unwrap_err().field(), Some("app_id"));
}

#[test]
fn a_refresh_that_fails_leaves_the_file_as_it_is() {
    let (folder, emulator) = (Folder::new("failed"), emulator());
    let path = filled(&folder, &emulator);
    let text = fs::read_to_string(&path).unwrap();
    client(&emulator).refresh(&stored(&path)).unwrap();
    let error = client(&emulator).refresh_file(&path).unwrap_err();
    assert_eq!(error.kind(), Kind::InvalidGrant);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(folder.names(), ["token.json"]);
}

#[test]
fn each_of_several_at_once_sends_what_the_one_before_has_stored() {
    let (folder, emulator) = (Folder::new("several"), emulator());
    let path = filled(&folder, &emulator);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..5 {
                    client(&emulator).refresh_file(&path).unwrap();
                }
            });
        }
    });
    assert_eq!(emulator.counts().total, 15);
    client(&emulator).refresh(&stored(&path)).unwrap();
    assert_eq!(folder.names(), ["token.json"]);
}

/// A server for one request: what is done before it answers.
fn server(before: impl FnOnce() + Send + 'static) -> blocking::Client {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.windows(5).any(|part| part == b"grant") {
            let mut part = [0; 1024];
            let length = connection.read(&mut part).unwrap();
            request.extend_from_slice(&part[..length]);
        }
        before();
        let body = r#"{"access_token":"new","refresh_token":"newer","expires_in":60}"#;
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
        let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        connection.write_all(answer.as_bytes()).unwrap();
    });
    let config = Config::new().app_id("1").app_secret("s");
    blocking::Client::new(config.base_url(format!("http://{address}"))).unwrap()
}

#[test]
fn a_token_that_cannot_be_put_there_is_beside_the_file_and_found_again() {
    let folder = Folder::new("beside");
    let path = folder.path("token.json");
    fs::write(&path, r#"{"access_token":"old","refresh_token":"older"}"#).unwrap();
    let taken = path.clone();
    let client = server(move || {
        fs::remove_file(&taken).unwrap();
        fs::create_dir(&taken).unwrap();
    });
    let error = client.refresh_file(&path).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (Kind::Internal, Outcome::Unknown)
    );
    assert!(error.message().contains("in the draft beside the file"));
    fs::remove_dir(&path).unwrap();
    let found = TokenFile::at(&path).unwrap().hold(SOON).unwrap();
    let found = found.token().unwrap().unwrap();
    assert_eq!(found.refresh_token().unwrap().expose(), "newer");
}

#[test]
fn an_async_caller_gets_it_too_and_one_who_leaves_loses_nothing() {
    let (folder, emulator) = (Folder::new("async"), emulator());
    let path = filled(&folder, &emulator);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let client = Client::new(config(&emulator)).unwrap();
    let token = runtime.block_on(client.refresh_file(&path)).unwrap();
    assert_eq!(stored(&path).access_token(), token.access_token());

    emulator.script(vec![Fault {
        action: Action::Pinterest,
        delay_ms: 200,
        ..Fault::default()
    }]);
    let (leaves, file) = (client.clone(), path.clone());
    let task = runtime.spawn(async move { leaves.refresh_file(file).await });
    while emulator.script_left() > 0 {
        std::thread::sleep(Duration::from_millis(1));
    }
    task.abort();
    assert!(finish(SOON));
    assert_ne!(stored(&path).refresh_token(), token.refresh_token());
    runtime.block_on(client.refresh_file(&path)).unwrap();
    assert_eq!(folder.names(), ["token.json"]);
}
