//! The record of one account: its token, where its refreshing stands, and what went wrong. No I/O.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::store::{Name, NameKind};
use super::sum;
use crate::call::User;
use crate::error::Error;
use crate::secret::Secret;
use crate::token::Token;

/// The format that this library writes, and the newest that it reads and writes.
pub(crate) const FORMAT: u32 = 1;

/// How many refresh tokens of one login are kept.
const MAX_CANDIDATES: usize = 6;

/// How many logins that have ended are remembered, so that the same redirect is not used twice.
const MAX_LOGINS: usize = 8;

/// Whose token a record holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Owner {
    pub app_id: String,
    /// `production`, `sandbox`, or the origin of an address of one's own.
    pub environment: String,
    pub whose: Whose,
    /// Under which the record is stored.
    name: Name,
}

/// What of an app has a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Whose {
    /// An account.
    Account(String),
    /// Tokens of the app itself, by their scopes, sorted, with commas.
    Scopes(String),
    /// What concerns all of them.
    All,
}

impl Owner {
    /// The name is made of all parts, each with its length, so that none runs into another.
    pub(crate) fn new(app_id: String, environment: String, whose: Whose) -> Self {
        let (what, of) = match &whose {
            Whose::Account(account) => ("account", account.as_str()),
            Whose::Scopes(scopes) => ("app", scopes.as_str()),
            Whose::All => ("hold", ""),
        };
        let mut text = String::new();
        for part in [&app_id, &environment, what, of] {
            text.push_str(&part.len().to_string());
            text.push(':');
            text.push_str(part);
        }
        let name = Name {
            hash: sum::hex(text.as_bytes()),
            kind: if whose == Whose::All {
                NameKind::App
            } else {
                NameKind::Record
            },
        };
        Self {
            app_id,
            environment,
            whose,
            name,
        }
    }

    /// Of the same app.
    pub(crate) fn with(&self, whose: Whose) -> Self {
        Self::new(self.app_id.clone(), self.environment.clone(), whose)
    }

    /// The name under which the record is stored.
    pub(crate) fn name(&self) -> &Name {
        &self.name
    }

    /// The account, where it is one.
    pub(crate) fn account(&self) -> Option<&str> {
        match &self.whose {
            Whose::Account(account) => Some(account),
            Whose::Scopes(_) | Whose::All => None,
        }
    }

    /// The scopes of tokens of the app itself.
    pub(crate) fn scopes(&self) -> Option<&str> {
        match &self.whose {
            Whose::Scopes(scopes) => Some(scopes),
            Whose::Account(_) | Whose::All => None,
        }
    }
}

/// A refresh token that may still be taken, newest first in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Candidate {
    #[serde(with = "secret")]
    pub refresh_token: Secret,
    pub generation: u64,
    pub obtained_at: i64,
    pub expires_at: Option<i64>,
    /// Whether it was exchanged once with success: it is a predecessor, and asked for last.
    #[serde(default)]
    pub used: bool,
    /// When Pinterest refused it for the first time; one refusal is not believed.
    pub doubted_at: Option<i64>,
    #[serde(default)]
    pub refused: bool,
}

/// Who makes a call, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lease {
    pub boot_id: String,
    pub host: String,
    pub pid: u32,
    pub program: String,
    /// Unix seconds.
    pub started_at: i64,
    /// Seconds since that machine was started.
    pub started_boot: i64,
    /// How long the call may take, in seconds: its deadline and a reserve.
    pub lasts: i64,
}

/// A refresh under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attempt {
    pub id: String,
    pub base_generation: u64,
    /// The fingerprint of the refresh token that is sent.
    pub candidate: String,
    pub lease: Lease,
}

/// What became of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LoginOutcome {
    InFlight,
    Stored,
    Failed,
    Unknown,
    Removed,
}

/// A login, by the state of its redirect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Login {
    /// The fingerprint of the state, or of the code where no state is known.
    pub state: String,
    pub attempt: String,
    pub grant: String,
    pub login_at: i64,
    pub lease: Lease,
    pub outcome: LoginOutcome,
}

/// What went wrong last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trouble {
    pub kind: String,
    pub outcome: String,
    pub message: String,
    pub code: Option<i64>,
    pub http_status: Option<u16>,
    pub request_id: Option<String>,
    pub at: i64,
    /// How often in a row.
    pub count: u32,
    /// Nothing is sent before; Unix seconds.
    pub retry_at: i64,
    /// How often in a row nobody knows whether Pinterest acted.
    pub unknown_count: u32,
}

/// An access token that a resource refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rejection {
    pub generation: u64,
    pub at: i64,
}

/// Where the account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// No token yet, or none any more: for logins alone.
    Pending,
    Ready,
    NeedsLogin,
}

/// All of it.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub token: Option<Token>,
    pub store: String,
    pub owner: Owner,
    /// For people; the write id is what is compared.
    pub revision: u64,
    pub write_id: String,
    /// The write id that this text was made to replace.
    pub follows: Option<String>,
    /// The login or import from which the token descends.
    pub grant: String,
    pub login_at: i64,
    /// How many tokens have been taken over.
    pub generation: u64,
    pub candidates: Vec<Candidate>,
    pub attempt: Option<Attempt>,
    pub logins: Vec<Login>,
    pub trouble: Option<Trouble>,
    pub rejection: Option<Rejection>,
    /// Who gave access at this login, and who at the one before; where the tokens may say it.
    pub user: Option<User>,
    pub previous_user: Option<User>,
    pub state: State,
    /// When the record was written; Unix seconds.
    pub written_at: i64,
    /// Whether this format may be written over.
    pub writable: bool,
}

