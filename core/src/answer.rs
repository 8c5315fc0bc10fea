//! What a call tells besides its document: how it went on the wire. It is never stored.

use std::sync::Arc;
use std::time::Duration;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::text::rate_limit::RateLimit;

/// How a call went: its answer's status, request id and rate limit, and how long it took.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Answer {
    /// The method of the request.
    pub method: &'static str,
    /// The path of the request.
    pub path: Arc<str>,
    /// The HTTP status; `None` where no answer came.
    pub status: Option<u16>,
    /// Pinterest's request id (`x-pinterest-rid`), which its support asks for.
    pub request_id: Option<String>,
    /// The rate limit headers, parsed.
    pub rate_limit: Option<RateLimit>,
    /// How long the call took.
    pub took: Duration,
    /// How often it was tried: 2 where the first connection could not be made.
    pub attempts: u32,
}

impl Answer {
    /// Of a call to `path` that was not made yet.
    pub(crate) fn of(path: &Arc<str>) -> Self {
        Self {
            method: "POST",
            path: Arc::clone(path),
            status: None,
            request_id: None,
            rate_limit: None,
            took: Duration::ZERO,
            attempts: 1,
        }
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(7))?;
        map.serialize_entry("method", self.method)?;
        map.serialize_entry("path", &*self.path)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("request_id", &self.request_id)?;
        map.serialize_entry("rate_limit", &self.rate_limit)?;
        map.serialize_entry(
            "milliseconds",
            &u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
        )?;
        map.serialize_entry("attempts", &self.attempts)?;
        map.end()
    }
}
