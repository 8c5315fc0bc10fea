//! Single calls of the operating system that fail, or in which the process is killed.

use std::fs;
use std::process::{Command, Output};

use super::child;
use super::{Folder, Sealed, Store, name, number, text};
use crate::tokens::store::Holder;

/// A store with a record, and a child that refreshes it under strace. `None` where that may not be run here.
struct Traced {
    folder: Folder,
    said: String,
    output: Output,
    calls: String,
}

impl Traced {
    fn run(rule: &str) -> Option<Self> {
        let folder = Folder::new();
        folder
            .open()
            .commit(&name(), None, &text("before", 0))
            .unwrap();
        let log = folder.0.join("calls");
        let child = child::command("attempt", &folder.0.join("store"));
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-e", rule, "-o"]).arg(&log);
        strace.arg(child.get_program()).args(child.get_args());
        for (name, value) in child.get_envs() {
            strace.env(name, value.unwrap());
        }
        let output = strace.output();
        let Ok(output) = output else {
            println!("skipped: there is no strace");
            return None;
        };
        let error = String::from_utf8_lossy(&output.stderr);
        if error.contains("strace:") {
            println!("skipped: strace cannot be run here: {error}");
            return None;
        }
        Some(Self {
            said: String::from_utf8_lossy(&output.stdout).into_owned(),
            calls: fs::read_to_string(log).unwrap(),
            folder,
            output,
        })
    }

    fn number(&self) -> u64 {
        number(&self.folder.open().load(&name()).unwrap().unwrap())
    }
}

#[test]
fn a_refresh_without_faults_makes_its_files_durable_by_four_calls() {
    let Some(traced) = Traced::run("trace=fsync,fdatasync,sync,syncfs") else {
        return;
    };
    assert!(traced.said.contains("put\n"), "{}", traced.said);
    let calls = traced.calls.lines().filter(|line| line.contains("sync("));
    assert_eq!(calls.count(), 4, "{}", traced.calls);
    assert_eq!(traced.folder.names(), ["json"]);
}

#[test]
fn between_room_and_durable_answer_nothing_is_opened_locked_or_given_away() {
    let Some(traced) = Traced::run("trace=all") else {
        return;
    };
    // Each line begins with the number of its process.
    let calls = traced.calls.lines().map(|line| {
        let call = line.split_whitespace().nth(1).unwrap();
        call.split('(').next().unwrap()
    });
    let calls: Vec<&str> = calls.collect();
    let at = |said: &str| {
        let said = format!("write(1,\u{20}\"{said}");
        let mut lines = traced.calls.lines();
        lines.position(|line| line.contains(&said)).unwrap()
    };
    let between = &calls[at("intended") + 1..at("written")];
    // Whether it is still this process is asked first.
    let between = between.iter().filter(|call| **call != "getpid");
    let between: Vec<&str> = between.copied().collect();
    assert_eq!(between, ["pwrite64", "fdatasync", "ftruncate"]);
}

#[test]
fn a_file_that_somebody_took_away_before_the_rename_is_not_taken_for_stored() {
    let Some(intent) = Traced::run("inject=rename:error=ENOENT:when=1") else {
        return;
    };
    assert!(intent.said.contains("reserved\n") && !intent.said.contains("intended\n"));
    assert!(
        !intent.said.contains("store_unavailable"),
        "{}",
        intent.said
    );
    let put = Traced::run("inject=rename:error=ENOENT:when=2").unwrap();
    assert!(put.said.contains("written\n") && !put.said.contains("put\n"));
    assert!(!put.said.contains("store_unavailable"), "{}", put.said);
}

