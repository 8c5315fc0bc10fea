//! reqwest, with everything that hardens it. What its failures mean is said in `failure`.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue,
};
use rustls::{ClientConfig, RootCertStore};
use tokio::time::Instant;
use url::Url;
use zeroize::Zeroizing;

use super::failure::{self, Proxied};
use super::resolve::Resolver;
use super::roots;
use crate::config::endpoint::is_loopback;
use crate::config::{Config, ProxyRule};
use crate::error::Error;
use crate::wire::{Incoming, MAX_BODY, Outgoing};

const USER_AGENT: &str = concat!("pinterest-oauth/", env!("CARGO_PKG_VERSION"));
/// Idle connections are not used again after this time. How long Pinterest keeps them is not known.
pub(crate) const IDLE: Duration = Duration::from_secs(50);

/// What connections depend on; equal settings share them.
pub(crate) struct Settings {
    connect_timeout: Duration,
    proxy: Option<String>,
    no_proxy: Option<String>,
    loopback_only: bool,
    roots: Option<Arc<RootCertStore>>,
}

impl PartialEq for Settings {
    fn eq(&self, other: &Self) -> bool {
        let pointer = |settings: &Self| settings.roots.as_ref().map(Arc::as_ptr);
        self.connect_timeout == other.connect_timeout
            && self.proxy == other.proxy
            && self.no_proxy == other.no_proxy
            && self.loopback_only == other.loopback_only
            && pointer(self) == pointer(other)
    }
}

impl Settings {
    /// `base` is where calls go: it decides on TLS, and whether a proxy from the environment applies.
    pub(crate) fn new(config: &Config, base: &Url) -> Result<Self, Error> {
        let secure = base.scheme() == "https";
        let proxy = match &config.proxy {
            ProxyRule::None => None,
            ProxyRule::Explicit(proxy) => Some(proxy.clone()),
            ProxyRule::Environment { .. } if is_loopback(base) => None,
            ProxyRule::Environment { http, https } => if secure { https } else { http }.clone(),
        };
        if let Some(proxy) = &proxy {
            reqwest::Proxy::all(proxy)
                .map_err(|_| Error::invalid_config("proxy", "is not the URL of a proxy"))?;
        }
        let roots = if secure {
            Some(roots::load(config.ca_file.as_deref())?)
        } else {
            None
        };
        Ok(Self {
            connect_timeout: config.connect_timeout,
            loopback_only: !secure && !config.allow_http && proxy.is_none(),
            no_proxy: config.no_proxy.clone(),
            proxy,
            roots,
        })
    }

    pub(crate) fn tls(&self) -> Result<Option<ClientConfig>, Error> {
        self.roots.as_ref().map(roots::tls).transpose()
    }

    /// An HTTP client with its own connections.
    pub(crate) fn client(&self, tls: Option<&ClientConfig>) -> Result<reqwest::Client, Error> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .default_headers(headers)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .tcp_nodelay(true)
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(IDLE)
            .dns_resolver(Resolver {
                loopback_only: self.loopback_only,
            })
            .no_proxy();
        builder = match tls {
            Some(tls) => builder.tls_backend_preconfigured(tls.clone()),
            // Plain http alone: no certificates are loaded for it.
            None => {
                builder.tls_backend_preconfigured(roots::tls(&Arc::new(RootCertStore::empty()))?)
            }
        };
        if let Some(proxy) = &self.proxy {
            let no_proxy = self
                .no_proxy
                .as_deref()
                .and_then(reqwest::NoProxy::from_string);
            let proxy = reqwest::Proxy::all(proxy)
                .map_err(|_| Error::invalid_config("proxy", "is not the URL of a proxy"))?
                .no_proxy(no_proxy);
            builder = builder.proxy(proxy);
        }
        builder
            .build()
            .map_err(|_| Error::internal("the HTTP client could not be set up"))
    }

    /// Whether calls go through a proxy, as far as that can be told.
    fn proxied(&self) -> Proxied {
        match (&self.proxy, &self.no_proxy) {
            (None, _) => Proxied::No,
            (Some(_), None) => Proxied::Yes,
            (Some(_), Some(_)) => Proxied::Perhaps,
        }
    }
}

/// Sends `call` once and reads its answer, both before `deadline`.
pub(crate) async fn exchange(
    http: &reqwest::Client,
    settings: &Settings,
    call: &Outgoing,
    deadline: Instant,
    sent: &Arc<AtomicBool>,
) -> Result<Incoming, Error> {
    let attempt = async {
        let body = Body {
            bytes: Some(call.form.clone().unwrap_or_default()),
            sent: Arc::clone(sent),
        };
        let mut request = http
            .post(call.url.clone())
            .header(AUTHORIZATION, call.authorization.clone());
        if call.form.is_some() {
            request = request.header(
                CONTENT_TYPE,
                HeaderValue::from_static("application/x-www-form-urlencoded"),
            );
        }
        let mut response = request.body(reqwest::Body::wrap(body)).send().await?;
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        // As large as announced from the start: what grows leaves copies behind that nobody wipes.
        let announced = response
            .content_length()
            .and_then(|length| usize::try_from(length).ok());
        let mut body = Zeroizing::new(Vec::with_capacity(announced.unwrap_or(0).min(MAX_BODY)));
        while let Some(chunk) = response.chunk().await? {
            if body.len().saturating_add(chunk.len()) > MAX_BODY {
                return Ok(Incoming {
                    status,
                    headers,
                    body: None,
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Incoming {
            status,
            headers,
            body: Some(body),
        })
    };
    match tokio::time::timeout_at(deadline, attempt).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(failure::of(
            &error,
            settings.proxied(),
            sent.load(Ordering::Relaxed),
        )),
        Err(_) => Err(failure::timed_out(sent.load(Ordering::Relaxed))),
    }
}

/// The form, which notes when it is taken: from then on bytes may have reached the server. hyper
/// takes it once it has a connection, and never before.
struct Body {
    bytes: Option<Bytes>,
    sent: Arc<AtomicBool>,
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.sent.store(true, Ordering::Relaxed);
        Poll::Ready(
            self.bytes
                .take()
                .filter(|bytes| !bytes.is_empty())
                .map(|bytes| Ok(Frame::data(bytes))),
        )
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
