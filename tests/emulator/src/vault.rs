//! The state behind the endpoints: which codes and tokens were given out, what they are good for, until when.
//! What an answer looks like is decided in `pinterest`.

use crate::mint::Mint;
use crate::pinterest::errors::Problem;
use std::collections::{HashMap, VecDeque};
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

#[derive(Clone)]
struct Code {
    redirect_uri: String,
    expires_at: u64,
    used: bool,
}

#[derive(Clone)]
pub(crate) struct Refresh {
    environment: Environment,
    expires_at: u64,
    /// 60 days and renewable, against 365 days and final.
    pub(crate) continuous: bool,
}

#[derive(Clone)]
pub(crate) struct Access {
    environment: Environment,
    expires_at: u64,
    pub(crate) scopes: Vec<String>,
}

/// A map that forgets its oldest entries, so that a benchmark does not fill the memory.
struct Shelf<T> {
    entries: HashMap<String, T>,
    order: VecDeque<String>,
}

impl<T> Shelf<T> {
    const KEPT: usize = 20_000;

    fn new() -> Self {
        Self {
            entries: HashMap::new(),
            order: VecDeque::new(),
        }
    }

    fn put(&mut self, key: String, value: T) {
        if self.entries.insert(key.clone(), value).is_none() {
            self.order.push_back(key);
        }
        while self.order.len() > Self::KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.entries.remove(&oldest);
            }
        }
    }
}

pub(crate) struct Vault {
    pub(crate) mint: Mint,
    codes: Shelf<Code>,
    refresh: Shelf<Refresh>,
    access: Shelf<Access>,
    approved: Vec<String>,
}

impl Vault {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {
            mint: Mint::new()?,
            codes: Shelf::new(),
            refresh: Shelf::new(),
            access: Shelf::new(),
            approved: Vec::new(),
        })
    }

    pub(crate) fn clear(&mut self) {
        self.codes = Shelf::new();
        self.refresh = Shelf::new();
        self.access = Shelf::new();
        self.approved.clear();
    }

    /// Everything the person has approved, now or before.
    pub(crate) fn approved(&self) -> &[String] {
        &self.approved
    }

    /// The person agrees: a code, and these scopes are approved for good.
    pub(crate) fn consent(
        &mut self,
        redirect_uri: &str,
        scopes: &[String],
        expires_at: u64,
    ) -> String {
        for scope in scopes {
            if !self.approved.contains(scope) {
                self.approved.push(scope.clone());
            }
        }
        let code = self.mint.hex(40);
        self.codes.put(
            code.clone(),
            Code {
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
    ) -> Result<(), Problem> {
        let code = self
            .codes
            .entries
            .get_mut(code)
            .ok_or(Problem::InvalidGrant)?;
        let good =
            now < code.expires_at && code.redirect_uri == redirect_uri && (reuse || !code.used);
        code.used = true;
        if good {
            Ok(())
        } else {
            Err(Problem::InvalidGrant)
        }
    }

    pub(crate) fn put_access(
        &mut self,
        token: &str,
        environment: Environment,
        expires_at: u64,
        scopes: &[String],
    ) {
        self.access.put(
            token.into(),
            Access {
                environment,
                expires_at,
                scopes: scopes.to_vec(),
            },
        );
    }

    pub(crate) fn new_refresh(
        &mut self,
        environment: Environment,
        now: u64,
        expires_at: u64,
        continuous: bool,
    ) -> String {
        let token = self.mint.refresh(environment.name(), now, expires_at);
        self.refresh.put(
            token.clone(),
            Refresh {
                environment,
                expires_at,
                continuous,
            },
        );
        token
    }

    pub(crate) fn refresh(
        &self,
        token: &str,
        environment: Environment,
        now: u64,
        isolated: bool,
    ) -> Result<Refresh, Problem> {
        let found = self
            .refresh
            .entries
            .get(token)
            .ok_or(Problem::InvalidGrant)?;
        if isolated && found.environment != environment {
            return Err(Problem::AuthenticationFailed);
        }
        if now < found.expires_at {
            Ok(found.clone())
        } else {
            Err(Problem::InvalidGrant)
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
            .entries
            .get(token)
            .ok_or(Problem::AuthenticationFailed)?;
        let good = now < found.expires_at && (!isolated || found.environment == environment);
        if good {
            Ok(found.clone())
        } else {
            Err(Problem::AuthenticationFailed)
        }
    }

    /// Makes a token worthless, whichever kind it is; one that does not exist is fine.
    pub(crate) fn revoke(&mut self, token: &str) {
        if let Some(refresh) = self.refresh.entries.get_mut(token) {
            refresh.expires_at = 0;
        }
        if let Some(access) = self.access.entries.get_mut(token) {
            access.expires_at = 0;
        }
    }
}