impl Record {
    /// A record without a token.
    pub(crate) fn new(store: &str, owner: Owner) -> Self {
        Self {
            token: None,
            store: store.to_owned(),
            owner,
            revision: 0,
            write_id: String::new(),
            follows: None,
            grant: String::new(),
            login_at: 0,
            generation: 0,
            candidates: Vec::new(),
            attempt: None,
            logins: Vec::new(),
            trouble: None,
            rejection: None,
            user: None,
            previous_user: None,
            state: State::Pending,
            written_at: 0,
            writable: true,
        }
    }

    /// The same record as the next text of its name: a write id of its own, behind what it replaces.
    ///
    /// # Errors
    /// `internal` where the operating system gives no randomness.
    pub(crate) fn next(mut self, now: i64) -> Result<Self, Error> {
        self.follows = Some(std::mem::replace(&mut self.write_id, sum::random_id()?))
            .filter(|id| !id.is_empty());
        self.revision = self.revision.saturating_add(1);
        self.written_at = now;
        Ok(self)
    }

    /// The write id of what is stored; `None` for a record that is not stored yet.
    pub(crate) fn stored_id(&self) -> Option<&str> {
        (!self.write_id.is_empty()).then_some(self.write_id.as_str())
    }

    /// The current refresh token as a candidate, where the token has one.
    pub(crate) fn of_token(token: &Token, generation: u64) -> Option<Candidate> {
        Some(Candidate {
            refresh_token: token.refresh_token.clone()?,
            generation,
            obtained_at: token.obtained_at.unwrap_or_default(),
            expires_at: token.refresh_token_expires_at,
            used: false,
            doubted_at: None,
            refused: false,
        })
    }

    /// Adds candidates: each refresh token once, newest first; what is known of one is kept.
    pub(crate) fn add(&mut self, more: impl IntoIterator<Item = Candidate>) {
        for candidate in more {
            let known = |known: &Candidate| known.refresh_token == candidate.refresh_token;
            if !self.candidates.iter().any(known) {
                self.candidates.push(candidate);
            }
        }
        let current = self
            .token
            .as_ref()
            .and_then(|token| token.refresh_token.as_ref());
        // The token's own stands first, whatever its age.
        self.candidates.sort_by_key(|candidate| {
            let own = Some(&candidate.refresh_token) == current;
            std::cmp::Reverse((own, candidate.generation, candidate.obtained_at))
        });
        self.candidates.truncate(MAX_CANDIDATES);
    }

    /// Keeps the logins in flight, and the newest of those that have ended.
    pub(crate) fn trim_logins(&mut self) {
        let ended = |login: &Login| login.outcome != LoginOutcome::InFlight;
        while self.logins.iter().filter(|login| ended(login)).count() > MAX_LOGINS {
            if let Some(oldest) = self.logins.iter().position(ended) {
                self.logins.remove(oldest);
            }
        }
    }

    /// The login of that state.
    pub(crate) fn login(&self, state: &str) -> Option<&Login> {
        self.logins.iter().find(|login| login.state == state)
    }

    /// The ids of the attempts under way.
    pub(crate) fn attempts(&self) -> Vec<&str> {
        let logins = self.logins.iter();
        let flying = logins.filter(|login| login.outcome == LoginOutcome::InFlight);
        let own = self.attempt.iter().map(|attempt| attempt.id.as_str());
        own.chain(flying.map(|login| login.attempt.as_str()))
            .collect()
    }

    /// Whether a refresh token is known to this record.
    pub(crate) fn knows(&self, refresh_token: &Secret) -> bool {
        let mut known = self.candidates.iter();
        known.any(|candidate| candidate.refresh_token == *refresh_token)
    }
}

mod secret {
    use super::{Deserialize, Deserializer, Secret, Serializer};

    pub(super) fn serialize<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(secret.expose())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
        String::deserialize(from).map(Secret::new)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::testing::owner;
    use super::*;

    #[test]
    fn names_never_run_into_each_other() {
        let name = |app_id: &str, account: &str| {
            let whose = Whose::Account(account.to_owned());
            let owner = Owner::new(app_id.to_owned(), String::from("production"), whose);
            owner.name().clone()
        };
        assert_ne!(name("1", "2a"), name("12", "a"));
        assert_ne!(name("1", "a"), name("1", "A"));
    }

    #[test]
    fn what_two_callers_write_after_one_record_is_told_apart() {
        let next = || Record::new("s", owner("x")).next(5).unwrap();
        let (one, other) = (next(), next());
        assert_eq!(one.revision, other.revision);
        assert_ne!(one.write_id, other.write_id);
    }

    #[test]
    fn debug_shows_no_token() {
        let json = r#"{"access_token":"canary1","refresh_token":"canary2"}"#;
        let mut record = Record::new("s", owner("x"));
        record.token = Some(Token::from_json(json).unwrap());
        record.add(Record::of_token(record.token.as_ref().unwrap(), 1));
        assert!(!format!("{record:?}").contains("canary"));
    }
}
