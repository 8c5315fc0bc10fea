//! A failure told again to those who come later, without asking Pinterest.

use super::super::record::{Record, Trouble};
use super::time::Now;
use crate::error::{Details, Error, Kind, Outcome};

pub(crate) const DOUBT: &str =
    "Pinterest refused the refresh token once; it is asked for again before that is believed";

/// The failure of `trouble`, worth trying again at `retry_at`.
pub(crate) fn told(trouble: &Trouble, retry_at: i64, now: &Now) -> Error {
    let named = |kind: &&Kind| kind.name() == trouble.kind;
    let kind = Kind::ALL.iter().find(named).copied();
    let outcomes = [Outcome::NotSent, Outcome::Rejected, Outcome::Unknown];
    let outcome = outcomes
        .into_iter()
        .find(|outcome| outcome.name() == trouble.outcome);
    match kind {
        // Nobody lets a user log in again because of one refusal.
        Some(Kind::InvalidGrant) | None => busy(DOUBT, Some(trouble), retry_at, now),
        Some(kind) => Error::with(
            kind,
            outcome.unwrap_or(Outcome::Unknown),
            format!("{} (remembered; nothing was sent now)", trouble.message),
            details(Some(trouble), Some(retry_at), now),
        ),
    }
}

/// `store_busy`: another process refreshes, or a doubtful answer waits for its second asking.
pub(crate) fn busy(message: &str, trouble: Option<&Trouble>, retry_at: i64, now: &Now) -> Error {
    Error::with(
        Kind::StoreBusy,
        Outcome::NotSent,
        message,
        details(trouble, Some(retry_at), now),
    )
}

/// `reauthorization_required`, with when and why.
pub(crate) fn log_in(record: &Record, now: &Now) -> Error {
    let message = if record.candidates.is_empty() {
        String::from("the access token has expired, and the account has no refresh token")
    } else {
        match &record.trouble {
            Some(trouble) => format!(
                "Pinterest has refused every refresh token of the account, the last one {} ago",
                ago(now.wall.saturating_sub(trouble.at))
            ),
            None => String::from("Pinterest has refused every refresh token of the account"),
        }
    };
    Error::with(
        Kind::ReauthorizationRequired,
        Outcome::Rejected,
        message,
        details(record.trouble.as_ref(), None, now),
    )
}

/// `unknown_account`.
pub(crate) fn unknown(message: impl Into<String>) -> Error {
    Error::new(Kind::UnknownAccount, Outcome::NotSent, message)
}

fn details(trouble: Option<&Trouble>, retry_at: Option<i64>, now: &Now) -> Details {
    let wait = retry_at.map(|at| at.saturating_sub(now.wall).max(1));
    Details {
        http_status: trouble.and_then(|trouble| trouble.http_status),
        code: trouble.and_then(|trouble| trouble.code),
        request_id: trouble.and_then(|trouble| trouble.request_id.clone()),
        retry_after: wait.and_then(|wait| u64::try_from(wait).ok()),
        ..Details::default()
    }
}

/// A time in the largest unit that says something.
pub(crate) fn ago(seconds: i64) -> String {
    match seconds {
        ..=119 => format!("{} seconds", seconds.max(0)),
        120..=7_199 => format!("{} minutes", seconds / 60),
        7_200..=172_799 => format!("{} hours", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// The time that is left. The minute that a call may have taken since the token was given does not make thirty days
/// twenty-nine.
pub(crate) fn left(until: i64, now: i64) -> String {
    ago(until.saturating_sub(now).saturating_add(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_after_it_was_given_a_token_of_thirty_days_is_still_one() {
        assert_eq!(left(30 * 86_400, 60), "30 days");
        assert_eq!(left(30 * 86_400, 61), "29 days");
        assert_eq!(ago(30 * 86_400 - 1), "29 days");
    }
}
