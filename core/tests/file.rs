//! A token file: who has it alone, what a killed run leaves, a full disk, a file that is mounted by itself.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use pinterest_oauth::{Config, Kind, Outcome, Token, TokenFile, TokenRequest, blocking::Client};
use pinterest_oauth_emulator::{Consent, Emulator, Options};

const SOON: Duration = Duration::from_secs(20);

/// A folder that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("pinterest-oauth-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn token(name: &str, obtained_at: i64) -> Token {
    let json = format!(
        r#"{{"access_token":"{name}","refresh_token":"r-{name}","obtained_at":{obtained_at}}}"#
    );
    Token::from_json(&json).unwrap()
}

fn stored(path: &Path) -> Token {
    Token::from_json(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn a_token_takes_the_place_of_the_one_before_and_leaves_nothing_beside() {
    let folder = Folder::new("replace");
    let path = folder.path("token.json");
    let file = TokenFile::at(&path).unwrap();
    let held = file.hold(SOON).unwrap();
    assert!(held.token().unwrap().is_none());
    held.replace(&token("a", 1)).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    let held = file.hold(SOON).unwrap();
    assert_eq!(held.token().unwrap().unwrap().access_token().expose(), "a");
    held.replace(&token("b", 2)).unwrap();
    assert_eq!(stored(&path).access_token().expose(), "b");
    assert_eq!(folder.names(), ["token.json"]);
}

#[test]
fn a_file_that_was_held_for_nothing_is_as_it_was() {
    let folder = Folder::new("nothing");
    let path = folder.path("token.json");
    fs::write(&path, "not a token").unwrap();
    let held = TokenFile::at(&path).unwrap().hold(SOON).unwrap();
    assert_eq!(held.token().unwrap_err().kind(), Kind::InvalidArgument);
    drop(held);
    assert_eq!(fs::read_to_string(&path).unwrap(), "not a token");
    assert_eq!(folder.names(), ["token.json"]);
}

#[test]
fn mode_and_link_of_the_file_stay() {
    let folder = Folder::new("mode");
    let (path, link) = (folder.path("token.json"), folder.path("link.json"));
    fs::write(&path, "{}").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("token.json", &link).unwrap();
    let held = TokenFile::at(&link).unwrap().hold(SOON).unwrap();
    held.replace(&token("a", 1)).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o640);
    assert_eq!(stored(&link).access_token().expose(), "a");
}

#[test]
fn a_link_that_points_to_nothing_yet_is_filled() {
    let folder = Folder::new("dangling");
    let link = folder.path("link.json");
    symlink("token.json", &link).unwrap();
    let held = TokenFile::at(&link).unwrap().hold(SOON).unwrap();
    held.replace(&token("a", 1)).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(
        stored(&folder.path("token.json")).access_token().expose(),
        "a"
    );
}

#[test]
fn what_a_killed_run_left_is_found_and_used() {
    let folder = Folder::new("left");
    let (path, draft) = (folder.path("token.json"), folder.path(".token.json.draft"));
    fs::write(&path, token("old", 1).to_json()).unwrap();
    fs::write(&draft, token("new", 2).to_json()).unwrap();
    let held = TokenFile::at(&path).unwrap().hold(SOON).unwrap();
    assert_eq!(
        held.token().unwrap().unwrap().access_token().expose(),
        "new"
    );
    drop(held);
    assert_eq!(stored(&path).access_token().expose(), "new");
    assert_eq!(folder.names(), ["token.json"]);
}

#[test]
fn a_wait_longer_than_the_clock_counts_has_no_end() {
    let folder = Folder::new("endless");
    let file = TokenFile::at(folder.path("token.json")).unwrap();
    assert!(file.hold(Duration::MAX).is_ok());
}

#[test]
fn a_draft_that_cannot_be_used_is_put_aside_and_never_deleted() {
    let folder = Folder::new("aside");
    let (path, draft) = (folder.path("token.json"), folder.path(".token.json.draft"));
    let file = TokenFile::at(&path).unwrap();
    fs::write(&path, token("new", 2).to_json()).unwrap();
    fs::write(&draft, token("old", 1).to_json()).unwrap();
    drop(file.hold(SOON).unwrap());
    fs::write(&draft, r#"{"access_token":"cut"#).unwrap();
    drop(file.hold(SOON).unwrap());
    assert_eq!(
        folder.names(),
        [".token.json.damaged-1", ".token.json.older-1", "token.json"]
    );
    assert_eq!(stored(&path).access_token().expose(), "new");
}

#[test]
fn mere_room_of_a_killed_run_is_used_again() {
    let folder = Folder::new("room");
    let path = folder.path("token.json");
    fs::write(folder.path(".token.json.draft"), " ".repeat(100)).unwrap();
    let held = TokenFile::at(&path).unwrap().hold(SOON).unwrap();
    held.replace(&token("a", 1)).unwrap();
    assert_eq!(folder.names(), ["token.json"]);
}

#[test]
fn a_file_that_somebody_else_has_is_waited_for_until_the_end() {
    let folder = Folder::new("busy");
    let file = TokenFile::at(folder.path("token.json")).unwrap();
    let held = file.hold(SOON).unwrap();
    let error = file.hold(Duration::from_millis(50)).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (Kind::Timeout, Outcome::NotSent)
    );
    drop(held);
    file.hold(Duration::ZERO).unwrap();
}

#[test]
fn three_that_refresh_one_file_under_strict_rotation_all_succeed() {
    let emulator = Emulator::start(Options::default()).unwrap();
    emulator
        .set_switches(&serde_json::json!({"rotation": "strict"}))
        .unwrap();
    let config = Config::new()
        .app_id(emulator.app_id())
        .app_secret(emulator.app_secret())
        .base_url(&emulator.urls().base_url);
    let client = Client::new(config).unwrap();
    let redirect_uri = "http://localhost:8085/";
    let consent = Consent {
        redirect_uri: String::from(redirect_uri),
        ..Consent::default()
    };
    let code = emulator.authorize(&consent).unwrap().code;
    let request = TokenRequest::authorization_code(code, redirect_uri);
    let first = client.oauth_token(&request).unwrap();

    let folder = Folder::new("three");
    let file = TokenFile::at(folder.path("token.json")).unwrap();
    file.hold(SOON).unwrap().replace(&first).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..5 {
                    let held = file.hold(SOON).unwrap();
                    let token = held.token().unwrap().unwrap();
                    let token = client.refresh(&token).unwrap();
                    held.replace(&token).unwrap();
                }
            });
        }
    });
    client.refresh(&stored(file.path())).unwrap();
    assert_eq!(folder.names(), ["token.json"]);
}

