//! Where `--output` puts a token: the core's token file, in the command's words.

use std::ffi::OsStr;
use std::path::Path;

use pinterest_oauth::{Error, Held, Token, TokenFile};

use crate::failure::Failure;

/// A file that this run has alone, with room for the token.
pub(crate) struct Store {
    file: TokenFile,
    held: Held,
}

impl Store {
    /// Takes the file, before a code is spent.
    pub fn prepare(path: &OsStr) -> Result<Self, Failure> {
        if path == "-" {
            let message = "the file of --output is a file: --json prints the token";
            return Err(Failure::argument("output", message));
        }
        let file = TokenFile::at(path).map_err(named)?;
        let held = file.hold(TokenFile::WAIT).map_err(named)?;
        Ok(Self { file, held })
    }

    /// Where the token will be.
    pub fn target(&self) -> &Path {
        self.file.path()
    }

    /// The token that the file of `path` holds now, where that is this file.
    pub fn token(&self, path: &OsStr) -> Result<Option<Token>, Failure> {
        match TokenFile::at(path) {
            Ok(file) if file.path() == self.file.path() => self.held.token().map_err(named),
            _ => Ok(None),
        }
    }

    /// Puts the token there.
    pub fn write(self, token: &Token) -> Result<(), Failure> {
        self.held.replace(token).map_err(Failure::from)
    }
}

/// The core speaks of a file; here it is an option.
fn named(error: Error) -> Failure {
    match error.field() {
        Some("file") => {
            let problem = error.message().trim_start_matches("file ");
            Failure::argument("output", format!("the file of --output {problem}"))
        }
        _ => Failure::from(error),
    }
}
