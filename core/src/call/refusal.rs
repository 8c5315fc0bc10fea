//! The error that an answer stands for.

use http::HeaderMap;
use serde_json::Value;
use zeroize::Zeroizing;

use super::private::Problem;
use crate::error::{Details, Error, Kind, Outcome};
use crate::text::documents::Authenticated;
use crate::text::json::{self, Document};
use crate::text::rate_limit::{RateLimit, seconds_to_wait};
use crate::text::scrub::Scrubber;
use crate::wire::Incoming;

/// Headers that may identify a session.
const PRIVATE_HEADERS: [&str; 3] = ["set-cookie", "set-cookie2", "authorization"];

/// What an answer without success says of itself.
struct Refusal<'a> {
    incoming: &'a Incoming,
    text: Result<Zeroizing<String>, &'static str>,
    /// Its JSON object, where it has Pinterest's shape: a code and a message.
    shaped: Option<(i64, String, Document)>,
}

/// The error that `incoming` stands for; `by` authenticated the call.
pub(crate) fn error(
    incoming: &Incoming,
    problem: Problem,
    by: Authenticated,
    scrubber: &Scrubber,
    now: i64,
) -> Error {
    let refusal = Refusal::read(incoming, scrubber);
    let kind = refusal.kind(by);
    let message = refusal.message(problem);
    let outcome = refusal.outcome();
    Error::with(kind, outcome, message, refusal.details(kind, scrubber, now))
}

/// The rate limit headers of an answer.
pub(crate) fn rate_limit(
    incoming: &Incoming,
    clean: impl Fn(&str) -> String,
    now: i64,
) -> Option<RateLimit> {
    let mut rate_limit = RateLimit::parse(
        incoming.header("x-ratelimit-limit"),
        incoming.header("x-ratelimit-remaining"),
        incoming.header("x-ratelimit-reset"),
        u64::try_from(now).unwrap_or_default(),
    )?;
    for policy in &mut rate_limit.policies {
        policy.name = policy.name.take().map(|name| clean(&name));
    }
    Some(rate_limit)
}

/// Pinterest's request id.
pub(crate) fn request_id(incoming: &Incoming, clean: impl Fn(&str) -> String) -> Option<String> {
    incoming.header("x-pinterest-rid").map(clean)
}

impl<'a> Refusal<'a> {
    fn read(incoming: &'a Incoming, scrubber: &Scrubber) -> Self {
        let text = incoming.text();
        let object = text
            .as_ref()
            .ok()
            .and_then(|text| Document::parse(text).ok());
        let shaped = object.and_then(|object| {
            let code = object.get("code").and_then(json::integer)?;
            let said = object.get("message").and_then(json::text)?;
            Some((code, scrubber.clean(&said), object))
        });
        Self {
            incoming,
            text,
            shaped,
        }
    }

    fn kind(&self, by: Authenticated) -> Kind {
        if self.shaped.is_none() && self.incoming.is_success() {
            return Kind::InvalidResponse;
        }
        let code = self.shaped.as_ref().map(|(code, ..)| *code);
        kind(self.incoming.status, code, by)
    }

    /// A redirect and a 4xx did nothing; whoever stands before Pinterest may say 5xx after it did.
    fn outcome(&self) -> Outcome {
        if self.shaped.is_some() || (300..500).contains(&self.incoming.status) {
            Outcome::Rejected
        } else {
            Outcome::Unknown
        }
    }

    fn message(&self, problem: Problem) -> String {
        let message = match (&self.shaped, problem, &self.text) {
            (Some((_, said, _)), ..) => said.as_str(),
            (None, Some(problem), _) => problem,
            (None, None, Err(problem)) => *problem,
            (None, None, Ok(_)) if (300..400).contains(&self.incoming.status) => {
                "redirects are refused"
            }
            (None, None, Ok(_)) => "the answer is not one of Pinterest's",
        };
        message.to_owned()
    }

    fn details(self, kind: Kind, scrubber: &Scrubber, now: i64) -> Details {
        let incoming = self.incoming;
        let rate_limit = rate_limit(incoming, |text| scrubber.clean(text), now);
        let reset = rate_limit.as_ref().and_then(|limit| limit.reset);
        let retry_after = retry_after(incoming, u64::try_from(now).unwrap_or_default())
            .or(reset.filter(|_| kind == Kind::RateLimited));
        let (code, said, body) = match self.shaped {
            Some((code, said, object)) => {
                (Some(code), Some(said), Some(shown_body(object, scrubber)))
            }
            None => (None, None, None),
        };
        Details {
            http_status: Some(incoming.status),
            code,
            pinterest_message: said,
            request_id: request_id(incoming, |text| scrubber.clean(text)),
            retry_after,
            rate_limit,
            headers: shown_headers(&incoming.headers, scrubber),
            body,
            answer: None,
        }
    }
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
fn retry_after(incoming: &Incoming, now: u64) -> Option<u64> {
    let value = incoming.header("retry-after")?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(seconds_to_wait(seconds, now));
    }
    let at = httpdate::parse_http_date(value).ok()?;
    let at = at.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    Some(at.saturating_sub(now))
}

fn shown_headers(headers: &HeaderMap, scrubber: &Scrubber) -> Vec<(String, String)> {
    let public = headers
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
    use http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    use super::*;
    use crate::answer::Answer;
    use crate::token::Token;

    fn answer(status: u16, body: &[u8]) -> Incoming {
        Incoming {
            status,
            headers: HeaderMap::new(),
            body: Some(Zeroizing::new(body.to_vec())),
        }
    }

    fn read(answer: &Incoming, now: i64) -> Result<Token, Error> {
        Token::from_answer(answer, &Answer::of(&"/".into()), now).map_err(|problem| {
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
            let answer = Incoming { status, headers: HeaderMap::from_iter(headers), body: Some(Zeroizing::new(body)) };
            let _ = read(&answer, 0);
        }
    }
}
