//! What arrived: every complete request, and counts of the rest.

use crate::form::Form;
use crate::request::Request;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::fmt;

/// Only this many requests are kept, so that a benchmark does not fill the memory.
const KEPT: usize = 10_000;

/// One request as it arrived.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// `POST`, `GET`, …
    pub method: String,
    /// The path, undecoded.
    pub path: String,
    /// What came after the question mark, undecoded; empty if nothing did.
    pub query: String,
    /// `HTTP/1.1` or `HTTP/1.0`.
    pub http_version: String,
    /// Names as sent, in order.
    pub headers: Vec<(String, String)>,
    /// The body, if it is UTF-8.
    pub body: Option<String>,
    /// The body's bytes.
    pub body_base64: String,
    /// The decoded fields of a form body, in order; empty for any other body.
    pub form: Vec<(String, String)>,
    /// Which TCP connection it came on.
    pub connection: u64,
    /// The listener: `http`, `https`, `sandbox`, `expired`, `wrong_host` or `untrusted`.
    pub listener: String,
    /// The status it was answered with, once an answer was begun.
    pub answered: Option<u16>,
}

impl Recorded {
    /// The first header of this name, whatever its case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The first form field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.form
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Shows neither headers nor body nor query: they hold credentials.
impl fmt::Debug for Recorded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Recorded")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("connection", &self.connection)
            .field("listener", &self.listener)
            .field("answered", &self.answered)
            .finish_non_exhaustive()
    }
}

/// How much arrived since the record was cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Complete requests, those no longer kept included.
    pub total: u64,
    /// TCP connections accepted.
    pub connections: u64,
    /// Requests that began to arrive and never got complete.
    pub partial: u64,
    /// TLS handshakes that failed.
    pub tls_failed: u64,
}

#[derive(Default)]
pub(crate) struct Record {
    requests: VecDeque<(u64, Recorded)>,
    counts: Counts,
    last_connection: u64,
    last_request: u64,
}

impl Record {
    /// Numbers a new connection. Numbers are never given twice, not even after `clear`.
    pub(crate) fn connection(&mut self) -> u64 {
        self.counts.connections += 1;
        self.last_connection += 1;
        self.last_connection
    }

    pub(crate) fn partial(&mut self) {
        self.counts.partial += 1;
    }

    pub(crate) fn tls_failed(&mut self) {
        self.counts.tls_failed += 1;
    }

    /// Notes a request and returns the number under which its answer is noted.
    pub(crate) fn request(&mut self, request: &Request, connection: u64, listener: &str) -> u64 {
        let form = if request.is_form() {
            Form::parse(&request.body).0
        } else {
            Vec::new()
        };
        self.counts.total += 1;
        self.last_request += 1;
        if self.requests.len() == KEPT {
            self.requests.pop_front();
        }
        let recorded = Recorded {
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            http_version: request.version.into(),
            headers: request.headers.clone(),
            body: String::from_utf8(request.body.clone()).ok(),
            body_base64: STANDARD.encode(&request.body),
            form,
            connection,
            listener: listener.into(),
            answered: None,
        };
        self.requests.push_back((self.last_request, recorded));
        self.last_request
    }

    pub(crate) fn answered(&mut self, request: u64, status: u16) {
        if let Some((_, recorded)) = self
            .requests
            .iter_mut()
            .rev()
            .find(|(number, _)| *number == request)
        {
            recorded.answered = Some(status);
        }
    }

    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.requests
            .iter()
            .map(|(_, recorded)| recorded.clone())
            .collect()
    }

    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    pub(crate) fn clear(&mut self) {
        self.requests.clear();
        self.counts = Counts::default();
    }
}
