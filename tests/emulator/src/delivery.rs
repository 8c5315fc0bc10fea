//! How an answer goes over the wire: cut into steps (a plan, without I/O), then played.
//! What the answer says is decided elsewhere.

use crate::fault::{Action, Fault};
use crate::response::{Response, write_once};
use crate::wire::Wire;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{sleep, timeout};

/// A slow body comes in this many slices.
const SLICES: usize = 10;
const HANG_LIMIT: Duration = Duration::from_secs(60);
const WRITE_LIMIT: Duration = Duration::from_secs(60);

#[derive(Debug, PartialEq)]
enum Step {
    Send(Vec<u8>),
    Pause(Duration),
    Reset,
    Close,
    Hang,
}

#[derive(Debug)]
pub(crate) struct Plan {
    steps: Vec<Step>,
    status: Option<u16>,
}

impl Plan {
    /// An answer as it should be: all in one write.
    pub(crate) fn plain(response: Response, keep_alive: bool) -> Self {
        let status = response.status;
        let response = response.with(
            "connection",
            if keep_alive { "keep-alive" } else { "close" },
        );
        let mut plan = Self {
            steps: Vec::new(),
            status: Some(status),
        };
        plan.send(response.into_bytes());
        if !keep_alive {
            plan.steps.push(Step::Close);
        }
        plan
    }

    /// An answer as the fault wants it; `pinterest` gives the usual one if it is asked for.
    pub(crate) fn faulted(
        fault: &Fault,
        keep_alive: bool,
        pinterest: impl FnOnce() -> Response,
    ) -> Self {
        let mut plan = Self {
            steps: Vec::new(),
            status: None,
        };
        plan.pause(fault.delay_ms);
        match fault.action {
            Action::Reset => plan.steps.push(Step::Reset),
            Action::Close => plan.steps.push(Step::Close),
            Action::Hang => plan.steps.push(Step::Hang),
            Action::Answer => plan.answer(fault, scripted(fault), keep_alive),
            Action::Pinterest | Action::Passthrough => {
                let mut response = overlaid(fault, pinterest());
                if keep_alive && !response.has("connection") && !omits(fault, "connection") {
                    response = response.with("connection", "keep-alive");
                }
                plan.answer(fault, response, keep_alive);
            }
        }
        plan
    }

    fn answer(&mut self, fault: &Fault, mut response: Response, keep_alive: bool) {
        if let Some(raw) = &fault.raw_base64 {
            self.send(raw.0.clone());
            self.steps.push(Step::Close);
            return;
        }
        self.status = Some(response.status);
        let mut body = std::mem::take(&mut response.body);
        if fault.gzip {
            body = gzipped(&body);
            response = response.with("content-encoding", "gzip");
        }
        if fault.chunked {
            response
                .headers
                .retain(|(name, _)| !name.eq_ignore_ascii_case("content-length"));
            response = response.with("transfer-encoding", "chunked");
        } else if !response.has("content-length")
            && !omits(fault, "content-length")
            && (response.has_length() || !body.is_empty())
        {
            response = response.with("content-length", &body.len().to_string());
        }
        let says_close = response.headers.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("connection") && value.eq_ignore_ascii_case("close")
        });
        let ends = says_close || !keep_alive || fault.truncate.is_some();
        let silent = fault.close_after || response.has("connection") || omits(fault, "connection");
        if !keep_alive && !silent {
            response = response.with("connection", "close");
        }

        self.send_head(&response.head(), fault);
        self.pause(fault.body_delay_ms);
        self.send_body(body, fault);
        if let Some(sent) = fault.reset_after {
            self.cut(sent);
            self.steps.push(Step::Reset);
        } else if fault.close_after {
            self.pause(fault.close_delay_ms);
            self.steps.push(Step::Close);
        } else if ends {
            self.steps.push(Step::Close);
        }
    }

    fn send_head(&mut self, head: &[u8], fault: &Fault) {
        for line in head.split_inclusive(|byte| *byte == b'\n') {
            self.send(line.to_vec());
            self.pause(fault.header_gap_ms);
        }
    }

    fn send_body(&mut self, mut body: Vec<u8>, fault: &Fault) {
        let slice = body.len().div_ceil(SLICES).max(1);
        body.truncate(fault.truncate.unwrap_or(usize::MAX));
        for (number, part) in body.chunks(slice).enumerate() {
            if number > 0 {
                self.pause(fault.body_gap_ms);
            }
            if fault.chunked {
                let mut chunk = format!("{:x}\r\n", part.len()).into_bytes();
                chunk.extend_from_slice(part);
                chunk.extend_from_slice(b"\r\n");
                self.send(chunk);
            } else {
                self.send(part.to_vec());
            }
        }
        if fault.chunked && fault.truncate.is_none() {
            self.send(b"0\r\n\r\n".to_vec());
        }
    }

    /// Adds to the last write if nothing comes between: what can be one write is one.
    fn send(&mut self, mut bytes: Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        match self.steps.last_mut() {
            Some(Step::Send(last)) => last.append(&mut bytes),
            _ => self.steps.push(Step::Send(bytes)),
        }
    }

    fn pause(&mut self, milliseconds: u64) {
        if milliseconds > 0 {
            self.steps
                .push(Step::Pause(Duration::from_millis(milliseconds)));
        }
    }

    /// Leaves just the first `left` bytes of everything that is sent.
    fn cut(&mut self, mut left: usize) {
        self.steps.retain_mut(|step| {
            let Step::Send(bytes) = step else {
                return left > 0;
            };
            bytes.truncate(left);
            left -= bytes.len();
            !bytes.is_empty()
        });
        if !self.steps.iter().any(|step| matches!(step, Step::Send(_))) {
            self.status = None;
        }
    }
}

