//! An answer is taken over into a record, whoever brought it: the one who asked, one who found it in an attempt file or a
//! copy, or the memory of a process (R2, R9).

use super::super::record::{Candidate, LoginOutcome, Record, State};
use super::time::Now;
use crate::error::Error;
use crate::token::Token;

/// A token that Pinterest issued, as whoever has it knows it.
#[derive(Debug, Clone)]
pub(crate) struct Issued {
    pub token: Token,
    pub grant: String,
    pub login_at: i64,
    /// The generation that it makes.
    pub generation: u64,
    /// The attempt that asked for it.
    pub attempt: Option<String>,
    /// Whether a login gave it, and whoever tells of it has made that login.
    pub login: bool,
}

impl Issued {
    /// What a record that was written as an answer holds.
    pub(crate) fn of(record: &Record, attempt: Option<&str>) -> Option<Self> {
        Some(Self {
            token: record.token.clone()?,
            grant: record.grant.clone(),
            login_at: record.login_at,
            generation: record.generation,
            attempt: attempt.map(str::to_owned),
            login: false,
        })
    }

    fn obtained_at(&self) -> i64 {
        self.token.obtained_at.unwrap_or_default()
    }
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Merged {
    /// The record to commit.
    Changed(Box<Record>),
    /// The record holds it already.
    Known,
    /// It belongs to another login, or to an account that was removed.
    Foreign,
}

/// Takes `issued` over into `record`.
///
/// # Errors
/// `internal` where the operating system gives no randomness.
pub(crate) fn merge(record: &Record, issued: &Issued, now: &Now) -> Result<Merged, Error> {
    let own = |attempt: &str| issued.attempt.as_deref() == Some(attempt);
    let login = record.logins.iter().position(|login| own(&login.attempt));
    if let Some(index) = login {
        return login_stored(record, index, issued, now);
    }
    if issued.login {
        return login_without_entry(record, issued, now);
    }
    if record.grant != issued.grant || record.token.is_none() && record.owner.scopes().is_none() {
        return Ok(Merged::Foreign);
    }
    let current = record.token.as_ref();
    let mine = own_attempt(record, issued);
    if !mine && is_known(record, issued) {
        return Ok(Merged::Known);
    }
    let mut next = record.clone();
    let obtained_at = current.and_then(|token| token.obtained_at);
    let newer = issued.generation > record.generation
        // Two branches of one login, after a restore: the later one is newer, whatever their numbers.
        && (mine || obtained_at.is_none_or(|at| issued.obtained_at() >= at));
    if newer {
        take(&mut next, issued);
        clear_trouble(&mut next);
        next.attempt = None;
    } else {
        next.generation = record.generation.max(issued.generation);
        next.add(Record::of_token(&issued.token, issued.generation));
        if next.state == State::NeedsLogin {
            clear_trouble(&mut next);
        }
        if mine {
            next.attempt = None;
        }
    }
    next.next(now.wall)
        .map(|next| Merged::Changed(Box::new(next)))
}

/// Two refreshes within one second may give one access token with two refresh tokens (observed).
fn is_known(record: &Record, issued: &Issued) -> bool {
    let refresh = issued.token.refresh_token.as_ref();
    let same = record.token.as_ref().is_some_and(|current| {
        current.access_token == issued.token.access_token
            && current.refresh_token.as_ref() == refresh
    });
    same || issued.generation <= record.generation
        && refresh.is_some_and(|refresh| record.knows(refresh))
}

fn own_attempt(record: &Record, issued: &Issued) -> bool {
    let own = record.attempt.as_ref().map(|attempt| attempt.id.as_str());
    own.is_some() && own == issued.attempt.as_deref()
}

/// The issued token becomes the current one; those before it may still be asked for.
fn take(record: &mut Record, issued: &Issued) {
    let kept = issued.token.refresh_token.as_ref();
    for candidate in &mut record.candidates {
        // An answer without a new refresh token keeps the one that was sent: it is no predecessor.
        if kept != Some(&candidate.refresh_token) {
            candidate.used = true;
        } else {
            candidate.generation = issued.generation;
            candidate.doubted_at = None;
            candidate.refused = false;
        }
    }
    record.generation = issued.generation;
    record.token = Some(issued.token.clone());
    record.add(Record::of_token(&issued.token, issued.generation));
}

fn clear_trouble(record: &mut Record) {
    record.trouble = None;
    record.state = State::Ready;
}

/// The token of a login: it replaces all that came before, but not what a later login has brought.
fn login_stored(
    record: &Record,
    index: usize,
    issued: &Issued,
    now: &Now,
) -> Result<Merged, Error> {
    let Some(login) = record.logins.get(index) else {
        return Ok(Merged::Foreign);
    };
    match login.outcome {
        LoginOutcome::Stored => return Ok(Merged::Known),
        LoginOutcome::Removed => return Ok(Merged::Foreign),
        LoginOutcome::InFlight | LoginOutcome::Failed | LoginOutcome::Unknown => {}
    }
    let mut next = record.clone();
    let later = record.token.is_some() && record.login_at > login.login_at;
    if let Some(login) = next.logins.get_mut(index) {
        login.outcome = LoginOutcome::Stored;
    }
    if !later {
        begin(&mut next, issued);
    }
    next.trim_logins();
    next.next(now.wall)
        .map(|next| Merged::Changed(Box::new(next)))
}

/// A login whose entry is gone, as after a restore. Where there is no token, the account was removed meanwhile.
fn login_without_entry(record: &Record, issued: &Issued, now: &Now) -> Result<Merged, Error> {
    if record.grant == issued.grant && is_known(record, issued) {
        return Ok(Merged::Known);
    }
    if record.token.is_none() || record.login_at > issued.login_at {
        return Ok(Merged::Foreign);
    }
    let mut next = record.clone();
    begin(&mut next, issued);
    next.next(now.wall)
        .map(|next| Merged::Changed(Box::new(next)))
}

/// A new lineage: nothing of the old one is asked for again.
pub(crate) fn begin(record: &mut Record, issued: &Issued) {
    record.generation = record.generation.saturating_add(1);
    record.grant.clone_from(&issued.grant);
    record.login_at = issued.login_at;
    record.candidates = Vec::<Candidate>::new();
    record.token = Some(issued.token.clone());
    let generation = record.generation;
    record.add(Record::of_token(&issued.token, generation));
    record.attempt = None;
    record.rejection = None;
    record.previous_user = record.user.take();
    clear_trouble(record);
}
