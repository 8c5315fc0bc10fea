//! Writing an HTTP/1.1 answer. What it says is decided elsewhere.

use std::io;
use tokio::io::{AsyncWrite, AsyncWriteExt};

pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) reason: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn new(status: u16) -> Self {
        Self {
            status,
            reason: None,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn json<T: serde::Serialize>(status: u16, value: &T) -> Self {
        let mut response = Self::new(status).with("content-type", "application/json");
        response.body = serde_json::to_vec(value).unwrap_or_default();
        response
    }

    pub(crate) fn text(status: u16, kind: &str, body: String) -> Self {
        let mut response = Self::new(status).with("content-type", kind);
        response.body = body.into_bytes();
        response
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers
            .iter()
            .any(|(key, _)| key.eq_ignore_ascii_case(name))
    }

    /// As a HEAD request wants it: how long the body would be, but no body.
    pub(crate) fn without_body(mut self) -> Self {
        let length = std::mem::take(&mut self.body).len();
        self.with("content-length", &length.to_string())
    }

    /// Whether an answer of this status says how long it is.
    pub(crate) fn has_length(&self) -> bool {
        self.status >= 200 && self.status != 204 && self.status != 304
    }

    /// Status line and headers with the empty line after them. Nothing is added here.
    pub(crate) fn head(&self) -> Vec<u8> {
        let reason = self
            .reason
            .as_deref()
            .unwrap_or_else(|| reason(self.status));
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        head.into_bytes()
    }

    /// The whole answer, with `content-length`, ready for one write.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        if self.has_length() && !self.has("content-length") {
            let length = self.body.len().to_string();
            self.headers.push(("content-length".into(), length));
        }
        let mut bytes = self.head();
        bytes.append(&mut self.body);
        bytes
    }
}

/// Hands all bytes over in one write, as far as the kernel takes them.
pub(crate) async fn write_once<S: AsyncWrite + Unpin>(
    stream: &mut S,
    bytes: &[u8],
) -> io::Result<()> {
    stream.write_all(bytes).await?;
    stream.flush().await
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        407 => "Proxy Authentication Required",
        413 => "Payload Too Large",
        415 => "Unsupported Media Type",
        421 => "Misdirected Request",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Unnamed",
    }
}
