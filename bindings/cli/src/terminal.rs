//! Standard output and standard error: a closed pipe is no reason to panic.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use pinterest_oauth::Outcome;

use crate::failure::Failure;

/// How long a call takes before a person is told that it is still waiting.
const PATIENCE: Duration = Duration::from_secs(1);

/// Prints what a reader may stop reading: a closed pipe means that they have seen enough.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    match write(text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::lost(
            "standard output cannot be written",
            &error,
            Outcome::NotSent,
        )),
        _ => Ok(()),
    }
}

/// Begins a document with a blank: a standard output that is closed or full is noticed before anything is spent.
pub(crate) fn begin() -> Result<(), Failure> {
    write(" ").map_err(|error| {
        let message = "standard output cannot be written, and nothing was sent";
        Failure::lost(message, &error, Outcome::NotSent)
    })
}

/// Prints what exists nowhere else: that nobody read it is an error.
pub(crate) fn deliver(text: &str) -> Result<(), Failure> {
    write(text).map_err(|error| {
        let message = "the answer could not be written to standard output and is lost";
        Failure::lost(message, &error, Outcome::Unknown)
    })
}

fn write(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Whether a person sees standard error.
pub(crate) fn is_shown() -> bool {
    io::stderr().is_terminal()
}

/// A line on standard error. Where nobody reads it, nothing can be done.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// A question on standard error, whose answer follows on the same line.
pub(crate) fn ask(text: &str) {
    let mut stderr = io::stderr();
    let _ = write!(stderr, "{text}").and_then(|()| stderr.flush());
}

/// "Still waiting", on a terminal only.
pub(crate) struct Progress {
    begin: Instant,
    shown: u64,
    wanted: bool,
}

impl Progress {
    pub fn new(wanted: bool) -> Self {
        Self {
            begin: Instant::now(),
            shown: 0,
            wanted: wanted && io::stderr().is_terminal(),
        }
    }

    /// Called every now and then while a call waits.
    pub fn tick(&mut self) {
        let waited = self.begin.elapsed();
        if self.wanted && waited >= PATIENCE && waited.as_secs() > self.shown {
            self.shown = waited.as_secs();
            let _ = write!(io::stderr(), "\rwaiting for the answer, {} s ", self.shown);
        }
    }
}

/// Takes the line away again.
impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown > 0 {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
