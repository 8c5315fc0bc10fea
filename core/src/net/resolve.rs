//! Name resolution by the operating system, one thread a look-up, so that a deadline covers it and
//! no thread waits for the next one.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::dns;
use tokio::sync::oneshot;
use tower_service::Service;

use crate::shield::spawn;

/// Asks the operating system.
#[derive(Clone, Copy)]
pub(crate) struct Resolver {
    /// Plain http without leave: a name must stand for this machine.
    pub loopback_only: bool,
}

/// Why there is no address.
#[derive(Debug)]
pub(crate) enum Unresolved {
    /// The host name has none that may be used.
    NoAddress,
    /// Nobody could be asked.
    NoThread(io::Error),
}

type Addresses = std::vec::IntoIter<SocketAddr>;

impl Resolver {
    async fn look_up(self, name: String) -> Result<Addresses, Unresolved> {
        let (answer, asked) = oneshot::channel();
        let look_up = move || {
            let found = (name.as_str(), 0)
                .to_socket_addrs()
                .map(Iterator::collect::<Vec<SocketAddr>>);
            // The caller may be past its deadline and gone.
            let _ = answer.send(found);
        };
        spawn("pinterest-dns", look_up).map_err(Unresolved::NoThread)?;
        let found = asked.await.map_err(|_| Unresolved::NoAddress)?;
        let mut addresses = found.map_err(|_| Unresolved::NoAddress)?;
        if self.loopback_only {
            addresses.retain(|address| address.ip().is_loopback());
        }
        if addresses.is_empty() {
            return Err(Unresolved::NoAddress);
        }
        Ok(addresses.into_iter())
    }
}

/// For reqwest.
impl reqwest::dns::Resolve for Resolver {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let found = self.look_up(name.as_str().to_owned());
        Box::pin(async move { Ok(Box::new(found.await?) as reqwest::dns::Addrs) })
    }
}

/// For a connection without reqwest.
impl Service<dns::Name> for Resolver {
    type Response = Addresses;
    type Error = Unresolved;
    type Future = Pin<Box<dyn Future<Output = Result<Addresses, Unresolved>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Unresolved>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: dns::Name) -> Self::Future {
        Box::pin(self.look_up(name.as_str().to_owned()))
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host name has no address that may be used")
    }
}

impl std::error::Error for Unresolved {}
