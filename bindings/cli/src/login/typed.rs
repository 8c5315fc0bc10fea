//! What a person types or pastes while a login waits, out of the keys of a terminal that shows none of them.

/// The longest that is kept, in bytes; what follows is dropped.
const LONGEST: usize = 8 * 1024;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// What was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Line(String),
    /// Ctrl-C or Ctrl-D.
    Cancel,
    /// Ctrl-Z.
    Pause,
}

/// What a key leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum After {
    More,
    Done(Typed),
}

/// The keys so far.
#[derive(Default)]
pub(super) struct Keys {
    text: Vec<u8>,
    escape: Vec<u8>,
    /// Within a paste that the terminal marks, a line break is a part of it.
    pasting: bool,
    /// A line break came: the line is over unless more follows at once, as in a paste without marks.
    ended: bool,
}

impl Keys {
    pub(super) fn key(&mut self, key: u8) -> After {
        if !self.escape.is_empty() || key == 0x1b {
            self.escape(key);
            return After::More;
        }
        match key {
            b'\r' | b'\n' => self.ended |= !self.pasting,
            0x03 => return After::Done(Typed::Cancel),
            0x04 if self.text.is_empty() => return After::Done(Typed::Cancel),
            0x1a => return After::Done(Typed::Pause),
            0x08 | 0x7f => {
                self.text.pop();
            }
            0x15 => self.text.clear(),
            0..=0x1f => {}
            _ if self.text.len() < LONGEST + 1 => self.text.push(key),
            _ => {}
        }
        After::More
    }

    /// Nothing more has come for a moment.
    pub(super) fn pause(&mut self) -> Option<Typed> {
        self.escape.clear();
        if !self.ended || self.pasting {
            return None;
        }
        self.ended = false;
        let text = std::mem::take(&mut self.text);
        Some(Typed::Line(String::from_utf8_lossy(&text).into_owned()))
    }

    /// Keys such as the arrows send several bytes, none of which is meant.
    fn escape(&mut self, key: u8) {
        self.escape.push(key);
        if self.escape == PASTE_BEGINS {
            self.pasting = true;
        } else if self.escape == PASTE_ENDS {
            self.pasting = false;
        } else if !is_whole(&self.escape) {
            return;
        }
        self.escape.clear();
    }
}

fn is_whole(escape: &[u8]) -> bool {
    match escape {
        [_] | [_, b'[' | b'O'] => false,
        [_, b'[' | b'O', .., last] => (0x40..=0x7e).contains(last) || escape.len() > 16,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Option<Typed> {
        let mut keys = Keys::default();
        for key in text.bytes() {
            if let After::Done(typed) = keys.key(key) {
                return Some(typed);
            }
        }
        keys.pause()
    }

    fn line(text: &str) -> Option<Typed> {
        Some(Typed::Line(String::from(text)))
    }

    #[test]
    fn a_line_ends_when_nothing_follows_its_break() {
        assert_eq!(typed("abc\n"), line("abc"));
        assert_eq!(typed("abc"), None);
        assert_eq!(
            typed("http://a/\n?code=b\n"),
            line("http://a/?code=b"),
            "a wrapped address"
        );
        assert_eq!(typed("\x1b[200~a\nb\n\x1b[201~\r"), line("ab"));
        assert_eq!(typed("\x1b[200~a\nb\n"), None, "the paste goes on");
    }

    #[test]
    fn keys_that_mean_something_do_it() {
        assert_eq!(typed("ab\x7fc\n"), line("ac"));
        assert_eq!(typed("wrong\x15right\n"), line("right"));
        assert_eq!(typed("a\x1b[Db\x1bOAc\n"), line("abc"));
        assert_eq!(typed("abc\x03"), Some(Typed::Cancel));
        assert_eq!(typed("\x04"), Some(Typed::Cancel));
        assert_eq!(typed("ab\x1a"), Some(Typed::Pause));
    }

    #[test]
    fn more_than_fits_is_not_kept() {
        let Some(Typed::Line(text)) = typed(&format!("{}\n", "a".repeat(20_000))) else {
            unreachable!("no line");
        };
        assert_eq!(text.len(), LONGEST + 1);
    }
}
