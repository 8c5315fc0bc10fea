//! One `Error`: what happened, what to do about it, and whether Pinterest may have acted.
//! Reading an answer into an error belongs in `call::refusal`, hiding secrets in `text::scrub`.

mod kind;

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

pub use kind::{Kind, Outcome};

use crate::answer::Answer;
use crate::text::json::written;
use crate::text::language::Language;
use crate::text::rate_limit::RateLimit;

/// Why a call failed. No message ever contains an input or a secret.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: Kind,
    outcome: Outcome,
    /// The message and the advice with their placeholders, which [`Language::fill`] fills in.
    template: Option<String>,
    advice: Option<String>,
    /// The name of the field in documents.
    named: Option<String>,
    message: String,
    what_now: String,
    field: Option<String>,
    details: Details,
}

/// The parts of an error that only answers have.
#[derive(Clone, Default)]
pub(crate) struct Details {
    pub http_status: Option<u16>,
    pub code: Option<i64>,
    pub pinterest_message: Option<String>,
    pub request_id: Option<String>,
    pub retry_after: Option<u64>,
    pub rate_limit: Option<RateLimit>,
    pub headers: Vec<(String, String)>,
    pub body: Option<Value>,
    pub answer: Option<Answer>,
}

impl Error {
    pub(crate) fn new(kind: Kind, outcome: Outcome, message: impl Into<String>) -> Self {
        Self::with(kind, outcome, message, Details::default())
    }

    /// `message` holds no placeholders: it may be from outside.
    pub(crate) fn with(
        kind: Kind,
        outcome: Outcome,
        message: impl Into<String>,
        details: Details,
    ) -> Self {
        Self(Box::new(Inner {
            kind,
            outcome,
            template: None,
            advice: None,
            named: None,
            message: message.into(),
            what_now: kind.what_now().to_owned(),
            field: None,
            details,
        }))
    }

    /// An input that cannot be used. `problem` must not quote the input; names of fields in it are written as
    /// `{redirect_uri}`.
    pub fn invalid_argument(field: impl Into<String>, problem: impl fmt::Display) -> Self {
        let field = plain(field.into());
        let template = format!("{{{field}}} {problem}");
        Self::named(Kind::InvalidArgument, field, template)
    }

    /// Inputs that are missing: `field` is the first of them, `template` names all.
    pub(crate) fn missing(field: &str, template: String) -> Self {
        Self::named(Kind::InvalidArgument, field.to_owned(), template)
    }

    /// A setting that cannot be used, as [`Error::invalid_argument`] says it.
    pub(crate) fn invalid_config(field: impl Into<String>, problem: impl fmt::Display) -> Self {
        let field = plain(field.into());
        let template = format!("{{{field}}} {problem}");
        Self::named(Kind::InvalidConfig, field, template)
    }

    /// A store of tokens that cannot be used; `setting` is the one that leads to it. Nothing was sent.
    pub(crate) fn store_unavailable(setting: &str, problem: impl fmt::Display) -> Self {
        let template = format!("{{{setting}}} {problem}");
        Self::named(Kind::StoreUnavailable, setting.to_owned(), template)
    }

    fn named(kind: Kind, field: String, template: String) -> Self {
        let mut error = Self::new(kind, Outcome::NotSent, "");
        error.0.template = Some(template);
        error.0.advice = Some(format!("Fix `{{{field}}}`."));
        error.0.named = Some(field);
        error.in_words_of(Language::default())
    }

    /// The same error with a message that names fields as `{ca_file}`, and holds nothing from outside.
    pub(crate) fn says(mut self, template: &str) -> Self {
        self.0.template = Some(template.to_owned());
        self.in_words_of(Language::default())
    }

    /// The same error with another advice, which names fields as `{redirect_uri}`.
    pub(crate) fn advises(mut self, template: &str) -> Self {
        self.0.advice = Some(template.to_owned());
        self.in_words_of(Language::default())
    }

    /// The same error with fields and times named as `language` names them.
    pub(crate) fn in_words_of(mut self, language: Language) -> Self {
        let inner = &mut *self.0;
        if let Some(template) = &inner.template {
            inner.message = language.fill(template);
        }
        if let Some(advice) = &inner.advice {
            inner.what_now = language.fill(advice);
        }
        inner.field = inner.named.as_ref().map(|named| language.name(named));
        self
    }

    /// The same error as one of `field`: of a file, where what it holds is wrong.
    pub(crate) fn about(mut self, field: &str) -> Self {
        let inner = &mut *self.0;
        let Some(named) = inner.named.take() else {
            return self;
        };
        let (old, new) = (format!("{{{named}}}"), format!("{{{field}}}"));
        for text in [&mut inner.template, &mut inner.advice] {
            *text = text.take().map(|text| text.replace(&old, &new));
        }
        inner.named = Some(field.to_owned());
        self.in_words_of(Language::default())
    }

