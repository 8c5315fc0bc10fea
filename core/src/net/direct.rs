//! One kept-alive connection without a proxy, which the calling thread drives itself.
//!
//! It uses hyper without reqwest, because a warm call costs reqwest half as much again: it parses the URL twice, asks
//! a pool for a connection, and hands the request to another task (tests/bench/profile.md). The connectors are those
//! that reqwest uses.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use http::header::{HOST, HeaderValue};
use http::{Request, Uri};
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

/// Calls to one origin (scheme, host, port), one after the other.
pub(crate) struct Direct {
    connector: HttpsConnector<HttpConnector<Resolver>>,
    connect_timeout: Duration,
    idle: Option<Box<Connection>>,
}

/// A connection, and the way to hand it requests. No task drives it: whoever waits for an answer does.
struct Connection {
    requests: http1::SendRequest<Form>,
    /// `None` once it is over.
    io: Option<http1::Connection<MaybeHttpsStream<TokioIo<TcpStream>>, Form>>,
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
            None => Box::new(Box::pin(self.connect(call)).await?),
        };
        let response = connection.requests.send_request(request);
        let answer = async { message::read(response.await?, begun).await };
        let incoming = connection.drive(answer).await?;
        if call.keep_alive && connection.is_ready() {
            connection.used = Instant::now();
            self.idle = Some(connection);
        }
        Ok(incoming)
    }

    /// The idle connection, if the server has not closed it. That must be known before anything is sent.
    async fn alive(&mut self) -> Option<Box<Connection>> {
        let mut connection = self.idle.take()?;
        if connection.used.elapsed() > IDLE {
            return None;
        }
        // One turn of the runtime hears what the server did meanwhile.
        tokio::task::yield_now().await;
        connection.drive(std::future::ready(())).await;
        connection.is_ready().then_some(connection)
    }

    async fn connect(&mut self, call: &Outgoing) -> Result<Connection, BoxError> {
        let stream = self.connector.call(Uri::try_from(call.url.as_str())?);
        let stream = tokio::time::timeout(self.connect_timeout, stream).await;
        let stream = stream.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
        let (requests, io) = http1::Builder::new()
            .max_headers(message::MAX_HEADERS)
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true)
            .handshake(stream)
            .await?;
        Ok(Connection {
            requests,
            io: Some(io),
            used: Instant::now(),
        })
    }
}

impl Connection {
    /// Waits for `answer`, and reads and writes meanwhile.
    async fn drive<F: Future>(&mut self, answer: F) -> F::Output {
        let mut answer = pin!(answer);
        poll_fn(|cx| {
            if let Some(io) = &mut self.io
                && Pin::new(io).poll(cx).is_ready()
            {
                // Tells `answer` that nothing more comes.
                self.io = None;
            }
            answer.as_mut().poll(cx)
        })
        .await
    }

    fn is_ready(&self) -> bool {
        self.io.is_some() && self.requests.is_ready()
    }
}

/// `call` as it goes to the server itself.
fn request(call: &Outgoing, sent: &Arc<AtomicBool>) -> Result<Request<Form>, http::Error> {
    let url = &call.url;
    let host = HeaderValue::try_from(&url[Position::BeforeHost..Position::AfterPort])?;
    let mut request = Request::new(Form::of(call, sent));
    request.method_mut().clone_from(&call.method);
    *request.uri_mut() = Uri::try_from(url.path())?;
    *request.headers_mut() = message::headers(call);
    request.headers_mut().insert(HOST, host);
    Ok(request)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use url::Url;

    use super::*;

    #[tokio::test]
    async fn a_connection_that_ends_before_its_request_is_sent_says_so() {
        let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = Url::parse(&format!("http://{}/", server.local_addr().unwrap())).unwrap();
        let call = Outgoing::to(url);
        let resolver = Resolver {
            loopback_only: true,
        };
        let roots = Arc::new(rustls::RootCertStore::empty());
        let tls = Arc::new(super::super::roots::tls(roots).unwrap());
        let limit = Duration::from_secs(20);
        let mut direct = Direct::new(resolver, tls, limit);
        let mut connection = direct.connect(&call).await.unwrap();
        drop(server.accept().unwrap());
        let sent = Arc::new(AtomicBool::new(false));
        // Until the end of the connection has come.
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let answer = connection
            .requests
            .send_request(request(&call, &sent).unwrap());
        let answer = tokio::time::timeout(limit, connection.drive(answer)).await;
        assert!(answer.unwrap().is_err());
        assert!(!sent.load(std::sync::atomic::Ordering::Relaxed));
    }
}
