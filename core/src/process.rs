//! What belongs to one process and must never be used in a child that it forks: pools and caches.
//!
//! A forked child finds its parent's state here, and must not touch it: a runtime hangs, a shared
//! connection hands one process another's answer, a mutex may be locked for ever. So every state
//! carries the id of its process, the id is compared before any lock is taken, and a child hangs its
//! own state behind the inherited one, which stays as it is: leaked, never dropped.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use once_cell::race::OnceBox;
use rustls::RootCertStore;

use crate::error::Error;
use crate::pool::Pool;
use crate::roots::Source;
use crate::transport::Settings;

/// How many different set-ups keep their pool and their certificates.
const MAX_KEPT: usize = 32;

static FIRST: OnceBox<Process> = OnceBox::new();

/// The state of one process.
pub(crate) struct Process {
    id: u32,
    pools: Mutex<Vec<Arc<Pool>>>,
    roots: Mutex<Vec<(Source, Arc<RootCertStore>)>>,
    child: OnceBox<Process>,
}

/// The state of this process. Blocks nowhere.
pub(crate) fn current() -> &'static Process {
    let id = std::process::id();
    let mut process = FIRST.get_or_init(|| Process::new(id));
    // Only the last one can be ours: an earlier one with our id is a dead process whose id came round again.
    while let Some(child) = process.child.get() {
        process = child;
    }
    if process.id == id {
        process
    } else {
        process.child.get_or_init(|| Process::new(id))
    }
}

/// Locks; a panic elsewhere leaves these lists whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Process {
    fn new(id: u32) -> Box<Self> {
        Box::new(Self {
            id,
            pools: Mutex::default(),
            roots: Mutex::default(),
            child: OnceBox::new(),
        })
    }

    /// The pool for `settings`, made when there is none yet.
    pub(crate) fn pool(&self, settings: &Arc<Settings>) -> Result<Arc<Pool>, Error> {
        let same = |pool: &&Arc<Pool>| pool.is_for(settings);
        if let Some(pool) = lock(&self.pools).iter().rev().find(same) {
            return Ok(Arc::clone(pool));
        }
        let pool = Arc::new(Pool::new(Arc::clone(settings))?);
        let mut pools = lock(&self.pools);
        let oldest = (pools.len() >= MAX_KEPT).then(|| pools.remove(0));
        pools.push(Arc::clone(&pool));
        drop(pools);
        drop(oldest);
        Ok(pool)
    }

    pub(crate) fn roots(&self, source: &Source) -> Option<Arc<RootCertStore>> {
        lock(&self.roots)
            .iter()
            .find(|(known, _)| known == source)
            .map(|(_, roots)| Arc::clone(roots))
    }

    pub(crate) fn remember_roots(&self, source: Source, roots: Arc<RootCertStore>) {
        let mut known = lock(&self.roots);
        if known.len() >= MAX_KEPT {
            known.remove(0);
        }
        known.push((source, roots));
    }
}
