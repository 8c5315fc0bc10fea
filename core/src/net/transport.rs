//! How a call travels: through reqwest, hardened, or over a connection of the caller's own. What its failures mean is
//! said in `failure`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustls::{ClientConfig, RootCertStore};
use tokio::time::Instant;
use url::{Position, Url};

use super::direct::{Direct, IDLE};
use super::failure;
use super::message::{self, Begun, Form};
use super::resolve::Resolver;
use super::roots;
use crate::config::Config;
use crate::error::Error;
use crate::wire::{Incoming, Outgoing};

/// What a call goes out on.
pub(crate) enum Http {
    /// The caller's own connection, for one call at a time and without a proxy.
    Direct(Box<Direct>),
    /// Connections that calls side by side share, with or without a proxy.
    Shared(reqwest::Client),
}

/// What connections depend on; equal settings share them.
#[derive(PartialEq)]
pub(crate) struct Settings {
    /// Scheme, host and port of every call.
    origin: String,
    connect_timeout: Duration,
    proxy: Option<String>,
    loopback_only: bool,
    pub keep_alive: bool,
    roots: Option<Roots>,
}

/// Certificates, equal where they are the same ones in memory: `roots` parses each source once.
struct Roots(Arc<RootCertStore>);

impl PartialEq for Roots {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Settings {
    /// `base` is where calls go: it decides on TLS, and whether a proxy from the environment applies.
    pub(crate) fn new(config: &Config, base: &Url) -> Result<Self, Error> {
        let secure = base.scheme() == "https";
        let proxy = config.proxy.of(base, config.no_proxy.as_deref())?;
        let roots = if secure {
            Some(Roots(roots::load(
                config.ca_file.as_deref(),
                config.ca_dir.as_deref(),
                config.extra_ca_file.as_deref(),
            )?))
        } else {
            None
        };
        Ok(Self {
            origin: base[..Position::BeforePath].to_owned(),
            connect_timeout: config.connect_timeout,
            loopback_only: !secure && !config.allow_http && proxy.is_none(),
            keep_alive: config.keep_alive,
            proxy,
            roots,
        })
    }

    /// What TLS needs. Plain http loads no certificates.
    pub(crate) fn tls(&self) -> Result<Arc<ClientConfig>, Error> {
        let none = || Arc::new(RootCertStore::empty());
        let roots = self.roots.as_ref().map(|roots| Arc::clone(&roots.0));
        roots::tls(roots.unwrap_or_else(none)).map(Arc::new)
    }

    /// What one caller at a time uses.
    pub(crate) fn http(&self, tls: &Arc<ClientConfig>) -> Result<Http, Error> {
        if self.proxy.is_some() {
            return self.client(tls).map(Http::Shared);
        }
        let direct = Direct::new(self.resolver(), Arc::clone(tls), self.connect_timeout);
        Ok(Http::Direct(Box::new(direct)))
    }

    fn resolver(&self) -> Resolver {
        Resolver {
            loopback_only: self.loopback_only,
        }
    }

    /// An HTTP client with its own connections.
    pub(crate) fn client(&self, tls: &ClientConfig) -> Result<reqwest::Client, Error> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_max_headers(message::MAX_HEADERS)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_ignore_invalid_headers_in_responses(true)
            .tcp_nodelay(true)
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(if self.keep_alive { usize::MAX } else { 0 })
            .dns_resolver(self.resolver())
            .tls_backend_preconfigured(tls.clone())
            .no_proxy();
        if let Some(proxy) = &self.proxy {
            let proxy = reqwest::Proxy::all(proxy)
                .map_err(|_| Error::invalid_config("proxy", "is not the URL of a proxy"))?;
            builder = builder.proxy(proxy);
        }
        builder
            .build()
            .map_err(|_| Error::internal("the HTTP client could not be set up"))
    }
}

/// Sends `call` once and reads its answer, both before `deadline`.
pub(crate) async fn exchange(
    http: &mut Http,
    settings: &Settings,
    call: &Outgoing,
    deadline: Instant,
    sent: &Arc<AtomicBool>,
) -> Result<Incoming, Error> {
    let mut begun = None;
    let attempt = async {
        match http {
            Http::Direct(direct) => direct.exchange(call, sent, &mut begun).await,
            Http::Shared(client) => {
                let answer = shared(client, call, sent, &mut begun).await;
                answer.map_err(Box::from)
            }
        }
    };
    let ended = tokio::time::timeout_at(deadline, attempt).await;
    let sent = sent.load(Ordering::Relaxed);
    let error = match ended {
        Ok(Ok(incoming)) => return Ok(incoming),
        Ok(Err(error)) => failure::of(&*error, &settings.origin, settings.proxy.is_some(), sent),
        Err(_) => failure::timed_out(sent),
    };
    // What came before the end may be whole.
    match begun {
        Some(begun) => Ok(begun.broken(error)),
        None => Err(error),
    }
}

async fn shared(
    client: &reqwest::Client,
    call: &Outgoing,
    sent: &Arc<AtomicBool>,
    begun: &mut Option<Begun>,
) -> Result<Incoming, reqwest::Error> {
    let request = client
        .request(call.method.clone(), call.url.clone())
        .headers(message::headers(call))
        .body(reqwest::Body::wrap(Form::of(call, sent)));
    message::read(http::Response::from(request.send().await?), begun).await
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Read;
    use std::net::TcpListener;

    use bytes::Bytes;

    use super::*;
    use crate::error::{Kind, Outcome};

    #[tokio::test]
    async fn a_gate_that_refuses_ends_the_call_before_the_first_byte() {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = Url::parse(&format!("http://{}/", server.local_addr().unwrap())).unwrap();
        let mut call = Outgoing::to(url);
        call.form = Some(Bytes::from_static(b"grant_type=client_credentials"));
        call.gate = Some(Arc::new(|| {
            Err(Error::new(Kind::Timeout, Outcome::NotSent, "too late"))
        }));
        let config = Config::new().base_url(call.url.as_str());
        let settings = Settings::new(&config, &call.url).unwrap();
        let tls = settings.tls().unwrap();
        let ways = [
            settings.http(&tls).unwrap(),
            Http::Shared(settings.client(&tls).unwrap()),
        ];
        for mut way in ways {
            let sent = Arc::new(AtomicBool::new(false));
            let deadline = Instant::now() + Duration::from_secs(20);
            let ended = exchange(&mut way, &settings, &call, deadline, &sent).await;
            let error = ended.err().unwrap();
            assert_eq!((error.kind(), error.message()), (Kind::Timeout, "too late"));
            assert!(!sent.load(Ordering::Relaxed));
            drop(way);
            let mut came = Vec::new();
            server.accept().unwrap().0.read_to_end(&mut came).unwrap();
            assert_eq!(came, b"");
        }
    }
}
