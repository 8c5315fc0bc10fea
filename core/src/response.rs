//! Bytes in: pure functions from an answer to a token or an error. No I/O.

use std::io::Read;

use reqwest::header::HeaderMap;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::document::{Document, integer, text};
use crate::error::{Details, Error, Kind, Outcome};
use crate::grant::{Grant, TokenRequest};
use crate::rate_limit::{RateLimit, seconds_to_wait};
use crate::scopes::Scopes;
use crate::scrub::Scrubber;
use crate::token::Token;

/// The largest answer accepted, in bytes, compressed or not.
pub(crate) const MAX_BODY: usize = 64 * 1024;
/// Headers that may identify a session.
const PRIVATE_HEADERS: [&str; 3] = ["set-cookie", "set-cookie2", "authorization"];

/// An answer as it came off the wire.
pub struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// `None` when it was larger than [`MAX_BODY`].
    pub(crate) body: Option<Zeroizing<Vec<u8>>>,
}

/// Who authenticated the call, which decides what code 2 means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Authenticated {
    App,
    AccessToken,
}

/// Why an answer is not the one hoped for: `None` where the status says so.
pub type Problem = Option<&'static str>;

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as text, decompressed; the problem quotes nothing of it.
    fn text(&self) -> Result<Zeroizing<String>, &'static str> {
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

/// The token of an answer: any 2xx with an `access_token`.
pub(crate) fn token(answer: &Answer, now: i64) -> Result<Token, Problem> {
    if !answer.is_success() {
        return Err(None);
    }
    let mut token = Token::read(&answer.text()?).map_err(|problem| match problem {
        "has no access_token" => "the answer has no access_token",
        _ => "the answer is not a JSON object",
    })?;
    token.stamp(now);
    Ok(token)
}

/// What a request knows and the answer may leave out: the refresh token sent, the scope asked for.
pub(crate) fn complete(mut token: Token, request: &TokenRequest) -> Token {
    let text = |scope: &Option<Scopes>| scope.as_ref().map(ToString::to_string);
    match &request.grant {
        Grant::RefreshToken {
            refresh_token,
            scope,
        } => {
            token.keep(refresh_token, text(scope), request.previous.as_deref());
        }
        Grant::ClientCredentials { scope } => {
            token.scope = token.scope.take().or_else(|| text(scope))
        }
        Grant::AuthorizationCode { .. } => {}
    }
    token
}

/// A revocation succeeded: any 2xx, whatever its body.
pub(crate) fn revoked(answer: &Answer) -> Result<(), Problem> {
    if answer.is_success() {
        Ok(())
    } else {
        Err(None)
    }
}

/// The error that an answer stands for.
pub(crate) fn error(
    answer: &Answer,
    problem: Problem,
    by: Authenticated,
    scrubber: &Scrubber,
    now: i64,
) -> Error {
    let text_of_body = answer.text();
    let body = text_of_body
        .as_ref()
        .ok()
        .and_then(|body| Document::parse(body).ok());
    let code = body
        .as_ref()
        .and_then(|body| body.get("code"))
        .and_then(integer);
    let said = body
        .as_ref()
        .and_then(|body| body.get("message"))
        .and_then(text);
    let shaped = code.is_some() && said.is_some();
    let success = answer.is_success();
    let kind = if shaped || !success {
        kind(answer.status, code.filter(|_| shaped), by)
    } else {
        Kind::InvalidResponse
    };
    let outcome = if shaped || (300..500).contains(&answer.status) {
        Outcome::Rejected
    } else {
        Outcome::Unknown
    };
    let said = said
        .filter(|_| shaped)
        .map(|message| scrubber.clean(&message));
    let message = match (&said, problem, text_of_body) {
        (Some(said), ..) => said.clone(),
        (None, Some(problem), _) | (None, None, Err(problem)) => problem.to_owned(),
        (None, None, Ok(_)) if (300..400).contains(&answer.status) => {
            String::from("redirects are refused")
        }
        (None, None, Ok(_)) => String::from("the answer is not one of Pinterest's"),
    };
    let now = u64::try_from(now).unwrap_or_default();
    let rate_limit = RateLimit::parse(
        answer.header("x-ratelimit-limit"),
        answer.header("x-ratelimit-remaining"),
        answer.header("x-ratelimit-reset"),
        now,
    );
    let retry_after = retry_after(answer, now).or_else(|| {
        rate_limit
            .as_ref()
            .filter(|_| kind == Kind::RateLimited)
            .and_then(|limit| limit.reset)
    });
    let clean = |value: &str| scrubber.clean(value);
    let details = Details {
        field: None,
        http_status: Some(answer.status),
        code: code.filter(|_| shaped),
        pinterest_message: said,
        request_id: answer.header("x-pinterest-rid").map(clean),
        retry_after,
        rate_limit,
        headers: shown_headers(answer, scrubber),
        body: body
            .filter(|_| shaped)
            .map(|body| shown_body(body, scrubber)),
    };
    Error::with(kind, outcome, message, details)
}

