//! The walls of the house: which folder may name what, and that no two files need each other.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Names that belong to I/O. A folder without I/O has none of them.
const IO: [&str; 9] = [
    "reqwest",
    "rustls::",
    "tokio",
    "std::net::Tcp",
    "std::net::Udp",
    "std::net::ToSocketAddrs",
    "std::fs",
    "std::thread",
    "hyper",
];
const WITHOUT_IO: [&str; 6] = [
    "text/",
    "config/",
    "call/",
    "login/",
    "wire.rs",
    "tokens/plan",
];

fn sources(folder: &str) -> BTreeMap<String, String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                // What is built for tests alone keeps no walls.
                if !path.ends_with("explore") && !path.ends_with("tests") {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                found.insert(name.to_owned(), code(&path));
            }
        }
    }
    assert!(found.len() > 10, "{folder} has only {} files", found.len());
    found
}

/// The text of a file without comments and tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines = text.lines().map(|line| line.split("//").next().unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_does_no_io_names_nothing_that_does() {
    for (name, code) in sources("src") {
        if WITHOUT_IO.iter().any(|folder| name.starts_with(folder)) {
            for word in IO {
                assert!(!code.contains(word), "{name} does no I/O, and names {word}");
            }
        }
    }
}

#[test]
fn reqwest_and_rustls_are_named_in_net_and_where_it_is_driven_alone() {
    for (name, code) in sources("src") {
        let allowed = name.starts_with("net/") || name.starts_with("drive/");
        assert!(allowed || !code.contains("reqwest"), "{name} names reqwest");
        let allowed = allowed && name != "drive/run.rs" && name != "drive/checked.rs";
        assert!(allowed || !code.contains("rustls::"), "{name} names rustls");
    }
}

/// The files that a file needs, by the paths in its code.
fn needs(name: &str, code: &str, files: &BTreeSet<String>) -> BTreeSet<String> {
    let parent = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_folder = name.ends_with("mod.rs");
    // `super` of `call/token.rs` and the file itself of `call/mod.rs` are the folder `call`.
    let above = if is_folder {
        parent.rsplit_once('/').map_or("", |(folder, _)| folder)
    } else {
        parent
    };
    let mut found = BTreeSet::new();
    for (start, base) in [("crate::", ""), ("super::", above)] {
        for (at, _) in code.match_indices(start) {
            let rest = &code[at + start.len()..];
            // `use crate::{a, b::C};` names several.
            let paths: Vec<String> = match rest.strip_prefix('{') {
                Some(list) => {
                    let list = list.split("};").next().unwrap();
                    list.split(',').map(|path| path.trim().to_owned()).collect()
                }
                None => vec![rest.to_owned()],
            };
            for path in paths {
                let mut place = base.to_owned();
                let mut file = None;
                for part in path.split("::") {
                    let word: String = part
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect();
                    place = if place.is_empty() {
                        word.clone()
                    } else {
                        format!("{place}/{word}")
                    };
                    let candidates = [format!("{place}.rs"), format!("{place}/mod.rs")];
                    match candidates.into_iter().find(|name| files.contains(name)) {
                        Some(name) => file = Some(name),
                        None => break,
                    }
                    if word.len() < part.len() {
                        break;
                    }
                }
                found.extend(file);
            }
        }
    }
    found.remove(name);
    found
}

/// A circle of files, where there is one.
fn circle(graph: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    fn visit<'a>(
        file: &'a str,
        graph: &'a BTreeMap<String, BTreeSet<String>>,
        way: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) -> Option<Vec<String>> {
        if let Some(start) = way.iter().position(|known| *known == file) {
            return Some(way[start..].iter().map(ToString::to_string).collect());
        }
        if done.contains(file) {
            return None;
        }
        way.push(file);
        for next in &graph[file] {
            if let Some(circle) = visit(next, graph, way, done) {
                return Some(circle);
            }
        }
        way.pop();
        done.insert(file);
        None
    }
    let mut done = BTreeSet::new();
    graph
        .keys()
        .find_map(|file| visit(file, graph, &mut Vec::new(), &mut done))
}

