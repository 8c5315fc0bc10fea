//! Processes that are killed, frozen or forked: the tests run themselves once more as children.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::super::lock::Locked;
use super::{Disk, Folder, Store, name, number, settings, text};
use crate::error::Kind;
use crate::tokens::store::Holder;
use crate::tokens::sum;

/// What a child is told to do, in which store, and with which umask.
const STEP: &str = "PINTEREST_OAUTH_TEST_STEP";
const STORE: &str = "PINTEREST_OAUTH_TEST_STORE";
const UMASK: &str = "PINTEREST_OAUTH_TEST_UMASK";
/// What a child says when it has come to where it waits for its end.
const READY: &str = "the child is ready";

/// No test by itself: what [`child`] runs.
#[test]
fn in_a_child() {
    let Ok(step) = std::env::var(STEP) else {
        return;
    };
    if let Ok(umask) = std::env::var(UMASK) {
        let umask = u32::from_str_radix(&umask, 8).unwrap();
        rustix::process::umask(rustix::fs::Mode::from_raw_mode(umask));
    }
    let store = PathBuf::from(std::env::var(STORE).unwrap());
    let disk = Disk::open(&settings(&store)).unwrap();
    let mut room = None;
    let mut locked = None;
    match step.as_str() {
        "reserve" => room = Some(disk.reserve(&name(), "a1").unwrap()),
        "write" => {
            room = Some(disk.reserve(&name(), "a1").unwrap());
            room.as_mut().unwrap().write(&text("b", 2)).unwrap();
        }
        "lock" => locked = Some(Locked::take(&store.join("records/ab")).unwrap()),
        "refresh" => {
            assert!(disk.commit(&name(), None, &text("a", 1)).unwrap());
            let mut room = disk.reserve(&name(), "a1").unwrap();
            room.write(&text("b", 2)).unwrap();
            assert!(room.put("a").unwrap());
            assert_eq!(number(&disk.load(&name()).unwrap().unwrap()), 2);
            disk.copy(&name(), "a2", &text("c", 3)).unwrap();
            disk.set_maintenance("{}").unwrap();
            return;
        }
        "copy" => {
            disk.copy(&name(), "a1", &text("b", 2)).unwrap();
            let found = disk.answers(&name());
            assert_eq!((found.len(), number(&found[0].text)), (1, 2));
            return;
        }
        "count" => loop {
            let current = disk.load(&name()).unwrap().unwrap();
            let expected = current.write_id().to_owned();
            let next = text(&sum::random_id().unwrap(), number(&current) + 1);
            if disk.commit(&name(), Some(&expected), &next).unwrap() {
                println!("one more");
            }
        },
        "attempt" => return attempt(&disk),
        step => panic!("no step {step}"),
    }
    println!("{READY}");
    loop {
        std::thread::park();
        let _ = (&room, &locked);
    }
}

/// One refresh, as far as it goes; says how far that was.
fn attempt(disk: &Disk) {
    let step = || -> Result<(), crate::Error> {
        let current = disk.load(&name())?.unwrap();
        let expected = current.write_id().to_owned();
        let mut room = disk.reserve(&name(), "a1")?;
        println!("reserved");
        assert!(room.claim(Some(&expected), &text("intent", 1))?);
        println!("intended");
        room.write(&text("answer", 2))?;
        println!("written");
        assert!(room.put("intent")?);
        println!("put");
        Ok(())
    };
    if let Err(error) = step() {
        println!("{error}");
    }
}

/// A child that has come to where it waits.
struct Waiting(Child);

impl Waiting {
    fn start(step: &str, store: &Path) -> Self {
        let mut child = command(step, store).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        assert!(lines.any(|line| line.contains(READY)), "{step}");
        Self(child)
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.0), signal).unwrap();
    }

    /// kill -9, and then it is gone.
    fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.end();
    }
}

pub(super) fn command(step: &str, store: &Path) -> Command {
    let this = "tokens::disk::tests::child::in_a_child";
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([this, "--exact", "--nocapture", "--test-threads=1"])
        .env(STEP, step)
        .env(STORE, store);
    command
}

#[test]
fn an_answer_of_a_killed_process_is_found_and_stored() {
    let folder = Folder::new();
    let disk = folder.open();
    disk.commit(&name(), None, &text("a", 1)).unwrap();
    let child = Waiting::start("write", &folder.0.join("store"));
    assert_eq!(disk.holder(&name(), "a1"), Holder::Alive);
    // Who finds a whole answer need not ask whether its holder lives.
    assert_eq!(disk.answers(&name()).len(), 1);
    child.kill();
    assert_eq!(disk.holder(&name(), "a1"), Holder::Dead);
    let found = disk.answers(&name());
    assert_eq!(number(&found[0].text), 2);
    assert!(disk.commit(&name(), Some("a"), &found[0].text).unwrap());
    disk.forget(&name(), &found[0]);
    assert_eq!(folder.names(), ["json"]);
}