fn kind(status: u16, code: Option<i64>, by: Authenticated) -> Kind {
    match (status, code) {
        (407, _) => Kind::Proxy,
        (401, Some(283)) => Kind::InvalidGrant,
        (401, Some(2)) if by == Authenticated::App => Kind::InvalidClient,
        (401, Some(2)) => Kind::InvalidToken,
        (_, Some(3)) => Kind::InsufficientScope,
        (429, _) | (_, Some(8)) => Kind::RateLimited,
        (403, _) | (_, Some(29)) => Kind::Forbidden,
        (500..=599, _) | (_, Some(12)) => Kind::ServerError,
        (_, Some(_)) => Kind::ApiError,
        (_, None) => Kind::InvalidResponse,
    }
}

/// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3).
fn retry_after(answer: &Answer, now: u64) -> Option<u64> {
    let value = answer.header("retry-after")?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(seconds_to_wait(seconds, now));
    }
    let at = httpdate::parse_http_date(value).ok()?;
    let at = at.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    Some(at.saturating_sub(now))
}

fn shown_headers(answer: &Answer, scrubber: &Scrubber) -> Vec<(String, String)> {
    let public = answer
        .headers
        .iter()
        .filter(|(name, _)| !PRIVATE_HEADERS.contains(&name.as_str()));
    let text = |value: &[u8]| scrubber.clean(&String::from_utf8_lossy(value));
    public
        .take(64)
        .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
        .collect()
}

fn shown_body(body: Document, scrubber: &Scrubber) -> Value {
    let entries = body.entries.into_iter().map(|(key, value)| {
        let value = serde_json::from_str(value.get()).unwrap_or(Value::Null);
        (scrubber.clean(&key), scrubber.clean_value(value))
    });
    Value::Object(entries.collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;
    use reqwest::header::{CONTENT_ENCODING, HeaderName, HeaderValue};

    use super::*;

    fn answer(status: u16, body: &[u8]) -> Answer {
        Answer {
            status,
            headers: HeaderMap::new(),
            body: Some(Zeroizing::new(body.to_vec())),
        }
    }

    fn read(answer: &Answer, now: i64) -> Result<Token, Error> {
        token(answer, now).map_err(|problem| {
            error(
                answer,
                problem,
                Authenticated::App,
                &Scrubber::default(),
                now,
            )
        })
    }

    fn kind_of(status: u16, body: &str) -> (Kind, Outcome) {
        let error = read(&answer(status, body.as_bytes()), 0).unwrap_err();
        (error.kind(), error.outcome())
    }

    #[test]
    fn every_answer_has_its_kind() {
        let rejected = |kind| (kind, Outcome::Rejected);
        assert_eq!(
            kind_of(401, r#"{"code":283,"message":"x"}"#),
            rejected(Kind::InvalidGrant)
        );
        assert_eq!(
            kind_of(401, r#"{"code":2,"message":"x"}"#),
            rejected(Kind::InvalidClient)
        );
        assert_eq!(
            kind_of(401, r#"{"code":3,"message":"x"}"#),
            rejected(Kind::InsufficientScope)
        );
        assert_eq!(
            kind_of(400, r#"{"code":1,"message":"x"}"#),
            rejected(Kind::ApiError)
        );
        assert_eq!(kind_of(403, "no"), rejected(Kind::Forbidden));
        assert_eq!(kind_of(429, ""), rejected(Kind::RateLimited));
        assert_eq!(kind_of(302, ""), rejected(Kind::InvalidResponse));
        assert_eq!(kind_of(404, "<html>"), rejected(Kind::InvalidResponse));
        assert_eq!(
            kind_of(503, r#"{"code":12,"message":"x"}"#),
            rejected(Kind::ServerError)
        );
        assert_eq!(
            kind_of(502, "<html>"),
            (Kind::ServerError, Outcome::Unknown)
        );
        assert_eq!(
            kind_of(200, "{}"),
            (Kind::InvalidResponse, Outcome::Unknown)
        );
        assert_eq!(kind_of(204, ""), (Kind::InvalidResponse, Outcome::Unknown));
    }

    #[test]
    fn an_old_refresh_token_is_kept_where_none_comes() {
        let request = TokenRequest::refresh_token("pinr.sent");
        let token = complete(
            read(&answer(200, br#"{"access_token":"a"}"#), 5).unwrap(),
            &request,
        );
        assert_eq!(token.refresh_token().unwrap().expose(), "pinr.sent");
        assert!(!token.refresh_token_rotated());
    }

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
        let answer = Answer {
            status: 200,
            headers,
            body: Some(Zeroizing::new(bomb)),
        };
        assert_eq!(
            answer.text().unwrap_err(),
            "the answer is larger than 64 KiB"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_can_make_it_panic(
            status in 100_u16..600,
            body in proptest::collection::vec(any::<u8>(), 0..200),
            header in proptest::collection::vec(any::<u8>(), 0..80),
        ) {
            let names = ["retry-after", "x-ratelimit-limit", "x-ratelimit-reset", "content-encoding"];
            let header = HeaderValue::from_bytes(&header).unwrap_or(HeaderValue::from_static("1;w="));
            let headers = names.map(|name| (HeaderName::from_static(name), header.clone()));
            let answer = Answer { status, headers: HeaderMap::from_iter(headers), body: Some(Zeroizing::new(body)) };
            let _ = read(&answer, 0);
        }
    }
}
