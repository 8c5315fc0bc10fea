//! The state behind the endpoints: which codes and tokens were given out, what they are good for, until when.
//! What an answer looks like is decided in `pinterest`.

use crate::mint::Mint;
use crate::people::{People, Person};
use crate::pinterest::errors::Problem;
use crate::shelf::{Key, Shelf, key};
use crate::words::Rotation;
use std::io;

/// Which of Pinterest's two worlds a token belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Environment {
    Production,
    Sandbox,
}

impl Environment {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
        }
    }
}

/// What one click on "Give access" began: a code, and all tokens that come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Login(u64);

#[derive(Default)]
struct Fate {
    /// The refresh token that was used last, and the one that was given for it.
    last_pair: Option<[Key; 2]>,
    refresh_revoked: bool,
    access_revoked: bool,
}

struct Code {
    person: Person,
    login: Login,
    redirect_uri: String,
    expires_at: u64,
    used: bool,
}

#[derive(Clone)]
pub(crate) struct Refresh {
    pub(crate) person: Person,
    login: Login,
    environment: Environment,
    expires_at: u64,
    /// 60 days and renewable, against 365 days and final.
    pub(crate) continuous: bool,
    /// Whether a new one was given for it.
    exchanged: bool,
}

#[derive(Clone)]
pub(crate) struct Access {
    pub(crate) person: Person,
    /// None for a token of the app itself.
    login: Option<Login>,
    environment: Environment,
    expires_at: u64,
    pub(crate) scopes: Vec<String>,
}

/// Whom and what a code was for.
#[derive(Clone, Copy)]
pub(crate) struct Redeemed {
    pub(crate) person: Person,
    login: Login,
}

impl From<&Refresh> for Redeemed {
    fn from(refresh: &Refresh) -> Self {
        Self {
            person: refresh.person,
            login: refresh.login,
        }
    }
}

/// How the server takes a refresh token, as the switches say.
pub(crate) struct Rules {
    pub(crate) isolated: bool,
    pub(crate) rotation: Rotation,
}

pub(crate) struct Vault {
    pub(crate) mint: Mint,
    pub(crate) people: People,
    codes: Shelf<Key, Code>,
    refresh: Shelf<Key, Refresh>,
    access: Shelf<Key, Access>,
    fates: Shelf<Login, Fate>,
    last_login: u64,
}

