//! Calls that nobody waits for, for hosts with an event loop of their own. One thread drives all of
//! them while there are any, and ends soon after the last.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::error::Error;
use crate::pool::{Lane, Pool};
use crate::process::lock;
use crate::shield::silence_this_thread;

/// How long the thread waits for another call: programs make them one after the other, and starting a
/// thread for each costs more than the call's own work.
const LINGER: Duration = Duration::from_millis(50);

/// A call that waits for an HTTP client to run on.
pub(crate) type Job =
    Box<dyn FnOnce(reqwest::Client) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

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

/// Hands `job` to the thread that drives such calls, and starts it when there is none.
pub(crate) fn start(pool: &Arc<Pool>, job: Job) -> Result<(), Error> {
    let mut driver = lock(&pool.driver);
    let job = match &*driver {
        None => job,
        Some(jobs) => match jobs.send(job) {
            Ok(()) => return Ok(()),
            Err(unsent) => unsent.0,
        },
    };
    let (jobs, queue) = unbounded_channel();
    let lane = pool.take()?;
    let thread_pool = Arc::clone(pool);
    std::thread::Builder::new()
        .name(String::from("pinterest-calls"))
        .spawn(move || {
            silence_this_thread();
            lane.drive(work(&thread_pool, &lane, queue));
            thread_pool.give_back(lane);
        })
        .map_err(|error| {
            Error::internal(format!("no thread could be started ({})", error.kind()))
        })?;
    // Cannot fail: the thread holds the other end.
    let _ = jobs.send(job);
    *driver = Some(jobs);
    Ok(())
}

/// Runs jobs side by side until none has come for a while.
async fn work(pool: &Pool, lane: &Lane, mut queue: UnboundedReceiver<Job>) {
    let mut running = JoinSet::new();
    loop {
        tokio::select! {
            job = queue.recv() => match job {
                Some(job) => { running.spawn(job(lane.http.clone())); }
                None => return,
            },
            Some(_) = running.join_next(), if !running.is_empty() => {}
            () = tokio::time::sleep(LINGER), if running.is_empty() => {
                // Under the lock nobody can hand over another one.
                let mut driver = lock(&pool.driver);
                match queue.try_recv() {
                    Ok(job) => { running.spawn(job(lane.http.clone())); }
                    Err(_) => { *driver = None; return; }
                }
            }
        }
    }
}
