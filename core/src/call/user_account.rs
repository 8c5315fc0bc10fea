//! `GET /v5/user_account`: who gave access. It needs the scope `user_accounts:read`.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::private::{Problem, Sealed};
use crate::answer::Answer;
use crate::error::Error;
use crate::secret::Secret;
use crate::text::documents::{Endpoint, USER_ACCOUNT};
use crate::text::fields::check_token;
use crate::text::json;
use crate::text::scrub::Scrubber;
use crate::wire::Incoming;

/// Who gave access to an app: an account of Pinterest's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// Pinterest's number of the account, which stays.
    pub id: String,
    /// Its name, which its owner may change.
    pub username: Option<String>,
}

/// The longest id and the longest name that are kept, in bytes.
const MAX_LENGTH: usize = 256;

/// Asks whose token it is.
#[derive(Debug)]
pub(crate) struct UserRequest {
    access_token: Secret,
    timeout: Duration,
}

impl UserRequest {
    /// The scope without which the answer is no.
    pub(crate) const SCOPE: &'static str = "user_accounts:read";

    pub(crate) fn new(access_token: Secret, timeout: Duration) -> Self {
        Self {
            access_token,
            timeout,
        }
    }
}

/// The user, and what the call tells besides.
pub(crate) struct Told(pub User, Answer);

impl Sealed for UserRequest {
    type Answer = Told;

    fn endpoint(&self) -> &'static Endpoint {
        &USER_ACCOUNT
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
        Some(self.timeout)
    }

    fn told(answer: &Told) -> Option<&Answer> {
        Some(&answer.1)
    }

    fn secrets(&self) -> Vec<&str> {
        vec![self.access_token.expose()]
    }

    fn read(&self, incoming: &Incoming, answer: &Answer, _: i64) -> Result<Told, Problem> {
        if !incoming.is_success() {
            return Err(None);
        }
        let none = Some("the answer says nobody's id");
        let object = incoming.object(&["id"]).map_err(Some)?.ok_or(none)?;
        let mut scrubber = Scrubber::default();
        scrubber.hide(self.access_token.expose());
        // An id is a number that some answers write as one.
        let text = |key: &str| {
            let value = object.get(key)?;
            let number = || json::integer(value).map(|number| number.to_string());
            let text = scrubber.clean(&json::text(value).or_else(number)?);
            (!text.is_empty() && text.len() <= MAX_LENGTH).then_some(text)
        };
        let user = User {
            id: text("id").ok_or(none)?,
            username: text("username"),
        };
        Ok(Told(user, answer.clone()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use http::HeaderMap;

    use super::*;

    fn read(status: u16, body: &str) -> Option<User> {
        let request = UserRequest::new(Secret::from("pina_x"), Duration::from_secs(1));
        let body = Zeroizing::new(body.as_bytes().to_vec());
        let incoming = Incoming::new(status, HeaderMap::new(), Some(body));
        let answer = Answer::of(&"/v5/user_account".into());
        let told = request.read(&incoming, &answer, 0).ok()?;
        Some(told.0)
    }

    #[test]
    fn id_and_name_are_read_and_nothing_else() {
        let user = read(
            200,
            r#"{"account_type":"BUSINESS","id":"12","username":"anna"}"#,
        )
        .unwrap();
        assert_eq!(
            (user.id.as_str(), user.username.as_deref()),
            ("12", Some("anna"))
        );
        assert_eq!(read(200, r#"{"id":12}"#).unwrap().id, "12");
    }

    #[test]
    fn what_tells_no_id_tells_nobody() {
        assert_eq!(read(401, r#"{"id":"12"}"#), None);
        for body in [
            "",
            "{}",
            "[]",
            r#"{"id":""}"#,
            r#"{"id":null}"#,
            r#"{"username":"x"}"#,
        ] {
            assert_eq!(read(200, body), None, "{body}");
        }
        assert_eq!(
            read(200, &format!(r#"{{"id":"{}"}}"#, "1".repeat(257))),
            None
        );
    }
}