fn graph(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let sources = sources(folder);
    let files: BTreeSet<String> = sources.keys().cloned().collect();
    let graph: BTreeMap<_, _> = sources
        .iter()
        .map(|(name, code)| (name.clone(), needs(name, code, &files)))
        .collect();
    let arrows: usize = graph.values().map(BTreeSet::len).sum();
    assert!(arrows > 20, "{folder}: only {arrows} arrows were found");
    graph
}

#[test]
fn no_circle_among_the_files_of_the_core() {
    assert_eq!(circle(&graph("src")), None);
}

#[test]
fn no_circle_among_the_files_of_the_command() {
    assert_eq!(circle(&graph("../bindings/cli/src")), None);
}

#[test]
fn a_circle_is_found_where_there_is_one() {
    let files = BTreeSet::from([
        "a.rs".to_owned(),
        "b/mod.rs".to_owned(),
        "b/c.rs".to_owned(),
    ]);
    let code = [
        ("a.rs", "use crate::b::c::Thing;"),
        ("b/mod.rs", "mod c;"),
        ("b/c.rs", "use crate::{a, b};"),
    ];
    let graph: BTreeMap<_, _> = code
        .iter()
        .map(|(name, code)| ((*name).to_owned(), needs(name, code, &files)))
        .collect();
    let circle = circle(&graph).unwrap();
    assert!(circle.contains(&"a.rs".to_owned()) && circle.contains(&"b/c.rs".to_owned()));
}

/// The rows of a table of this name below `tests`: what it is about, its test, where that runs. A test is `FILE::NAME`, or
/// `-` where the table says why there is none; the second list has those whose test does not exist.
fn rows(name: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = std::fs::read_to_string(root.join("tests").join(name)).unwrap();
    let lines = text.lines().filter(|row| !row.starts_with('#'));
    let rows: Vec<Vec<String>> = lines
        .map(|row| row.split('\t').map(String::from).collect())
        .collect();
    let mut missing = Vec::new();
    for row in &rows {
        assert_eq!(row.len(), 3, "{row:?}");
        if row[1] == "-" {
            continue;
        }
        let (file, name) = row[1].split_once("::").unwrap_or_default();
        let text = std::fs::read_to_string(root.join(file)).unwrap_or_default();
        // Languages write a sentence with blanks, underscores or capitals.
        let letters = |text: &str| -> String {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        if letters(name).is_empty() || !letters(&text).contains(&letters(name)) {
            missing.push(format!("{}: {}", row[0], row[1]));
        }
    }
    (rows, missing)
}

#[test]
fn every_row_of_real_life_names_a_test_that_exists() {
    let (rows, missing) = rows("real-life.tsv");
    assert!(rows.len() > 100 && missing.is_empty(), "{missing:#?}");
    assert!(rows.iter().all(|row| row[1] != "-"), "a row without a test");
}

#[test]
fn every_trap_of_a_login_has_a_test_or_a_reason() {
    let (rows, missing) = rows("login.tsv");
    assert!(missing.is_empty(), "{missing:#?}");
    let reasons = rows.iter().filter(|row| row[1] == "-");
    assert!(reasons.clone().all(|row| row[2].len() > 20), "no reason");
    let named = |trap: String| {
        rows.iter()
            .any(|row| row[0].split(' ').next() == Some(&trap))
    };
    let traps = (1..=28).map(|number| format!("A{number}"));
    let traps = traps.chain((1..=19).map(|number| format!("B{number}")));
    let without: Vec<_> = traps
        .chain(["A1b".to_owned()])
        .filter(|trap| !named(trap.clone()))
        .collect();
    assert!(without.is_empty(), "{without:?}");
}
