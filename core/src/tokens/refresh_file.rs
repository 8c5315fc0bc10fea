//! The token of one file is refreshed where it lies: for who keeps one token in a file, and no store.

use std::path::Path;

use super::file::{Held, TokenFile};
use super::future::elsewhere;
use super::running::Running;
use crate::call::TokenRequest;
use crate::drive::blocking;
use crate::drive::client::Client;
use crate::error::Error;
use crate::token::Token;

impl blocking::Client {
    /// Refreshes the token in the file at `path`, and puts the new one in its place, which it also returns.
    ///
    /// The file is this program's alone meanwhile: another one that refreshes it, in any language, waits, and then reads
    /// what this one has stored, so that no refresh token is sent twice. Room for the new token is taken before anything
    /// is sent. Neither a full disk nor a killed program loses a token that has come: until it is in the file it is beside
    /// it, in `.NAME.draft`, where the next refresh of the file finds it. Where the refresh fails the file stays as it is.
    ///
    /// The deadline is that of the call. For a file that somebody else has, it waits besides, at most
    /// [`TokenFile::WAIT`]. Where the system is no Unix nobody waits: two programs must not refresh one file at once.
    ///
    /// # Errors
    /// As [`Client::oauth_token`](Self::oauth_token). `invalid_argument` for `path`: no such file, no token or refresh token
    /// in it, no room or no leave to write. `timeout` where somebody else has had the file all the time. Of these nothing
    /// was sent. `internal` where the new token could not be stored: it is beside the file then.
    pub fn refresh_file(&self, path: impl AsRef<Path>) -> Result<Token, Error> {
        self.check()?;
        let of_path = |error: Error| error.about("path").in_words_of(self.language());
        let (held, request) = prepared(path.as_ref()).map_err(of_path)?;
        let _running = Running::begin();
        let token = self.oauth_token(&request)?;
        held.replace(&token)?;
        Ok(token)
    }
}

impl Client {
    /// As [`blocking::Client::refresh_file`](crate::blocking::Client::refresh_file), on a thread of the library: who drops the
    /// future leaves it running, and the file gets its token. [`finish`](crate::finish) waits for it.
    ///
    /// # Errors
    /// As [`blocking::Client::refresh_file`](crate::blocking::Client::refresh_file).
    pub async fn refresh_file(&self, path: impl AsRef<Path>) -> Result<Token, Error> {
        let (client, path) = (self.blocking(), path.as_ref().to_owned());
        elsewhere(move || client.refresh_file(path)).await
    }
}

/// The file with nobody else in it, and the refresh of the token that it holds now.
fn prepared(path: &Path) -> Result<(Held, TokenRequest), Error> {
    let held = TokenFile::at(path)?.hold(TokenFile::WAIT)?;
    let token = held.token()?.ok_or_else(|| {
        let problem = "holds no token: there is no such file, or it is empty";
        Error::invalid_argument("path", problem)
    })?;
    let request = TokenRequest::refresh(&token)?;
    Ok((held, request))
}
