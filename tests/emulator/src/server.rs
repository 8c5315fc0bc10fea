//! The data listeners: accepting, and the life of one connection. What is answered, and how it is delivered,
//! is decided elsewhere.

use crate::delivery::{Plan, play};
use crate::fault::{Action, Stage};
use crate::guard::Guard;
use crate::pinterest::{self, errors::Problem};
use crate::record::Served;
use crate::redact;
use crate::request::{ReadError, Request, read_request};
use crate::response::Response;
use crate::vault::Environment;
use crate::wire::Wire;
use crate::world::{Shared, World};
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

const IDLE_LIMIT: Duration = Duration::from_secs(60);
const READ_LIMIT: Duration = Duration::from_secs(60);
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(30);

/// What kind of connections a listener takes.
pub(crate) struct Listener {
    pub(crate) name: &'static str,
    pub(crate) port: u16,
    pub(crate) environment: Environment,
    pub(crate) tls: Option<TlsAcceptor>,
}

pub(crate) async fn listen(socket: TcpListener, listener: Listener, shared: Arc<Shared>) {
    let listener = Arc::new(listener);
    loop {
        let Some(stream) = accept(&socket).await else {
            continue;
        };
        tokio::spawn(connection(
            stream,
            Arc::clone(&listener),
            Arc::clone(&shared),
        ));
    }
}

/// The next connection, with `TCP_NODELAY`; a failure is waited out, it may be a lack of descriptors.
pub(crate) async fn accept(socket: &TcpListener) -> Option<TcpStream> {
    match socket.accept().await {
        Ok((stream, _)) => stream.set_nodelay(true).is_ok().then_some(stream),
        Err(_) => {
            sleep(Duration::from_millis(10)).await;
            None
        }
    }
}

async fn connection(mut stream: TcpStream, listener: Arc<Listener>, shared: Arc<Shared>) {
    let number = shared.lock().record.connection();
    if !early(&mut stream, Stage::Accept, &shared).await {
        return;
    }
    let Some(tls) = &listener.tls else {
        return exchange(stream, number, &listener, &shared).await;
    };
    match timeout(HANDSHAKE_LIMIT, tls.accept(stream)).await {
        Ok(Ok(stream)) => exchange(stream, number, &listener, &shared).await,
        _ => shared.lock().record.tls_failed(),
    }
}

async fn exchange<W: Wire>(mut wire: W, number: u64, listener: &Listener, shared: &Shared) {
    let mut buffer = Vec::new();
    loop {
        if buffer.is_empty()
            && !matches!(
                timeout(IDLE_LIMIT, wire.bytes_waiting()).await,
                Ok(Ok(true))
            )
        {
            return;
        }
        if !early(&mut wire, Stage::BeforeRead, shared).await {
            return;
        }
        let read = timeout(READ_LIMIT, read_request(&mut wire, &mut buffer)).await;
        let request = match read.unwrap_or(Err(ReadError::Partial)) {
            Ok(request) => request,
            Err(ReadError::Closed) => return,
            Err(ReadError::Partial) => return shared.lock().record.partial(),
            Err(ReadError::Malformed(reason)) => {
                shared.lock().record.partial();
                let answer =
                    Problem::InvalidRequest(reason).response(shared.lock().switches.envelope);
                play(&mut wire, Plan::plain(answer, false), |_| ()).await;
                return drain(&mut wire).await;
            }
        };
        let began = Instant::now();
        if let Some(refusal) = refusal(&request, listener, shared) {
            let keep_alive = request.keep_alive();
            if !play(&mut wire, Plan::plain(refusal, keep_alive), |_| ()).await {
                return;
            }
            continue;
        }
        let (id, plan) = {
            let mut world = shared.lock();
            let id = world.arrived(&request, number, listener.name);
            let fault = world.script.take(Stage::AfterRead, Some(&request.path));
            let keep_alive = request.keep_alive();
            let mut usual = || {
                let answer = pinterest::answer(&mut world, &request, listener.environment);
                if request.method == "HEAD" {
                    answer.without_body()
                } else {
                    answer
                }
            };
            let plan = match fault.filter(|fault| fault.action != Action::Passthrough) {
                Some(fault) => Plan::faulted(&fault, keep_alive, usual),
                None => Plan::plain(usual(), keep_alive),
            };
            (id, plan)
        };
        let mut status = None;
        let goes_on = play(&mut wire, plan, |begun| {
            status = Some(begun);
            shared.lock().record.answered(id, begun);
        })
        .await;
        let mut world = shared.lock();
        world.record.finished(id, began.elapsed());
        served(&mut world, &request, listener, status, began);
        if !goes_on {
            return;
        }
    }
}

/// The answer to a request that is not let in. It is counted, but neither recorded nor hit by a fault.
fn refusal(request: &Request, listener: &Listener, shared: &Shared) -> Option<Response> {
    let began = Instant::now();
    let mut world = shared.lock();
    let guard = Guard {
        port: listener.port,
        usual_port: if listener.tls.is_some() { 443 } else { 80 },
        hosts: &world.switches.hosts,
        pages: pinterest::PAGES,
    };
    let refusal = guard.refuses(request)?;
    world.record.refused();
    served(&mut world, request, listener, Some(refusal.status), began);
    let problem = json!({"code": 1, "message": refusal.text});
    Some(Response::json(refusal.status, &problem))
}

/// Tells those who follow.
fn served(
    world: &mut World,
    request: &Request,
    listener: &Listener,
    status: Option<u16>,
    began: Instant,
) {
    let time = world.clock.now();
    world.record.tell(|| Served {
        time,
        method: redact::method(&request.method),
        path: redact::path(&request.path),
        status,
        milliseconds: began.elapsed().as_secs_f64() * 1000.0,
        listener: listener.name,
    });
}

/// Plays a fault of a stage at which no request has been read. Returns whether the connection goes on.
async fn early<W: Wire>(wire: &mut W, stage: Stage, shared: &Shared) -> bool {
    let Some(fault) = shared.lock().script.take(stage, None) else {
        return true;
    };
    if matches!(fault.action, Action::Pinterest | Action::Passthrough) {
        sleep(Duration::from_millis(fault.delay_ms)).await;
        return true;
    }
    // Nothing has been read, so whatever is answered is the last: no keep-alive.
    let plan = Plan::faulted(&fault, false, || Response::new(500));
    play(wire, plan, |_| ()).await;
    if matches!(fault.action, Action::Answer | Action::Close) && fault.reset_after.is_none() {
        drain(wire).await;
    }
    false
}

/// Reads what the peer still sends, for a moment, so that unread bytes do not turn the close into a reset
/// that overtakes the answer.
async fn drain<W: Wire>(wire: &mut W) {
    let mut ignored = [0_u8; 4096];
    let rest = async { while matches!(wire.read(&mut ignored).await, Ok(count) if count > 0) {} };
    let _ = timeout(Duration::from_secs(2), rest).await;
}
