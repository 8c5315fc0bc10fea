//! Who this process is, in the words of a record.

use once_cell::race::OnceBox;

use super::plan::time::{Now, RESERVE};
use super::record::Lease;

impl Lease {
    /// A lease of this process for a call of at most `timeout` seconds.
    pub(crate) fn new(now: &Now, timeout: i64) -> Self {
        Self {
            boot_id: now.boot_id.clone(),
            host: host(),
            pid: std::process::id(),
            program: program().to_owned(),
            started_at: now.wall,
            started_boot: now.boot,
            lasts: timeout.saturating_add(RESERVE),
        }
    }
}

/// The name of this machine, which may change while a process runs.
#[cfg(unix)]
fn host() -> String {
    let name = rustix::system::uname();
    name.nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    String::new()
}

/// The name of the file that this process runs.
fn program() -> &'static str {
    static NAME: OnceBox<String> = OnceBox::new();
    NAME.get_or_init(|| {
        let path = std::env::current_exe().unwrap_or_default();
        let name = path.file_name().unwrap_or_default();
        Box::new(name.to_string_lossy().into_owned())
    })
}
