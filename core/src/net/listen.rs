//! The listener of a login: HTTP/1 on this machine alone, for as long as the login waits.

use std::collections::VecDeque;
use std::future::Future;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::task::{AbortHandle, JoinSet};

use super::neighbours::{listener_at, user_of};
use crate::error::Error;
use crate::login::loopback::{Interface, Loopback};
use crate::login::plan::{Answer, Page, Visit};
use crate::secret::Secret;

/// Connections at once; then the oldest that has asked for nothing goes.
const MAX_CONNECTIONS: usize = 64;
/// How long a connection may take to ask.
const PATIENCE: Duration = Duration::from_secs(10);
/// Browsers send all cookies of a host, whatever port has set them.
const MAX_HEADERS: usize = 1024 * 1024;
const MAX_ADDRESS: usize = 8 * 1024;
/// What hyper may hold of one request: more than [`MAX_HEADERS`], so that who sends too much gets a page.
const MAX_HELD: usize = 2 * 1024 * 1024;
const MAX_LINES: usize = 1_000;
/// The first byte of a TLS connection.
const TLS: u8 = 0x16;

/// What a listener asks.
pub(crate) trait Visited: Send + Sync + 'static {
    /// A browser tries https.
    fn tls(&self);
    /// More cookies than are read.
    fn too_much(&self);
    fn visit(self: Arc<Self>, visit: Visit) -> Pin<Box<dyn Future<Output = Answer> + Send>>;
}

/// The sockets of a login. Nobody else can have them at the same time.
pub(crate) struct Listener(Vec<TcpListener>);

impl Listener {
    /// Both families for `localhost`, as a browser takes whichever answers: a foreign listener on one would get the code.
    ///
    /// # Errors
    /// `invalid_argument`, naming `redirect_uri`.
    pub(crate) fn bind(place: &Loopback) -> Result<Self, Error> {
        let addresses: &[IpAddr] = match place.interface {
            Interface::Both => &[
                IpAddr::V4(Ipv4Addr::LOCALHOST),
                IpAddr::V6(Ipv6Addr::LOCALHOST),
            ],
            Interface::V4(address) => &[IpAddr::V4(address)],
            Interface::V6 => &[IpAddr::V6(Ipv6Addr::LOCALHOST)],
        };
        let mut sockets = Vec::new();
        let mut missing = None;
        for ip in addresses {
            let address = SocketAddr::new(*ip, place.port);
            match TcpListener::bind(address) {
                Ok(socket) => sockets.push(socket),
                // This machine has one of the two families alone.
                Err(error) if is_no_such_address(&error) => missing = Some((address, error)),
                Err(error) => return Err(refused(address, &error)),
            }
        }
        if let (true, Some((address, error))) = (sockets.is_empty(), missing) {
            return Err(refused(address, &error));
        }
        let without_blocking = sockets
            .iter()
            .try_for_each(|socket| socket.set_nonblocking(true));
        without_blocking.map_err(|_| Error::internal("a socket could not be set up"))?;
        Ok(Self(sockets))
    }

    /// Answers until it is dropped, and with it every connection.
    pub(crate) async fn serve(self, visited: Arc<dyn Visited>) {
        let mut tasks = JoinSet::new();
        let mut streams = JoinSet::new();
        let sockets = self
            .0
            .into_iter()
            .filter_map(|socket| tokio::net::TcpListener::from_std(socket).ok());
        for socket in sockets {
            streams.spawn(accept(socket));
        }
        let mut open: VecDeque<(AbortHandle, Arc<AtomicBool>)> = VecDeque::new();
        while let Some(accepted) = streams.join_next().await {
            let Ok((socket, stream)) = accepted else {
                continue;
            };
            streams.spawn(accept(socket));
            while tasks.try_join_next().is_some() {}
            open.retain(|(task, _)| !task.is_finished());
            if open.len() >= MAX_CONNECTIONS {
                let idle = open
                    .iter()
                    .position(|(_, asked)| !asked.load(Ordering::Relaxed));
                if let Some((task, _)) = open.remove(idle.unwrap_or_default()) {
                    task.abort();
                }
            }
            let asked = Arc::new(AtomicBool::new(false));
            let task = tasks.spawn(answer(stream, Arc::clone(&visited), Arc::clone(&asked)));
            open.push_back((task, asked));
        }
    }
}

