//! Everything the listeners share, behind one lock that is never held while waiting.

use crate::clock::Clock;
use crate::fault::Script;
use crate::options::Urls;
use crate::pinterest::consent::Logins;
use crate::pinterest::ratelimit::Limiter;
use crate::posts::Posts;
use crate::proxy::Seen;
use crate::recent::Recent;
use crate::record::Record;
use crate::request::Request;
use crate::switches::Switches;
use crate::vault::Vault;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) struct App {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) redirect_uris: Vec<String>,
}

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) urls: Urls,
    pub(crate) switches: Switches,
    pub(crate) initial_switches: Switches,
    pub(crate) clock: Clock,
    pub(crate) script: Script,
    pub(crate) record: Record,
    pub(crate) posts: Posts,
    pub(crate) vault: Vault,
    pub(crate) logins: Logins,
    pub(crate) limiter: Limiter,
    pub(crate) proxy: Recent<Seen>,
}

impl World {
    pub(crate) fn new(
        app: App,
        urls: Urls,
        switches: Switches,
        vault: Vault,
        clock: Clock,
    ) -> Self {
        Self {
            app,
            urls,
            initial_switches: switches.clone(),
            switches,
            clock,
            script: Script::default(),
            record: Record::default(),
            posts: Posts::default(),
            vault,
            logins: Logins::default(),
            limiter: Limiter::default(),
            proxy: Recent::default(),
        }
    }

    /// Notes a request to the API or the consent page; the number under which its answer is noted.
    pub(crate) fn arrived(&mut self, request: &Request, connection: u64, listener: &str) -> u64 {
        self.posts.count(request, &self.vault);
        self.record
            .request(request, self.clock.now(), connection, listener)
    }

    /// Forgets what arrived and what was still to be played.
    pub(crate) fn clear(&mut self) {
        self.record.clear();
        self.posts = Posts::default();
        self.script.clear();
        self.proxy = Recent::default();
    }

    /// Everything as it was at the start; the app stays the same.
    pub(crate) fn reset(&mut self) -> io::Result<()> {
        self.clock.reset()?;
        self.clear();
        self.switches = self.initial_switches.clone();
        self.vault.clear();
        self.logins = Logins::default();
        self.limiter = Limiter::default();
        Ok(())
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
