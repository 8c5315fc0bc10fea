//! What ends the command: a signal, Ctrl-C, or the end of standard input.

use std::io::{self, Read};
use tokio::sync::oneshot;

#[cfg(unix)]
pub(super) fn ended(with_stdin: bool) -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let stdin = with_stdin.then(stdin_end).transpose()?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = terminate.recv() => (),
            _ = hangup.recv() => (),
            () = closed(stdin) => (),
        }
    })
}

#[cfg(not(unix))]
pub(super) fn ended(with_stdin: bool) -> io::Result<impl Future<Output = ()>> {
    let stdin = with_stdin.then(stdin_end).transpose()?;
    Ok(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => (),
            () = closed(stdin) => (),
        }
    })
}

async fn closed(stdin: Option<oneshot::Receiver<()>>) {
    match stdin {
        // An error means that the thread is gone: standard input is no more.
        Some(end) => drop(end.await),
        None => std::future::pending().await,
    }
}

/// Reads standard input to its end on a thread of its own: such a read cannot be called off.
fn stdin_end() -> io::Result<oneshot::Receiver<()>> {
    let (ended, end) = oneshot::channel();
    std::thread::Builder::new()
        .name("stdin".into())
        .spawn(move || {
            let mut ignored = [0_u8; 1024];
            while matches!(io::stdin().read(&mut ignored), Ok(count) if count > 0) {}
            let _ = ended.send(());
        })?;
    Ok(end)
}
