//! The network: the only place that knows reqwest and rustls.

pub(crate) mod failure;
pub(crate) mod resolve;
pub(crate) mod roots;
pub(crate) mod transport;
