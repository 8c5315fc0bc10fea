//! Everything the listeners share, behind one lock that is never held while waiting.

use crate::clock::Clock;
use crate::fault::Script;
use crate::pinterest::ratelimit::Limiter;
use crate::proxy::Seen;
use crate::record::Record;
use crate::switches::Switches;
use crate::vault::Vault;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) struct App {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) redirect_uris: Vec<String>,
}

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) switches: Switches,
    pub(crate) initial_switches: Switches,
    pub(crate) clock: Clock,
    pub(crate) script: Script,
    pub(crate) record: Record,
    pub(crate) vault: Vault,
    pub(crate) limiter: Limiter,
    pub(crate) proxy: Vec<Seen>,
}

impl World {
    pub(crate) fn new(app: App, switches: Switches, vault: Vault) -> Self {
        Self {
            app,
            initial_switches: switches.clone(),
            switches,
            clock: Clock::default(),
            script: Script::default(),
            record: Record::default(),
            vault,
            limiter: Limiter::default(),
            proxy: Vec::new(),
        }
    }

    /// Forgets what arrived and what was still to be played.
    pub(crate) fn clear(&mut self) {
        self.record.clear();
        self.script.clear();
        self.proxy.clear();
    }

    /// Everything as it was at the start; the app stays the same.
    pub(crate) fn reset(&mut self) {
        self.clear();
        self.switches = self.initial_switches.clone();
        self.clock = Clock::default();
        self.vault.clear();
        self.limiter = Limiter::default();
    }
}

pub(crate) struct Shared(Mutex<World>);

impl Shared {
    pub(crate) fn new(world: World) -> Self {
        Self(Mutex::new(world))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
