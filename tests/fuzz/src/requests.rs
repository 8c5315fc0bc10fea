//! What holds for every reader of a document: what it refuses it names, and it repeats nothing.

use pinterest_oauth::{Error, Kind, Outcome};
use serde_json::Value;

use crate::canary::{self, CANARY};
use crate::documents;

/// `read` takes documents; what it accepts is handed on to its caller.
pub fn reader<T>(data: &[u8], read: impl Fn(&str) -> Result<T, Error>) -> Option<T> {
    let json = std::str::from_utf8(data).ok()?;
    if !canary::guessed(data)
        && let Some(marked) = marked(json)
        && let Err(error) = read(&marked)
    {
        refused(&error);
        canary::hidden(&error);
    }
    match read(json) {
        Ok(value) => Some(value),
        Err(error) => {
            refused(&error);
            None
        }
    }
}

/// An input was refused, and nothing was sent.
pub fn refused(error: &Error) {
    documents::error(error);
    let kinds = [Kind::InvalidArgument, Kind::InvalidConfig];
    assert!(
        kinds.contains(&error.kind()),
        "an input is refused as one: {error}"
    );
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(
        error.field().is_some_and(|field| !field.is_empty()),
        "a field is named: {error}"
    );
}

/// The document with the secret at the end of every text in it.
fn marked(json: &str) -> Option<String> {
    let mut document: Value = serde_json::from_str(json).ok()?;
    mark(&mut document);
    Some(document.to_string())
}

fn mark(value: &mut Value) {
    match value {
        Value::String(text) => text.push_str(CANARY),
        Value::Array(items) => items.iter_mut().for_each(mark),
        Value::Object(map) => map.values_mut().for_each(mark),
        _ => {}
    }
}
