//! What a refresh leaves behind that gave no token (R10 to R13).

use super::super::record::{Record, State, Trouble};
use super::time::{ASK_AGAIN, FIRST_STEP, Now, cool_down, is_urgent, is_valid};
use super::{has_later, pick};
use crate::error::{Error, Kind, Outcome};
use crate::secret::Secret;

/// What comes next.
#[derive(Debug)]
pub(crate) enum After {
    /// Commit the record; the failure is told.
    Told(Box<Record>),
    /// Commit the record, then exchange the candidate of this index within the same attempt.
    Another(Box<Record>, usize),
    /// The last refresh token was refused: look everywhere once more before that is written.
    Look,
}

/// The refresh of `sent` failed with `error`. `looked` says that nothing was found since.
///
/// # Errors
/// `internal` where the operating system gives no randomness.
pub(crate) fn failed(
    record: &Record,
    sent: Option<&Secret>,
    error: &Error,
    looked: bool,
    now: &Now,
) -> Result<After, Error> {
    let mut next = record.clone();
    next.attempt = None;
    let refused = (error.kind() == Kind::InvalidGrant)
        .then_some(sent)
        .flatten()
        .and_then(|sent| {
            record
                .candidates
                .iter()
                .position(|c| c.refresh_token == *sent)
        });
    let Some(index) = refused else {
        let mut trouble = Trouble::after(record, error, now);
        if error.kind() == Kind::InvalidClient {
            // The hold of the app keeps callers with this secret back; another secret may be right.
            trouble.retry_at = now.wall;
        }
        next.trouble = Some(trouble);
        return told(next, now);
    };
    let Some(candidate) = next.candidates.get_mut(index) else {
        return told(next, now);
    };
    let believed = candidate
        .doubted_at
        .is_some_and(|at| !(0..FIRST_STEP).contains(&now.wall.saturating_sub(at)));
    let mut trouble = Trouble::after(record, error, now);
    if !believed {
        // One refusal may be false (observed); the same token is asked for again.
        candidate.doubted_at = candidate.doubted_at.or(Some(now.wall));
        trouble.count = 1;
        trouble.retry_at = now.wall.saturating_add(FIRST_STEP);
        next.trouble = Some(trouble);
        return told(next, now);
    }
    candidate.refused = true;
    let urgent = !is_valid(record, now) || is_urgent(record, now);
    // A token that was refused twice is asked for once a day: that question ends here.
    next.state = State::Ready;
    if let Some(another) = pick(&next, urgent, false) {
        next.attempt.clone_from(&record.attempt);
        next.trouble = Some(trouble);
        return next
            .next(now.wall)
            .map(|next| After::Another(Box::new(next), another));
    }
    if !has_later(&next) {
        if !looked {
            return Ok(After::Look);
        }
        next.state = State::NeedsLogin;
        trouble.retry_at = now.wall.saturating_add(ASK_AGAIN);
    }
    next.trouble = Some(trouble);
    told(next, now)
}

fn told(next: Record, now: &Now) -> Result<After, Error> {
    next.next(now.wall).map(|next| After::Told(Box::new(next)))
}

impl Trouble {
    /// The trouble that `error` adds to that of `record`.
    pub(crate) fn after(record: &Record, error: &Error, now: &Now) -> Self {
        let before = record.trouble.as_ref();
        let count = before.map_or(0, |trouble| trouble.count).saturating_add(1);
        let unknown = before.map_or(0, |trouble| trouble.unknown_count);
        let wait = cool_down(count, &record.write_id)
            .max(i64::try_from(error.retry_after().unwrap_or_default()).unwrap_or(i64::MAX));
        Self {
            kind: error.kind().name().to_owned(),
            outcome: error.outcome().name().to_owned(),
            message: error.message().to_owned(),
            code: error.code(),
            http_status: error.http_status(),
            request_id: error.request_id().map(str::to_owned),
            at: now.wall,
            count,
            retry_at: now.wall.saturating_add(wait),
            unknown_count: if error.outcome() == Outcome::Unknown {
                unknown.saturating_add(1)
            } else {
                unknown
            },
        }
    }

    /// Of an attempt whose holder is gone: nobody knows what became of it.
    pub(super) fn lost(now: &Now) -> Self {
        Self {
            kind: Kind::Connect.name().to_owned(),
            outcome: Outcome::Unknown.name().to_owned(),
            message: String::from("the process that refreshed ended before the answer came"),
            code: None,
            http_status: None,
            request_id: None,
            at: now.wall,
            count: 0,
            retry_at: now.wall,
            unknown_count: 0,
        }
    }

    /// The trouble that a hold keeps for all accounts of an app.
    pub(super) fn held(before: Option<&Trouble>, error: &Error, now: &Now) -> Self {
        let mut record = Record::new("", super::hold::nobody());
        record.trouble = before.cloned();
        Self::after(&record, error, now)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
    use super::super::super::testing::{now, owner};
    use super::*;
    use crate::error::Outcome;
    use crate::token::Token;

    /// What a 283 leaves, where nothing else was found.
    fn refused(record: &Record, seconds: i64) -> Record {
        let error = Error::new(Kind::InvalidGrant, Outcome::Rejected, "283");
        match failed(
            record,
            Some(&"pinr.one".into()),
            &error,
            true,
            &now(seconds),
        )
        .unwrap()
        {
            After::Told(next) => *next,
            After::Look | After::Another(..) => panic!("there is one token alone"),
        }
    }

    #[test]
    fn a_refresh_token_that_was_refused_twice_is_kept() {
        let json = r#"{"access_token":"pina.one","refresh_token":"pinr.one"}"#;
        let token = Token::from_json(json).unwrap();
        let mut record = Record::new("store", owner("a"));
        record.add(Record::of_token(&token, 1));
        record.token = Some(token);
        let first = refused(&record, 0);
        assert!(!first.candidates[0].refused);
        let second = refused(&first, FIRST_STEP);
        assert_eq!(second.candidates.len(), 1);
        assert!(second.candidates[0].refused);
        assert_eq!(second.state, State::NeedsLogin);
        assert!(second.token.is_some());
    }
}
