//! The common faults by name, for scripts and for the control page.

use crate::fault::{Fault, Stage};
use serde_json::Value;

/// Name, meaning and document of each.
const TABLE: &[(&str, &str, &str)] = &[
    (
        "unavailable",
        "503 with Retry-After, and no token",
        r#"{"status": 503, "headers": [["retry-after", "1"]], "body_json": {"code": 12, "message": "Service unavailable"}}"#,
    ),
    (
        "server_error",
        "500, and nobody knows whether a token was given",
        r#"{"status": 500, "body_json": {"code": 9, "message": "Something went wrong on our end"}}"#,
    ),
    (
        "rate_limited",
        "429 with code 8",
        r#"{"status": 429, "headers": [["x-ratelimit-reset", "1"]], "body_json": {"code": 8, "message": "This request exceeded a rate limit."}}"#,
    ),
    (
        "invalid_grant",
        "401 with code 283: the code or the refresh token is refused",
        r#"{"status": 401, "body_json": {"code": 283, "message": "The authorization grant is invalid"}}"#,
    ),
    (
        "authentication_failed",
        "401 with code 2: the app's credentials or the access token are refused",
        r#"{"status": 401, "body_json": {"code": 2, "message": "Authentication failed."}}"#,
    ),
    (
        "reset",
        "the connection is reset before the request is read: nothing happens",
        r#"{"stage": "before_read", "action": "reset"}"#,
    ),
    (
        "closed",
        "the request is read, and the connection is closed without an answer: nothing happens",
        r#"{"action": "close"}"#,
    ),
    (
        "never_read",
        "answered, but never read: the token is given and the old one spent, and the connection breaks before a byte of the answer",
        r#"{"action": "pinterest", "reset_after": 0}"#,
    ),
    (
        "cut_off",
        "as never_read, but the connection closes in the middle of the answer",
        r#"{"action": "pinterest", "truncate": 30}"#,
    ),
    (
        "slow",
        "the ordinary answer, three seconds later",
        r#"{"action": "pinterest", "delay_ms": 3000}"#,
    ),
    (
        "dripping",
        "the ordinary answer, its body in ten slices over three seconds",
        r#"{"action": "pinterest", "body_gap_ms": 330}"#,
    ),
    (
        "silent",
        "no answer, for 60 seconds at most",
        r#"{"action": "hang"}"#,
    ),
    (
        "html",
        "200 with a page, as from a captive portal",
        r#"{"headers": [["content-type", "text/html"]], "body": "<!doctype html><title>Welcome</title>"}"#,
    ),
    (
        "no_token",
        "200 with an object that holds no token",
        r#"{"body_json": {"token_type": "bearer"}}"#,
    ),
];

/// Name and meaning of each fault that has a name.
pub fn named_faults() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.iter().map(|(name, meaning, _)| (*name, *meaning))
}

impl Fault {
    /// The fault of this name; [`named_faults`] lists them.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        serde_json::from_value(document(name).ok()?).ok()
    }

    /// Its name, or what it does where it has none, and the path that it is for; for people.
    pub(crate) fn described(&self) -> String {
        match &self.path {
            Some(path) => format!("{} at {path}", self.deed()),
            None => self.deed(),
        }
    }

    fn deed(&self) -> String {
        let once = Self {
            times: None,
            path: None,
            ..self.clone()
        };
        let named = TABLE
            .iter()
            .find(|(name, _, _)| Self::named(name).as_ref() == Some(&once));
        if let Some((name, _, _)) = named {
            return (*name).into();
        }
        let action = serde_json::to_value(self.action).unwrap_or_default();
        let action = action.as_str().unwrap_or_default();
        match self.status {
            Some(status) => format!("{action} {status}"),
            None => action.into(),
        }
    }

    /// A fault from a script: a name, an object, or an object that changes the named one, `{"fault": "slow", "times": 2}`.
    pub(crate) fn read(value: Value) -> Result<Self, String> {
        let document = match value {
            Value::String(name) => document(&name)?,
            Value::Object(mut changes) => match changes.remove("fault") {
                Some(Value::String(name)) => {
                    let mut named = document(&name)?;
                    if let Value::Object(fields) = &mut named {
                        fields.extend(changes);
                    }
                    named
                }
                Some(_) => return Err("fault is a name".into()),
                None => Value::Object(changes),
            },
            other => other,
        };
        let fault: Self = serde_json::from_value(document).map_err(|error| error.to_string())?;
        match &fault.path {
            Some(path) if !path.starts_with('/') || path.contains('?') => {
                Err("path begins with a slash and has no query, as in /v5/oauth/token".into())
            }
            Some(_) if fault.stage != Stage::AfterRead => {
                Err("a fault with a path acts after_read: before that nobody knows the path".into())
            }
            _ => Ok(fault),
        }
    }
}

fn document(name: &str) -> Result<Value, String> {
    let found = TABLE.iter().find(|(known, _, _)| *known == name);
    let (_, _, document) = found.ok_or("there is no fault of this name")?;
    serde_json::from_str(document).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_fault_of_its_own() {
        for (name, _, document) in TABLE {
            assert!(serde_json::from_str::<Fault>(document).is_ok(), "{name}");
            assert_eq!(Fault::named(name).unwrap().described(), *name);
        }
        assert!(Fault::named("nonsense").is_none());
    }

    #[test]
    fn a_named_fault_can_be_changed() {
        let read = |text| Fault::read(serde_json::from_str(text).unwrap());
        let changed = read(r#"{"fault": "slow", "times": 2, "delay_ms": 5}"#).unwrap();
        let expected = Fault {
            times: Some(2),
            delay_ms: 5,
            ..Fault::named("slow").unwrap()
        };
        assert_eq!(changed, expected);
        assert!(
            read(r#"{"fault": "slow", "nonsense": 2}"#)
                .unwrap_err()
                .contains("nonsense")
        );
        assert!(read(r#"{"fault": 1}"#).is_err() && read(r#"{"fault": "x"}"#).is_err());
    }

    #[test]
    fn a_fault_can_be_for_one_path_where_the_path_is_known() {
        let read = |text| Fault::read(serde_json::from_str(text).unwrap());
        let fault = read(r#"{"fault": "slow", "path": "/v5/user_account"}"#).unwrap();
        assert_eq!(fault.described(), "slow at /v5/user_account");
        for (text, said) in [
            (r#"{"path": "v5/oauth/token"}"#, "begins with a slash"),
            (r#"{"path": "/oauth/?a=b"}"#, "no query"),
            (r#"{"fault": "reset", "path": "/oauth/"}"#, "after_read"),
        ] {
            let refusal = read(text).unwrap_err();
            assert!(refusal.contains(said), "{text}: {refusal}");
        }
    }

    #[test]
    fn a_fault_without_a_name_says_what_it_does() {
        let fault = Fault {
            status: Some(418),
            ..Fault::default()
        };
        assert_eq!(fault.described(), "answer 418");
    }
}
