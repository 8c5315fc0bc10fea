//! What holds for every document that comes out: it reads back the same, has no key twice, and its values have the
//! types of `include/documents.json`.

use std::collections::HashSet;
use std::fmt;
use std::sync::OnceLock;

use pinterest_oauth::{Error, Token, binding};
use serde::Deserializer;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// Beyond it the numbers of some languages are no longer exact (RFC 8259, section 6).
const LARGEST: i64 = (1 << 53) - 1;

/// A token, wherever it is from.
pub fn token(token: &Token) {
    let stored = token.to_json();
    typed("token", &stored);
    let again = Token::from_json(&stored).expect("a token document reads back");
    assert_eq!(
        again.to_json(),
        stored,
        "a token document reads back the same"
    );
    unique(
        "an answer",
        &entries(&token.as_answered()).expect("an answer is a JSON object"),
    );
    assert!(
        !token.access_token().expose().is_empty(),
        "there is an access token"
    );
}

/// A token that a call gave.
pub fn answered(answered: &Token) {
    token(answered);
    let document = binding::document(answered);
    let answer = typed("token", &document).expect("a call tells how it went");
    typed("answer", answer.get());
    let stored = Token::from_json(&document).expect("the document of a call reads back");
    assert_eq!(
        stored.to_json(),
        answered.to_json(),
        "the document of a call can be stored"
    );
}

/// A document of that name.
pub fn document(name: &str, json: &str) {
    typed(name, json);
}

/// An error, wherever it is from.
pub fn error(error: &Error) {
    if let Some(answer) = typed("error", &error.to_json()) {
        typed("answer", answer.get());
    }
    assert!(!error.message().is_empty(), "an error says something");
}

/// Every key of `document` is one of the table, each value has its type, and no key is there twice. What it has under
/// `answer`, if anything.
fn typed(name: &str, document: &str) -> Option<Box<RawValue>> {
    let outer = entries(document).expect("a document is a JSON object");
    unique(name, &outer);
    for (key, value) in &outer {
        let field = field(name, key).unwrap_or_else(|| panic!("{name} has no field {key}"));
        let kind = field
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        assert!(
            has_type(value.get(), kind),
            "{name}.{key} is no {kind}: {value}"
        );
        unique(key, &entries(value.get()).unwrap_or_default());
    }
    let answer = outer.into_iter().find(|(key, _)| key == "answer");
    answer
        .map(|(_, value)| value)
        .filter(|value| value.get() != "null")
}

fn has_type(json: &str, kind: &str) -> bool {
    let begins = |with: &str| json == "null" || json.starts_with(|first| with.contains(first));
    match kind {
        "text" => begins("\""),
        "boolean" => begins("tf"),
        "integer" => {
            begins("")
                || json
                    .parse::<i64>()
                    .is_ok_and(|number| number.abs() <= LARGEST)
        }
        "list" => begins("["),
        "object" => begins("{"),
        other => panic!("the table has a type {other} that no document here has"),
    }
}

fn field(document: &str, key: &str) -> Option<&'static Value> {
    static TABLE: OnceLock<Value> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        serde_json::from_str(include_str!("../../../include/documents.json"))
            .expect("the table is JSON")
    });
    let named = |list: &'static Value, name: &str| {
        list.as_array()?.iter().find(|entry| entry["name"] == name)
    };
    named(&named(&table["documents"], document)?["fields"], key)
}

/// An object has no key twice. What is deeper in the values of a server is kept to the letter, whatever it is.
fn unique(name: &str, entries: &[(String, Box<RawValue>)]) {
    let mut keys = HashSet::new();
    let twice = entries.iter().find(|(key, _)| !keys.insert(key));
    assert!(
        twice.is_none(),
        "{name} has a key twice: {:?}",
        twice.map(|(key, _)| key)
    );
}

/// The entries of an object as they are written; `None` for any other JSON.
fn entries(json: &str) -> Option<Vec<(String, Box<RawValue>)>> {
    struct Entries;
    impl<'de> Visitor<'de> for Entries {
        type Value = Vec<(String, Box<RawValue>)>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            std::iter::from_fn(|| map.next_entry().transpose()).collect()
        }
    }
    serde_json::Deserializer::from_str(json)
        .deserialize_map(Entries)
        .ok()
}
