//! The driver of the path `rust-async`: the public async `Client`, in the protocol of the conformance drivers.

use std::fs::File;
use std::io::{BufRead, Write, stdin};
use std::os::fd::FromRawFd;

use pinterest_oauth::{Client, Config, Error, TokenRequest, binding};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let channel = std::env::var("CONFORMANCE_FD")?.parse()?;
    // SAFETY: the runner opened this descriptor for us, and nothing else in this process knows of it.
    let mut results = unsafe { File::from_raw_fd(channel) };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut lines = stdin().lock().lines();
    let mut kept = None;
    while let Some(operation) = lines.next() {
        operation?;
        let config = lines.next().ok_or("a configuration is missing")??;
        let request = lines.next().ok_or("a request is missing")??;
        let line = match runtime.block_on(call(&mut kept, &config, &request)) {
            Ok(token) => format!("{{\"ok\":{token}}}\n"),
            Err(error) => format!("{{\"error\":{}}}\n", error.to_json()),
        };
        results.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// One client makes every call.
async fn call(kept: &mut Option<Client>, config: &str, request: &str) -> Result<String, Error> {
    let client = match kept.take() {
        Some(client) => client,
        None => Client::new(Config::from_json(config)?)?,
    };
    let token = kept
        .insert(client)
        .oauth_token(&TokenRequest::from_json(request)?)
        .await?;
    Ok(binding::document(&token))
}