#[test]
fn a_process_that_was_killed_before_its_answer_is_known_to_be_dead() {
    let folder = Folder::new();
    let disk = folder.open();
    let child = Waiting::start("reserve", &folder.0.join("store"));
    assert_eq!(disk.holder(&name(), "a1"), Holder::Alive);
    child.signal(Signal::STOP);
    assert_eq!(disk.holder(&name(), "a1"), Holder::Alive);
    child.kill();
    assert_eq!(disk.holder(&name(), "a1"), Holder::Dead);
    fs::remove_file(folder.file("a1.try")).unwrap();
    assert_eq!(disk.holder(&name(), "a1"), Holder::Unknown);
}

#[test]
fn a_frozen_holder_of_a_folder_makes_the_store_busy_and_records_are_still_read() {
    let folder = Folder::new();
    let disk = folder.open();
    disk.commit(&name(), None, &text("a", 1)).unwrap();
    let child = Waiting::start("lock", &folder.0.join("store"));
    child.signal(Signal::STOP);
    let error = disk.commit(&name(), Some("a"), &text("b", 2)).unwrap_err();
    assert_eq!(error.kind(), Kind::StoreBusy);
    assert_eq!(error.retry_after(), Some(1));
    assert_eq!(number(&disk.load(&name()).unwrap().unwrap()), 1);
    assert_eq!(folder.names(), ["json"]);
    let findings = disk.examine(false);
    let locked = findings
        .iter()
        .find(|found| found.what == "locked")
        .unwrap();
    assert!(
        locked.text.contains(&format!("process {}", child.0.id())),
        "{locked:?}"
    );
    child.kill();
    assert!(disk.commit(&name(), Some("a"), &text("b", 2)).unwrap());
}

#[test]
fn no_umask_makes_files_that_their_owner_cannot_read_or_others_can() {
    for umask in ["777", "277", "0"] {
        let folder = Folder::new();
        let store = folder.0.join("new/store");
        let mut command = command("refresh", &store);
        command.env(UMASK, umask);
        // Root reads whatever the mode is.
        let status = as_nobody(&mut command, &folder.0).status().unwrap();
        assert!(status.success(), "{umask}");
        let mut open = vec![folder.0.join("new")];
        while let Some(path) = open.pop() {
            let found = fs::metadata(&path).unwrap();
            let mode = std::os::unix::fs::MetadataExt::mode(&found) & 0o7777;
            let wanted = if found.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "{umask}: {}", path.display());
            if found.is_dir() {
                open.extend(
                    fs::read_dir(path)
                        .unwrap()
                        .map(|entry| entry.unwrap().path()),
                );
            }
        }
    }
}

#[test]
fn of_processes_that_are_killed_while_they_write_no_acknowledged_write_is_lost() {
    let folder = Folder::new();
    let disk = folder.open();
    disk.commit(&name(), None, &text("0", 0)).unwrap();
    let store = folder.0.join("store");
    let kill_after = |enough: u64| {
        let mut child = command("count", &store)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut acknowledged = 0;
        for line in lines.map_while(Result::ok) {
            acknowledged += u64::from(line.contains("one more"));
            if acknowledged == enough {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        acknowledged
    };
    let acknowledged: u64 = std::thread::scope(|scope| {
        let runs = (0..3).map(|process| {
            let run = move || {
                (1..=8)
                    .map(|round| kill_after(20 * round + process))
                    .sum::<u64>()
            };
            scope.spawn(run)
        });
        let runs: Vec<_> = runs.collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    let stored = number(&disk.load(&name()).unwrap().unwrap());
    // Of the 24 each may have been killed between its write and its word.
    assert!(
        (acknowledged..=acknowledged + 24).contains(&stored),
        "{acknowledged} were acknowledged, {stored} are stored"
    );
}

#[test]
fn a_copy_is_kept_in_the_folder_of_the_users_login_where_no_other_takes_it() {
    let folder = Folder::new();
    let id = folder.open().id().to_owned();
    fs::remove_dir(folder.records()).unwrap();
    fs::write(folder.records(), "").unwrap();
    let run = folder.0.join("run");
    fs::create_dir(&run).unwrap();
    let mut command = command("copy", &folder.0.join("store"));
    assert!(
        command
            .env("XDG_RUNTIME_DIR", &run)
            .status()
            .unwrap()
            .success()
    );
    let copy = format!("pinterest-oauth/{id}.{}.a1", name().hash);
    let found = fs::metadata(run.join(copy)).unwrap();
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&found) & 0o7777, 0o600);
    assert_eq!(
        fs::read_dir(run.join("pinterest-oauth")).unwrap().count(),
        1
    );
}

/// Runs a command as a user without rights, where this is root; `folder` is given to that user.
fn as_nobody<'a>(command: &'a mut Command, folder: &Path) -> &'a mut Command {
    use std::os::unix::process::CommandExt;
    if rustix::process::geteuid().is_root() {
        let nobody = 65_534;
        std::os::unix::fs::chown(folder, Some(nobody), Some(nobody)).unwrap();
        command.uid(nobody).gid(nobody);
    }
    command
}
