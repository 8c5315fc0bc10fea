//! What a command is: its words, its options, and what it does with them.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

use pinterest_oauth::binding::documents::{Document, Field, Type};

use crate::failure::Failure;

/// One command.
pub(crate) struct Command {
    pub name: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// The words it takes; none where empty.
    pub word: &'static str,
    /// Documents of the core whose fields are options, and which of them.
    pub fields: &'static [(&'static Document, Fields)],
    pub options: &'static [Choice],
    /// What help says after the options.
    pub more: fn() -> String,
    pub run: fn(&Arguments) -> Result<(), Failure>,
}

/// Which fields of a document are options. Secrets never are: everyone can see the arguments of a process.
pub(crate) enum Fields {
    All,
    Only(&'static [&'static str]),
    Except(&'static [&'static str]),
}

/// One option.
#[derive(Clone)]
pub(crate) struct Choice {
    pub name: Cow<'static, str>,
    /// What its value is; `None` for a flag.
    pub value: Option<&'static str>,
    /// Empty for the `--no-` form of a flag, which is shown with it.
    pub help: Cow<'static, str>,
}

pub(crate) const fn flag(name: &'static str, help: &'static str) -> Choice {
    Choice {
        name: Cow::Borrowed(name),
        value: None,
        help: Cow::Borrowed(help),
    }
}

pub(crate) const fn option(name: &'static str, value: &'static str, help: &'static str) -> Choice {
    Choice {
        name: Cow::Borrowed(name),
        value: Some(value),
        help: Cow::Borrowed(help),
    }
}

impl Fields {
    /// The fields of `document` that are options.
    pub fn of(&self, document: &'static Document) -> impl Iterator<Item = &'static Field> {
        document.fields.iter().filter(|field| {
            let chosen = match self {
                Fields::All => true,
                Fields::Only(names) => names.contains(&field.name),
                Fields::Except(names) => !names.contains(&field.name),
            };
            chosen && !field.secret && field.name != "language"
        })
    }
}

impl Command {
    /// Every option: those of the documents first, then the command's own.
    pub fn choices(&self) -> Vec<Choice> {
        let fields = self.fields.iter();
        let fields = fields.flat_map(|(document, fields)| fields.of(document));
        let mut choices: Vec<Choice> = fields.flat_map(choices_of).collect();
        choices.extend(self.options.iter().cloned());
        choices
    }
}

/// `--no-proxy HOSTS` for a text, `--allow-http` and `--no-allow-http` for a switch.
fn choices_of(field: &'static Field) -> Vec<Choice> {
    let name = field.name.replace('_', "-");
    let mut help = field.about.trim_end_matches('.').to_owned();
    if let Some(first) = help.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    if !field.variables.is_empty() {
        help.push_str("; else ");
        help.push_str(&field.variables.join(", "));
    }
    let choice = |name: String, value, help: String| Choice {
        name: Cow::Owned(name),
        value,
        help: Cow::Owned(help),
    };
    let value = match field.kind {
        Type::Boolean => {
            let no = choice(
                format!("no-{name}"),
                None,
                format!("the opposite of --{name}"),
            );
            return vec![choice(name, None, help), no];
        }
        Type::Integer | Type::Number if field.unit.is_some() => "SECONDS",
        Type::Integer | Type::Number => "NUMBER",
        Type::Scopes => "SCOPES",
        Type::Pairs => {
            help.push_str(" (repeatable)");
            "NAME=VALUE"
        }
        Type::Choice(_) => "NAME",
        _ => value_of(field.name),
    };
    vec![choice(name, Some(value), help)]
}

/// What a text is, by the name of its field.
fn value_of(field: &str) -> &'static str {
    match field.rsplit('_').next() {
        Some("url" | "uri") => "ADDRESS",
        Some("file") => "FILE",
        Some("id") => "ID",
        Some("proxy") => "HOSTS",
        _ => "TEXT",
    }
}

/// A command with what was given to it.
pub(crate) struct Arguments {
    pub command: &'static Command,
    pub word: Option<OsString>,
    pub given: Vec<(Choice, OsString)>,
}

impl Arguments {
    /// The word after the command.
    pub fn word(&self) -> Result<Option<String>, Failure> {
        let text = |word: &OsString| readable(self.command.word, word);
        self.word.as_ref().map(text).transpose()
    }

    /// Whether an option was given.
    pub fn has(&self, name: &str) -> bool {
        self.os(name).is_some()
    }

    /// The value of an option; the last one where it was given more than once.
    pub fn os(&self, name: &str) -> Option<&OsStr> {
        let mut values = self.given.iter().rev();
        values
            .find(|(given, _)| given.name == name)
            .map(|(_, value)| value.as_os_str())
    }

    /// The same as text.
    pub fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        self.os(name).map(|value| readable(name, value)).transpose()
    }

    /// Every value of an option, in order.
    pub fn all(&self, name: &str) -> Result<Vec<String>, Failure> {
        let values = self.given.iter().filter(|(given, _)| given.name == name);
        values.map(|(_, value)| readable(name, value)).collect()
    }

    /// Every `NAME=VALUE` of an option, each name once.
    pub fn pairs(&self, name: &str) -> Result<Vec<(String, String)>, Failure> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for text in self.all(name)? {
            let Some((key, value)) = text.split_once('=') else {
                let message = format!("--{name} is written as NAME=VALUE");
                return Err(Failure::argument(name, message));
            };
            if pairs.iter().any(|(known, _)| known == key) {
                let message = format!("--{name} gives one name twice");
                return Err(Failure::argument(name, message));
            }
            pairs.push((key.to_owned(), value.to_owned()));
        }
        Ok(pairs)
    }
}

fn readable(name: &str, value: &OsStr) -> Result<String, Failure> {
    let text = value.to_str().map(str::to_owned);
    text.ok_or_else(|| Failure::argument(name, format!("{name} is not UTF-8")))
}