/// Plays a plan. `begun` is told the status just before the first byte goes out.
/// Returns whether the connection lives on.
pub(crate) async fn play<W: Wire>(wire: &mut W, plan: Plan, begun: impl FnOnce(u16)) -> bool {
    let mut announce = plan.status.map(|status| move || begun(status));
    for step in plan.steps {
        match step {
            Step::Pause(time) => sleep(time).await,
            Step::Send(bytes) => {
                if let Some(announce) = announce.take() {
                    announce();
                }
                if !matches!(
                    timeout(WRITE_LIMIT, write_once(wire, &bytes)).await,
                    Ok(Ok(()))
                ) {
                    return false;
                }
            }
            Step::Reset => {
                // Without it the drop would be an orderly close; there is nothing else to do then.
                let _ = wire.tcp().set_zero_linger();
                return false;
            }
            Step::Close => {
                let _ = timeout(WRITE_LIMIT, wire.shutdown()).await;
                return false;
            }
            Step::Hang => {
                let mut ignored = [0_u8; 4096];
                let silence = async {
                    while matches!(wire.read(&mut ignored).await, Ok(count) if count > 0) {}
                };
                let _ = timeout(HANG_LIMIT, silence).await;
                return false;
            }
        }
    }
    true
}

fn omits(fault: &Fault, name: &str) -> bool {
    fault
        .headers
        .iter()
        .any(|(key, value)| value.is_none() && key.eq_ignore_ascii_case(name))
}

fn scripted(fault: &Fault) -> Response {
    let mut response = Response::new(fault.status.unwrap_or(200));
    response.reason.clone_from(&fault.reason);
    response.body = scripted_body(fault);
    let named = fault
        .headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if !named && (response.has_length() || !response.body.is_empty()) {
        response = response.with("content-type", "application/json");
    }
    for (name, value) in &fault.headers {
        if let Some(value) = value {
            response = response.with(name, value);
        }
    }
    response
}

fn scripted_body(fault: &Fault) -> Vec<u8> {
    if let Some(text) = &fault.body {
        return text.clone().into_bytes();
    }
    if let Some(json) = &fault.body_json {
        return json.to_string().into_bytes();
    }
    if let Some(bytes) = &fault.body_base64 {
        return bytes.0.clone();
    }
    if let Some(fill) = &fault.body_fill {
        return format!(
            "{}{}{}",
            fill.prefix,
            fill.byte.repeat(fill.count),
            fill.suffix
        )
        .into_bytes();
    }
    Vec::new()
}

fn overlaid(fault: &Fault, mut response: Response) -> Response {
    if let Some(status) = fault.status {
        response.status = status;
    }
    if fault.reason.is_some() {
        response.reason.clone_from(&fault.reason);
    }
    for (name, value) in &fault.headers {
        response
            .headers
            .retain(|(key, _)| !key.eq_ignore_ascii_case(name));
        if let Some(value) = value {
            response = response.with(name, value);
        }
    }
    response
}

fn gzipped(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to a Vec does not fail.
    let _ = encoder.write_all(body);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
#[path = "delivery_tests.rs"]
mod tests;
