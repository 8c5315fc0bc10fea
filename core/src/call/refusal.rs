//! The error that an answer stands for.

use http::HeaderMap;
use serde_json::Value;

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
    /// What it says in Pinterest's words or in those of RFC 6749, where it does.
    said: Option<Said>,
    now: u64,
}

/// An error in Pinterest's shape (`code` and `message`), or in that of RFC 6749, section 5.2 (`error`).
struct Said {
    code: Option<i64>,
    kind: Option<Kind>,
    message: String,
    /// The text that it has for people.
    words: Option<String>,
    object: Document,
}

/// Codes whose meaning is known without a message.
const KNOWN_CODES: [i64; 6] = [2, 3, 8, 12, 29, 283];

/// The longest wait that is told, in seconds: a day.
const LONGEST_WAIT: u64 = 86_400;

/// The error that `incoming` stands for; `by` authenticated the call.
pub(crate) fn error(
    incoming: &Incoming,
    problem: Problem,
    by: Authenticated,
    scrubber: &Scrubber,
    now: i64,
) -> Error {
    let said = Said::read(incoming, scrubber);
    if let (None, Some(broken)) = (&said, &incoming.broken) {
        return broken.clone();
    }
    let refusal = Refusal {
        incoming,
        said,
        now: u64::try_from(now).unwrap_or_default(),
    };
    let kind = refusal.kind(by);
    let (outcome, message) = (refusal.outcome(), refusal.message(problem));
    Error::with(kind, outcome, message, refusal.details(kind, scrubber))
}

/// Whether the body of `incoming` is an error, whatever its status.
pub(crate) fn is_said(incoming: &Incoming) -> bool {
    Said::read(incoming, &Scrubber::default()).is_some()
}

/// The rate limit headers of an answer.
pub(crate) fn rate_limit(
    incoming: &Incoming,
    clean: impl Fn(&str) -> String,
    now: i64,
) -> Option<RateLimit> {
    // Cleaned as a whole: a part of a secret is not found.
    let limit = incoming.header("x-ratelimit-limit").map(clean);
    RateLimit::parse(
        limit.as_deref(),
        incoming.header("x-ratelimit-remaining"),
        incoming.header("x-ratelimit-reset"),
        u64::try_from(now).unwrap_or_default(),
    )
}

/// Pinterest's request id.
pub(crate) fn request_id(incoming: &Incoming, clean: impl Fn(&str) -> String) -> Option<String> {
    incoming.header("x-pinterest-rid").map(clean)
}

impl Said {
    fn read(incoming: &Incoming, scrubber: &Scrubber) -> Option<Self> {
        let object = incoming.object(&["code", "error"]).ok()??;
        let code = object.get("code").and_then(json::integer);
        let text = |key: &str| object.get(key).and_then(json::text);
        let clean = |text: String| scrubber.clean(&text);
        let said = text("message");
        let is_said = said.is_some();
        let words = |text: Option<String>| text.map(clean).filter(|text| !text.trim().is_empty());
        let message = words(said);
        if let Some(code) = code.filter(|code| is_said || KNOWN_CODES.contains(code)) {
            let replaced = || format!("the answer says code {code} and no more");
            return Some(Self {
                code: Some(code),
                kind: None,
                message: message.clone().unwrap_or_else(replaced),
                words: message,
                object,
            });
        }
        let error = text("error")?;
        let kind = Some(kind_of(&error)?);
        let description = words(text("error_description"));
        let message = match &description {
            Some(description) => format!("{error}: {description}"),
            None => format!("the answer says {error}"),
        };
        Some(Self {
            code: None,
            kind,
            message,
            words: description,
            object,
        })
    }
}

/// The errors of RFC 6749, section 5.2, and RFC 6750, section 3.1.
fn kind_of(error: &str) -> Option<Kind> {
    Some(match error {
        "invalid_grant" => Kind::InvalidGrant,
        "invalid_client" => Kind::InvalidClient,
        "invalid_token" => Kind::InvalidToken,
        "unauthorized_client" | "access_denied" => Kind::Forbidden,
        "invalid_scope" | "insufficient_scope" => Kind::InsufficientScope,
        "slow_down" => Kind::RateLimited,
        "server_error" | "temporarily_unavailable" => Kind::ServerError,
        "invalid_request" | "unsupported_grant_type" => Kind::ApiError,
        _ => return None,
    })
}

