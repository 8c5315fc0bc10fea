//! Who this process is, in the words of a record.

use super::plan::time::{Now, RESERVE};
use super::record::Lease;

impl Lease {
    /// A lease of this process for a call of at most `timeout` seconds.
    pub(crate) fn new(now: &Now, timeout: i64) -> Self {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname");
        let program = std::env::current_exe().ok();
        let program = program.as_deref().and_then(std::path::Path::file_name);
        Self {
            boot_id: now.boot_id.clone(),
            host: host.unwrap_or_default().trim().to_owned(),
            pid: std::process::id(),
            program: program.unwrap_or_default().to_string_lossy().into_owned(),
            started_at: now.wall,
            started_boot: now.boot,
            lasts: timeout.saturating_add(RESERVE),
        }
    }
}
