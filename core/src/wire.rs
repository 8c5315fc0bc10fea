//! What passes between `call` and `net`: a request ready to go, and an answer as it came. No I/O.

use std::io::Read;
use std::sync::Arc;

use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_ENCODING, HeaderMap, HeaderValue};
use url::Url;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::text::json::Document;

/// The largest answer accepted, in bytes, compressed or not.
pub(crate) const MAX_BODY: usize = 64 * 1024;

/// Says, once there is a connection and before the first byte goes out, whether a call may still be made. Its error is
/// the call's, and nothing was sent.
pub(crate) type Gate = dyn Fn() -> Result<(), Error> + Send + Sync;

/// One request, ready to go. Cloning shares its bytes, which are wiped with the last clone.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub method: Method,
    pub url: Url,
    pub authorization: HeaderValue,
    /// The form; `None` where the call has no body.
    pub form: Option<Bytes>,
    /// Whether the connection may be used again.
    pub keep_alive: bool,
    /// Asked by a call with a form; `None` where nobody has to be asked.
    pub gate: Option<Arc<Gate>>,
}

#[cfg(test)]
impl Outgoing {
    /// A call of a test, without a form.
    pub fn to(url: Url) -> Self {
        Self {
            method: Method::POST,
            url,
            authorization: HeaderValue::from_static("Basic eDp5"),
            form: None,
            keep_alive: true,
            gate: None,
        }
    }
}

/// An answer as it came off the wire.
pub struct Incoming {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// As text, decompressed, or why it cannot be read.
    body: Result<Zeroizing<String>, &'static str>,
    /// Why the body ended, where it did not end as it should. What came may be whole all the same.
    pub(crate) broken: Option<Error>,
}

const TOO_LARGE: &str = "the answer is larger than 64 KiB";

impl Incoming {
    /// `body` is `None` when it was larger than [`MAX_BODY`].
    pub(crate) fn new(status: u16, headers: HeaderMap, body: Option<Zeroizing<Vec<u8>>>) -> Self {
        let encoding = headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes);
        let plain = body.map(|body| decompressed(body, encoding.unwrap_or_default()));
        let plain = plain
            .filter(|plain| plain.len() <= MAX_BODY)
            .ok_or(TOO_LARGE);
        Self {
            status,
            headers,
            body: plain.map(decoded),
            broken: None,
        }
    }

    /// The first header of that name, where it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        // An answer has few headers: comparing their names costs less than hashing one.
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(known, _)| *known == name)?;
        value.to_str().ok()
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as text; the problem quotes nothing of it.
    pub(crate) fn text(&self) -> Result<&str, &'static str> {
        self.body
            .as_ref()
            .map(|text| text.as_str())
            .map_err(|problem| *problem)
    }

    /// The first JSON object of the body with one of these keys, whatever stands around it.
    pub(crate) fn object(&self, keys: &[&str]) -> Result<Option<Document>, &'static str> {
        let has =
            |object: &Document| keys.is_empty() || keys.iter().any(|key| object.get(key).is_some());
        Ok(Document::find(self.text()?, has))
    }
}

/// Gzip begins with these two bytes (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Servers call plain text compressed and compressed text plain: what a body is counts, also when it is cut off.
fn decompressed(body: Zeroizing<Vec<u8>>, encoding: &[u8]) -> Zeroizing<Vec<u8>> {
    if body.starts_with(&GZIP) {
        return inflate(flate2::read::MultiGzDecoder::new(&**body));
    }
    let is_json = body.trim_ascii_start().first() == Some(&b'{');
    if is_json || !encoding.to_ascii_lowercase().ends_with(b"deflate") {
        return body;
    }
    let plain = inflate(flate2::read::ZlibDecoder::new(&**body));
    if !plain.is_empty() {
        return plain;
    }
    // Some servers leave the zlib wrapping out (RFC 9110, section 8.4.1.2).
    inflate(flate2::read::DeflateDecoder::new(&**body))
}

/// What can be inflated, up to one byte more than is accepted.
fn inflate(reader: impl Read) -> Zeroizing<Vec<u8>> {
    let mut plain = Zeroizing::new(Vec::with_capacity(MAX_BODY.saturating_add(1)));
    let limit = u64::try_from(MAX_BODY)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    // What came before an error stays in `plain`.
    let _ = reader.take(limit).read_to_end(&mut plain);
    plain
}

/// Text in UTF-8, or in UTF-16 where it begins with its mark. Bytes that are neither become U+FFFD.
fn decoded(mut bytes: Zeroizing<Vec<u8>>) -> Zeroizing<String> {
    let utf16 = |unit: fn([u8; 2]) -> u16, bytes: &[u8]| {
        let units = bytes.chunks_exact(2).map(|pair| match pair {
            [first, second] => unit([*first, *second]),
            _ => 0,
        });
        char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    Zeroizing::new(match bytes.as_slice() {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, rest @ ..] => utf16(u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => utf16(u16::from_be_bytes, rest),
        bytes if std::str::from_utf8(bytes).is_err() => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::from_utf8(std::mem::take(&mut *bytes)).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_small_bomb_is_refused() {
        let mut encoder = flate2::read::GzEncoder::new(
            std::io::repeat(b'a').take(10_000_000),
            flate2::Compression::best(),
        );
        let mut bomb = Vec::new();
        encoder.read_to_end(&mut bomb).unwrap();
        assert!(bomb.len() < MAX_BODY);
        let headers = HeaderMap::from_iter([(CONTENT_ENCODING, HeaderValue::from_static("gzip"))]);
        let answer = Incoming::new(200, headers, Some(Zeroizing::new(bomb)));
        assert_eq!(
            answer.text().unwrap_err(),
            "the answer is larger than 64 KiB"
        );
    }
}
