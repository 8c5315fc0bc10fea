//! Keeps a panic from reaching a caller in another language, and from printing anything there.

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::thread::JoinHandle;

use crate::error::Error;

static QUIET: Once = Once::new();

thread_local! {
    static SHIELDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `body`; a panic becomes an `internal` error and is not printed.
///
/// # Errors
/// What `body` says, or `internal`.
pub fn shield<T>(body: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    install_hook();
    let outer = SHIELDED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(body));
    SHIELDED.set(outer);
    outcome.unwrap_or_else(|_| Err(Error::internal("the library failed; nothing more is known")))
}

/// Keeps panics on a thread of ours from printing; whoever runs its work catches them.
pub(crate) fn silence_this_thread() {
    install_hook();
    SHIELDED.set(true);
}

/// Starts a thread of ours, which prints no panic and gets no signal.
///
/// # Errors
/// Those of the system.
pub(crate) fn spawn<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    let thread = std::thread::Builder::new().name(String::from(name));
    without_signals(|| {
        thread.spawn(move || {
            silence_this_thread();
            work()
        })
    })
}

/// Runs `body`, which starts threads: they inherit that no signal is for them. A handler of Perl, for one, crashes on a
/// thread that its interpreter does not know.
#[cfg(unix)]
pub(crate) fn without_signals<T>(body: impl FnOnce() -> T) -> T {
    use nix::sys::signal::{SigSet, SigmaskHow};
    let before = SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK);
    let outcome = body();
    if let Ok(before) = before {
        let _ = before.thread_set_mask();
    }
    outcome
}

/// Elsewhere no signal goes to a thread.
#[cfg(not(unix))]
pub(crate) fn without_signals<T>(body: impl FnOnce() -> T) -> T {
    body()
}

fn install_hook() {
    QUIET.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !SHIELDED.get() {
                before(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::error::Kind;

    #[test]
    fn a_panic_becomes_an_internal_error() {
        let error = shield::<()>(|| panic!("canary")).unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
        assert!(!error.to_string().contains("canary"));
    }
}
