//! Signals that end a login: as Ctrl-C at the terminal does, so that the terminal is left as it was, and a code that was
//! sent is brought to its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Notes the first of them.
pub(super) struct Signals(Arc<AtomicBool>);

impl Signals {
    /// From now on they end this process no more. Where nothing can be noted they do.
    pub(super) fn note() -> Self {
        let came = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        {
            let noted = Arc::clone(&came);
            let (ready, is_ready) = std::sync::mpsc::channel();
            let thread = std::thread::Builder::new().name(String::from("pinterest-signals"));
            let started = thread.spawn(move || {
                let waited = wait(|| ready.send(()).is_ok());
                noted.store(waited.is_ok(), Ordering::Relaxed);
            });
            // Whoever reads the first line may send one at once.
            let _ = started.map(|_| is_ready.recv());
        }
        Self(came)
    }

    /// Whether one came.
    pub(super) fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[cfg(unix)]
fn wait(ready: impl FnOnce() -> bool) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(async {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let mut hangup = signal(SignalKind::hangup())?;
        ready();
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
        Ok(())
    })
}
