//! Calls that block no thread, for hosts with an event loop of their own. One thread drives all of
//! them while there are any, and ends soon after the last.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::pool::{Job, Pool};
use crate::error::Error;
use crate::net::failure;
use crate::process::lock;
use crate::shield::spawn;

/// How long the thread waits for another call: programs make them one after the other, and starting a
/// thread for each costs more than the call's own work.
const LINGER: Duration = Duration::from_millis(50);

/// A call under way. Dropping it leaves the call running.
#[derive(Debug)]
pub struct Pending(pub(crate) oneshot::Sender<()>);

impl Pending {
    /// Ends the call; it then fails with `cancelled`, unless it was over already.
    pub fn cancel(self) {
        // An error means that the call is over.
        let _ = self.0.send(());
    }
}

/// The way back to the one who waits. It is used exactly once: dropped unused, it delivers an error, so that nobody
/// waits for ever.
pub(crate) struct Delivery<T, F: FnOnce(Result<T, Error>)>(Option<F>, PhantomData<fn(T)>);

impl<T, F: FnOnce(Result<T, Error>)> Delivery<T, F> {
    pub(crate) fn new(done: F) -> Self {
        Self(Some(done), PhantomData)
    }

    pub(crate) fn deliver(mut self, result: Result<T, Error>) {
        if let Some(done) = self.0.take() {
            done(result);
        }
    }
}

impl<T, F: FnOnce(Result<T, Error>)> Drop for Delivery<T, F> {
    fn drop(&mut self) {
        if let Some(done) = self.0.take() {
            done(Err(Error::internal("the call ended without an answer")));
        }
    }
}

/// Hands `job` to the thread that drives such calls, and starts it when there is none.
pub(crate) fn start(pool: &Arc<Pool>, job: Job) {
    let mut driver = lock(&pool.driver);
    let job = match &*driver {
        None => job,
        Some(jobs) => match jobs.send(job) {
            Ok(()) => return,
            Err(unsent) => unsent.0,
        },
    };
    match thread(pool) {
        Ok(jobs) => {
            // Cannot fail: the thread holds the other end.
            let _ = jobs.send(job);
            *driver = Some(jobs);
        }
        Err(error) => {
            drop(driver);
            drop(job(Err(error)));
        }
    }
}

/// Starts the thread; jobs go into what is returned.
fn thread(pool: &Arc<Pool>) -> Result<UnboundedSender<Job>, Error> {
    let (jobs, queue) = unbounded_channel();
    let mut lane = pool.take()?;
    let http = lane.shared(pool)?;
    let pool = Arc::clone(pool);
    let run = move || {
        lane.catch_up();
        lane.runtime.block_on(work(&pool, &http, queue));
        pool.give_back(lane);
    };
    spawn("pinterest-calls", run)
        .map_err(|error| failure::unavailable("no thread could be started", &error))?;
    Ok(jobs)
}

/// Runs jobs side by side until none has come for a while.
async fn work(pool: &Pool, http: &reqwest::Client, mut queue: UnboundedReceiver<Job>) {
    let mut running = JoinSet::new();
    loop {
        tokio::select! {
            job = queue.recv() => match job {
                Some(job) => { running.spawn(job(Ok(http.clone()))); }
                None => return,
            },
            Some(_) = running.join_next(), if !running.is_empty() => {}
            () = tokio::time::sleep(LINGER), if running.is_empty() => {
                // Under the lock nobody can hand over another one.
                let mut driver = lock(&pool.driver);
                match queue.try_recv() {
                    Ok(job) => { running.spawn(job(Ok(http.clone()))); }
                    Err(_) => { *driver = None; return; }
                }
            }
        }
    }
}
