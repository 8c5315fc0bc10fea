//! The Rust driver of the conformance cases: the public crate `pinterest-oauth` and nothing else.

mod managed;

use std::fs::File;
use std::io::{BufRead, Write, stdin};
use std::os::fd::FromRawFd;
use std::time::Duration;

use pinterest_oauth::binding::{self, Answered, AnyCall};
use pinterest_oauth::blocking::Client;
use pinterest_oauth::{AuthorizeRequest, Config, Error, RedirectRequest, Token, TokenRequest};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let channel = std::env::var("CONFORMANCE_FD").map_or(Ok(3), |fd| fd.parse())?;
    // SAFETY: the runner opened this descriptor for us, and nothing else in this process knows of it.
    let mut results = unsafe { File::from_raw_fd(channel) };
    let mut lines = stdin().lock().lines();
    let mut kept = None;
    while let Some(line) = lines.next() {
        let operation = line?;
        let config = lines.next().ok_or("a configuration is missing")??;
        let request = lines.next().ok_or("a request is missing")??;
        let line = match run(&mut kept, &operation, &config, &request) {
            Ok(answer) => format!("{{\"ok\":{answer}}}\n"),
            Err(error) => format!("{{\"error\":{}}}\n", error.to_json()),
        };
        results.write_all(line.as_bytes())?;
    }
    Ok(())
}

fn run(
    kept: &mut Option<Client>,
    operation: &str,
    config: &str,
    request: &str,
) -> Result<String, Error> {
    match operation {
        "oneshot" => return oneshot(config, request),
        "token_read" => return token_read(request),
        managed if managed.contains('.') => return managed::run(managed, config, request),
        "redirect" => return Ok(RedirectRequest::from_json(request)?.code()?.to_json()),
        _ => {}
    }
    let client = match (operation.split_once(':'), kept.take()) {
        (Some(_), Some(client)) => client,
        _ => Client::new(Config::from_json(config)?)?,
    };
    let client = kept.insert(client);
    match operation.trim_start_matches("reuse:") {
        "authorize_url" => Ok(client
            .authorize_url(&AuthorizeRequest::from_json(request)?)?
            .to_json()),
        call => match binding::run(client, &AnyCall::from_json(call, request)?)? {
            Answered::Token(token) => Ok(shown(&token, &binding::document(&token))),
            done => Ok(done.to_json()),
        },
    }
}

/// The document of a token with what its methods say.
fn shown(token: &Token, document: &str) -> String {
    let century = Duration::from_secs(100 * 365 * 86_400);
    let is_expired = json!(token.is_expired());
    let expires = json!(token.expires_within(century));
    let document = document.strip_suffix('}').unwrap_or(document);
    format!("{document},\"is_expired\":{is_expired},\"expires_within_a_century\":{expires}}}")
}

/// A token that was stored as text.
fn token_read(request: &str) -> Result<String, Error> {
    let request: Value = serde_json::from_str(request).unwrap_or_default();
    let text = request
        .get("token")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let token = Token::from_json(text)?;
    Ok(stored(&token))
}

/// A token that did not come from a call just now.
fn stored(token: &Token) -> String {
    shown(token, &token.to_json())
}

/// The bare grant with two credentials: everything else comes from the environment.
fn oneshot(config: &str, request: &str) -> Result<String, Error> {
    let config: Value = serde_json::from_str(config).unwrap_or_default();
    let request: Value = serde_json::from_str(request).unwrap_or_default();
    for (variable, key) in [
        ("PINTEREST_API_URI", "base_url"),
        ("SSL_CERT_FILE", "ca_file"),
    ] {
        // SAFETY: nothing else in this process uses the environment meanwhile.
        match config.get(key).and_then(Value::as_str) {
            Some(value) => unsafe { std::env::set_var(variable, value) },
            None => unsafe { std::env::remove_var(variable) },
        }
    }
    let text = |key: &str| request.get(key).and_then(Value::as_str).unwrap_or_default();
    let client = Client::new(
        Config::from_env()
            .app_id(text("user"))
            .app_secret(text("pass")),
    )?;
    let bare = json!({"grant_type": text("grant_type")}).to_string();
    let token = client.oauth_token(&TokenRequest::from_json(&bare)?)?;
    Ok(binding::document(&token))
}
