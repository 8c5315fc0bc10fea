//! A caller that waits and may be interrupted: what it waits for is not.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::shared::detached;
use crate::error::{Error, Kind, Outcome};
use crate::shield::shield;

/// How often a waiting caller is asked.
const INTERRUPT_INTERVAL: Duration = Duration::from_millis(50);

/// Does `work` on a thread of the library while this one waits, asking `interrupted` whether to stop waiting. Where no
/// thread can be started, this one does it.
///
/// # Errors
/// As `work`; `cancelled` when told to stop: the work goes on.
pub(crate) fn work_until<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    mut interrupted: impl FnMut() -> bool,
) -> Result<T, Error> {
    let process = std::process::id();
    let (send, receive) = mpsc::channel();
    detached(move |_| {
        // Nobody may wait any more.
        let _ = send.send(shield(work));
    });
    loop {
        match receive.recv_timeout(INTERRUPT_INTERVAL) {
            Ok(ended) => return ended,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Error::internal("the work ended without an answer"));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        let stop = interrupted();
        if std::process::id() != process {
            // The host forked in its signal handler: the work is the parent's, and so is what it is waited for with.
            std::mem::forget(receive);
            return Err(left());
        }
        if stop {
            return Err(left());
        }
    }
}

fn left() -> Error {
    let message = "the wait was interrupted; what was begun is driven to its end and stored";
    Error::new(Kind::Cancelled, Outcome::Unknown, message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::tokens::finish;

    #[test]
    fn the_work_of_a_caller_who_leaves_is_driven_to_its_end() {
        let (go, gone) = mpsc::channel::<()>();
        let (done, ended) = mpsc::channel();
        let work = move || {
            gone.recv().unwrap();
            done.send(7).unwrap();
            Ok(())
        };
        let error = work_until(work, || true).unwrap_err();
        assert_eq!(error.kind(), Kind::Cancelled);
        assert!(!finish(Duration::ZERO));
        go.send(()).unwrap();
        assert_eq!(ended.recv().unwrap(), 7);
        assert!(finish(Duration::from_secs(60)));
    }

    #[test]
    fn whoever_stays_gets_what_came_of_it() {
        assert_eq!(work_until(|| Ok(7), || false).unwrap(), 7);
        let failed = work_until(|| Err::<(), _>(Error::internal("no")), || false);
        assert_eq!(failed.unwrap_err().message(), "no");
        let panicked = work_until(|| -> Result<(), Error> { panic!("no") }, || false);
        assert_eq!(panicked.unwrap_err().kind(), Kind::Internal);
    }
}
