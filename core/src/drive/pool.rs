//! Lanes: runtimes that callers borrow, so that calls overlap without a thread of ours between them.
//!
//! A lane is a current-thread runtime with its own connections. A caller takes the lane used last,
//! drives its own call on it, and gives it back: one caller pays for no hand-over, and as many lanes
//! come into being as callers overlap. The lock is held to take or give back, never across a call.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use rustls::ClientConfig;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::UnboundedSender;

use crate::error::Error;
use crate::net::direct::IDLE;
use crate::net::failure;
use crate::net::transport::{Http, Settings};
use crate::process::{PerProcess, lock};
use crate::shield::shield;

/// The pools that some client holds: clients with equal settings share one.
static POOLS: PerProcess<Mutex<Vec<Weak<Pool>>>> = PerProcess::new();

/// Pools that outlive their clients, where these ask for it.
static KEPT: PerProcess<Mutex<Vec<Arc<Pool>>>> = PerProcess::new();

/// How many of those there are.
const MAX_KEPT: usize = 8;

/// A call that waits for an HTTP client to run on, or for the reason why there is none.
pub(crate) type Job = Box<
    dyn FnOnce(Result<reqwest::Client, Error>) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send,
>;

/// Idle lanes kept; more are made while more callers overlap.
const MAX_IDLE: usize = 64;

/// How many file descriptors a runtime opens at most.
const DESCRIPTORS: usize = 8;

/// How far away the next timer of a lane is at most.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// The lanes of one set-up in one process.
pub(crate) struct Pool {
    settings: Arc<Settings>,
    tls: Arc<ClientConfig>,
    idle: Mutex<Vec<Lane>>,
    /// Where to hand calls that block no thread, while such calls run.
    pub(crate) driver: Mutex<Option<UnboundedSender<Job>>>,
}

/// A runtime and the connections that live on it.
pub(crate) struct Lane {
    /// For the caller who has the lane.
    pub http: Http,
    /// For calls side by side.
    shared: Option<reqwest::Client>,
    pub runtime: Runtime,
    used: Instant,
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

    /// The pool of this process for `settings`, made when there is none yet. Its connections are closed with the last
    /// client that holds it.
    pub(crate) fn of(settings: &Arc<Settings>) -> Result<Arc<Self>, Error> {
        let pools = POOLS.get();
        let known = |pools: &[Weak<Self>]| {
            let mut pools = pools.iter().filter_map(Weak::upgrade);
            pools.find(|pool| pool.is_for(settings))
        };
        if let Some(pool) = known(&lock(pools)) {
            return Ok(pool);
        }
        let pool = Arc::new(Self::new(Arc::clone(settings))?);
        let mut pools = lock(pools);
        pools.retain(|pool| pool.strong_count() > 0);
        pools.push(Arc::downgrade(&pool));
        Ok(pool)
    }

    /// Lets the connections outlive the last client.
    pub(crate) fn keep(self: &Arc<Self>) {
        let mut kept = lock(KEPT.get());
        if !kept.iter().any(|pool| Arc::ptr_eq(pool, self)) {
            let oldest = (kept.len() >= MAX_KEPT).then(|| kept.remove(0));
            kept.push(Arc::clone(self));
            drop(kept);
            drop(oldest);
        }
    }

    /// Closes the connections of this process that no call uses.
    pub(crate) fn close_idle() {
        let pools: Vec<_> = lock(POOLS.get()).iter().filter_map(Weak::upgrade).collect();
        for pool in pools {
            let idle = std::mem::take(&mut *lock(&pool.idle));
            close(idle);
        }
    }

    fn is_for(&self, settings: &Arc<Settings>) -> bool {
        Arc::ptr_eq(&self.settings, settings) || *self.settings == **settings
    }

    /// The lane used last, or a new one.
    pub(crate) fn take(&self) -> Result<Lane, Error> {
        if let Some(lane) = lock(&self.idle).pop() {
            return Ok(lane);
        }
        let runtime = runtime()?;
        // tokio wakes its own driver for every timer that is due before all others; one that is
        // always due soon spares each call two system calls for its deadline.
        runtime.spawn(async {
            loop {
                tokio::time::sleep(HEARTBEAT).await;
            }
        });
        Ok(Lane {
            http: self.settings.http(&self.tls)?,
            shared: None,
            runtime,
            used: Instant::now(),
        })
    }

    /// Gives a lane back; lanes that nobody took for long are closed.
    pub(crate) fn give_back(&self, mut lane: Lane) {
        let now = Instant::now();
        lane.used = now;
        let mut idle = lock(&self.idle);
        idle.push(lane);
        // The lanes used last are at the end.
        let fresh = |lane: &Lane| now.duration_since(lane.used) <= IDLE;
        let old = idle.iter().position(fresh).unwrap_or_default();
        let surplus = idle.len().saturating_sub(MAX_IDLE).max(old);
        let closed: Vec<Lane> = idle.drain(..surplus).collect();
        drop(idle);
        close(closed);
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        close(std::mem::take(&mut *lock(&self.idle)));
    }
}

/// A runtime of its own for a lane. Where another crate of the program asks for tokio's signals, tokio panics for want
/// of file descriptors.
fn runtime() -> Result<Runtime, Error> {
    let mut builder = Builder::new_current_thread();
    let made = shield(|| Ok(builder.enable_io().enable_time().build()));
    let made = made.unwrap_or_else(|_| Err(failure::scarce(DESCRIPTORS)));
    made.map_err(|error| failure::unavailable("no runtime could be made", &error))
}

/// Closes lanes, also where async code drops a client: a runtime must not wait for its end there.
fn close(lanes: Vec<Lane>) {
    for lane in lanes {
        drop((lane.http, lane.shared));
        lane.runtime.shutdown_background();
    }
}

impl Lane {
    /// Lets the connections of reqwest notice what servers did while nobody drove the lane: a connection that was
    /// closed must be known before anything is sent.
    pub(crate) fn catch_up(&self) {
        if self.shared.is_some() || matches!(self.http, Http::Shared(_)) {
            self.runtime.block_on(async {
                // The first turn hears of it, the second lets the connection act on it.
                tokio::task::yield_now().await;
                tokio::task::yield_now().await;
            });
        }
    }

    /// A client for calls side by side, made when it is first asked for.
    pub(crate) fn shared(&mut self, pool: &Pool) -> Result<reqwest::Client, Error> {
        if let Some(client) = &self.shared {
            return Ok(client.clone());
        }
        let client = pool.settings.client(&pool.tls)?;
        self.shared = Some(client.clone());
        Ok(client)
    }
}
