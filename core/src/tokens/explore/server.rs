//! Pinterest, as it may be: four ways to treat a refresh token that was used.

use crate::token::Token;

/// What becomes of the old refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mode {
    /// It works for some time longer.
    Grace,
    /// It ends.
    Strict,
    /// It ends, and who sends it again ends the whole grant.
    Family,
    /// It works, and ends all that were issued before in its place.
    LastWins,
}

pub(super) const MODES: [Mode; 4] = [Mode::Grace, Mode::Strict, Mode::Family, Mode::LastWins];

/// A refresh token that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Issued {
    pub grant: u8,
    pub works: bool,
    pub used: bool,
    /// The code that gave it.
    pub code: Option<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Server {
    pub mode: Mode,
    pub issued: Vec<Issued>,
    /// Grants that were ended, as bits.
    pub ended: u32,
}

/// How long an access token lives.
pub(super) const LIFE: i64 = 30 * 86_400;

/// The token of that number, as the client gives it.
pub(super) fn token(number: u8, now: i64) -> Token {
    let expires_at = now + LIFE;
    let json = format!(
        r#"{{"access_token":"a{number}","refresh_token":"r{number}","obtained_at":{now},"expires_at":{expires_at}}}"#
    );
    Token::from_json(&json).unwrap()
}

impl Server {
    /// One grant, one token.
    pub(super) fn new(mode: Mode) -> Self {
        let mut server = Self {
            mode,
            issued: Vec::new(),
            ended: 0,
        };
        server.grant(None);
        server
    }

    /// Whether this token would be answered with another.
    pub(super) fn takes(&self, number: u8) -> bool {
        let issued = &self.issued[usize::from(number)];
        issued.works && self.ended & 1 << issued.grant == 0
    }

    pub(super) fn grant_of(&self, number: u8) -> u8 {
        self.issued[usize::from(number)].grant
    }

    /// A grant of its own.
    pub(super) fn grant(&mut self, code: Option<u8>) -> u8 {
        let grants = self.issued.iter().map(|one| one.grant + 1).max();
        self.issue(grants.unwrap_or_default(), code)
    }

    fn issue(&mut self, grant: u8, code: Option<u8>) -> u8 {
        self.issued.push(Issued {
            grant,
            works: true,
            used: false,
            code,
        });
        u8::try_from(self.issued.len() - 1).unwrap()
    }

    /// Exchanges a refresh token; `None` is 283.
    pub(super) fn refresh(&mut self, number: u8) -> Option<u8> {
        let at = usize::from(number);
        let grant = self.grant_of(number);
        if self.mode == Mode::Family && self.issued[at].used {
            self.ended |= 1 << grant;
            return None;
        }
        if !self.takes(number) {
            return None;
        }
        let lasts = self.mode;
        for (other, issued) in self.issued.iter_mut().enumerate() {
            let ends = match lasts {
                Mode::Grace => false,
                Mode::Strict | Mode::Family => other == at,
                Mode::LastWins => issued.grant == grant && other != at,
            };
            issued.works &= !ends;
            issued.used |= other == at;
        }
        Some(self.issue(grant, None))
    }

    /// A long time passes.
    pub(super) fn ages(&mut self) {
        if self.mode == Mode::Grace {
            for issued in &mut self.issued {
                issued.works &= !issued.used;
            }
        }
    }
}
