//! The network: the only place that knows reqwest and rustls.

pub(crate) mod direct;
pub(crate) mod failure;
pub(crate) mod listen;
pub(crate) mod message;
mod neighbours;
pub(crate) mod resolve;
pub(crate) mod roots;
pub(crate) mod transport;
