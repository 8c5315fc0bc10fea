//! Tokens that no disk took. The process keeps them, with their attempts and leases, and asks the store again until it
//! takes them.

use std::sync::Arc;
use std::sync::Weak;
use std::time::Duration;

use super::engine::{Engine, Unsaved};
use super::running::Running;
use super::store::Name;
use crate::process::lock;
use crate::shield::spawn;
use crate::token::Token;

/// How often the store is asked.
const AGAIN: Duration = Duration::from_secs(5);

impl Engine {
    /// Keeps a token and tries again to store it.
    pub(crate) fn keep_trying(self: &Arc<Self>, unsaved: Unsaved) {
        let first = {
            let mut all = lock(&self.unsaved);
            all.push(unsaved);
            all.len() == 1
        };
        #[cfg(test)]
        let first = first && !super::explore::hook::is_on();
        if first {
            let engine = Arc::downgrade(self);
            // At its normal end a process waits for this, too.
            let running = Running::begin();
            // Without a thread the next call stores it.
            let _ = spawn("pinterest-unsaved", move || {
                try_again(&engine);
                drop(running);
            });
        }
    }

    /// Tries once to store what is in memory alone; says whether nothing is left.
    pub(crate) fn store_unsaved(&self) -> bool {
        let pending = std::mem::take(&mut *lock(&self.unsaved));
        let mut left = Vec::new();
        for mut unsaved in pending {
            match self.settle(&unsaved.name, &unsaved.issued) {
                Ok(_) => {
                    if let Some(room) = &mut unsaved.room {
                        room.discard();
                    }
                }
                Err(_) => left.push(unsaved),
            }
        }
        let mut all = lock(&self.unsaved);
        all.append(&mut left);
        all.is_empty()
    }

    /// The token of this account that is in memory alone.
    pub(crate) fn unsaved(&self, name: &Name) -> Option<Token> {
        let all = lock(&self.unsaved);
        let own = all.iter().find(|unsaved| unsaved.name == *name)?;
        Some(own.issued.token.clone())
    }
}

fn try_again(engine: &Weak<Engine>) {
    loop {
        std::thread::sleep(AGAIN);
        match engine.upgrade() {
            Some(engine) if !engine.store_unsaved() => {}
            _ => return,
        }
    }
}
