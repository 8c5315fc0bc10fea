//! The rules of the token manager, without I/O: from a record, what is known besides, and the time, to the next step.
//!
//! `step` says what a caller does next; `claim` makes the intent of a refresh; `merge` takes an answer over, whoever
//! brought it; `failed` is what a refusal or a lost answer leaves behind; `login` has the rules of a login, which is an
//! attempt of its own; `hold` those of all accounts of an app.

pub(crate) mod failed;
pub(crate) mod hold;
pub(crate) mod login;
pub(crate) mod merge;
pub(crate) mod remembered;
pub(crate) mod time;

use super::record::{Attempt, Candidate, Lease, Record, State, Trouble};
use super::store::Holder;
use crate::error::Error;
use crate::secret::Secret;
use time::{FIRST_STEP, Now, SETTLE, due_at, is_urgent, is_valid};

/// What a caller wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Wish {
    /// A refresh although none is due.
    pub force: bool,
    /// The access token of this generation was refused by a resource.
    pub rejected: Option<u64>,
}

impl Wish {
    fn is_for(&self, record: &Record) -> bool {
        self.force || self.rejected == Some(record.generation)
    }
}

/// What a caller does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// The token of the record.
    HandOut,
    /// Somebody else is at it, or an answer must be asked for again: looks again, at the latest at this time.
    Wait { until: i64, why: Why },
    /// Exchanges the candidate of this index.
    Send { candidate: usize },
    /// A token for the app itself.
    Grant,
    /// There is no token: `unknown_account`.
    Unknown,
    /// The last failure, told again; `retry_at` is when it is worth asking again.
    Told { retry_at: i64 },
    /// No refresh token is left.
    LogIn,
}

/// Why a caller waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    Refreshing,
    Doubt,
}

/// What a caller does next with `record`. `holder` is what is known of its attempt's, `held_until` the end of a hold of
/// its app (R3 to R5).
pub(crate) fn step(
    record: &Record,
    holder: Holder,
    held_until: Option<i64>,
    wish: Wish,
    now: &Now,
) -> Step {
    if record.token.is_none() && record.owner.scopes().is_none() {
        return Step::Unknown;
    }
    let valid = is_valid(record, now);
    let urgent = !valid || is_urgent(record, now);
    let wanted = wish.is_for(record);
    if valid && !wanted && now.wall < due_at(record) {
        return Step::HandOut;
    }
    // A wish is refused by an error; who only wants a token gets the one that there is.
    let or_told = |retry_at: i64| {
        if valid && !wanted {
            Step::HandOut
        } else {
            Step::Told { retry_at }
        }
    };
    if let Some(until) = held_until.filter(|until| *until > now.wall) {
        return or_told(until);
    }
    if !wish.force
        && let Some(step) = resting(record, valid, wanted, now)
    {
        return step;
    }
    if let Some(attempt) = &record.attempt
        && !attempt.lease.may_be_taken(holder, urgent, now)
    {
        return if valid && !urgent && !wanted {
            Step::HandOut
        } else {
            Step::Wait {
                until: now.wall.saturating_add(1),
                why: Why::Refreshing,
            }
        };
    }
    if record.owner.scopes().is_some() {
        return Step::Grant;
    }
    match pick(record, urgent, wish.force) {
        Some(candidate) => Step::Send { candidate },
        None if valid && !wanted => Step::HandOut,
        None => Step::LogIn,
    }
}

/// What holds a refresh back that is due: that a login is needed, that the last one failed a moment ago, or that the token
/// is new.
fn resting(record: &Record, valid: bool, wanted: bool, now: &Now) -> Option<Step> {
    let told = |retry_at| {
        Some(if valid && !wanted {
            Step::HandOut
        } else {
            Step::Told { retry_at }
        })
    };
    if let Some(trouble) = &record.trouble
        && now.wall < trouble.retry_at
        // A clock that was set back does not lengthen the wait.
        && now.wall >= trouble.at
    {
        if record.state == State::NeedsLogin {
            return if valid && !wanted {
                Some(Step::HandOut)
            } else {
                Some(Step::LogIn)
            };
        }
        let mut candidates = record.candidates.iter();
        let doubted = candidates.any(|own| own.doubted_at.is_some() && !own.refused);
        if !valid && doubted && trouble.retry_at <= trouble.at.saturating_add(FIRST_STEP) {
            return Some(Step::Wait {
                until: trouble.retry_at,
                why: Why::Doubt,
            });
        }
        return told(trouble.retry_at);
    }
    let obtained_at = record.token.as_ref()?.obtained_at?;
    let settled = obtained_at.saturating_add(SETTLE);
    // A token that has already expired was not obtained just now, whatever the clock says.
    (valid && (obtained_at..settled).contains(&now.wall))
        .then(|| told(settled))
        .flatten()
}

