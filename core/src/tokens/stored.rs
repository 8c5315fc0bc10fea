//! The record of one account as a sealed text, in which form it is stored. No I/O.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::record::{Attempt, Candidate, FORMAT, Login, Owner, Record, Rejection, State, Trouble};
use super::sum;
use crate::call::User;
use crate::secret::Secret;
use crate::text::json::written;
use crate::token::Token;

impl Record {
    /// The sealed text.
    pub(crate) fn to_text(&self) -> Secret {
        #[cfg(test)]
        if let Some(text) = super::explore::hook::written(self) {
            return text;
        }
        let token = self.token.as_ref();
        let token = token.and_then(|token| RawValue::from_string(token.to_json()).ok());
        let form = Form {
            token,
            format: FORMAT,
            readable_by: FORMAT,
            writable_by: FORMAT,
            store: self.store.clone(),
            app_id: self.owner.app_id.clone(),
            environment: self.owner.environment.clone(),
            account: self.owner.account.clone(),
            scopes: self.owner.scopes.clone(),
            revision: self.revision,
            write_id: self.write_id.clone(),
            follows: self.follows.clone(),
            grant: self.grant.clone(),
            login_at: self.login_at,
            generation: self.generation,
            candidates: self.candidates.clone(),
            attempt: self.attempt.clone(),
            logins: self.logins.clone(),
            trouble: self.trouble.clone(),
            rejection: self.rejection.clone(),
            user: self.user.clone(),
            previous_user: self.previous_user.clone(),
            state: self.state,
            written_at: self.written_at,
        };
        sum::seal(&Secret::new(written(&form)))
    }

    /// Reads a sealed text; the problem says nothing of its content.
    pub(crate) fn from_text(text: &Secret) -> Result<Self, &'static str> {
        #[cfg(test)]
        if let Some(record) = super::explore::hook::read(text) {
            return Ok(record);
        }
        let text = sum::sealed(text.expose()).ok_or("holds a damaged record")?;
        let versions: Versions =
            serde_json::from_str(text).map_err(|_| "holds a damaged record")?;
        if versions.readable_by > FORMAT {
            return Err(
                "was written by a newer version of this library, which this one cannot read",
            );
        }
        let form: Form = serde_json::from_str(text).map_err(|_| "holds a damaged record")?;
        let token = form.token.map(|raw| Token::from_json(raw.get()));
        let token = token.transpose().map_err(|_| "holds a damaged record")?;
        Ok(Self {
            token,
            store: form.store,
            owner: Owner {
                app_id: form.app_id,
                environment: form.environment,
                account: form.account,
                scopes: form.scopes,
            },
            revision: form.revision,
            write_id: form.write_id,
            follows: form.follows,
            grant: form.grant,
            login_at: form.login_at,
            generation: form.generation,
            candidates: form.candidates,
            attempt: form.attempt,
            logins: form.logins,
            trouble: form.trouble,
            rejection: form.rejection,
            user: form.user,
            previous_user: form.previous_user,
            state: form.state,
            written_at: form.written_at,
            writable: versions.writable_by <= FORMAT,
        })
    }
}

#[derive(Deserialize)]
struct Versions {
    readable_by: u32,
    writable_by: u32,
}

/// The record as JSON, the token first: what is cut off behind loses no token.
#[derive(Serialize, Deserialize)]
struct Form {
    token: Option<Box<RawValue>>,
    format: u32,
    readable_by: u32,
    writable_by: u32,
    store: String,
    app_id: String,
    environment: String,
    account: Option<String>,
    scopes: Option<String>,
    revision: u64,
    write_id: String,
    follows: Option<String>,
    grant: String,
    login_at: i64,
    generation: u64,
    candidates: Vec<Candidate>,
    attempt: Option<Attempt>,
    logins: Vec<Login>,
    trouble: Option<Trouble>,
    rejection: Option<Rejection>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<User>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous_user: Option<User>,
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
        assert_eq!(read.owner.account.as_deref(), Some("é"));
        assert!(text.expose().starts_with(r#"{"token":{"access_token":"a""#));
    }
}
