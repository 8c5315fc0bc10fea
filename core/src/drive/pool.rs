//! Lanes: runtimes that callers borrow, so that calls overlap without a thread of ours between them.
//!
//! A lane is a current-thread runtime with its own connections. A caller takes the lane used last,
//! drives its own call on it, and gives it back: one caller pays for no hand-over, and as many lanes
//! come into being as callers overlap. The lock is held to take or give back, never across a call.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustls::ClientConfig;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::UnboundedSender;

use crate::error::Error;
use crate::net::transport::{IDLE, Settings};
use crate::process::{PerProcess, lock};

/// How many different settings keep their lanes.
const MAX_KEPT: usize = 32;

static POOLS: PerProcess<Mutex<Vec<Arc<Pool>>>> = PerProcess::new();

/// A call that waits for an HTTP client to run on, or for the reason why there is none.
pub(crate) type Job = Box<
    dyn FnOnce(Result<reqwest::Client, Error>) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send,
>;

/// Idle lanes kept; more are made while more callers overlap.
const MAX_IDLE: usize = 64;

/// How far away the next timer of a lane is at most.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// The lanes of one set-up in one process.
pub(crate) struct Pool {
    settings: Arc<Settings>,
    tls: Option<ClientConfig>,
    idle: Mutex<Vec<Lane>>,
    /// Where to hand calls that block no thread, while such calls run.
    pub(crate) driver: Mutex<Option<UnboundedSender<Job>>>,
}

/// A runtime and the connections that live on it.
pub(crate) struct Lane {
    runtime: Runtime,
    pub http: reqwest::Client,
    used: Option<Instant>,
}

impl Pool {
    fn new(settings: Arc<Settings>) -> Result<Self, Error> {
        let tls = settings.tls()?;
        Ok(Self {
            settings,
            tls,
            idle: Mutex::default(),
            driver: Mutex::default(),
        })
    }

    /// The pool of this process for `settings`, made when there is none yet.
    pub(crate) fn of(settings: &Arc<Settings>) -> Result<Arc<Self>, Error> {
        let pools = POOLS.get();
        let same = |pool: &&Arc<Self>| pool.is_for(settings);
        if let Some(pool) = lock(pools).iter().rev().find(same) {
            return Ok(Arc::clone(pool));
        }
        let pool = Arc::new(Self::new(Arc::clone(settings))?);
        let mut pools = lock(pools);
        let oldest = (pools.len() >= MAX_KEPT).then(|| pools.remove(0));
        pools.push(Arc::clone(&pool));
        drop(pools);
        drop(oldest);
        Ok(pool)
    }

    fn is_for(&self, settings: &Arc<Settings>) -> bool {
        Arc::ptr_eq(&self.settings, settings) || *self.settings == **settings
    }

    /// The lane used last, or a new one.
    pub(crate) fn take(&self) -> Result<Lane, Error> {
        if let Some(lane) = lock(&self.idle).pop() {
            return Ok(lane);
        }
        let runtime = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()
            .map_err(|error| {
                Error::internal(format!("no runtime could be made ({})", error.kind()))
            })?;
        // tokio wakes its own driver for every timer that is due before all others; one that is
        // always due soon spares each call two system calls for its deadline.
        runtime.spawn(async {
            loop {
                tokio::time::sleep(HEARTBEAT).await;
            }
        });
        Ok(Lane {
            runtime,
            http: self.settings.client(self.tls.as_ref())?,
            used: None,
        })
    }

    /// Gives a lane back; lanes that nobody took for long are closed.
    pub(crate) fn give_back(&self, mut lane: Lane) {
        let now = Instant::now();
        lane.used = Some(now);
        let mut idle = lock(&self.idle);
        idle.push(lane);
        let is_old = |lane: &Lane| {
            lane.used
                .is_some_and(|used| now.duration_since(used) > IDLE)
        };
        let surplus = idle.len() > MAX_IDLE || idle.first().is_some_and(is_old);
        let closed = surplus.then(|| idle.remove(0));
        drop(idle);
        drop(closed);
    }
}

impl Lane {
    /// Drives `call` to its end on this thread.
    pub(crate) fn drive<F: Future>(&self, call: F) -> F::Output {
        let was_used = self.used.is_some();
        self.runtime.block_on(async {
            if was_used {
                // Twice: the first turn hears what the server did meanwhile, the second lets the
                // connection act on it. A connection closed by the server is then known to be dead.
                tokio::task::yield_now().await;
                tokio::task::yield_now().await;
            }
            call.await
        })
    }
}