    /// A fault of this library. `message` must not contain an input.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Kind::Internal, Outcome::Unknown, message)
    }

    /// The same error with a further remark at the end of its message.
    pub(crate) fn remark(mut self, remark: &str) -> Self {
        let template = self.0.template.as_mut();
        for text in [&mut self.0.message].into_iter().chain(template) {
            text.push_str("; ");
            text.push_str(remark);
        }
        self
    }

    /// The same error with what its call tells besides.
    pub(crate) fn answered(mut self, answer: Answer) -> Self {
        self.0.details.answer = Some(answer);
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// One sentence without inputs or secrets.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What a caller can do about it.
    pub fn what_now(&self) -> &str {
        &self.0.what_now
    }

    /// Whether Pinterest may have acted.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The input or setting at fault.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The HTTP status of the answer.
    pub fn http_status(&self) -> Option<u16> {
        self.0.details.http_status
    }

    /// Pinterest's own error code, for example 283.
    pub fn code(&self) -> Option<i64> {
        self.0.details.code
    }

    /// Pinterest's own message, cut and cleaned.
    pub fn pinterest_message(&self) -> Option<&str> {
        self.0.details.pinterest_message.as_deref()
    }

    /// Pinterest's request id (`x-pinterest-rid`), which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.0.details.request_id.as_deref()
    }

    /// Seconds to wait before trying again.
    pub fn retry_after(&self) -> Option<u64> {
        self.0.details.retry_after
    }

    /// The rate limit headers, parsed.
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.0.details.rate_limit.as_ref()
    }

    /// The answer's headers, names in lower case, without cookies and without secrets.
    pub fn headers(&self) -> &[(String, String)] {
        &self.0.details.headers
    }

    /// The answer's JSON object, unknown keys included, secrets hidden.
    pub fn body(&self) -> Option<&Value> {
        self.0.details.body.as_ref()
    }

    /// What Pinterest's error object holds besides `code` and `message`, secrets hidden.
    pub fn extra(&self) -> Option<Value> {
        let body = self.0.details.body.as_ref()?.as_object()?;
        let own = |key: &str| key == "code" || key == "message";
        let besides = body.iter().filter(|(key, _)| !own(key));
        let extra: Map<String, Value> = besides.map(|(k, v)| (k.clone(), v.clone())).collect();
        (!extra.is_empty()).then_some(Value::Object(extra))
    }

    /// What the call tells besides its failure; `None` where nothing was to be sent.
    pub fn answer(&self) -> Option<&Answer> {
        self.0.details.answer.as_ref()
    }

    /// The error document that every language gets.
    pub fn to_json(&self) -> String {
        written(self)
    }

    /// Message, the numbers that people ask for, and what to do.
    fn text(&self) -> String {
        let (facts, what_now) = (self.facts(), self.what_now());
        format!("{}{facts}. {what_now}", self.message())
    }

    fn facts(&self) -> String {
        let details = &self.0.details;
        let known = [
            details.http_status.map(|status| format!("HTTP {status}")),
            details.code.map(|code| format!("code {code}")),
            details
                .request_id
                .as_ref()
                .map(|id| format!("request id {id}")),
            details
                .retry_after
                .map(|seconds| format!("retry after {seconds} s")),
        ];
        let known: Vec<String> = known.into_iter().flatten().collect();
        if known.is_empty() {
            String::new()
        } else {
            format!(" ({})", known.join(", "))
        }
    }
}

/// A name that no placeholder can hide in.
fn plain(field: String) -> String {
    if field.contains(['{', '}']) {
        field.replace(['{', '}'], "")
    } else {
        field
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let details = &self.0.details;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.0.kind.name())?;
        map.serialize_entry("message", self.message())?;
        map.serialize_entry("what_now", self.what_now())?;
        map.serialize_entry("text", &self.text())?;
        map.serialize_entry("outcome", self.0.outcome.name())?;
        map.serialize_entry("field", &self.0.field)?;
        map.serialize_entry("http_status", &details.http_status)?;
        map.serialize_entry("code", &details.code)?;
        map.serialize_entry("pinterest_message", &details.pinterest_message)?;
        map.serialize_entry("request_id", &details.request_id)?;
        map.serialize_entry("retry_after", &details.retry_after)?;
        map.serialize_entry("rate_limit", &details.rate_limit)?;
        map.serialize_entry("headers", &details.headers)?;
        map.serialize_entry("body", &details.body)?;
        map.serialize_entry("extra", &self.extra())?;
        map.serialize_entry("answer", &details.answer)?;
        map.end()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}{}", self.0.kind, self.0.message, self.facts())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("outcome", &self.0.outcome)
            .field("field", &self.0.field)
            .field("http_status", &self.0.details.http_status)
            .field("code", &self.0.details.code)
            .field("request_id", &self.0.details.request_id)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}
