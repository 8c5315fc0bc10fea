//! When a token is due, and how long to wait after a failure.

use super::super::record::{Lease, Record, Rejection};
use super::super::store::Holder;

/// Tokens are refreshed at most this long before they expire.
const EARLY: i64 = 7 * 86_400;
/// A token whose expiry is not known is due after this time.
const UNKNOWN_LIFE: i64 = 86_400;
/// The last part of a token's life, in which callers wait for a refresh.
const URGENT: i64 = 300;
/// Nothing is sent this soon after a token was obtained.
pub(crate) const SETTLE: i64 = 60;
/// The first wait after a failure.
pub(crate) const FIRST_STEP: i64 = 5;
/// The longest wait after a failure.
const LONGEST_STEP: i64 = 15 * 60;
/// An attempt of an unknown holder is taken over when it is overdue by this time.
pub(crate) const OVERDUE: i64 = 15 * 60;
/// How long a lease outlasts the deadline of its call.
pub(crate) const RESERVE: i64 = 15;
/// How often an account that needs a login asks again.
pub(crate) const ASK_AGAIN: i64 = 86_400;
/// One forced refresh after a rejected access token in this time.
pub(crate) const REJECTIONS: i64 = 600;

/// The time, as a store tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Now {
    /// Unix seconds.
    pub wall: i64,
    /// Seconds since this machine was started, sleep included.
    pub boot: i64,
    /// Which start that was.
    pub boot_id: String,
}

/// When the access token expires; a rejected one of unknown life has expired.
pub(crate) fn expires_at(record: &Record) -> Option<i64> {
    let token = record.token.as_ref()?;
    token.expires_at.or_else(|| {
        let rejected = record.rejection.as_ref();
        let own = rejected.filter(|rejection| rejection.generation == record.generation);
        own.map(|Rejection { at, .. }| *at)
    })
}

/// Whether the access token may be handed out.
pub(crate) fn is_valid(record: &Record, now: &Now) -> bool {
    record.token.is_some() && expires_at(record).is_none_or(|at| now.wall < at)
}

/// When the next refresh is due.
pub(crate) fn due_at(record: &Record) -> i64 {
    let Some(token) = &record.token else { return 0 };
    let obtained_at = token.obtained_at.unwrap_or(record.login_at);
    let before = |expires_at: i64| {
        let life = expires_at.saturating_sub(obtained_at).max(0);
        let window = EARLY.min(life / 4);
        expires_at
            .saturating_sub(window)
            .saturating_add(jitter(&record.owner.name().hash, window / 7))
    };
    let access = expires_at(record).map(before);
    let refresh = token.refresh_token_expires_at.map(before);
    let unknown = obtained_at.saturating_add(UNKNOWN_LIFE);
    // A refresh token that ends sooner counts; one that has ended is asked with the access token.
    let access = access.unwrap_or(unknown);
    refresh.map_or(access, |refresh| refresh.min(access))
}

/// When callers begin to wait for a refresh; `None` where the expiry is not known.
pub(crate) fn urgent_at(record: &Record) -> Option<i64> {
    let expires_at = expires_at(record)?;
    let obtained_at = record
        .token
        .as_ref()?
        .obtained_at
        .unwrap_or(record.login_at);
    let life = expires_at.saturating_sub(obtained_at).max(0);
    Some(expires_at.saturating_sub(URGENT.min(life / 12)))
}

pub(crate) fn is_urgent(record: &Record, now: &Now) -> bool {
    urgent_at(record).is_some_and(|at| now.wall >= at)
}

/// A number below `most` that is always the same for one account, so that not all are due at once.
fn jitter(hash: &str, most: i64) -> i64 {
    let digits = hash.get(..12).unwrap_or_default();
    let number = i64::from_str_radix(digits, 16).unwrap_or_default();
    number.checked_rem(most).unwrap_or_default()
}

/// How long to wait after the `count`th failure in a row: 5 s, doubled each time up to 15 min, 20 % more or less. `salt`
/// decides where within these.
pub(crate) fn cool_down(count: u32, salt: &str) -> i64 {
    let doubled = FIRST_STEP.saturating_mul(1_i64 << count.saturating_sub(1).min(20));
    let step = doubled.min(LONGEST_STEP);
    // The first step stays as it is: others count on it.
    if count <= 1 {
        return step;
    }
    let fifth = step / 5;
    step.saturating_sub(fifth)
        .saturating_add(jitter(salt, fifth.saturating_mul(2).saturating_add(1)))
}

impl Lease {
    /// Seconds since it began; by the machine's own clock where it is the same start of the same machine.
    pub(crate) fn age(&self, now: &Now) -> i64 {
        if self.boot_id == now.boot_id {
            now.boot.saturating_sub(self.started_boot)
        } else {
            now.wall.saturating_sub(self.started_at)
        }
    }

    /// Whether its call must have ended.
    pub(crate) fn is_over(&self, now: &Now) -> bool {
        self.age(now) >= self.lasts
    }

    /// Whether another may go on in its place. That its holder is gone allows it after the first step: then an answer on
    /// its way has come. What is only overdue may be frozen, and wakes: it is waited for as long as the token allows.
    pub(crate) fn may_be_taken(&self, holder: Holder, urgent: bool, now: &Now) -> bool {
        let age = self.age(now);
        let overdue = age.saturating_sub(self.lasts);
        match holder {
            // A clock that was set back says nothing of a holder that is gone.
            Holder::Dead => !(0..FIRST_STEP).contains(&age),
            Holder::Alive | Holder::Unknown => overdue >= OVERDUE || (overdue >= 0 && urgent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::now;
    use super::*;

    #[test]
    fn a_dead_holder_is_taken_over_after_the_first_step_and_a_silent_one_when_it_is_overdue() {
        let lease = Lease::new(&now(0), 30);
        let may = |holder, urgent, seconds| lease.may_be_taken(holder, urgent, &now(seconds));
        // An answer may be on its way to the disk of who has just died.
        assert!(!may(Holder::Dead, true, 0));
        assert!(!may(Holder::Dead, true, FIRST_STEP - 1));
        assert!(may(Holder::Dead, false, FIRST_STEP));
        assert!(may(Holder::Dead, false, -1), "the clock was set back");
        let over = lease.lasts;
        for holder in [Holder::Alive, Holder::Unknown] {
            assert!(!may(holder, true, over - 1));
            assert!(may(holder, true, over));
            assert!(!may(holder, false, over + OVERDUE - 1));
            assert!(may(holder, false, over + OVERDUE));
        }
    }
}
