//! The control port, apart from the data ports, so that no fault ever hits it: JSON for programs, and a page for people.

mod change;
mod overview;

use crate::guard::Guard;
use crate::html;
use crate::request::{ReadError, Request, read_request};
use crate::response::{Response, write_once};
use crate::server::accept;
use crate::world::{Shared, World};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_secs(60);
const PAGE: &str = include_str!("page.html");

type Handler = fn(&mut World, &Request) -> Result<Response, String>;

/// Method, path, and who answers.
const ROUTES: &[(&str, &str, Handler)] = &[
    ("GET", "/", |_, _| Ok(page())),
    ("GET", "/health", |_, _| Ok(done())),
    ("GET", "/overview", |world, request| {
        Ok(overview::answer(world, request))
    }),
    ("GET", "/requests", |world, _| Ok(requests(world))),
    ("DELETE", "/requests", |world, _| {
        world.clear();
        Ok(done())
    }),
    ("GET", "/counts", |world, _| Ok(counts(world))),
    ("GET", "/proxy", |world, _| {
        let seen: Vec<_> = world.proxy.iter().collect();
        Ok(Response::json(200, &json!({"requests": seen})))
    }),
    ("POST", "/reset", |world, _| {
        world.reset().map_err(change::no_file)?;
        Ok(done())
    }),
    ("GET", "/switches", |world, _| {
        Ok(Response::json(200, &world.switches))
    }),
    ("POST", "/switches", change::switches),
    ("POST", "/clock", change::clock),
    ("POST", "/script", change::script),
    ("POST", "/authorize", change::authorize),
    ("POST", "/logins", change::logins),
];

pub(crate) async fn listen(socket: TcpListener, port: u16, shared: Arc<Shared>) {
    loop {
        let Some(stream) = accept(&socket).await else {
            continue;
        };
        tokio::spawn(connection(stream, port, Arc::clone(&shared)));
    }
}

async fn connection(mut stream: TcpStream, port: u16, shared: Arc<Shared>) {
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
        let answer = answer(&mut shared.lock(), port, &request);
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

fn answer(world: &mut World, port: u16, request: &Request) -> Response {
    let guard = Guard {
        port,
        usual_port: 80,
        hosts: &[],
        pages: &["/"],
    };
    let answer = match guard.refuses(request) {
        Some(refusal) => {
            world.record.refused();
            failure(refusal.status, &refusal.text)
        }
        None => routed(world, request),
    };
    // What is answered here is for nobody else's page, in whatever way it may be loaded.
    answer
        .with("cache-control", "no-store")
        .with("x-content-type-options", "nosniff")
        .with("cross-origin-resource-policy", "same-origin")
        .with("cross-origin-opener-policy", "same-origin")
}

fn routed(world: &mut World, request: &Request) -> Response {
    let here: Vec<_> = ROUTES
        .iter()
        .filter(|(_, path, _)| *path == request.path)
        .collect();
    match here.iter().find(|(method, _, _)| *method == request.method) {
        Some((_, _, handler)) => {
            handler(world, request).unwrap_or_else(|problem| failure(400, &problem))
        }
        None if here.is_empty() => failure(404, "no such control"),
        None => {
            let methods: Vec<_> = here.iter().map(|(method, _, _)| *method).collect();
            failure(405, "another method is needed here").with("allow", &methods.join(", "))
        }
    }
}

fn page() -> Response {
    html::page(200, PAGE.into())
}

fn requests(world: &World) -> Response {
    let told = |recorded| {
        let mut document = serde_json::to_value(recorded).unwrap_or_default();
        if let Value::Object(fields) = &mut document {
            let by_name = crate::Recorded::headers_by_name(recorded);
            fields.insert("headers_by_name".into(), json!(by_name));
        }
        document
    };
    let requests: Vec<Value> = world.record.requests().map(told).collect();
    let mut document = json!(world.record.counts());
    if let Value::Object(fields) = &mut document {
        fields.insert("requests".into(), Value::Array(requests));
        fields.insert("script_left".into(), json!(world.script.left()));
    }
    Response::json(200, &document)
}

fn counts(world: &World) -> Response {
    Response::json(200, &world.posts)
}

fn done() -> Response {
    Response::json(200, &json!({"ok": true}))
}

fn failure(status: u16, problem: &str) -> Response {
    Response::json(status, &json!({"ok": false, "error": problem}))
}
