//! The calls to Pinterest as values: what each asks for, what it sends, and how its answer reads. One file for each
//! endpoint; no I/O. How a call is driven belongs to `drive`.

mod any;
mod conversion;
mod grant;
pub(crate) mod refusal;
mod revoke;
mod token;
mod user_account;

pub use any::{Answered, AnyCall};
pub use conversion::ConversionRequest;
pub use grant::Grant;
pub use revoke::{RevokeRequest, TokenTypeHint};
pub use token::TokenRequest;
pub use user_account::User;
pub(crate) use user_account::UserRequest;

/// A call to Pinterest: [`TokenRequest`], [`RevokeRequest`] or [`ConversionRequest`].
pub trait Call: private::Sealed + Send + Sync {}

impl<C: private::Sealed + Send + Sync> Call for C {}

pub(crate) mod private {
    use std::time::Duration;

    use zeroize::Zeroizing;

    use crate::answer::Answer;
    use crate::error::{Error, Kind};
    use crate::secret::Secret;
    use crate::text::documents::Endpoint;
    use crate::wire::Incoming;

    /// Why an answer is not the one hoped for: `None` where the status says so.
    pub type Problem = Option<&'static str>;

    /// What a call is to the rest of the core.
    pub trait Sealed {
        /// What it gives.
        type Answer: Send;

        /// The row of the table.
        fn endpoint(&self) -> &'static Endpoint;

        /// Checks what the constructors could not.
        fn check(&self) -> Result<(), Error>;

        /// The form to send, where the call has one.
        fn form(&self) -> Result<Option<Zeroizing<String>>, Error>;

        /// The access token that authenticates the call, where the app does not.
        fn bearer(&self) -> Option<&Secret> {
            None
        }

        /// The deadline of this one call.
        fn timeout(&self) -> Option<Duration>;

        /// What must not be shown of it.
        fn secrets(&self) -> Vec<&str>;

        /// What an answer tells of its call.
        fn told(answer: &Self::Answer) -> Option<&Answer>;

        /// What to do about a failure of this kind, where this call knows it better.
        fn advice(&self, _: Kind) -> Option<&'static str> {
            None
        }

        /// Reads an answer that came at `now`; `answer` is what it tells besides.
        fn read(
            &self,
            incoming: &Incoming,
            answer: &Answer,
            now: i64,
        ) -> Result<Self::Answer, Problem>;
    }
}

/// Checks what the constructors of a call could not, before anything is done for it.
///
/// # Errors
/// `invalid_argument`, naming the field.
pub(crate) fn check(call: &impl Call) -> Result<(), crate::error::Error> {
    private::Sealed::check(call)
}
