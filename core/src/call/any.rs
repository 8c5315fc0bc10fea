//! A call by its name in the table, for bindings that know documents alone.

use std::time::Duration;

use zeroize::Zeroizing;

use super::private::{Problem, Sealed};
use super::{ConversionRequest, RevokeRequest, TokenRequest};
use crate::answer::Answer;
use crate::error::{Error, Kind};
use crate::secret::Secret;
use crate::text::documents::Endpoint;
use crate::text::fields::Fields;
use crate::text::json::written;
use crate::token::Token;
use crate::wire::Incoming;

/// The answer of any call.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Answered {
    /// A token.
    Token(Box<Token>),
    /// Nothing but how the call went.
    Done(Answer),
}

impl From<Token> for Answered {
    fn from(token: Token) -> Self {
        Self::Token(Box::new(token))
    }
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Self {
        Self::Done(answer)
    }
}

impl Answered {
    /// The document of the answer, with the key `answer`.
    pub fn to_json(&self) -> String {
        match self {
            Self::Token(token) => token.document(),
            Self::Done(answer) => {
                let answer = written(answer);
                format!("{{\"answer\":{answer}}}")
            }
        }
    }
}

macro_rules! calls {
    ($($call:ident),*) => {
        /// A call by its name in the table.
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum AnyCall {
            $(
                #[doc = concat!("[`", stringify!($call), "`].")]
                $call($call),
            )*
        }

        impl AnyCall {
            /// The request document of the call named `name`.
            ///
            /// # Errors
            /// As the request's own `from_map`; `internal` for a name that is not in the table.
            pub fn from_map(
                name: &str,
                map: serde_json::Map<String, serde_json::Value>,
            ) -> Result<Self, Error> {
                $(if $call::ENDPOINT.name == name {
                    return $call::from_map(map).map(Self::$call);
                })*
                Err(Error::internal("there is no such call"))
            }

            /// The same from JSON text.
            ///
            /// # Errors
            /// As [`AnyCall::from_map`].
            pub fn from_json(name: &str, json: &str) -> Result<Self, Error> {
                Self::from_map(name, Fields::map("request", json)?)
            }
        }

        impl Sealed for AnyCall {
            type Answer = Answered;

            fn endpoint(&self) -> &'static Endpoint {
                match self { $(Self::$call(call) => call.endpoint()),* }
            }

            fn check(&self) -> Result<(), Error> {
                match self { $(Self::$call(call) => call.check()),* }
            }

            fn form(&self) -> Result<Option<Zeroizing<String>>, Error> {
                match self { $(Self::$call(call) => call.form()),* }
            }

            fn bearer(&self) -> Option<&Secret> {
                match self { $(Self::$call(call) => call.bearer()),* }
            }

            fn timeout(&self) -> Option<Duration> {
                match self { $(Self::$call(call) => call.timeout()),* }
            }

            fn secrets(&self) -> Vec<&str> {
                match self { $(Self::$call(call) => call.secrets()),* }
            }

            fn told(answer: &Answered) -> Option<&Answer> {
                match answer {
                    Answered::Token(token) => token.answer(),
                    Answered::Done(answer) => Some(answer),
                }
            }

            fn advice(&self, kind: Kind) -> Option<&'static str> {
                match self { $(Self::$call(call) => call.advice(kind)),* }
            }

            fn read(&self, incoming: &Incoming, answer: &Answer, now: i64) -> Result<Answered, Problem> {
                match self { $(Self::$call(call) => call.read(incoming, answer, now).map(Answered::from)),* }
            }
        }
    };
}

calls!(TokenRequest, RevokeRequest, ConversionRequest);
