//! Name resolution by the operating system, one thread a look-up, so that a deadline covers it and
//! no thread waits for the next one.

use std::net::{SocketAddr, ToSocketAddrs};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::oneshot;

/// Asks the operating system.
pub(crate) struct Resolver {
    /// Plain http without leave: a name must stand for this machine.
    pub loopback_only: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let loopback_only = self.loopback_only;
        Box::pin(async move {
            let (answer, asked) = oneshot::channel();
            let look_up = move || {
                let found = (name.as_str(), 0)
                    .to_socket_addrs()
                    .map(Iterator::collect::<Vec<SocketAddr>>);
                // The caller may be past its deadline and gone.
                let _ = answer.send(found);
            };
            std::thread::Builder::new()
                .name(String::from("pinterest-dns"))
                .spawn(look_up)?;
            let mut addresses = asked.await??;
            if loopback_only {
                addresses.retain(|address| address.ip().is_loopback());
            }
            if addresses.is_empty() {
                return Err(Box::from("the host name has no address that may be used"));
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
