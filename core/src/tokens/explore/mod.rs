//! The real state machine, explored: every interleaving of a few processes, with a few faults, in four modes of the
//! server. What runs is `engine.rs`, `send.rs`, `keep.rs`, `signin.rs`, `unsaved.rs`, `remove.rs` and `plan` as they are; only the store, the
//! clocks, the randomness and Pinterest are the explorer's (`hook`).
//!
//! A process is a function of what came of its steps. So a state holds, for each process, a node in a tree of histories
//! (`tables`), and the real code runs once for each node, from its start to its next step (`run`). Ids are drawn from the
//! history that draws them: equal histories draw equal ids, and different ones different ids. Time passes only when
//! nobody who is not frozen has a step to do, to the next moment that means something (`times`). A caller who waits has
//! ended his call, and may call again. States are kept as hashes of 128 bits, with their parents for a trace.
//!
//! `PROVE=1 cargo test --release -p pinterest-oauth --lib explore -- --ignored --nocapture` takes two faults; `PROCESSES=3`
//! three processes. What is too much for that, more processes, faults and logins, is tried at random (`walk`).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used
)]

mod faults;
pub(super) mod hook;
mod known;
mod passing;
mod rules;
mod run;
mod search;
mod server;
mod steps;
mod store;
mod tables;
mod times;
mod trace;
mod walk;
mod world;

use known::known;
use search::{Begin, Report, Setup, explore};
use server::{LIFE, MODES, Mode};

/// Two processes and an account, with so many faults.
fn setup(mode: Mode, faults: u8) -> Setup {
    Setup {
        mode,
        processes: number("PROCESSES").unwrap_or(2),
        faults,
        fine: std::env::var_os("FINE").is_some(),
        begin: Begin::Account,
        logins: 0,
        kinds: u32::MAX,
        once: false,
        from: 3_600,
        after: number("AFTER").unwrap_or(60),
        most_states: number("STATES").unwrap_or(30_000_000),
    }
}

fn number<N: std::str::FromStr>(name: &str) -> Option<N> {
    std::env::var(name).ok()?.parse().ok()
}

/// Prints what was found, and says what is not known.
fn judged(setup: &Setup, report: &Report) -> usize {
    let mut unknown = 0;
    println!(
        "{:?}, {} processes, {} faults, {} logins: {} states{}, {} steps, {} histories, {} texts, {:.1} s",
        setup.mode,
        setup.processes,
        setup.faults,
        setup.logins,
        report.states,
        if report.complete { "" } else { " (cut)" },
        report.steps,
        report.runs,
        report.texts,
        report.seconds
    );
    for class in &report.classes {
        let known = known(class.property, class.faults, setup.mode);
        let names = faults::names(class.faults).join(" + ");
        println!("  {} [{names}] x{}", class.property, class.count);
        match known {
            Some(known) => println!("    known: {}", known.why),
            None => {
                unknown += 1;
                for step in &class.trace {
                    println!("    {step}");
                }
            }
        }
    }
    unknown
}

fn all_hold(setup: &Setup) {
    let report = explore(setup);
    assert_eq!(judged(setup, &report), 0);
    assert!(report.complete);
}

#[test]
fn without_faults_every_property_holds() {
    for mode in MODES {
        all_hold(&setup(mode, 0));
    }
}

#[test]
fn with_one_fault_every_property_holds_in_grace() {
    all_hold(&setup(Mode::Grace, 1));
}

#[test]
fn with_one_fault_every_property_holds_in_strict() {
    all_hold(&setup(Mode::Strict, 1));
}

#[test]
fn with_one_fault_every_property_holds_in_family() {
    all_hold(&setup(Mode::Family, 1));
}

#[test]
fn with_one_fault_every_property_holds_in_lastwins() {
    all_hold(&setup(Mode::LastWins, 1));
}

/// Whoever looks first takes the copy over, and nobody is told to log in (E10).
#[test]
fn a_copy_beside_a_record_that_needs_a_login_is_found() {
    let mut setup = setup(Mode::Strict, 0);
    setup.begin = Begin::NeedsLogin;
    setup.after = 60;
    all_hold(&setup);
}

