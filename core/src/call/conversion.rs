//! `POST /v5/oauth/conversion_token`, since 5.22.

use std::time::Duration;

use zeroize::Zeroizing;

use super::private::{Problem, Sealed};
use crate::answer::Answer;
use crate::error::Error;
use crate::secret::Secret;
use crate::text::documents::{CONVERSION_REQUEST, CONVERSION_TOKEN, Endpoint};
use crate::text::fields::{Fields, check_token, from_documents};
use crate::token::Token;
use crate::wire::Incoming;

/// Makes a long-lived token for sending conversions. The access token needs the scope `ads:write`
/// (Pinterest's description, 5.22 and later).
///
/// Its document is `conversion_request` in `include/documents.json`.
#[derive(Debug, Clone)]
pub struct ConversionRequest {
    access_token: Secret,
    timeout: Option<Duration>,
}

from_documents!(ConversionRequest, CONVERSION_REQUEST);

impl ConversionRequest {
    pub(crate) const ENDPOINT: &'static Endpoint = &CONVERSION_TOKEN;

    /// Authenticates with `access_token`.
    pub fn new(access_token: impl Into<Secret>) -> Self {
        Self {
            access_token: access_token.into(),
            timeout: None,
        }
    }

    /// The deadline of this one call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let access_token = fields
            .secret("access_token")?
            .ok_or_else(|| Error::invalid_argument("access_token", "is required"))?;
        let timeout = fields.seconds("timeout")?;
        fields.finish();
        Ok(Self {
            access_token,
            timeout,
        })
    }
}

impl Sealed for ConversionRequest {
    type Answer = Token;

    fn endpoint(&self) -> &'static Endpoint {
        Self::ENDPOINT
    }

    fn check(&self) -> Result<(), Error> {
        check_token("access_token", self.access_token.expose())
    }

    fn form(&self) -> Result<Option<Zeroizing<String>>, Error> {
        Ok(None)
    }

    fn bearer(&self) -> Option<&Secret> {
        Some(&self.access_token)
    }

    fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    fn told(answer: &Token) -> Option<&Answer> {
        answer.answer()
    }

    fn secrets(&self) -> Vec<&str> {
        vec![self.access_token.expose()]
    }

    fn read(&self, incoming: &Incoming, answer: &Answer, now: i64) -> Result<Token, Problem> {
        Token::from_answer(incoming, answer, now)
    }
}
