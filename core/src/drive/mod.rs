//! Who waits for a call: async callers, blocking ones, threads, processes that fork.

pub(crate) mod background;
pub(crate) mod blocking;
pub(crate) mod checked;
pub(crate) mod client;
pub(crate) mod pool;
pub(crate) mod run;
