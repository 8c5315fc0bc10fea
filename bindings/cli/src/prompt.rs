//! Asks a person at the terminal for a secret, without showing what is typed or pasted.

use std::io::{self, IsTerminal};

use crate::failure::{Failure, reason};

/// Whether there is a person to ask.
pub(crate) fn possible() -> bool {
    cfg!(unix) && io::stdin().is_terminal()
}

/// The terminal shows nothing until this is dropped: between several questions Ctrl-C is a key as well.
#[cfg(unix)]
pub(crate) fn hide() -> Option<impl Drop> {
    Hidden::begin().ok()
}

#[cfg(not(unix))]
pub(crate) fn hide() -> Option<()> {
    None
}

/// Asks, and returns the line.
pub(crate) fn ask(question: &str) -> Result<String, Failure> {
    hidden_line(question).map_err(|error| match error.kind() {
        io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof => Failure::cancelled(),
        _ => Failure::argument(
            "prompt",
            format!("the terminal cannot be read: {}", reason(&error)),
        ),
    })
}

#[cfg(unix)]
fn hidden_line(question: &str) -> io::Result<String> {
    use std::io::{Read, Write};

    let hidden = Hidden::begin()?;
    let mut stderr = io::stderr();
    // Where standard error is gone, the person sees no question but can answer all the same.
    let _ = write!(stderr, "{question} (not shown): ").and_then(|()| stderr.flush());
    let line = line(io::stdin().lock().bytes());
    drop(hidden);
    let _ = writeln!(stderr);
    line
}

#[cfg(not(unix))]
fn hidden_line(_: &str) -> io::Result<String> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The terminal takes every key as it comes and shows none, until this is dropped.
#[cfg(unix)]
struct Hidden(rustix::termios::Termios);

#[cfg(unix)]
impl Hidden {
    fn begin() -> io::Result<Self> {
        use rustix::termios::{
            LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr,
        };
        let before = tcgetattr(io::stdin())?;
        let mut now = before.clone();
        // Without ISIG, Ctrl-C is a key that is handled below, with the terminal put right again.
        now.local_modes -=
            LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
        now.special_codes[SpecialCodeIndex::VMIN] = 1;
        now.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(io::stdin(), OptionalActions::Drain, &now)?;
        Ok(Self(before))
    }
}

#[cfg(unix)]
impl Drop for Hidden {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        // The terminal may be gone; there is nothing to put right then.
        let _ = tcsetattr(io::stdin(), OptionalActions::Drain, &self.0);
    }
}

/// One line of keys, with the usual ways to correct it.
#[cfg(any(unix, test))]
fn line(keys: impl Iterator<Item = io::Result<u8>>) -> io::Result<String> {
    let mut text: Vec<u8> = Vec::new();
    let mut escape = Escape::None;
    for key in keys {
        let key = key?;
        escape = escape.after(key);
        match key {
            _ if escape != Escape::None => (),
            b'\r' | b'\n' => return readable(text),
            0x03 => return Err(io::ErrorKind::Interrupted.into()),
            0x04 if text.is_empty() => return Err(io::ErrorKind::UnexpectedEof.into()),
            0x08 | 0x7f => {
                // A whole character, of one byte or of several.
                while matches!(text.pop(), Some(byte) if byte & 0xc0 == 0x80) {}
            }
            0x15 => text.clear(),
            0..=0x1f => (),
            _ => text.push(key),
        }
    }
    if text.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    readable(text)
}

#[cfg(any(unix, test))]
fn readable(text: Vec<u8>) -> io::Result<String> {
    String::from_utf8(text).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// Keys such as the arrows send several bytes, none of which is meant.
#[cfg(any(unix, test))]
#[derive(Clone, Copy, PartialEq)]
enum Escape {
    None,
    Begun,
    Inside,
    Last,
}

#[cfg(any(unix, test))]
impl Escape {
    fn after(self, key: u8) -> Self {
        match (self, key) {
            (Self::None | Self::Last, 0x1b) => Self::Begun,
            (Self::Begun, b'[' | b'O') => Self::Inside,
            (Self::Inside, 0x40..=0x7e) => Self::Last,
            (Self::Inside, 0x20..=0x3f) => Self::Inside,
            _ => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn typed(keys: &str) -> io::Result<String> {
        line(keys.bytes().map(Ok))
    }

    #[test]
    fn a_line_ends_with_enter_and_the_rest_stays() {
        let mut keys = "one\rtwo\n".bytes().map(Ok);
        assert_eq!(line(&mut keys).unwrap(), "one");
        assert_eq!(line(&mut keys).unwrap(), "two");
    }

    #[test]
    fn a_line_can_be_corrected() {
        assert_eq!(typed("abé\x7fc\n").unwrap(), "abc");
        assert_eq!(typed("wrong\x15right\n").unwrap(), "right");
        assert_eq!(typed("\x7f\x7fa\n").unwrap(), "a");
        assert_eq!(typed("a\x1b[D\x1bOAb\x1b[1;5Cc\x1b[3~\n").unwrap(), "abc");
    }

    #[test]
    fn ctrl_c_and_ctrl_d_end_the_question() {
        assert_eq!(
            typed("abc\x03").unwrap_err().kind(),
            io::ErrorKind::Interrupted
        );
        assert_eq!(
            typed("\x04").unwrap_err().kind(),
            io::ErrorKind::UnexpectedEof
        );
        assert_eq!(typed("").unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        assert_eq!(typed("a\x04b\n").unwrap(), "ab");
    }
}
