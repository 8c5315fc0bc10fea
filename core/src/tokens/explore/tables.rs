//! Everything that is named by a number: records, ids, and the histories of processes.
//!
//! A process is a function of what came of its steps. So its state is a node in a tree of histories, and the real code
//! runs once for each node: from the start, with the answers of its history, to the next step.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::steps::{End, Op, Program, Res, Symbol, Text};
use crate::secret::Secret;
use crate::tokens::record::Record;

/// The begin of a history. `salt` makes that equal histories of different times draw different ids.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Root {
    pub who: u8,
    pub program: Program,
    pub memory: Option<Text>,
    pub salt: u32,
    pub wall: i64,
    pub boot: i64,
}

/// What came of a step, and the time after it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Edge {
    pub res: Res,
    pub wall: i64,
    pub boot: i64,
}

#[derive(Debug, Clone)]
pub(super) enum Next {
    Op(Op),
    End(End),
}

pub(super) struct Node {
    pub root: u32,
    /// The node before, and what led here; `None` for a root.
    pub before: Option<(u32, Edge)>,
    /// `None` as long as the real code has not run.
    pub next: Option<Next>,
}

#[derive(Default)]
pub(super) struct Tables {
    pub records: Vec<Arc<Record>>,
    /// Which refresh tokens a record has, as bits; and which of them is its own.
    pub held: Vec<(u32, Option<u8>)>,
    texts: HashMap<u64, Text>,
    memories: HashMap<(String, i64, u64, Option<u8>), Text>,
    quiet: HashMap<Text, Text>,
    pub symbols: Vec<String>,
    symbol_of: HashMap<String, Symbol>,
    pub nodes: Vec<Node>,
    pub roots: Vec<Root>,
    root_of: HashMap<Root, u32>,
    child_of: HashMap<u64, u32>,
}

fn number(secret: &Secret) -> Option<u8> {
    secret.expose().get(1..)?.parse().ok()
}

fn hash(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

impl Tables {
    /// The number of the text of `record`.
    pub(super) fn text(&mut self, record: &Record) -> Text {
        let token = record.token.as_ref();
        let own = token.and_then(|token| token.refresh_token.as_ref());
        let own = own.and_then(number);
        let attempt = record.attempt.as_ref().map(|attempt| &attempt.id);
        let key = hash((
            (&record.write_id, &record.follows, record.revision, own),
            (attempt, record.generation, record.candidates.len()),
        ));
        if let Some(text) = self.texts.get(&key) {
            return *text;
        }
        let text = Text::try_from(self.records.len()).unwrap();
        let candidates = record.candidates.iter();
        let held = candidates.filter_map(|one| number(&one.refresh_token));
        let held = held.chain(own).fold(0, |held, one| held | 1 << one);
        self.records.push(Arc::new(record.clone()));
        self.held.push((held, own));
        self.texts.insert(key, text);
        text
    }

    /// A text that says as much as this one to who remembers it.
    pub(super) fn memory(&mut self, text: Text) -> Text {
        let record = &self.records[text as usize];
        let own = self.held[text as usize].1;
        let key = (
            record.grant.clone(),
            record.login_at,
            record.generation,
            own,
        );
        *self.memories.entry(key).or_insert(text)
    }

    /// The same record under an id that tells only what it holds: of one whose id nobody has in hand.
    pub(super) fn quiet(&mut self, text: Text) -> Text {
        if let Some(quiet) = self.quiet.get(&text) {
            return *quiet;
        }
        let mut record = Record::clone(&self.records[text as usize]);
        if record.attempt.is_some() || !record.logins.is_empty() {
            return text;
        }
        (record.follows, record.revision, record.written_at) = (None, 2, 0);
        record.write_id = String::new();
        let candidates = record.candidates.iter();
        let candidates: Vec<_> = candidates.map(|one| number(&one.refresh_token)).collect();
        let own = self.held[text as usize].1;
        record.write_id = format!("quiet{:x}", hash((format!("{record:?}"), candidates, own)));
        self.symbol(&record.write_id.clone());
        let quiet = self.text(&record);
        self.quiet.insert(text, quiet);
        self.quiet.insert(quiet, quiet);
        quiet
    }

    pub(super) fn symbol(&mut self, id: &str) -> Symbol {
        if let Some(symbol) = self.symbol_of.get(id) {
            return *symbol;
        }
        let symbol = Symbol::try_from(self.symbols.len()).unwrap();
        self.symbols.push(id.to_owned());
        self.symbol_of.insert(id.to_owned(), symbol);
        symbol
    }

    pub(super) fn root(&mut self, root: Root) -> u32 {
        if let Some(node) = self.root_of.get(&root) {
            return *node;
        }
        let node = u32::try_from(self.nodes.len()).unwrap();
        self.nodes.push(Node {
            root: u32::try_from(self.roots.len()).unwrap(),
            before: None,
            next: None,
        });
        self.roots.push(root.clone());
        self.root_of.insert(root, node);
        node
    }

    pub(super) fn child(&mut self, node: u32, edge: Edge) -> u32 {
        let key = hash((node, &edge));
        if let Some(child) = self.child_of.get(&key) {
            return *child;
        }
        let child = u32::try_from(self.nodes.len()).unwrap();
        self.nodes.push(Node {
            root: self.nodes[node as usize].root,
            before: Some((node, edge)),
            next: None,
        });
        self.child_of.insert(key, child);
        child
    }

    /// Its root, and what came of every step since.
    pub(super) fn history(&self, mut node: u32) -> (Root, Vec<Edge>) {
        let root = self.roots[self.nodes[node as usize].root as usize].clone();
        let mut path = Vec::new();
        while let Some((before, edge)) = &self.nodes[node as usize].before {
            path.push(edge.clone());
            node = *before;
        }
        path.reverse();
        (root, path)
    }
}