impl Refusal<'_> {
    fn kind(&self, by: Authenticated) -> Kind {
        match &self.said {
            Some(Said {
                kind: Some(kind), ..
            }) => *kind,
            Some(said) => kind(self.incoming.status, said.code, by),
            None if self.incoming.is_success() => Kind::InvalidResponse,
            None => kind(self.incoming.status, None, by),
        }
    }

    /// A 4xx did nothing. A 303 says that something was done (RFC 9110, section 15.4.4), other redirects that nothing
    /// was; whoever stands before Pinterest may say 5xx after it did.
    fn outcome(&self) -> Outcome {
        let refused = (300..500).contains(&self.incoming.status) && self.incoming.status != 303;
        if self.said.is_some() || refused {
            Outcome::Rejected
        } else {
            Outcome::Unknown
        }
    }

    fn message(&self, problem: Problem) -> String {
        if let Some(said) = &self.said {
            return said.message.clone();
        }
        let message = match (problem, self.incoming.text()) {
            (Some(problem), _) | (None, Err(problem)) => problem,
            (None, Ok(_)) if (300..400).contains(&self.incoming.status) => "redirects are refused",
            (None, Ok(_)) => "the answer is not one of Pinterest's",
        };
        message.to_owned()
    }

    fn details(self, kind: Kind, scrubber: &Scrubber) -> Details {
        let incoming = self.incoming;
        let now = i64::try_from(self.now).unwrap_or_default();
        let rate_limit = rate_limit(incoming, |text| scrubber.clean(text), now);
        let reset = rate_limit.as_ref().and_then(|limit| limit.reset);
        let retry_after =
            retry_after(incoming, self.now).or(reset.filter(|_| kind == Kind::RateLimited));
        let (code, said, body) = match self.said {
            Some(said) => (
                said.code,
                said.words,
                Some(shown_body(said.object, scrubber)),
            ),
            None => (None, None, None),
        };
        Details {
            http_status: Some(incoming.status),
            code,
            pinterest_message: said,
            request_id: request_id(incoming, |text| scrubber.clean(text)),
            retry_after: retry_after.map(|seconds| seconds.min(LONGEST_WAIT)),
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
        (400..=499, Some(283)) => Kind::InvalidGrant,
        (401, Some(2)) if by == Authenticated::App => Kind::InvalidClient,
        (401, Some(2)) => Kind::InvalidToken,
        (_, Some(3)) => Kind::InsufficientScope,
        (429, _) | (_, Some(8)) => Kind::RateLimited,
        (403, _) | (_, Some(29)) => Kind::Forbidden,
        (408 | 500..=599, _) | (_, Some(12)) => Kind::ServerError,
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
    use zeroize::Zeroizing;

    use super::*;
    use crate::answer::Answer;
    use crate::token::Token;

    fn answer(status: u16, body: &[u8]) -> Incoming {
        let body = Zeroizing::new(body.to_vec());
        Incoming::new(status, HeaderMap::new(), Some(body))
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

    #[test]
    fn the_name_of_a_limit_holds_no_part_of_a_secret() {
        let (secret, mut scrubber) = ("0123;4567,89abcdef", Scrubber::default());
        scrubber.hide(secret);
        let mut incoming = answer(200, b"");
        for before in ["", &"x".repeat(75)] {
            let header = format!("1;w=1;name=\"{before}{secret}\"");
            let header = HeaderValue::from_str(&header).unwrap();
            incoming.headers.insert("x-ratelimit-limit", header);
            let limit = rate_limit(&incoming, |text| scrubber.clean(text), 0).unwrap();
            let limit = format!("{limit:?}");
            assert!(
                limit.contains("name: Some") && !limit.contains("0123"),
                "{limit}"
            );
        }
    }

    #[test]
    fn a_message_without_a_word_is_replaced() {
        let error = read(&answer(400, br#"{"code":99,"message":" "}"#), 0).unwrap_err();
        assert_eq!(error.kind(), Kind::ApiError);
        assert_eq!(error.message(), "the answer says code 99 and no more");
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
            let answer = Incoming::new(status, HeaderMap::from_iter(headers), Some(Zeroizing::new(body)));
            let _ = read(&answer, 0);
        }
    }
}
