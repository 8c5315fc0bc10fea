//! A small forward proxy (CONNECT and absolute URLs) that notes what it saw. It reaches loopback only.

use crate::request::{Request, read_request};
use crate::response::{Response, write_once};
use crate::server::accept;
use crate::world::Shared;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

const REQUEST_LIMIT: Duration = Duration::from_secs(60);
const TUNNEL_LIMIT: Duration = Duration::from_secs(300);

/// One request that reached the proxy.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// `CONNECT`, or the method of a request with an absolute URL.
    pub method: String,
    /// `host:port`, or the absolute URL.
    pub target: String,
    /// Names as sent, in order.
    pub headers: Vec<(String, String)>,
    /// The proxy's own answer: 200 where it passed things on.
    pub answered: u16,
}

/// Shows no headers: they hold credentials.
impl fmt::Debug for Seen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Seen")
            .field("method", &self.method)
            .field("target", &self.target)
            .field("answered", &self.answered)
            .finish_non_exhaustive()
    }
}

pub(crate) async fn listen(socket: TcpListener, shared: Arc<Shared>) {
    loop {
        let Some(stream) = accept(&socket).await else {
            continue;
        };
        tokio::spawn(timeout(
            TUNNEL_LIMIT,
            connection(stream, Arc::clone(&shared)),
        ));
    }
}

async fn connection(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut buffer = Vec::new();
    let Ok(Ok(request)) = timeout(REQUEST_LIMIT, read_request(&mut stream, &mut buffer)).await
    else {
        return;
    };
    let target = target_of(&request);
    let server = match (refusal(&request, &shared), target) {
        (Some(refusal), _) => Err(refusal),
        (None, None) => Err(plain(403, "this proxy reaches loopback addresses only")),
        (None, Some(address)) => TcpStream::connect(address)
            .await
            .map_err(|_| plain(502, "the target does not answer")),
    };
    note(
        &request,
        server
            .as_ref()
            .map_or_else(|refusal| refusal.status, |_| 200),
        &shared,
    );
    match server {
        Err(refusal) => {
            let _ = write_once(
                &mut stream,
                &refusal.with("connection", "close").into_bytes(),
            )
            .await;
            let _ = stream.shutdown().await;
        }
        Ok(server) => pass_on(stream, server, &request, buffer).await,
    }
}

/// Both directions until both sides are done.
async fn pass_on(mut client: TcpStream, mut server: TcpStream, request: &Request, early: Vec<u8>) {
    let first = if request.method == "CONNECT" {
        if write_once(&mut client, b"HTTP/1.1 200 Connection established\r\n\r\n")
            .await
            .is_err()
        {
            return;
        }
        early
    } else {
        origin_form(request)
    };
    if server.set_nodelay(true).is_ok() && write_once(&mut server, &first).await.is_ok() {
        let _ = copy_bidirectional(&mut client, &mut server).await;
    }
}

/// The request as the server wants it. One request per connection keeps the proxy simple.
fn origin_form(request: &Request) -> Vec<u8> {
    let query = if request.query.is_empty() {
        String::new()
    } else {
        format!("?{}", request.query)
    };
    let mut head = format!("{} {}{query} HTTP/1.1\r\n", request.method, request.path);
    for (name, value) in &request.headers {
        let hop = [
            "connection",
            "proxy-connection",
            "proxy-authorization",
            "transfer-encoding",
            "content-length",
        ];
        if !hop.iter().any(|hop| name.eq_ignore_ascii_case(hop)) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    head.push_str(&format!(
        "content-length: {}\r\nconnection: close\r\n\r\n",
        request.body.len()
    ));
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(&request.body);
    bytes
}

fn refusal(request: &Request, shared: &Shared) -> Option<Response> {
    let world = shared.lock();
    if let Some(status) = world.switches.proxy_refuses {
        return Some(plain(status, "this proxy turns everything down"));
    }
    let wanted = format!(
        "Basic {}",
        STANDARD.encode(world.switches.proxy_auth.as_ref()?)
    );
    if request.header("proxy-authorization") == Some(&wanted) {
        return None;
    }
    Some(
        plain(407, "credentials are needed").with("proxy-authenticate", "Basic realm=\"emulator\""),
    )
}

fn plain(status: u16, text: &str) -> Response {
    Response::text(status, "text/plain", text.into())
}

/// Where the request wants to go, if that is this machine.
fn target_of(request: &Request) -> Option<SocketAddr> {
    let authority = if request.method == "CONNECT" {
        request.target.as_str()
    } else {
        let rest = request.target.strip_prefix("http://")?;
        rest.split(['/', '?']).next().unwrap_or_default()
    };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()?),
        _ => (authority, 80),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let address = if host.eq_ignore_ascii_case("localhost") {
        IpAddr::V4(Ipv4Addr::LOCALHOST)
    } else {
        host.parse::<IpAddr>().ok().filter(IpAddr::is_loopback)?
    };
    Some(SocketAddr::new(address, port))
}

fn note(request: &Request, answered: u16, shared: &Shared) {
    let headers = request.headers.iter();
    let bytes = request.target.len()
        + headers
            .map(|(name, value)| name.len() + value.len())
            .sum::<usize>();
    let seen = Seen {
        method: request.method.clone(),
        target: request.target.clone(),
        headers: request.headers.clone(),
        answered,
    };
    shared.lock().proxy.push(bytes, seen);
}
