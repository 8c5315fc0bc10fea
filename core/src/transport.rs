//! reqwest, with everything that hardens it, and what its failures mean. No rule of Pinterest's.

use std::error::Error as StdError;
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
use rustls::{CertificateError, ClientConfig, RootCertStore};
use tokio::time::Instant;
use url::Url;

use crate::config::{Config, ProxyRule};
use crate::endpoint::is_loopback;
use crate::error::{Error, Kind, Outcome};
use crate::resolve::Resolver;
use crate::response::{Answer, MAX_BODY};
use crate::roots;

const USER_AGENT: &str = concat!("pinterest-oauth/", env!("CARGO_PKG_VERSION"));
/// Idle connections are closed after this time; Pinterest's own servers keep them for about a minute.
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

    /// Whether a failure to connect is surely the proxy's.
    fn always_by_proxy(&self) -> bool {
        self.proxy.is_some() && self.no_proxy.is_none()
    }
}

/// One request, ready to go. Cloning shares its bytes, which are wiped with the last clone.
#[derive(Clone)]
pub struct Call {
    pub(crate) url: Url,
    pub(crate) authorization: HeaderValue,
    /// The form; `None` where the call has no body.
    pub(crate) form: Option<Bytes>,
}

/// Sends `call` once and reads its answer, both before `deadline`.
pub(crate) async fn exchange(
    http: &reqwest::Client,
    settings: &Settings,
    call: &Call,
    deadline: Instant,
    sent: &Arc<AtomicBool>,
) -> Result<Answer, Error> {
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
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len().saturating_add(chunk.len()) > MAX_BODY {
                return Ok(Answer {
                    status,
                    headers,
                    body: None,
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status,
            headers,
            body: Some(body),
        })
    };
    match tokio::time::timeout_at(deadline, attempt).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(failure(&error, settings, sent.load(Ordering::Relaxed))),
        Err(_) => Err(timed_out(sent.load(Ordering::Relaxed))),
    }
}

fn timed_out(sent: bool) -> Error {
    if sent {
        Error::new(
            Kind::Timeout,
            Outcome::Unknown,
            "no complete answer came before the deadline",
        )
    } else {
        Error::new(
            Kind::Timeout,
            Outcome::NotSent,
            "no connection came about before the deadline",
        )
    }
}

/// What went wrong, without the address or anything else that reqwest knows.
fn failure(error: &reqwest::Error, settings: &Settings, sent: bool) -> Error {
    let outcome = if sent {
        Outcome::Unknown
    } else {
        Outcome::NotSent
    };
    let fail = |kind, message: &str| Error::new(kind, outcome, message);
    if let Some(tls) = find::<rustls::Error>(error) {
        return fail(Kind::Tls, tls_message(tls));
    }
    if error.is_timeout() {
        return timed_out(sent);
    }
    if find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
        return fail(
            Kind::InvalidResponse,
            "the answer is not HTTP, or its headers are too large",
        );
    }
    if sent {
        return fail(
            Kind::Connect,
            "the connection broke before the answer was complete",
        );
    }
    if settings.always_by_proxy() || (settings.proxy.is_some() && mentions_proxy(error)) {
        return fail(Kind::Proxy, "the proxy refused or could not be reached");
    }
    if error.is_dns() {
        return fail(Kind::Connect, "the host name could not be resolved");
    }
    match find::<std::io::Error>(error).map(std::io::Error::kind) {
        Some(std::io::ErrorKind::ConnectionRefused) => {
            fail(Kind::Connect, "the connection was refused")
        }
        _ => fail(Kind::Connect, "no connection could be made"),
    }
}

fn tls_message(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::InvalidCertificate(certificate) => match certificate {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "the server's certificate has expired"
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "the server's certificate is not valid yet"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "the server's certificate is for another host name"
            }
            CertificateError::UnknownIssuer => {
                "the server's certificate is not from a trusted authority"
            }
            CertificateError::Revoked => "the server's certificate was revoked",
            _ => "the server's certificate is not valid",
        },
        _ => "the TLS handshake failed",
    }
}

/// The first `E` among the causes; rustls wraps its errors in those of I/O.
fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        let inner = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => error.source(),
        };
    }
    None
}

/// hyper's errors about tunnels and SOCKS have no public types.
fn mentions_proxy(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string().to_lowercase();
        if text.contains("tunnel") || text.contains("socks") || text.contains("proxy") {
            return true;
        }
        next = error.source();
    }
    false
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
