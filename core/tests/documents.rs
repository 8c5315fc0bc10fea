//! What is written from the table of documents: `include/documents.json` and the tables of README.md. `make header`
//! writes them; these tests compare.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::PathBuf;

use pinterest_oauth::binding::documents::{
    AUTHORIZE_REQUEST, AUTHORIZE_URL, Authenticated, CONFIG, DOCUMENTS, Document, ENDPOINTS, Field,
    REDIRECT, REDIRECT_REQUEST, Type,
};
use pinterest_oauth::{Kind, Outcome};
use serde_json::{Map, Value, json};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(name)
}

fn compare(name: &str, text: String) {
    if std::env::var_os("UPDATE_HEADER").is_some() {
        std::fs::write(path(name), &text).unwrap();
    }
    let committed = std::fs::read_to_string(path(name)).unwrap_or_default();
    assert!(
        committed == text,
        "{name} is stale: run `make header` and commit it"
    );
}

fn field(field: &Field) -> Value {
    let mut entry = Map::new();
    entry.insert("name".into(), field.name.into());
    entry.insert("type".into(), field.kind.name().into());
    if let Type::Choice(values) = field.kind {
        entry.insert("values".into(), values.into());
    }
    entry.insert("unit".into(), field.unit.into());
    entry.insert("secret".into(), field.secret.into());
    if !field.variables.is_empty() {
        entry.insert("variables".into(), field.variables.into());
    }
    entry.insert("about".into(), field.about.into());
    Value::Object(entry)
}

fn document(document: &Document) -> Value {
    json!({
        "name": document.name,
        "about": document.about,
        "fields": document.fields.iter().map(field).collect::<Vec<_>>(),
    })
}

/// Objects are one line for each entry, so that a change shows as one line.
fn lines(list: &[Value]) -> String {
    let lines: Vec<String> = list.iter().map(|entry| format!("    {entry}")).collect();
    format!("[\n{}\n  ]", lines.join(",\n"))
}

fn documents_json() -> String {
    let documents: Vec<String> = DOCUMENTS
        .iter()
        .map(|known| {
            let Value::Object(entry) = document(known) else {
                panic!()
            };
            let fields = lines(entry["fields"].as_array().unwrap()).replace("\n  ]", "\n    ]");
            format!(
                "    {{\"name\": {}, \"about\": {}, \"fields\": {}}}",
                entry["name"],
                entry["about"],
                fields.replace("\n    {", "\n      {")
            )
        })
        .collect();
    let calls: Vec<Value> = ENDPOINTS
        .iter()
        .map(|call| {
            json!({
                "name": call.name,
                "method": call.method,
                "path": format!("/v5{}", call.path),
                "authenticated_by": match call.by {
                    Authenticated::App => "app",
                    Authenticated::AccessToken => "access_token",
                },
                "request": call.request.name,
                "answer": call.answer.map(|answer| answer.name),
                "about": call.about,
            })
        })
        .collect();
    let local = [
        json!({"name": "authorize_url", "request": AUTHORIZE_REQUEST.name, "answer": AUTHORIZE_URL.name}),
        json!({"name": "redirect", "request": REDIRECT_REQUEST.name, "answer": REDIRECT.name}),
    ];
    let kinds: Vec<Value> = Kind::ALL
        .iter()
        .map(|kind| {
            json!({"name": kind.name(), "number": *kind as i32, "about": kind.about(), "what_now": kind.what_now()})
        })
        .collect();
    let retired: Vec<Value> = Kind::RETIRED
        .iter()
        .map(|(number, name)| json!({"name": name, "number": number}))
        .collect();
    let outcomes = [Outcome::NotSent, Outcome::Rejected, Outcome::Unknown].map(Outcome::name);
    format!(
        "{{\n  \"about\": \"The documents, calls and kinds of error of the core. Generated from core/src by `make header`; \
         do not edit.\",\n  \"documents\": [\n{}\n  ],\n  \"calls\": {},\n  \"without_a_call\": {},\n  \"kinds\": {},\n  \
         \"retired_kinds\": {},\n  \"outcomes\": {}\n}}\n",
        documents.join(",\n"),
        lines(&calls),
        lines(&local),
        lines(&kinds),
        Value::from(retired),
        json!(outcomes),
    )
}

#[test]
fn the_committed_documents_json_is_up_to_date() {
    let text = documents_json();
    let parsed: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        parsed["documents"].as_array().unwrap().len(),
        DOCUMENTS.len()
    );
    compare("include/documents.json", text);
}

fn kinds() -> String {
    let mut table =
        String::from("| kind | C status, exit code | when | what now |\n|---|---|---|---|\n");
    for kind in Kind::ALL {
        table.push_str(&format!(
            "| `{}` | {} | {} | {} |\n",
            kind.name(),
            *kind as i32,
            kind.about(),
            kind.what_now()
        ));
    }
    table
}

fn settings() -> String {
    let mut table = String::from("| setting | what it is | else from |\n|---|---|---|\n");
    for field in CONFIG
        .fields
        .iter()
        .filter(|field| field.name != "language")
    {
        let unit = field
            .unit
            .map(|unit| format!(" ({unit})"))
            .unwrap_or_default();
        let variables = field.variables.iter().map(|name| format!("`{name}`"));
        table.push_str(&format!(
            "| `{}`{unit} | {} | {} |\n",
            field.name,
            field.about,
            variables.collect::<Vec<_>>().join(", ")
        ));
    }
    table
}

#[test]
fn the_tables_of_the_readme_are_up_to_date() {
    let mut readme = std::fs::read_to_string(path("README.md")).unwrap();
    for (name, table) in [("kinds", kinds()), ("settings", settings())] {
        let start = format!("<!-- {name}: written by `make header` -->\n");
        let (before, rest) = readme
            .split_once(&start)
            .unwrap_or_else(|| panic!("README.md has no place for the table of {name}"));
        let (_, after) = rest.split_once("<!-- end -->").unwrap();
        readme = format!("{before}{start}{table}<!-- end -->{after}");
    }
    compare("README.md", readme);
}

#[test]
fn every_field_is_described_by_one_sentence() {
    for document in DOCUMENTS {
        for field in document.fields {
            assert!(
                field.about.ends_with('.'),
                "{}.{} has no sentence",
                document.name,
                field.name
            );
        }
    }
}
