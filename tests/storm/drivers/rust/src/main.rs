//! The driver of the path `rust-async`: the public async `Client`, in the protocol of the conformance drivers.

use std::fs::File;
use std::io::{BufRead, Write, stdin};
use std::os::fd::FromRawFd;

use pinterest_oauth::binding::{self, Answered};
use pinterest_oauth::{Client, Config, ConversionRequest, Error, RevokeRequest, TokenRequest};

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
        let operation = operation?;
        let config = lines.next().ok_or("a configuration is missing")??;
        let request = lines.next().ok_or("a request is missing")??;
        let line = match runtime.block_on(call(&mut kept, &operation, &config, &request)) {
            Ok(answer) => format!("{{\"ok\":{answer}}}\n"),
            Err(error) => format!("{{\"error\":{}}}\n", error.to_json()),
        };
        results.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// One client makes every call.
async fn call(
    kept: &mut Option<Client>,
    operation: &str,
    config: &str,
    request: &str,
) -> Result<String, Error> {
    let client = match kept.take() {
        Some(client) => client,
        None => Client::new(Config::from_json(config)?)?,
    };
    let client = kept.insert(client);
    let token = match operation.trim_start_matches("reuse:") {
        "revoke" => {
            let answer = client.revoke(&RevokeRequest::from_json(request)?).await?;
            return Ok(Answered::Done(answer).to_json());
        }
        "conversion_token" => {
            let request = ConversionRequest::from_json(request)?;
            client.conversion_token(&request).await?
        }
        _ => {
            let request = TokenRequest::from_json(request)?;
            client.oauth_token(&request).await?
        }
    };
    Ok(binding::document(&token))
}
