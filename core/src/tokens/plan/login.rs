//! The rules of a login: an attempt of its own, claimed by the state of its redirect. Its code is sent at most once,
//! ever, and nobody takes a login over.

use super::super::record::{Lease, Login, LoginOutcome, Record, State};
use super::super::store::Holder;
use super::time::{FIRST_STEP, Now};
use crate::error::{Error, Kind, Outcome};

/// What comes of a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Redirect {
    /// It was not used: claim it.
    New,
    /// Its token is stored.
    Stored,
    /// Somebody is at it.
    Wait,
    /// It was used, and this is what became of it.
    Used(LoginOutcome),
}

/// What comes of the redirect with this state.
pub(crate) fn redirect(record: &Record, state: &str, holder: Holder, now: &Now) -> Redirect {
    let Some(login) = record.login(state) else {
        return Redirect::New;
    };
    match login.outcome {
        LoginOutcome::Stored if record.token.is_some() => Redirect::Stored,
        LoginOutcome::InFlight => {
            let gone = holder == Holder::Dead && login.lease.age(now) >= FIRST_STEP;
            if gone || login.lease.is_over(now) {
                Redirect::Used(LoginOutcome::Unknown)
            } else {
                Redirect::Wait
            }
        }
        outcome => Redirect::Used(outcome),
    }
}

/// The claim of a login. Nothing else in the record changes.
///
/// # Errors
/// `internal` where the operating system gives no randomness.
pub(crate) fn claim(
    record: &Record,
    state: &str,
    attempt: &str,
    grant: &str,
    lease: Lease,
    now: &Now,
) -> Result<Record, Error> {
    let mut next = record.clone();
    let logins = next.logins.iter().map(|login| login.login_at);
    let latest = logins.max().unwrap_or_default().max(next.login_at);
    next.logins.push(Login {
        state: state.to_owned(),
        attempt: attempt.to_owned(),
        grant: grant.to_owned(),
        login_at: now.wall.max(latest.saturating_add(1)),
        lease,
        outcome: LoginOutcome::InFlight,
    });
    next.trim_logins();
    next.next(now.wall)
}

/// The claim after a failure: what was certainly not sent may be used again. `None` where it is not there any more.
///
/// # Errors
/// As [`claim`].
pub(crate) fn failed(
    record: &Record,
    attempt: &str,
    outcome: Outcome,
    now: &Now,
) -> Result<Option<Record>, Error> {
    let mut next = record.clone();
    let Some(index) = next
        .logins
        .iter()
        .position(|login| login.attempt == attempt)
    else {
        return Ok(None);
    };
    if outcome == Outcome::NotSent {
        next.logins.remove(index);
    } else if let Some(login) = next.logins.get_mut(index) {
        login.outcome = match outcome {
            Outcome::Rejected => LoginOutcome::Failed,
            Outcome::NotSent | Outcome::Unknown => LoginOutcome::Unknown,
        };
    }
    next.trim_logins();
    next.next(now.wall).map(Some)
}

/// The record without its token. Logins under way count as removed: their token is dropped when it comes.
///
/// # Errors
/// As [`claim`].
pub(crate) fn removed(record: &Record, now: &Now) -> Result<Record, Error> {
    let mut next = Record::new(&record.store, record.owner.clone());
    next.revision = record.revision;
    next.write_id.clone_from(&record.write_id);
    next.login_at = record.login_at;
    next.logins.clone_from(&record.logins);
    for login in &mut next.logins {
        if login.outcome == LoginOutcome::InFlight {
            login.outcome = LoginOutcome::Removed;
        }
    }
    next.state = State::Pending;
    next.next(now.wall)
}

/// What a redirect that was used before is told.
pub(crate) fn used(outcome: LoginOutcome) -> Error {
    let (kind, said, outcome) = match outcome {
        LoginOutcome::Failed => (
            Kind::InvalidGrant,
            "this redirect was used, and Pinterest refused its code; let the user log in again",
            Outcome::Rejected,
        ),
        LoginOutcome::Removed => (
            Kind::UnknownAccount,
            "the account was removed while this login was under way; its token was dropped",
            Outcome::Rejected,
        ),
        _ => (
            Kind::InvalidGrant,
            "this redirect was used, and it is not known whether that login succeeded; let the user log in again",
            Outcome::Unknown,
        ),
    };
    Error::new(kind, outcome, said)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::super::testing::{now, owner};
    use super::*;

    #[test]
    fn the_code_of_a_login_whose_holder_has_gone_is_never_sent_again() {
        let lease = Lease::new(&now(0), 30);
        let over = lease.lasts;
        let empty = Record::new("store", owner("a"));
        let claimed = claim(&empty, "state", "attempt", "grant", lease, &now(0)).unwrap();
        let comes = |holder, seconds| redirect(&claimed, "state", holder, &now(seconds));
        let unknown = Redirect::Used(LoginOutcome::Unknown);
        assert_eq!(
            redirect(&claimed, "other", Holder::Dead, &now(0)),
            Redirect::New
        );
        // Its answer may be on its way to the disk.
        assert_eq!(comes(Holder::Dead, FIRST_STEP - 1), Redirect::Wait);
        assert_eq!(comes(Holder::Dead, FIRST_STEP), unknown);
        for holder in [Holder::Alive, Holder::Unknown] {
            assert_eq!(comes(holder, over - 1), Redirect::Wait);
            assert_eq!(comes(holder, over), unknown);
        }
    }
}