#[test]
fn a_file_that_the_disk_did_not_take_is_not_used() {
    let fails = |call: &str, error: &str, when: u32| {
        Traced::run(&format!("inject={call}:error={error}:when={when}"))
    };
    let Some(room) = fails("fsync", "EIO", 1) else {
        return;
    };
    assert!(room.said.contains("reserved\n") && !room.said.contains("intended"));
    assert!(room.said.contains("a1.try") && room.said.contains("reports an error"));
    assert_eq!(
        (room.folder.names(), room.number()),
        (vec!["json".to_owned()], 0)
    );
    let intent = fails("fsync", "EIO", 2).unwrap();
    assert!(intent.said.contains("reserved\n") && !intent.said.contains("intended"));
    assert_eq!(
        (intent.folder.names(), intent.number()),
        (vec!["json".to_owned()], 0)
    );
    // The intent is there and may go again when the machine stops: the caller is told that it is not durable.
    let name_of_it = fails("fsync", "EIO", 3).unwrap();
    assert!(name_of_it.said.contains("store_unavailable") && !name_of_it.said.contains("intended"));
    assert_eq!(name_of_it.number(), 1);
    let answer = fails("fdatasync", "EIO", 1).unwrap();
    assert!(answer.said.contains("intended\n") && !answer.said.contains("written\n"));
    assert_eq!(
        (answer.folder.names(), answer.number()),
        (vec!["a1.try".to_owned(), "json".into()], 1)
    );
    let full = fails("pwrite64", "ENOSPC", 1).unwrap();
    assert!(full.said.contains("the disk is full"), "{}", full.said);
    assert_eq!(full.folder.names(), ["json"]);
}

#[test]
fn what_fails_without_harm_is_no_error_and_the_rest_is_one() {
    let Some(cut) = Traced::run("inject=ftruncate:error=EIO") else {
        return;
    };
    assert!(cut.said.contains("put\n"), "{}", cut.said);
    assert_eq!(cut.number(), 2);
    let intent = Traced::run("inject=rename:error=EIO:when=1").unwrap();
    assert!(intent.said.contains("store_unavailable") && !intent.said.contains("intended"));
    assert_eq!(
        (intent.folder.names(), intent.number()),
        (vec!["json".to_owned()], 0)
    );
    let put = Traced::run("inject=rename:error=EIO:when=2").unwrap();
    assert!(put.said.contains("written\n") && put.said.contains("store_unavailable"));
    let found = put.folder.open().answers(&name());
    assert_eq!(number(&found[0].text), 2);
    let signals = Traced::run("inject=flock:error=EINTR:when=1..3").unwrap();
    assert!(signals.said.contains("put\n"), "{}", signals.said);
    let mode = Traced::run("inject=fchmod:error=EPERM:when=1").unwrap();
    assert_eq!(mode.folder.names(), ["json"]);
}

#[test]
fn killed_at_any_call_a_refresh_leaves_a_store_that_reads_and_the_answer_that_was_durable() {
    let mut kills = 0;
    for call in [
        "fchmod",
        "pwrite64",
        "fsync",
        "fdatasync",
        "flock",
        "rename",
        "ftruncate",
        "unlink",
        "openat",
    ] {
        // The first calls to open are those of the program itself.
        let first = if call == "openat" { 8 } else { 1 };
        for when in first.. {
            let Some(traced) = Traced::run(&format!("inject={call}:signal=KILL:when={when}"))
            else {
                return;
            };
            if traced.output.status.success() {
                break;
            }
            kills += 1;
            let place = format!("{call} {when}: {}", traced.said);
            let disk = traced.folder.open();
            let stored = traced.number();
            let found = disk.answers(&name());
            let answer = found.first().map(|found| number(&found.text));
            if traced.said.contains("written") {
                assert_eq!(answer.unwrap_or(stored), 2, "{place}");
            }
            if traced.said.contains("intended") {
                assert!(stored > 0, "{place}");
            }
            assert_ne!(disk.holder(&name(), "a1"), Holder::Alive, "{place}");
            let text = disk.load(&name()).unwrap().unwrap();
            let expected = text.write_id().to_owned();
            let again = text_after(stored);
            assert!(
                disk.commit(&name(), Some(&expected), &again).unwrap(),
                "{place}"
            );
        }
    }
    assert!(kills > 20, "{kills} kills");
}

fn text_after(number: u64) -> Sealed {
    text("after", number + 1)
}