/// The refresh token to send: the current one, then those that were never sent, then those that were, when nothing else
/// can save the account.
pub(crate) fn pick(record: &Record, urgent: bool, force: bool) -> Option<usize> {
    let usable = |candidate: &Candidate| !candidate.refused;
    let candidates = || record.candidates.iter().enumerate();
    let own = record.token.as_ref()?.refresh_token.as_ref();
    let is_own = |candidate: &Candidate| Some(&candidate.refresh_token) == own;
    // What needs a login asks for the current one again: once a day, and when it is told to.
    let again = record.state == State::NeedsLogin || force;
    let current = candidates().find(|(_, c)| is_own(c) && (usable(c) || again));
    let surplus = candidates().find(|(_, c)| !is_own(c) && usable(c) && !c.used);
    let used = candidates().find(|(_, c)| !is_own(c) && usable(c) && c.used && urgent);
    if again && record.candidates.iter().all(|c| c.refused) {
        return current.map(|(index, _)| index);
    }
    let current = current.filter(|(_, c)| usable(c));
    current.or(surplus).or(used).map(|(index, _)| index)
}

/// Whether a predecessor is left, which is sent only when it is urgent.
pub(crate) fn has_later(record: &Record) -> bool {
    record.candidates.iter().any(|c| !c.refused && c.used)
}

/// The intent of a refresh with this candidate (R6). What is taken over counts as not known (R12).
///
/// # Errors
/// `internal` where the operating system gives no randomness.
pub(crate) fn claim(
    record: &Record,
    candidate: Option<usize>,
    attempt: &str,
    lease: Lease,
    wish: Wish,
    now: &Now,
) -> Result<Record, Error> {
    let mut next = record.clone();
    if record.attempt.is_some() {
        let trouble = next.trouble.get_or_insert_with(|| Trouble::lost(now));
        trouble.unknown_count = trouble.unknown_count.saturating_add(1);
    }
    let candidate = candidate.and_then(|index| record.candidates.get(index));
    next.attempt = Some(Attempt {
        id: attempt.to_owned(),
        base_generation: record.generation,
        candidate: candidate
            .map(|candidate| candidate.refresh_token.fingerprint())
            .unwrap_or_default(),
        lease,
    });
    if wish.rejected == Some(record.generation) {
        next.rejection = Some(super::record::Rejection {
            generation: record.generation,
            at: now.wall,
        });
    }
    next.next(now.wall)
}

/// The same attempt for another candidate.
///
/// # Errors
/// As [`claim`].
pub(crate) fn claim_again(
    record: &Record,
    candidate: &Secret,
    lease: Lease,
    now: &Now,
) -> Result<Record, Error> {
    let mut next = record.clone();
    if let Some(attempt) = &mut next.attempt {
        attempt.candidate = candidate.fingerprint();
        attempt.lease = lease;
    }
    next.next(now.wall)
}

/// Whether this attempt is the record's (R7, R9 to R13).
pub(crate) fn is_mine(record: &Record, attempt: &str) -> bool {
    let own = record.attempt.as_ref();
    own.is_some_and(|own| own.id == attempt)
}

/// Whether a rejected access token is worth a refresh: once in ten minutes (E33).
pub(crate) fn may_reject(record: &Record, now: &Now) -> bool {
    record.rejection.as_ref().is_none_or(|rejection| {
        let passed = now.wall.saturating_sub(rejection.at);
        !(0..time::REJECTIONS).contains(&passed)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::super::testing::owner;
    use super::*;
    use crate::token::Token;

    fn token(refresh_token: &str) -> Token {
        let json = format!(r#"{{"access_token":"a","refresh_token":"{refresh_token}"}}"#);
        Token::from_json(&json).unwrap()
    }

    /// The current token and its predecessor, which was sent when it was refreshed.
    fn record() -> Record {
        let mut record = Record::new("store", owner("a"));
        record.add(Record::of_token(&token("before"), 1));
        record.candidates[0].used = true;
        record.token = Some(token("current"));
        record.add(Record::of_token(&token("current"), 2));
        record
    }

    fn picked(record: &Record, urgent: bool) -> Option<&str> {
        let index = pick(record, urgent, false)?;
        Some(record.candidates[index].refresh_token.expose())
    }

    #[test]
    fn a_predecessor_is_sent_only_when_it_is_urgent_and_nothing_else_is_left() {
        let mut record = record();
        assert_eq!(picked(&record, false), Some("current"));
        assert_eq!(picked(&record, true), Some("current"));
        let own = |one: &&mut Candidate| one.refresh_token.expose() == "current";
        record.candidates.iter_mut().find(own).unwrap().refused = true;
        assert_eq!(picked(&record, false), None);
        assert_eq!(picked(&record, true), Some("before"));
    }
}
