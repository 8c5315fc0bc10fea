//! What a process does to the world, and what comes of it.

use crate::error::Kind;

/// The number of an id.
pub(super) type Symbol = u32;
/// The number of a text.
pub(super) type Text = u32;

/// What is sent to Pinterest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sent {
    Refresh(u8),
    Code(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Answer {
    Token(u8),
    Refused,
    NotSent,
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Op {
    Load,
    Holder(Symbol),
    Answers,
    Reserve(Symbol),
    Commit {
        expected: Option<Symbol>,
        text: Text,
    },
    Remove {
        expected: Symbol,
    },
    Forget {
        attempt: Symbol,
        copy: bool,
    },
    Copy {
        attempt: Symbol,
        text: Text,
    },
    Write {
        attempt: Symbol,
        text: Text,
    },
    Put {
        attempt: Symbol,
        expected: Symbol,
    },
    Discard(Symbol),
    Drop(Symbol),
    Post(Sent),
    Answer,
    /// A token that no disk took is tried again.
    Again,
}

impl Op {
    /// Whether others may do something before it. The rest touches only what is the process's own, or is part of the look
    /// that begins with a load.
    pub(super) fn waits(&self, fine: bool) -> bool {
        match self {
            Self::Load
            | Self::Commit { .. }
            | Self::Remove { .. }
            | Self::Copy { .. }
            | Self::Write { .. }
            | Self::Put { .. }
            | Self::Post(_)
            | Self::Answer
            | Self::Again => true,
            Self::Answers | Self::Forget { .. } | Self::Discard(_) => fine,
            Self::Holder(_) | Self::Reserve(_) | Self::Drop(_) => false,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Res {
    Done,
    Failed,
    Text(Option<Text>),
    /// 0 unknown, 1 dead, 2 alive.
    Holder(u8),
    /// Attempt, text, whether it is a copy.
    Found(Vec<(Symbol, Text, bool)>),
    Bool(bool),
    Answer(Answer),
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum End {
    /// With the token of this record.
    Got(Text),
    Failed(Kind),
    Waits,
}

/// What a process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Program {
    Call,
    Login(u8),
    /// Of the world, at once: a token that was issued elsewhere.
    Import(u8),
    Remove,
}
