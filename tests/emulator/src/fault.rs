//! One scripted answer, and the queue of them. How it goes over the wire is `delivery`'s business.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;
use std::collections::VecDeque;

/// Where in the life of a connection a fault acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Right after the connection was accepted; with TLS before the handshake.
    Accept,
    /// When bytes of a request are there but unread.
    BeforeRead,
    /// After the whole request was read.
    #[default]
    AfterRead,
}

/// What a fault does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Answers with the fault's status, headers and body.
    #[default]
    Answer,
    /// Resets the connection (RST).
    Reset,
    /// Closes the connection (FIN) without an answer.
    Close,
    /// Never answers; ends when the peer closes, or after 60 seconds.
    Hang,
    /// Answers as without a script, delivered as the fault says; a named status or header wins.
    Pinterest,
    /// Does nothing, but takes a place in the queue.
    Passthrough,
}

/// Bytes, written as Base64 in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map(Self).map_err(D::Error::custom)
    }
}

/// A long body described instead of written out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fill {
    /// What comes first.
    pub prefix: String,
    /// What is repeated.
    pub byte: String,
    /// How many times.
    pub count: usize,
    /// What comes last.
    pub suffix: String,
}

/// One scripted answer. Every field is optional in JSON; a field that does not exist is refused.
///
/// Of several bodies the first of `body`, `body_json`, `body_base64`, `body_fill` is taken.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    /// Where it acts.
    pub stage: Stage,
    /// What it does.
    pub action: Action,
    /// The path of the requests that it is for, as in `/v5/user_account`; all if absent. Until such a request comes it
    /// waits, and with it the faults behind it. A path is known at the stage [`Stage::AfterRead`] alone.
    pub path: Option<String>,
    /// The status; 200 if absent.
    pub status: Option<u16>,
    /// The reason phrase; the usual one if absent.
    pub reason: Option<String>,
    /// Headers in this order. `content-type: application/json` and `content-length` are added unless named;
    /// a header without a value is left out.
    pub headers: Vec<(String, Option<String>)>,
    /// The body as text.
    pub body: Option<String>,
    /// The body as JSON (keys come sorted; use `body` where their order matters).
    pub body_json: Option<Value>,
    /// The body as bytes.
    pub body_base64: Option<Bytes>,
    /// The body as a description.
    pub body_fill: Option<Fill>,
    /// Compresses the body and says so in `content-encoding`.
    pub gzip: bool,
    /// Sends the body in chunks, without `content-length`.
    pub chunked: bool,
    /// Pause before anything happens.
    pub delay_ms: u64,
    /// Pause after each line of the head.
    pub header_gap_ms: u64,
    /// Pause between head and body.
    pub body_delay_ms: u64,
    /// Pause between the ten slices of the body.
    pub body_gap_ms: u64,
    /// Sends this many bytes of the body, though `content-length` promises all, and closes.
    pub truncate: Option<usize>,
    /// Sends this many bytes of the whole answer and resets the connection.
    pub reset_after: Option<usize>,
    /// Sends these bytes in place of an HTTP answer, and closes.
    pub raw_base64: Option<Bytes>,
    /// Closes the connection after an answer that promised to keep it.
    pub close_after: bool,
    /// How long after.
    pub close_delay_ms: u64,
    /// How many times this entry is played; once if absent.
    pub times: Option<u32>,
}

/// The faults still to be played, in order.
#[derive(Default)]
pub(crate) struct Script(VecDeque<Fault>);

impl Script {
    /// Replaces them.
    pub(crate) fn set(&mut self, faults: Vec<Fault>) {
        self.clear();
        self.add(faults);
    }

    /// Adds to them.
    pub(crate) fn add(&mut self, faults: Vec<Fault>) {
        let played = faults.into_iter().filter(|fault| fault.times != Some(0));
        self.0.extend(played);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The next fault, if it acts at this stage, and on a request of this path; before one was read there is none.
    pub(crate) fn take(&mut self, stage: Stage, path: Option<&str>) -> Option<Fault> {
        let front = self.0.front_mut().filter(|fault| {
            fault.stage == stage && (fault.path.is_none() || fault.path.as_deref() == path)
        })?;
        match front.times {
            Some(left) if left > 1 => {
                front.times = Some(left - 1);
                Some(front.clone())
            }
            _ => self.0.pop_front(),
        }
    }

    pub(crate) fn left(&self) -> usize {
        self.0
            .iter()
            .map(|fault| usize::try_from(fault.times.unwrap_or(1)).unwrap_or(usize::MAX))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_object_is_an_answer_after_reading() {
        let fault: Fault = serde_json::from_str("{}").unwrap();
        assert_eq!(fault, Fault::default());
        assert_eq!(
            (fault.stage, fault.action),
            (Stage::AfterRead, Action::Answer)
        );
    }

    #[test]
    fn a_field_that_does_not_exist_is_refused() {
        let error = serde_json::from_str::<Fault>(r#"{"stauts": 200}"#)
            .unwrap_err()
            .to_string();
        assert!(error.contains("stauts"), "{error}");
    }

    #[test]
    fn bytes_that_are_no_base64_are_refused() {
        assert!(serde_json::from_str::<Fault>(r#"{"raw_base64": "***"}"#).is_err());
        let fault: Fault = serde_json::from_str(r#"{"raw_base64": "AP8="}"#).unwrap();
        assert_eq!(fault.raw_base64, Some(Bytes(vec![0, 255])));
    }

    #[test]
    fn a_fault_waits_for_its_stage_and_is_played_as_often_as_it_says() {
        let mut script = Script::default();
        script.set(vec![
            Fault {
                stage: Stage::Accept,
                ..Fault::default()
            },
            Fault {
                times: Some(0),
                ..Fault::default()
            },
            Fault {
                times: Some(2),
                ..Fault::default()
            },
        ]);
        assert_eq!(script.left(), 3);
        assert!(script.take(Stage::AfterRead, Some("/")).is_none());
        assert!(script.take(Stage::Accept, None).is_some());
        assert!(script.take(Stage::AfterRead, Some("/")).is_some());
        assert!(script.take(Stage::AfterRead, Some("/")).is_some());
        assert!(script.take(Stage::AfterRead, Some("/")).is_none());
    }
    #[test]
    fn a_fault_of_a_path_waits_for_it_and_the_next_one_waits_behind_it() {
        let mut script = Script::default();
        let of_a_path = Fault {
            path: Some("/b".into()),
            ..Fault::default()
        };
        script.set(vec![of_a_path.clone(), Fault::default()]);
        assert!(script.take(Stage::AfterRead, Some("/a")).is_none());
        assert_eq!(script.take(Stage::AfterRead, Some("/b")), Some(of_a_path));
        assert!(script.take(Stage::AfterRead, Some("/a")).is_some());
    }
}