impl Vault {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self::with(Mint::new()?))
    }

    fn with(mint: Mint) -> Self {
        Self {
            mint,
            people: People::default(),
            codes: Shelf::default(),
            refresh: Shelf::default(),
            access: Shelf::default(),
            fates: Shelf::default(),
            last_login: 0,
        }
    }

    /// Nobody has given access to anything.
    pub(crate) fn clear(&mut self) {
        let mint = self.mint.clone();
        *self = Self::with(mint);
    }

    /// The person agrees: a code, and these scopes are approved for good.
    pub(crate) fn consent(
        &mut self,
        person: Person,
        redirect_uri: &str,
        scopes: &[String],
        expires_at: u64,
    ) -> String {
        self.people.approve(person, scopes);
        self.last_login += 1;
        let login = Login(self.last_login);
        self.fates.put(login, Fate::default());
        let code = self.mint.hex(40);
        self.codes.put(
            key(&code),
            Code {
                person,
                login,
                redirect_uri: redirect_uri.into(),
                expires_at,
                used: false,
            },
        );
        code
    }

    pub(crate) fn redeem(
        &mut self,
        code: &str,
        redirect_uri: &str,
        now: u64,
        reuse: bool,
        replay_revokes: bool,
    ) -> Result<Redeemed, Problem> {
        let code = self
            .codes
            .get_mut(&key(code))
            .ok_or(Problem::InvalidGrant)?;
        let good =
            now < code.expires_at && code.redirect_uri == redirect_uri && (reuse || !code.used);
        if code.used
            && !reuse
            && replay_revokes
            && let Some(fate) = self.fates.get_mut(&code.login)
        {
            fate.refresh_revoked = true;
            fate.access_revoked = true;
        }
        code.used = true;
        if good {
            Ok(Redeemed {
                person: code.person,
                login: code.login,
            })
        } else {
            Err(Problem::InvalidGrant)
        }
    }

    /// Notes a token of the app itself, or of a person's login.
    pub(crate) fn put_access(
        &mut self,
        token: &str,
        redeemed: Option<Redeemed>,
        environment: Environment,
        expires_at: u64,
        scopes: &[String],
    ) {
        self.access.put(
            key(token),
            Access {
                person: redeemed.map_or(Person::OWNER, |redeemed| redeemed.person),
                login: redeemed.map(|redeemed| redeemed.login),
                environment,
                expires_at,
                scopes: scopes.to_vec(),
            },
        );
    }

    pub(crate) fn new_refresh(
        &mut self,
        redeemed: Redeemed,
        environment: Environment,
        now: u64,
        expires_at: u64,
        continuous: bool,
    ) -> String {
        let token = self.mint.refresh(environment.name(), now, expires_at);
        self.refresh.put(
            key(&token),
            Refresh {
                person: redeemed.person,
                login: redeemed.login,
                environment,
                expires_at,
                continuous,
                exchanged: false,
            },
        );
        token
    }

    /// What a refresh token is good for.
    pub(crate) fn refresh(
        &mut self,
        token: &str,
        environment: Environment,
        now: u64,
        rules: &Rules,
    ) -> Result<Refresh, Problem> {
        let token = key(token);
        let found = self.refresh.get(&token).ok_or(Problem::InvalidGrant)?;
        if rules.isolated && found.environment != environment {
            return Err(Problem::AuthenticationFailed);
        }
        let fate = self
            .fates
            .get_mut(&found.login)
            .ok_or(Problem::InvalidGrant)?;
        if rules.rotation == Rotation::Family && found.exchanged {
            fate.refresh_revoked = true;
        }
        let surpassed = rules.rotation == Rotation::LastWins
            && fate.last_pair.is_some_and(|pair| !pair.contains(&token));
        if now < found.expires_at && !fate.refresh_revoked && !surpassed {
            Ok(found.clone())
        } else {
            Err(Problem::InvalidGrant)
        }
    }

    /// A new refresh token was given for an old one.
    pub(crate) fn exchanged(&mut self, old: &str, new: &str, rotation: Rotation) {
        let pair = [key(old), key(new)];
        let Some(refresh) = self.refresh.get_mut(&key(old)) else {
            return;
        };
        refresh.exchanged = true;
        if matches!(rotation, Rotation::Strict | Rotation::Family) {
            refresh.expires_at = 0;
        }
        if let Some(fate) = self.fates.get_mut(&refresh.login) {
            fate.last_pair = Some(pair);
        }
    }

    pub(crate) fn access(
        &self,
        token: &str,
        environment: Environment,
        now: u64,
        isolated: bool,
    ) -> Result<Access, Problem> {
        let found = self
            .access
            .get(&key(token))
            .ok_or(Problem::AuthenticationFailed)?;
        let revoked = found.login.is_some_and(|login| {
            self.fates
                .get(&login)
                .is_none_or(|fate| fate.access_revoked)
        });
        let good =
            now < found.expires_at && !revoked && (!isolated || found.environment == environment);
        if good {
            Ok(found.clone())
        } else {
            Err(Problem::AuthenticationFailed)
        }
    }

    /// Makes a token worthless, whichever kind it is; one that does not exist is fine.
    pub(crate) fn revoke(&mut self, token: &str) {
        if let Some(refresh) = self.refresh.get_mut(&key(token)) {
            refresh.expires_at = 0;
        }
        if let Some(access) = self.access.get_mut(&key(token)) {
            access.expires_at = 0;
        }
    }

    /// The name of the account that a code belongs to, used or not.
    pub(crate) fn account_of_code(&self, code: &str) -> Option<&str> {
        let code = self.codes.get(&key(code))?;
        Some(self.people.name(code.person))
    }

    /// The name of the account that a refresh token belongs to, valid or not.
    pub(crate) fn account_of_refresh(&self, token: &str) -> Option<&str> {
        let refresh = self.refresh.get(&key(token))?;
        Some(self.people.name(refresh.person))
    }
}
