//! What concerns all accounts of an app: a wrong secret, and a rate limit. One caller asks again when a hold has run
//! out, and the others wait for its answer (R3).

use serde::{Deserialize, Serialize};

use super::super::record::{FORMAT, Owner, Trouble, Whose};
use super::super::sum::{self, Head, Sealed};
use super::time::{Now, RESERVE};
use crate::error::{Error, Kind};

/// Nobody sends for this app before the hold is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hold {
    pub trouble: Trouble,
    /// The fingerprint of the app secret that was refused: with another one the hold does not count.
    pub secret: Option<String>,
    /// When the one who asks again must have ended.
    pub probe_until: Option<i64>,
}

/// The record of an app.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AppRecord {
    format: u32,
    readable_by: u32,
    writable_by: u32,
    app_id: String,
    environment: String,
    pub write_id: String,
    pub hold: Option<Hold>,
}

/// Whether calls may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    Free,
    Until(i64),
    /// Over: whoever claims the probe asks.
    Probe,
}

/// The owner of what is nobody's.
pub(super) fn nobody() -> Owner {
    Owner::new(String::new(), String::new(), Whose::All)
}

impl AppRecord {
    pub(crate) fn new(owner: &Owner) -> Self {
        Self {
            format: FORMAT,
            readable_by: FORMAT,
            writable_by: FORMAT,
            app_id: owner.app_id.clone(),
            environment: owner.environment.clone(),
            write_id: String::new(),
            hold: None,
        }
    }

    pub(crate) fn from_text(text: &Sealed) -> Option<Self> {
        let record: Self = serde_json::from_str(text.text()).ok()?;
        (record.readable_by <= FORMAT).then_some(record)
    }

    pub(crate) fn to_text(&self) -> Sealed {
        let head = Head {
            write_id: self.write_id.clone(),
            readable_by: self.readable_by,
            writable_by: self.writable_by,
        };
        Sealed::of(self, head)
    }

    /// Whether an app with this secret may make calls.
    pub(crate) fn held(&self, secret: &str, now: &Now) -> Held {
        let Some(hold) = &self.hold else {
            return Held::Free;
        };
        if hold.secret.as_deref().is_some_and(|held| held != secret) {
            return Held::Free;
        }
        // A clock that was set back does not lengthen a hold.
        if now.wall < hold.trouble.retry_at && now.wall >= hold.trouble.at {
            return Held::Until(hold.trouble.retry_at);
        }
        match hold.probe_until {
            Some(until) if now.wall < until => Held::Until(until),
            _ => Held::Probe,
        }
    }

    /// The record with the probe claimed for a call of at most `timeout` seconds.
    ///
    /// # Errors
    /// `internal` where the operating system gives no randomness.
    pub(crate) fn probing(mut self, timeout: i64, now: &Now) -> Result<Self, Error> {
        if let Some(hold) = &mut self.hold {
            hold.probe_until = Some(now.wall.saturating_add(timeout).saturating_add(RESERVE));
        }
        self.write_id = sum::random_id()?;
        Ok(self)
    }

    /// The record after `error`, where that concerns all accounts: `None` where it does not.
    ///
    /// # Errors
    /// As [`AppRecord::probing`].
    pub(crate) fn after(
        mut self,
        error: &Error,
        secret: &str,
        now: &Now,
    ) -> Result<Option<Self>, Error> {
        let wrong_secret = error.kind() == Kind::InvalidClient;
        if !wrong_secret && error.kind() != Kind::RateLimited {
            return Ok(None);
        }
        let before = self.hold.as_ref().map(|hold| &hold.trouble);
        self.hold = Some(Hold {
            trouble: Trouble::held(before, error, now),
            secret: wrong_secret.then(|| secret.to_owned()),
            probe_until: None,
        });
        self.write_id = sum::random_id()?;
        Ok(Some(self))
    }

    /// The record without a hold, where it had one.
    ///
    /// # Errors
    /// As [`AppRecord::probing`].
    pub(crate) fn freed(mut self) -> Result<Option<Self>, Error> {
        if self.hold.take().is_none() {
            return Ok(None);
        }
        self.write_id = sum::random_id()?;
        Ok(Some(self))
    }
}
