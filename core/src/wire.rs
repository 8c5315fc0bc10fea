//! What passes between `call` and `net`: a request ready to go, and an answer as it came. No I/O.

use std::io::Read;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use url::Url;
use zeroize::Zeroizing;

/// The largest answer accepted, in bytes, compressed or not.
pub(crate) const MAX_BODY: usize = 64 * 1024;

/// One request, ready to go. Cloning shares its bytes, which are wiped with the last clone.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub url: Url,
    pub authorization: HeaderValue,
    /// The form; `None` where the call has no body.
    pub form: Option<Bytes>,
}

/// An answer as it came off the wire.
pub struct Incoming {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// `None` when it was larger than [`MAX_BODY`].
    pub(crate) body: Option<Zeroizing<Vec<u8>>>,
}

impl Incoming {
    /// The first header of that name, where it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as text, decompressed; the problem quotes nothing of it.
    pub(crate) fn text(&self) -> Result<Zeroizing<String>, &'static str> {
        const TOO_LARGE: &str = "the answer is larger than 64 KiB";
        let body: &[u8] = self.body.as_ref().ok_or(TOO_LARGE)?;
        let encoding = self
            .header("content-encoding")
            .unwrap_or("identity")
            .trim()
            .to_ascii_lowercase();
        let plain = match encoding.as_str() {
            "" | "identity" => body.to_vec(),
            "gzip" | "x-gzip" => inflate(flate2::read::MultiGzDecoder::new(body))?,
            "deflate" => inflate(flate2::read::ZlibDecoder::new(body))?,
            _ => return Err("the answer is compressed in an unknown way"),
        };
        if plain.len() > MAX_BODY {
            return Err(TOO_LARGE);
        }
        String::from_utf8(plain)
            .map(Zeroizing::new)
            .map_err(|_| "the answer is not UTF-8")
    }
}

fn inflate(reader: impl Read) -> Result<Vec<u8>, &'static str> {
    let mut plain = Vec::new();
    let limit = u64::try_from(MAX_BODY)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    reader
        .take(limit)
        .read_to_end(&mut plain)
        .map_err(|_| "the answer is badly compressed")?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use http::header::CONTENT_ENCODING;

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
        let answer = Incoming {
            status: 200,
            headers,
            body: Some(Zeroizing::new(bomb)),
        };
        assert_eq!(
            answer.text().unwrap_err(),
            "the answer is larger than 64 KiB"
        );
    }
}
