//! The committed headers are those that the sources give, and every exported item is documented.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::PathBuf;

use pinterest_oauth::Kind;
use pinterest_oauth::binding::documents::{DOCUMENTS, Type};

fn generated(profile: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(folder.join(profile)).unwrap();
    let mut header = Vec::new();
    cbindgen::generate_with_config(&folder, config)
        .unwrap()
        .write(&mut header);
    String::from_utf8(header)
        .unwrap()
        .replace("@DOCUMENTS@", &documents())
}

/// The keys of every document with their types, from the core's table, as comments.
fn documents() -> String {
    let mut text = String::from(
        "// Documents. A key that says no unit has none; what is marked (secret) must not be shown.\n",
    );
    for document in DOCUMENTS {
        text.push_str(&format!("//\n// {}: {}\n", document.name, document.about));
        for field in document.fields {
            let unit = field.unit.map(|unit| format!(", {unit}"));
            let secret = if field.secret { " (secret)" } else { "" };
            let values = match field.kind {
                Type::Choice(values) => format!(" One of {}.", values.join(", ")),
                _ => String::new(),
            };
            text.push_str(&format!(
                "//   {} ({}{}){secret}: {}{values}\n",
                field.name,
                field.kind.name(),
                unit.unwrap_or_default(),
                field.about
            ));
        }
    }
    text.push_str("//\n// Numbers of statuses that are no longer used: ");
    let retired = Kind::RETIRED
        .iter()
        .map(|(number, name)| format!("{number} ({name})"));
    let retired: Vec<String> = retired.collect();
    let retired = if retired.is_empty() {
        String::from("none")
    } else {
        retired.join(", ")
    };
    text.push_str(&format!("{retired}."));
    text
}

fn is_up_to_date(header: &str, profile: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(header);
    if std::env::var_os("UPDATE_HEADER").is_some() {
        std::fs::write(&path, generated(profile)).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == generated(profile),
        "{header} is stale: run `make header` and commit it"
    );
}

#[test]
fn the_committed_header_is_up_to_date() {
    is_up_to_date("include/pinterest_oauth.h", "cbindgen.toml");
}

#[test]
fn the_committed_header_for_php_is_up_to_date() {
    is_up_to_date(
        "bindings/php/resources/pinterest_oauth.h",
        "cbindgen-php.toml",
    );
}

#[test]
fn every_exported_function_is_documented() {
    let header = generated("cbindgen.toml");
    let lines: Vec<&str> = header.lines().collect();
    let functions: Vec<usize> = (0..lines.len())
        .filter(|line| lines[*line].contains("pinterest_oauth_") && lines[*line].contains('('))
        .collect();
    let declared: Vec<_> = functions
        .iter()
        .filter(|line| !lines[**line].trim_start().starts_with("//"))
        .collect();
    assert!(
        declared.len() >= 18,
        "found only {} functions",
        declared.len()
    );
    for line in declared {
        assert!(
            lines[line - 1].starts_with("//"),
            "no documentation above: {}",
            lines[*line]
        );
    }
}
