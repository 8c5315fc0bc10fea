//! What remains: the violations that TOKENS.md names, and why nothing can be done.

use super::faults::{
    ANSWER_LOST, DELETED, FREEZE_GAP, FREEZE_LONG, KILL, KILL_AFTER_POST, ONLY_COPY, REFUSED_TWICE,
    RESTORE,
};
use super::server::{MODES, Mode};

/// A violation that is no fault of the rules.
pub(super) struct Known {
    /// How its name begins.
    pub property: &'static str,
    /// Every trace has at least these faults.
    pub faults: u32,
    pub modes: &'static [Mode],
    pub why: &'static str,
}

const fn old_token(faults: u32, why: &'static str) -> Known {
    Known {
        property: "P5",
        faults,
        modes: &MODES,
        why,
    }
}

const DELETED_AND_KILLED: &str = "the only file of an answer was deleted, and its holder was killed before he could keep it elsewhere";

const KNOWN: &[Known] = &[
    old_token(
        KILL_AFTER_POST,
        "the server rotated, and the only process that got the answer has gone before a disk had it",
    ),
    old_token(ANSWER_LOST, "the server rotated, and nobody got the answer"),
    old_token(
        FREEZE_LONG,
        "the holder was frozen between the POST and its answer, or between R7 and the first byte, for longer than the takeover rule waits",
    ),
    old_token(
        RESTORE,
        "a backup that nobody alive knows better, or restored while a POST was under way",
    ),
    old_token(
        ONLY_COPY,
        "an answer that no commit took was deleted after its holder had ended",
    ),
    old_token(
        REFUSED_TWICE,
        "two false 283 in a row, the second in the urgent window",
    ),
    old_token(DELETED | KILL, DELETED_AND_KILLED),
    Known {
        property: "P2 a token is lost",
        faults: DELETED | KILL,
        modes: &MODES,
        why: DELETED_AND_KILLED,
    },
    Known {
        property: "P8 the token of a login is lost",
        faults: DELETED | KILL,
        modes: &MODES,
        why: DELETED_AND_KILLED,
    },
    Known {
        property: "P3",
        faults: REFUSED_TWICE,
        modes: &MODES,
        why: "two false 283 in a row: the token is asked again once a day, and served until it ends",
    },
    Known {
        property: "P8 a code is sent twice",
        faults: RESTORE,
        modes: &MODES,
        why: "a backup of a time before the code was sent",
    },
    Known {
        property: "P6 a refresh is sent although an answer lies in the store",
        faults: FREEZE_GAP | FREEZE_LONG,
        modes: &MODES,
        why: "a freeze exactly between R7 and the first byte that outlasts the takeover rule",
    },
    Known {
        property: "P6 a refresh is sent although an answer lies in the store",
        faults: FREEZE_GAP | RESTORE,
        modes: &MODES,
        why: "a freeze exactly between R7 and the first byte, while the answer comes whose intent a backup had taken away",
    },
];

/// What is known of a violation by these faults; every trace of it has at least those that are named.
pub(super) fn known(property: &str, faults: u32, mode: Mode) -> Option<&'static Known> {
    KNOWN.iter().find(|one| {
        property.starts_with(one.property)
            && one.faults & faults == one.faults
            && one.modes.contains(&mode)
    })
}
