//! The control port: JSON over plain HTTP, apart from the data ports, so that no fault ever hits it.

use crate::fault::Fault;
use crate::pinterest::consent;
use crate::request::{ReadError, Request, read_request};
use crate::response::{Response, write_once};
use crate::server::accept;
use crate::world::{Shared, World};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_secs(60);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance: f64,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Consent {
    redirect_uri: String,
    scope: String,
    state: Option<String>,
}

impl Default for Consent {
    fn default() -> Self {
        let consent = crate::Consent::default();
        Self {
            redirect_uri: consent.redirect_uri,
            scope: consent.scope,
            state: consent.state,
        }
    }
}

pub(crate) async fn listen(socket: TcpListener, shared: Arc<Shared>) {
    loop {
        let Some(stream) = accept(&socket).await else {
            continue;
        };
        tokio::spawn(connection(stream, Arc::clone(&shared)));
    }
}

async fn connection(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut buffer = Vec::new();
    loop {
        let request = match timeout(LIMIT, read_request(&mut stream, &mut buffer)).await {
            Ok(Ok(request)) => request,
            Ok(Err(ReadError::Malformed(reason))) => {
                let answer = failure(400, reason).with("connection", "close");
                let _ = timeout(LIMIT, write_once(&mut stream, &answer.into_bytes())).await;
                return;
            }
            _ => return,
        };
        let keep_alive = request.keep_alive();
        let answer = answer(&mut shared.lock(), &request);
        let answer = answer.with(
            "connection",
            if keep_alive { "keep-alive" } else { "close" },
        );
        let written = timeout(LIMIT, write_once(&mut stream, &answer.into_bytes())).await;
        if !keep_alive || !matches!(written, Ok(Ok(()))) {
            let _ = stream.shutdown().await;
            return;
        }
    }
}

fn answer(world: &mut World, request: &Request) -> Response {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/health") => done(),
        ("GET", "/requests") => requests(world),
        ("DELETE", "/requests") => {
            world.clear();
            done()
        }
        ("POST", "/reset") => {
            world.reset();
            done()
        }
        ("GET", "/switches") => Response::json(200, &world.switches),
        ("GET", "/proxy") => Response::json(200, &json!({"requests": world.proxy})),
        ("POST", "/script" | "/clock" | "/switches" | "/authorize") => {
            change(world, request).unwrap_or_else(|problem| failure(400, &problem))
        }
        (
            _,
            "/health" | "/requests" | "/reset" | "/switches" | "/proxy" | "/script" | "/clock"
            | "/authorize",
        ) => failure(405, "another method is needed here"),
        _ => failure(404, "no such control"),
    }
}

fn change(world: &mut World, request: &Request) -> Result<Response, String> {
    match request.path.as_str() {
        "/script" => {
            let faults: Vec<Fault> = read(&request.body)?;
            world.script.set(faults);
            Ok(Response::json(
                200,
                &json!({"ok": true, "left": world.script.left()}),
            ))
        }
        "/clock" => {
            let Advance { advance } = read(&request.body)?;
            world
                .clock
                .advance(Duration::try_from_secs_f64(advance).map_err(|error| error.to_string())?);
            Ok(Response::json(
                200,
                &json!({"ok": true, "now": world.clock.now()}),
            ))
        }
        "/switches" => {
            world.switches = world.switches.patched(&read::<Value>(&request.body)?)?;
            Ok(Response::json(200, &world.switches))
        }
        _ => {
            let ask: Consent = read(&request.body)?;
            let allowed =
                consent::click(world, &ask.redirect_uri, &ask.scope, ask.state.as_deref())?;
            Ok(Response::json(
                200,
                &json!({"code": allowed.code, "redirect": allowed.redirect}),
            ))
        }
    }
}

fn requests(world: &World) -> Response {
    let counts = world.record.counts();
    Response::json(
        200,
        &json!({
            "requests": world.record.requests(),
            "connections": counts.connections,
            "partial": counts.partial,
            "total": counts.total,
            "tls_failed": counts.tls_failed,
            "script_left": world.script.left(),
        }),
    )
}

fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, String> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

fn done() -> Response {
    Response::json(200, &json!({"ok": true}))
}

fn failure(status: u16, problem: &str) -> Response {
    Response::json(status, &json!({"ok": false, "error": problem}))
}