/// The next connection of a socket.
async fn accept(socket: tokio::net::TcpListener) -> (tokio::net::TcpListener, TcpStream) {
    loop {
        match socket.accept().await {
            Ok((stream, _)) => return (socket, stream),
            // Out of descriptors, or gone again: the next one may do.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn answer(stream: TcpStream, visited: Arc<dyn Visited>, asked: Arc<AtomicBool>) {
    let mut first = [0_u8];
    match tokio::time::timeout(PATIENCE, stream.peek(&mut first)).await {
        Ok(Ok(1)) if first != [TLS] => {}
        Ok(Ok(1)) => return visited.tls(),
        _ => return,
    }
    let (peer, own) = (stream.peer_addr(), stream.local_addr());
    let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| {
        asked.store(true, Ordering::Relaxed);
        // The system's table is long on a busy machine: it is read for whole requests alone.
        let foreign = match (&peer, &own) {
            (Ok(peer), Ok(own)) => is_foreign(user_of(*peer, *own)),
            _ => false,
        };
        let visited = Arc::clone(&visited);
        async move {
            let (head, _) = request.into_parts();
            let size = head
                .headers
                .iter()
                .map(|(name, value)| name.as_str().len().saturating_add(value.len()));
            let size = size.fold(0_usize, usize::saturating_add);
            let address = head
                .uri
                .path_and_query()
                .map_or(0, |all| all.as_str().len());
            let answer = if size > MAX_HEADERS {
                visited.too_much();
                Page::TooMuch.answer()
            } else if address > MAX_ADDRESS {
                Page::Nothing.answer()
            } else {
                visited.visit(visit(&head, foreign)).await
            };
            Ok::<_, std::convert::Infallible>(response(answer))
        }
    });
    let mut server = http1::Builder::new();
    server
        .keep_alive(false)
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_headers(MAX_LINES)
        .max_buf_size(MAX_HELD);
    // A connection that breaks has no page to show.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}

/// Neither mine nor root's.
fn is_foreign(user: Option<u32>) -> bool {
    #[cfg(unix)]
    let is_mine = |user| user == 0 || user == rustix::process::geteuid().as_raw();
    #[cfg(not(unix))]
    let is_mine = |_| true;
    user.is_some_and(|user| !is_mine(user))
}

fn visit(head: &http::request::Parts, foreign: bool) -> Visit {
    let text = |name: &str| Some(head.headers.get(name)?.to_str().ok()?.to_owned());
    let cookies = head.headers.get_all("cookie").iter();
    Visit {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(Secret::from),
        host: text("host").unwrap_or_default(),
        cookies: cookies
            .flat_map(|header| Visit::own_cookies(header.as_bytes()))
            .collect(),
        mode: text("sec-fetch-mode"),
        destination: text("sec-fetch-dest"),
        ahead: ["sec-purpose", "purpose", "x-moz"]
            .iter()
            .any(|name| head.headers.contains_key(*name)),
        foreign,
    }
}

fn response(answer: Answer) -> hyper::Response<String> {
    let mut response = hyper::Response::new(answer.body);
    *response.status_mut() = http::StatusCode::from_u16(answer.status).unwrap_or_default();
    for (name, value) in answer.headers {
        if let Ok(value) = http::HeaderValue::from_str(&value) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

fn is_no_such_address(error: &std::io::Error) -> bool {
    // EAFNOSUPPORT has no name of its own.
    error.kind() == ErrorKind::AddrNotAvailable
        || matches!(error.raw_os_error(), Some(97 | 47 | 10047))
}

/// Why no listener can be there, and what to do.
fn refused(address: SocketAddr, error: &std::io::Error) -> Error {
    let port = address.port();
    let other = "or register another address and name it as {redirect_uri}";
    let problem = match error.kind() {
        ErrorKind::AddrInUse => {
            let holder = match listener_at(address) {
                Some((number, name)) => format!("{name} (pid {number})"),
                None => String::from("another program"),
            };
            format!(
                "port {port} is used by {holder} on {}: stop it, {other}",
                address.ip()
            )
        }
        // WSAEACCES is how Windows says that a range is reserved.
        ErrorKind::PermissionDenied if cfg!(windows) => {
            format!(
                "Windows has reserved port {port}, no program holds it: register another address and name it as {{redirect_uri}}"
            )
        }
        ErrorKind::PermissionDenied => {
            format!(
                "port {port} needs rights that this program does not have: register an address with a port above 1023"
            )
        }
        _ => format!("no program can listen at {address}: {}", error.kind()),
    };
    Error::invalid_argument("redirect_uri", problem)
}
