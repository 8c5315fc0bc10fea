#![allow(clippy::unwrap_used)]
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::memory::Memory;
use super::super::testing::{Full, owner};
use super::*;
use crate::config::Config;
use crate::token::Token;

fn engine(store: impl Store + 'static, port: u16) -> Arc<Engine> {
    let config = Config::new().app_id("1").app_secret("secret");
    Arc::new(Engine {
        store: Arc::new(store),
        disk: None,
        client: Client::new(config.base_url(format!("http://127.0.0.1:{port}/v5"))).unwrap(),
        clock: Clock::default(),
        place: String::from("the store"),
        unsaved: Mutex::default(),
    })
}

/// A record with a token that was obtained so many seconds ago.
fn record(store: &Memory, generation: u64, token: &str, ago: i64) -> Record {
    let mut record = Record::new(store.id(), owner("a"));
    (record.generation, record.grant) = (generation, String::from("grant"));
    let text = format!(r#"{{"access_token":"{token}","refresh_token":"r{token}"}}"#);
    let mut token = Token::from_json(&text).unwrap();
    token.obtained_at = Some(Clock::default().wall() - ago);
    token.expires_at = token.obtained_at.map(|at| at + 2_592_000);
    record.token = Some(token);
    record.add(Record::of_token(record.token.as_ref().unwrap(), generation));
    record.next(5).unwrap()
}

#[test]
fn what_an_attempt_has_left_is_taken_over_before_what_the_process_remembers() {
    let (store, owner) = (Memory::new().unwrap(), owner("a"));
    let stored = record(&store, 1, "one", 100);
    // Of a caller whose clock was set back meanwhile: its token seems to be older.
    let mut answer = record(&store, 2, "two", 200);
    answer.follows = Some(stored.write_id.clone());
    store.commit(owner.name(), None, &stored.to_text()).unwrap();
    let mut room = store.reserve(owner.name(), "a1").unwrap();
    room.write(&answer.to_text()).unwrap();
    drop(room);
    let engine = engine(store, 1);
    let found = engine.look(owner.name(), Some(&Arc::new(answer)));
    let token = found.unwrap().unwrap().token.unwrap();
    assert_eq!(token.access_token().expose(), "two");
}

#[test]
fn who_finds_an_answer_that_no_record_takes_serves_it_and_does_not_try_for_ever() {
    static TRIES: AtomicUsize = AtomicUsize::new(0);
    let (memory, owner) = (Memory::new().unwrap(), owner("a"));
    let (stored, newer) = (
        record(&memory, 1, "one", 9_999_999),
        record(&memory, 2, "two", 0),
    );
    memory
        .commit(owner.name(), None, &stored.to_text())
        .unwrap();
    memory.copy(owner.name(), "a1", &newer.to_text()).unwrap();
    let takes = |text: &Sealed| {
        assert!(
            TRIES.fetch_add(1, Ordering::Relaxed) < 9,
            "it goes on and on"
        );
        !text.text().contains("two")
    };
    // It takes the connection, and nothing is to be sent over it.
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let engine = engine(Full(memory, takes), server.local_addr().unwrap().port());
    let got = engine.obtain(&owner, None, Wish::default(), instant());
    assert_eq!(got.unwrap().record.generation, 2);
}

#[test]
fn an_answer_stays_where_it_lies_until_a_record_that_is_stored_has_its_token() {
    let (memory, owner) = (Memory::new().unwrap(), owner("a"));
    let (stored, newer) = (record(&memory, 1, "one", 0), record(&memory, 2, "two", 0));
    memory
        .commit(owner.name(), None, &stored.to_text())
        .unwrap();
    memory.copy(owner.name(), "a1", &newer.to_text()).unwrap();
    let engine = engine(Full(memory.clone(), |_| false), 1);
    let force = Wish {
        force: true,
        ..Wish::default()
    };
    let (newer, none) = (Arc::new(newer), Wish::default());
    for (known, wish) in [(None, force), (Some(&newer), force), (Some(&newer), none)] {
        let _ = engine.obtain(&owner, known, wish, instant());
        assert_eq!(memory.answers(owner.name()).len(), 1);
    }
    let seen = engine.look(owner.name(), None).unwrap().unwrap();
    assert_eq!(seen.generation, 2);
    assert_eq!(memory.answers(owner.name()).len(), 1);
}

#[test]
fn a_run_over_all_accounts_takes_over_what_lies_beside_a_record_and_sends_nothing() {
    let (memory, owner) = (Memory::new().unwrap(), owner("a"));
    // Its refresh is due, or not for a long time.
    for ago in [2_500_000, 100] {
        let stored = record(&memory, 1, "one", ago);
        let newer = record(&memory, 2, "two", 0);
        let before = memory.load(owner.name()).unwrap();
        let before = before.as_ref().map(Sealed::write_id);
        memory
            .commit(owner.name(), before, &stored.to_text())
            .unwrap();
        memory.copy(owner.name(), "a1", &newer.to_text()).unwrap();
        // It takes the connection, and nothing is to be sent over it.
        let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let engine = engine(memory.clone(), server.local_addr().unwrap().port());
        let report = engine.refresh_due(|_| true, 1, None);
        let report = report.unwrap();
        assert_eq!((report.refreshed, report.failed.len()), (1, 0), "{ago}");
        assert!(memory.answers(owner.name()).is_empty());
    }
}