/// A holder that lives, or sleeps for a moment, whose file is gone is not taken for dead (E37).
#[test]
fn an_attempt_whose_file_is_gone_is_not_dead() {
    let mut setup = setup(Mode::Strict, 2);
    (setup.kinds, setup.once) = (faults::DELETED | faults::FREEZE, true);
    setup.from = 24 * 86_400;
    setup.after = setup.from + 3_600 - LIFE;
    all_hold(&setup);
}

/// Its holder keeps the answer elsewhere.
#[test]
fn an_answer_whose_file_is_gone_is_kept_where_no_commit_took_it() {
    let mut setup = setup(Mode::Strict, 2);
    (setup.kinds, setup.once) = (faults::DELETED | faults::COMMIT, true);
    setup.from = 24 * 86_400;
    setup.after = setup.from + 3_600 - LIFE;
    all_hold(&setup);
}

/// A record that is restored, and one that comes after a removal, are no earlier ones (E22, E19).
#[test]
fn a_text_that_was_read_before_fits_no_later_one() {
    let mut setup = setup(Mode::Strict, 2);
    setup.kinds = faults::REMOVAL | faults::LOGIN;
    all_hold(&setup);
}

#[test]
fn a_code_is_sent_once_and_its_token_kept_in_a_new_account() {
    for faults in 0..2 {
        let mut setup = setup(Mode::Family, faults);
        (setup.begin, setup.logins) = (Begin::Empty, 1);
        setup.after = 2 * 3_600 - LIFE;
        all_hold(&setup);
    }
}

#[test]
fn a_code_is_sent_once_and_its_token_kept_beside_a_refresh() {
    for faults in 0..2 {
        let mut setup = setup(Mode::Strict, faults);
        (setup.begin, setup.logins) = (Begin::Account, 1);
        // The token is due.
        setup.from = 24 * 86_400;
        setup.after = setup.from + 2 * 3_600 - LIFE;
        if std::env::var_os("PROVE").is_none() {
            // The others take too long for a test of every day.
            setup.kinds = faults::KILL | faults::KILL_AFTER_POST | faults::REMOVAL;
        }
        all_hold(&setup);
    }
}

/// Ten minutes and gigabytes each: `PROVE=1`, in release. `FAULTS` says how many.
fn with_two_faults(mode: Mode) {
    if std::env::var_os("PROVE").is_some() {
        all_hold(&setup(mode, number("FAULTS").unwrap_or(2)));
    }
}

#[test]
#[ignore = "takes minutes: PROVE=1"]
fn with_two_faults_every_property_holds_in_grace() {
    with_two_faults(Mode::Grace);
}

#[test]
#[ignore = "takes minutes: PROVE=1"]
fn with_two_faults_every_property_holds_in_strict() {
    with_two_faults(Mode::Strict);
}

#[test]
#[ignore = "takes minutes: PROVE=1"]
fn with_two_faults_every_property_holds_in_family() {
    with_two_faults(Mode::Family);
}

#[test]
#[ignore = "takes minutes: PROVE=1"]
fn with_two_faults_every_property_holds_in_lastwins() {
    with_two_faults(Mode::LastWins);
}

/// One way of many with four processes, seven faults, two logins and three lives of a token. `WALKS` says how many ways,
/// `SEED` from where on.
#[test]
fn on_a_random_walk_every_property_holds() {
    let proves = std::env::var_os("PROVE").is_some();
    let walks = number("WALKS").unwrap_or(if proves { 5_000 } else { 30 });
    let seed = number("SEED").unwrap_or(0);
    for mode in MODES {
        for begin in [Begin::Account, Begin::Empty] {
            let mut setup = setup(mode, 7);
            (setup.processes, setup.logins, setup.begin) = (4, 2, begin);
            setup.after = 2 * LIFE;
            let report = walk::walk(&setup, seed..seed + walks);
            assert_eq!(judged(&setup, &report), 0);
        }
    }
}
