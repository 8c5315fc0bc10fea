//! What arrived: every complete request, and counts of the rest.

use crate::form::Form;
use crate::recent::Recent;
use crate::request::Request;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::mpsc::{SyncSender, TrySendError};
use std::time::Duration;

/// One request as it arrived.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Counts up from 1; no number comes twice.
    pub number: u64,
    /// When it had arrived, by the emulator's clock, in seconds since 1970.
    pub time: u64,
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
    /// From its last byte to the answer's, or to the end of the connection; absent until then.
    pub milliseconds: Option<f64>,
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

    /// The headers by name, in small letters; the values of a repeated one are joined with `, `.
    #[must_use]
    pub fn headers_by_name(&self) -> BTreeMap<String, String> {
        let mut by_name: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in &self.headers {
            by_name
                .entry(name.to_ascii_lowercase())
                .and_modify(|joined| {
                    joined.push_str(", ");
                    joined.push_str(value);
                })
                .or_insert_with(|| value.clone());
        }
        by_name
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

/// A request that was answered, or whose connection ended: for a log. It holds no secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Served {
    /// When it had arrived, by the emulator's clock, in seconds since 1970.
    pub time: u64,
    /// `POST`, `GET`, …
    pub method: String,
    /// The path; what looks like a secret in it is a fingerprint.
    pub path: String,
    /// The status, if an answer was begun.
    pub status: Option<u16>,
    /// From the request's last byte to the answer's, or to the end of the connection.
    pub milliseconds: f64,
    /// The listener: `http`, `https`, `sandbox`, `expired`, `wrong_host` or `untrusted`.
    pub listener: &'static str,
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
    /// Requests that were turned away: a wrong `Host`, or a web page of another origin.
    pub refused: u64,
}

#[derive(Default)]
pub(crate) struct Record {
    requests: Recent<Recorded>,
    counts: Counts,
    last_connection: u64,
    last_request: u64,
    followers: Vec<SyncSender<Served>>,
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

    pub(crate) fn refused(&mut self) {
        self.counts.refused += 1;
    }

    /// Notes a request and returns the number under which its answer is noted.
    pub(crate) fn request(
        &mut self,
        request: &Request,
        time: u64,
        connection: u64,
        listener: &str,
    ) -> u64 {
        let form = if request.is_form() {
            Form::parse(&request.body).0
        } else {
            Vec::new()
        };
        self.counts.total += 1;
        self.last_request += 1;
        let recorded = Recorded {
            number: self.last_request,
            time,
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
            milliseconds: None,
        };
        self.requests.push(size(&recorded), recorded);
        self.last_request
    }

    pub(crate) fn answered(&mut self, number: u64, status: u16) {
        if let Some(recorded) = self.requests.find(|recorded| recorded.number == number) {
            recorded.answered = Some(status);
        }
    }

    /// The answer is out, or the connection has ended.
    pub(crate) fn finished(&mut self, number: u64, took: Duration) {
        if let Some(recorded) = self.requests.find(|recorded| recorded.number == number) {
            recorded.milliseconds = Some(took.as_secs_f64() * 1000.0);
        }
    }

    /// Tells of every request that is served from now on.
    pub(crate) fn follow(&mut self, follower: SyncSender<Served>) {
        self.followers.push(follower);
    }

    /// Who does not keep up misses some; who is gone is forgotten.
    pub(crate) fn tell(&mut self, served: impl FnOnce() -> Served) {
        if self.followers.is_empty() {
            return;
        }
        let served = served();
        self.followers.retain(|follower| {
            !matches!(
                follower.try_send(served.clone()),
                Err(TrySendError::Disconnected(_))
            )
        });
    }

    pub(crate) fn requests(&self) -> impl DoubleEndedIterator<Item = &Recorded> {
        self.requests.iter()
    }

    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    pub(crate) fn clear(&mut self) {
        self.requests = Recent::default();
        self.counts = Counts::default();
    }
}

/// How many bytes a request takes in the record.
fn size(recorded: &Recorded) -> usize {
    let pairs = |pairs: &[(String, String)]| -> usize {
        pairs
            .iter()
            .map(|(name, value)| name.len() + value.len())
            .sum()
    };
    recorded.method.len()
        + recorded.path.len()
        + recorded.query.len()
        + recorded.body.as_ref().map_or(0, String::len)
        + recorded.body_base64.len()
        + pairs(&recorded.headers)
        + pairs(&recorded.form)
}
