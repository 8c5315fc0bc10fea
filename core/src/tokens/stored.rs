//! The record of one account as a sealed text, in which form it is stored. No I/O.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::record::{
    Attempt, Candidate, FORMAT, Login, Owner, Record, Rejection, State, Trouble, Whose,
};
use super::sum::{Head, Sealed};
use crate::call::User;
use crate::token::Token;

impl Record {
    /// The sealed text.
    pub(crate) fn to_text(&self) -> Sealed {
        #[cfg(test)]
        if let Some(text) = super::explore::hook::written(self) {
            return text;
        }
        let token = self.token.as_ref();
        let token = token.and_then(|token| RawValue::from_string(token.to_json()).ok());
        let form = Form {
            token: token.as_deref(),
            format: FORMAT,
            readable_by: FORMAT,
            writable_by: FORMAT,
            store: Cow::Borrowed(&self.store),
            app_id: Cow::Borrowed(&self.owner.app_id),
            environment: Cow::Borrowed(&self.owner.environment),
            account: self.owner.account().map(Cow::Borrowed),
            scopes: self.owner.scopes().map(Cow::Borrowed),
            revision: self.revision,
            write_id: Cow::Borrowed(&self.write_id),
            follows: self.follows.as_deref().map(Cow::Borrowed),
            grant: Cow::Borrowed(&self.grant),
            login_at: self.login_at,
            generation: self.generation,
            candidates: Cow::Borrowed(&self.candidates),
            attempt: self.attempt.as_ref().map(Cow::Borrowed),
            logins: Cow::Borrowed(&self.logins),
            trouble: self.trouble.as_ref().map(Cow::Borrowed),
            rejection: self.rejection.as_ref().map(Cow::Borrowed),
            user: self.user.as_ref().map(Cow::Borrowed),
            previous_user: self.previous_user.as_ref().map(Cow::Borrowed),
            state: self.state,
            written_at: self.written_at,
        };
        let head = Head {
            write_id: self.write_id.clone(),
            readable_by: FORMAT,
            writable_by: FORMAT,
        };
        Sealed::of(&form, head)
    }

    /// Reads a sealed text; the problem says nothing of its content.
    pub(crate) fn from_text(text: &Sealed) -> Result<Self, &'static str> {
        #[cfg(test)]
        if let Some(record) = super::explore::hook::read(text) {
            return Ok(record);
        }
        if text.head.readable_by > FORMAT {
            return Err(
                "was written by a newer version of this library, which this one cannot read",
            );
        }
        let form: Form = serde_json::from_str(text.text()).map_err(|_| "holds a damaged record")?;
        let token = form.token.map(|raw| Token::from_json(raw.get()));
        let token = token.transpose().map_err(|_| "holds a damaged record")?;
        let whose = match (form.account, form.scopes) {
            (Some(account), _) => Whose::Account(account.into_owned()),
            (None, Some(scopes)) => Whose::Scopes(scopes.into_owned()),
            (None, None) => Whose::All,
        };
        Ok(Self {
            token,
            store: form.store.into_owned(),
            owner: Owner::new(
                form.app_id.into_owned(),
                form.environment.into_owned(),
                whose,
            ),
            revision: form.revision,
            write_id: form.write_id.into_owned(),
            follows: form.follows.map(Cow::into_owned),
            grant: form.grant.into_owned(),
            login_at: form.login_at,
            generation: form.generation,
            candidates: form.candidates.into_owned(),
            attempt: form.attempt.map(Cow::into_owned),
            logins: form.logins.into_owned(),
            trouble: form.trouble.map(Cow::into_owned),
            rejection: form.rejection.map(Cow::into_owned),
            user: form.user.map(Cow::into_owned),
            previous_user: form.previous_user.map(Cow::into_owned),
            state: form.state,
            written_at: form.written_at,
            writable: text.head.writable_by <= FORMAT,
        })
    }
}

/// The record as JSON, the token first: what is cut off behind loses no token. Nothing is copied to be written.
#[derive(Serialize, Deserialize)]
struct Form<'a> {
    #[serde(borrow)]
    token: Option<&'a RawValue>,
    format: u32,
    readable_by: u32,
    writable_by: u32,
    store: Cow<'a, str>,
    app_id: Cow<'a, str>,
    environment: Cow<'a, str>,
    account: Option<Cow<'a, str>>,
    scopes: Option<Cow<'a, str>>,
    revision: u64,
    write_id: Cow<'a, str>,
    follows: Option<Cow<'a, str>>,
    grant: Cow<'a, str>,
    login_at: i64,
    generation: u64,
    candidates: Cow<'a, [Candidate]>,
    attempt: Option<Cow<'a, Attempt>>,
    logins: Cow<'a, [Login]>,
    trouble: Option<Cow<'a, Trouble>>,
    rejection: Option<Cow<'a, Rejection>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<Cow<'a, User>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous_user: Option<Cow<'a, User>>,
    state: State,
    written_at: i64,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::testing::owner;
    use super::*;

    #[test]
    fn a_record_reads_back() {
        let json = r#"{"access_token":"a","refresh_token":"r","extra":{"n":1.10}}"#;
        let mut record = Record::new("s", owner("é"));
        record.token = Some(Token::from_json(json).unwrap());
        record.add(Record::of_token(record.token.as_ref().unwrap(), 1));
        let record = record.next(5).unwrap();
        let text = record.to_text();
        let read = Record::from_text(&text).unwrap();
        assert_eq!(read.to_text(), text);
        assert_eq!(read.owner.account(), Some("é"));
        assert!(text.text().starts_with(r#"{"token":{"access_token":"a""#));
    }
}