/// Runs as root alone, on a mount of the test's own; elsewhere it says so.
fn mount(arguments: &[&str]) -> bool {
    let done = Command::new("mount").args(arguments).output();
    let mounted = done.is_ok_and(|done| done.status.success());
    if !mounted {
        eprintln!(
            "SKIPPED {}: nothing can be mounted here",
            arguments.join(" ")
        );
    }
    mounted
}

struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_noticed_before_anything_is_sent_and_room_is_kept_after() {
    let folder = Folder::new("full");
    let disk = folder.path("disk");
    fs::create_dir(&disk).unwrap();
    if !mount(&[
        "-t",
        "tmpfs",
        "-o",
        "size=256k",
        "none",
        disk.to_str().unwrap(),
    ]) {
        return;
    }
    let _mounted = Mounted(disk.clone());
    let file = TokenFile::at(disk.join("token.json")).unwrap();
    let held = file.hold(SOON).unwrap();
    // The disk becomes full while the call is under way: the room was taken before.
    let filler = disk.join("filler");
    let _ = fs::write(&filler, vec![b'x'; 1 << 20]);
    held.replace(&token("a", 1)).unwrap();
    assert_eq!(stored(file.path()).access_token().expose(), "a");
    let _ = fs::write(disk.join("more"), vec![b'x'; 1 << 20]);
    let error = file.hold(SOON).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (Kind::InvalidArgument, Outcome::NotSent)
    );
    assert!(error.message().contains("no room"), "{}", error.message());
    assert_eq!(stored(file.path()).access_token().expose(), "a");
    assert!(!disk.join(".token.json.draft").exists());
}

#[test]
fn a_file_that_is_mounted_by_itself_is_written() {
    let folder = Folder::new("bind");
    let (outside, path) = (folder.path("outside.json"), folder.path("token.json"));
    fs::write(&outside, token("old", 1).to_json() + &" ".repeat(500)).unwrap();
    fs::write(&path, "").unwrap();
    if !mount(&["--bind", outside.to_str().unwrap(), path.to_str().unwrap()]) {
        return;
    }
    let _mounted = Mounted(path.clone());
    let held = TokenFile::at(&path).unwrap().hold(SOON).unwrap();
    assert_eq!(
        held.token().unwrap().unwrap().access_token().expose(),
        "old"
    );
    held.replace(&token("new", 2)).unwrap();
    assert_eq!(stored(&outside).access_token().expose(), "new");
    assert_eq!(folder.names(), ["outside.json", "token.json"]);
}
