//! A store and its rooms that tell the explorer what is done to them.

use std::collections::HashSet;
use std::path::PathBuf;

use super::hook::{self, ask};
use super::steps::{Op, Res, Symbol, Text};
use crate::error::Error;
use crate::tokens::store::{Found, Holder, Name, NameKind, Room, Store};
use crate::tokens::sum::Sealed;

pub(super) struct Asking;

struct Asked(Symbol);

fn symbol(id: &str) -> Symbol {
    hook::with(|live| live.tables.symbol(id)).unwrap()
}

fn text(text: &Sealed) -> Text {
    hook::number(text).unwrap()
}

fn failure() -> Error {
    Error::store_unavailable("store", "does not take it")
}

fn yes(res: Res) -> Result<bool, Error> {
    match res {
        Res::Bool(yes) => Ok(yes),
        _ => Err(failure()),
    }
}

fn commit(expected: Option<&str>, new: &Sealed) -> Result<bool, Error> {
    yes(ask(Op::Commit {
        expected: expected.map(symbol),
        text: text(new),
    }))
}

fn done(res: Res) -> Result<(), Error> {
    match res {
        Res::Done => Ok(()),
        _ => Err(failure()),
    }
}

impl Store for Asking {
    fn id(&self) -> &str {
        "store"
    }

    fn load(&self, name: &Name) -> Result<Option<Sealed>, Error> {
        // Nothing here concerns all accounts of the app.
        if name.kind == NameKind::App {
            return Ok(None);
        }
        match ask(Op::Load) {
            Res::Text(found) => Ok(found.map(hook::sealed)),
            _ => Err(failure()),
        }
    }

    fn commit(&self, _: &Name, expected: Option<&str>, new: &Sealed) -> Result<bool, Error> {
        commit(expected, new)
    }

    fn remove(&self, _: &Name, expected: &str) -> Result<bool, Error> {
        let expected = symbol(expected);
        yes(ask(Op::Remove { expected }))
    }

    fn list(&self) -> Result<Vec<Name>, Error> {
        unreachable!()
    }

    fn reserve(&self, _: &Name, attempt: &str) -> Result<Box<dyn Room>, Error> {
        let attempt = symbol(attempt);
        done(ask(Op::Reserve(attempt)))?;
        Ok(Box::new(Asked(attempt)))
    }

    fn holder(&self, _: &Name, attempt: &str) -> Holder {
        match ask(Op::Holder(symbol(attempt))) {
            Res::Holder(1) => Holder::Dead,
            Res::Holder(2) => Holder::Alive,
            _ => Holder::Unknown,
        }
    }

    fn answers(&self, _: &Name) -> Vec<Found> {
        let Res::Found(found) = ask(Op::Answers) else {
            return Vec::new();
        };
        let found = found.into_iter().map(|(attempt, text, copy)| Found {
            attempt: hook::with(|live| live.tables.symbols[attempt as usize].clone()).unwrap(),
            text: hook::sealed(text),
            place: PathBuf::from(if copy { "copy" } else { "answer" }),
        });
        found.collect()
    }

    fn with_attempts(&self) -> Result<HashSet<Name>, Error> {
        unreachable!()
    }

    fn forget(&self, _: &Name, found: &Found) {
        ask(Op::Forget {
            attempt: symbol(&found.attempt),
            copy: found.place.as_os_str() == "copy",
        });
    }

    fn copy(&self, _: &Name, attempt: &str, new: &Sealed) -> Result<(), Error> {
        done(ask(Op::Copy {
            attempt: symbol(attempt),
            text: text(new),
        }))
    }
}

impl Room for Asked {
    fn claim(&mut self, expected: Option<&str>, intent: &Sealed) -> Result<bool, Error> {
        commit(expected, intent)
    }

    fn write(&mut self, new: &Sealed) -> Result<(), Error> {
        done(ask(Op::Write {
            attempt: self.0,
            text: text(new),
        }))
    }

    fn put(&mut self, expected: &str) -> Result<bool, Error> {
        yes(ask(Op::Put {
            attempt: self.0,
            expected: symbol(expected),
        }))
    }

    fn discard(&mut self) {
        ask(Op::Discard(self.0));
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        // Where the code was only left before its next step, it still has its room.
        if !std::thread::panicking() && hook::boot().is_some() {
            ask(Op::Drop(self.0));
        }
    }
}
