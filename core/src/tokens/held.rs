//! The hold of an app: what one account has learnt, and all others need not ask (R3).

use super::engine::Engine;
use super::plan::hold::{AppRecord, Held};
use super::plan::time::Now;
use super::record::{Owner, Whose};
use super::store::Name;
use crate::error::Error;

impl Engine {
    /// Whether calls of this app may be made.
    pub(crate) fn held(&self, owner: &Owner, now: &Now) -> (Option<AppRecord>, Held) {
        // A hold only spares calls: where it cannot be read, they are made.
        let text = self.store.load(&app(owner)).ok().flatten();
        let Some(record) = text.and_then(|text| AppRecord::from_text(&text)) else {
            return (None, Held::Free);
        };
        let held = record.held(&self.client.checked().secret_fingerprint(), now);
        (Some(record), held)
    }

    /// Whether this caller is the one who asks whether the hold is over.
    pub(crate) fn claim_probe(&self, owner: &Owner, record: Option<AppRecord>, now: &Now) -> bool {
        let Some(record) = record else { return true };
        let expected = record.write_id.clone();
        let timeout = i64::try_from(self.client.checked().timeout.as_secs()).unwrap_or(i64::MAX);
        let Ok(next) = record.probing(timeout, now) else {
            return true;
        };
        let claimed = self
            .store
            .commit(&app(owner), Some(&expected), &next.to_text());
        claimed.unwrap_or(true)
    }

    /// Stores a failure that concerns all accounts of the app.
    pub(crate) fn hold(&self, owner: &Owner, error: &Error) {
        let secret = self.client.checked().secret_fingerprint();
        let now = self.clock.now();
        self.change(owner, |record| {
            let known = record.unwrap_or_else(|| AppRecord::new(owner));
            known.after(error, &secret, &now).ok().flatten()
        });
    }

    /// A call worked: nobody is held back any more.
    pub(crate) fn freed(&self, owner: &Owner) {
        self.change(owner, |record| record?.freed().ok().flatten());
    }

    fn change(&self, owner: &Owner, change: impl Fn(Option<AppRecord>) -> Option<AppRecord>) {
        let name = app(owner);
        // Who loses a race here loses it to somebody who knows as much.
        let Ok(text) = self.store.load(&name) else {
            return;
        };
        let record = text.and_then(|text| AppRecord::from_text(&text));
        let expected = record.as_ref().map(|record| record.write_id.clone());
        if let Some(next) = change(record) {
            let _ = self
                .store
                .commit(&name, expected.as_deref(), &next.to_text());
        }
    }
}

/// The name of the record of the app.
fn app(owner: &Owner) -> Name {
    owner.with(Whose::All).name().clone()
}
