//! One kept-alive connection without a proxy, which the calling thread drives itself.
//!
//! It uses hyper without reqwest. A warm call costs reqwest three times as much: it parses the URL again, looks for a connection in
//! a pool, and hands the request to another task, for which the runtime asks the kernel three times more
//! (tests/bench/profile.md). Connecting is left to the same connectors that reqwest uses.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::task::Poll;
use std::time::{Duration, Instant};

use http::header::{HOST, HeaderValue};
use http::{Method, Request, Uri};
use hyper::client::conn::http1;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tower_service::Service;
use url::Position;

use super::message::{self, Begun, Form};
use super::resolve::Resolver;
use crate::wire::{Incoming, Outgoing};

/// Idle connections are not used again after this time. How long Pinterest keeps them is not known.
pub(crate) const IDLE: Duration = Duration::from_secs(50);

/// As reqwest has it: a peer that has gone is noticed after a minute of silence.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
const KEEP_ALIVE_RETRIES: u32 = 3;
#[cfg(any(target_os = "android", target_os = "linux"))]
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Calls to one origin, one after the other.
pub(crate) struct Direct {
    connector: HttpsConnector<HttpConnector<Resolver>>,
    connect_timeout: Duration,
    idle: Option<Connection>,
}

/// A connection, and the way to hand it requests. It is driven by [`Connection::drive`] alone.
struct Connection {
    requests: http1::SendRequest<Form>,
    io: http1::Connection<MaybeHttpsStream<TokioIo<TcpStream>>, Form>,
    used: Instant,
}

impl Direct {
    pub(crate) fn new(
        resolver: Resolver,
        tls: Arc<ClientConfig>,
        connect_timeout: Duration,
    ) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(resolver);
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(connect_timeout));
        tcp.set_keepalive(Some(KEEP_ALIVE));
        tcp.set_keepalive_interval(Some(KEEP_ALIVE));
        tcp.set_keepalive_retries(Some(KEEP_ALIVE_RETRIES));
        #[cfg(any(target_os = "android", target_os = "linux"))]
        tcp.set_tcp_user_timeout(Some(UNACKNOWLEDGED));
        Self {
            connector: HttpsConnector::from((tcp, tls)),
            connect_timeout,
            idle: None,
        }
    }

    /// Sends `call` and reads its answer. The connection is kept where it can be used again.
    pub(crate) async fn exchange(
        &mut self,
        call: &Outgoing,
        sent: &Arc<AtomicBool>,
        begun: &mut Option<Begun>,
    ) -> Result<Incoming, BoxError> {
        let request = request(call, sent)?;
        let mut connection = match self.alive().await {
            Some(connection) => connection,
            None => Box::pin(self.connect(call)).await?,
        };
        let response = connection.requests.send_request(request);
        let answer = async { message::read(response.await?, begun).await };
        let incoming = connection.drive(answer).await?;
        if call.keep_alive && connection.requests.is_ready() {
            connection.used = Instant::now();
            self.idle = Some(connection);
        }
        Ok(incoming)
    }

    /// The idle connection, if the server has not closed it. That must be known before anything is sent.
    async fn alive(&mut self) -> Option<Connection> {
        let mut connection = self.idle.take()?;
        if connection.used.elapsed() > IDLE {
            return None;
        }
        // One turn of the runtime hears what the server did meanwhile.
        tokio::task::yield_now().await;
        let io = &mut connection.io;
        let open = poll_fn(|cx| Poll::Ready(Pin::new(&mut *io).poll(cx).is_pending())).await;
        (open && connection.requests.is_ready()).then_some(connection)
    }

    async fn connect(&mut self, call: &Outgoing) -> Result<Connection, BoxError> {
        let stream = self.connector.call(Uri::try_from(call.url.as_str())?);
        let stream = tokio::time::timeout(self.connect_timeout, stream).await;
        let stream = stream.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
        let (requests, io) = http1::Builder::new()
            .writev(false)
            .max_headers(message::MAX_HEADERS)
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true)
            .handshake(stream)
            .await?;
        Ok(Connection {
            requests,
            io,
            used: Instant::now(),
        })
    }
}

impl Connection {
    /// Waits for `answer`, and reads and writes meanwhile.
    async fn drive<F: Future>(&mut self, answer: F) -> F::Output {
        let mut answer = pin!(answer);
        let mut over = false;
        poll_fn(|cx| {
            over = over || Pin::new(&mut self.io).poll(cx).is_ready();
            answer.as_mut().poll(cx)
        })
        .await
    }
}

/// `call` as it goes to the server itself.
fn request(call: &Outgoing, sent: &Arc<AtomicBool>) -> Result<Request<Form>, http::Error> {
    let url = &call.url;
    let host = HeaderValue::try_from(&url[Position::BeforeHost..Position::AfterPort])?;
    let mut request = Request::new(Form::of(call, sent));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = Uri::try_from(url.path())?;
    *request.headers_mut() = message::headers(call);
    request.headers_mut().insert(HOST, host);
    Ok(request)
}
