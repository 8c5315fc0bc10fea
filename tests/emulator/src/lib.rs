//! Pinterest's OAuth server on this machine, for tests and demonstrations. Unofficial.
//!
//! It does two things. It behaves as Pinterest's OAuth endpoints do: consent page, codes, tokens, rotation, scopes,
//! errors, rate limits; everything that is uncertain about Pinterest is a switch ([`Switches`]). And it plays
//! scripted faults ([`Fault`]): wrong answers, slow answers, no answers. It notes every request ([`Recorded`]).
//!
//! ```
//! use pinterest_oauth_emulator::{Emulator, Fault, Options};
//!
//! let emulator = Emulator::start(Options::default())?;
//! emulator.script(vec![Fault { status: Some(503), ..Fault::default() }]);
//! println!("send requests to {}", emulator.urls().base_url);
//! assert!(emulator.requests().is_empty());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! It listens on loopback only, on a thread of its own that ends when the [`Emulator`] is dropped.
//! Other languages use the control port, and people open it in a browser; README.md has all of it.
//!
//! This crate does not know the client that it tests, and shares no code with it.

#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod clock;
pub mod command;
mod control;
mod delivery;
mod environment;
mod fault;
mod folder;
mod form;
mod guard;
mod html;
mod mint;
mod named;
mod options;
mod people;
mod pinterest;
mod posts;
mod proxy;
mod recent;
mod record;
mod redact;
mod request;
mod response;
mod server;
mod shelf;
mod start;
mod switches;
mod tls;
mod vault;
mod wire;
mod words;
mod world;

pub use fault::{Action, Bytes, Fault, Fill, Stage};
pub use mint::fingerprint;
pub use named::named_faults;
pub use options::{Authorized, Consent, Options, REDIRECT_URIS, Urls};
pub use posts::{AccountPosts, Posts};
pub use proxy::Seen;
pub use record::{Counts, Recorded, Served};
pub use switches::{SWITCHES, Switches};
pub use words::{Denial, Envelope, RateLimit, Rotation, ScopeOnRefresh, UnknownScope};

use pinterest::consent::{Ask, click};
use serde_json::Value;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;
use world::Shared;

/// A running emulator. Dropping it ends it.
pub struct Emulator {
    shared: Arc<Shared>,
    urls: Urls,
    app_id: String,
    app_secret: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    /// Removed after everything else.
    _folder: folder::Folder,
}

impl Emulator {
    /// Starts; when this returns, every address in [`Emulator::urls`] is listened on.
    ///
    /// # Errors
    /// If a port is taken, the CA's file cannot be written, or the system gives no randomness.
    pub fn start(options: Options) -> io::Result<Self> {
        start::start(options)
    }

    /// Where everything is.
    #[must_use]
    pub fn urls(&self) -> &Urls {
        &self.urls
    }

    /// The id of the one app that exists.
    #[must_use]
    pub fn app_id(&self) -> &str {
        &self.app_id
    }

    /// The secret of that app.
    #[must_use]
    pub fn app_secret(&self) -> &str {
        &self.app_secret
    }

    /// Replaces the queue of faults.
    pub fn script(&self, faults: Vec<Fault>) {
        self.shared.lock().script.set(faults);
    }

    /// How many scripted answers have not been played yet.
    #[must_use]
    pub fn script_left(&self) -> usize {
        self.shared.lock().script.left()
    }

    /// Every complete request since the start or the last [`Emulator::clear`]: the newest 10,000, and of these as
    /// many as fit into 32 MiB.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.lock().record.requests().cloned().collect()
    }

    /// Every request from now on, as soon as it is served. It ends with the emulator; a reader who is a thousand
    /// requests behind misses the next ones.
    #[must_use]
    pub fn served(&self) -> Receiver<Served> {
        let (follower, served) = sync_channel(1000);
        self.shared.lock().record.follow(follower);
        served
    }

    /// How many token requests came for each account and each refresh token since the start or the last
    /// [`Emulator::clear`].
    #[must_use]
    pub fn posts(&self) -> Posts {
        self.shared.lock().posts.clone()
    }

    /// How much arrived since the start or the last [`Emulator::clear`].
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.shared.lock().record.counts()
    }

    /// What the proxy saw since the start or the last [`Emulator::clear`].
    #[must_use]
    pub fn proxy_seen(&self) -> Vec<Seen> {
        self.shared.lock().proxy.iter().cloned().collect()
    }

    /// Forgets the record and the faults that were not played.
    pub fn clear(&self) {
        self.shared.lock().clear();
    }

    /// Everything as at the start, switches and clock included; tokens and codes are forgotten.
    ///
    /// # Errors
    /// If [`Urls::clock_file`] cannot be written; nothing is changed then.
    pub fn reset(&self) -> io::Result<()> {
        self.shared.lock().reset()
    }

    /// Moves the emulator's clock forward, and those that read [`Urls::clock_file`].
    ///
    /// # Errors
    /// If that file cannot be written; the clock stays as it is then.
    pub fn advance(&self, by: Duration) -> io::Result<()> {
        self.shared.lock().clock.advance(by)
    }

    /// The emulator's time, in seconds since 1970.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.shared.lock().clock.now()
    }

    /// The switches as they are.
    #[must_use]
    pub fn switches(&self) -> Switches {
        self.shared.lock().switches.clone()
    }

    /// Sets the switches that `patch`, a JSON object, names.
    ///
    /// # Errors
    /// `InvalidInput`, naming the switch that does not exist or the value that does not fit; nothing is changed then.
    pub fn set_switches(&self, patch: &Value) -> io::Result<()> {
        let mut world = self.shared.lock();
        world.switches = world
            .switches
            .patched(patch)
            .map_err(|problem| io::Error::new(io::ErrorKind::InvalidInput, problem))?;
        Ok(())
    }

    /// A code, as if a person had clicked "Give access", or a refusal.
    ///
    /// # Errors
    /// `InvalidInput` if the redirect address is not registered, a scope is rejected, or no account has such a name.
    pub fn authorize(&self, consent: &Consent) -> io::Result<Authorized> {
        let ask = Ask {
            redirect_uri: consent.redirect_uri.clone(),
            scope: consent.scope.clone(),
            state: consent.state.clone(),
        };
        let mut world = self.shared.lock();
        let decision = click(&mut world, &ask, consent.user.as_deref(), !consent.deny)
            .map_err(|problem| io::Error::new(io::ErrorKind::InvalidInput, problem))?;
        Ok(Authorized {
            code: decision.code.unwrap_or_default(),
            redirect: decision.redirect.unwrap_or_default(),
        })
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // If nobody listens any more, the thread has ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Shows the addresses; the secret as a fingerprint only.
impl fmt::Debug for Emulator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Emulator")
            .field("urls", &self.urls)
            .field("app_id", &self.app_id)
            .field("app_secret", &mint::fingerprint(&self.app_secret))
            .finish_non_exhaustive()
    }
}
