//! The app's id and secret where neither options nor environment have them: asked for once, and kept beside the store.
//!
//! In a file that its owner alone can read, and in no keychain: one that is locked, or missing on the next machine, would
//! make the next command ask again, and the tokens lie beside it in files of the same kind.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use pinterest_oauth::binding::documents::CONFIG;
use pinterest_oauth::binding::folder;
use pinterest_oauth::{ManagerConfig, Secret};
use serde_json::{Value, json};

use crate::document::Document;
use crate::failure::Failure;
use crate::prompt;
use crate::secrets::from_environment;
use crate::terminal::{complain, is_shown};

const FILE: &str = "app.json";
const ID: &str = "app_id";
const SECRET: &str = "app_secret";

/// An app that a person has named.
pub(crate) struct App {
    id: String,
    secret: Secret,
    /// Where it is to be kept.
    file: Option<PathBuf>,
}

/// Asks for the app where it is not known and somebody can be asked.
pub(crate) fn ask(document: &Document) -> Result<Option<App>, Failure> {
    let id = text(document, ID).or_else(|| variable(ID));
    let secret = text(document, SECRET).or_else(|| variable(SECRET));
    if id.is_some() && secret.is_some() || !prompt::possible() {
        return Ok(None);
    }
    let _hidden = prompt::hide();
    let id = match id {
        Some(id) => id,
        None => prompt::ask("App id")?.trim().to_owned(),
    };
    let secret = match secret {
        Some(secret) => secret,
        None => prompt::ask("App secret")?,
    };
    Ok(Some(App {
        id,
        secret: Secret::from(secret.trim()),
        file: file(document),
    }))
}

impl App {
    pub(crate) fn set(&self, document: &mut Document) {
        document.set(ID, Some(self.id.as_str()));
        document.set(SECRET, Some(self.secret.expose()));
    }

    /// Keeps it for the next commands, now that a login has shown that it is right.
    pub(crate) fn keep(&self) {
        let Some(file) = &self.file else {
            return;
        };
        let kept = json!({ID: self.id, SECRET: self.secret.expose()}).to_string();
        match write(file, &Secret::from(kept)) {
            Ok(()) if is_shown() => complain(&format!(
                "The app's id and secret are kept in {}, readable by you alone.",
                file.display()
            )),
            Ok(()) => {}
            Err(error) => complain(&format!(
                "The app's id and secret could not be kept: {}",
                error.kind()
            )),
        }
    }
}

/// Adds the kept app where nothing else names one.
pub(crate) fn fill(document: &mut Document) {
    let known = document.0.contains_key(ID) || variable(ID).is_some();
    let kept = if known {
        None
    } else {
        file(document).and_then(|file| read(&file))
    };
    let Some(Value::Object(kept)) = kept else {
        return;
    };
    let has_secret = document.0.contains_key(SECRET) || variable(SECRET).is_some();
    for (name, value) in kept {
        if name == ID || name == SECRET && !has_secret {
            document.0.insert(name, value);
        }
    }
}

fn read(file: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(file).ok()?).ok()
}

/// The place beside the store; none where tokens are kept in memory.
fn file(document: &Document) -> Option<PathBuf> {
    let settings = ManagerConfig::from_json(&Value::Object(document.0.clone()).to_string());
    folder(&settings.ok()?).map(|folder| folder.join(FILE))
}

fn text(document: &Document, name: &str) -> Option<String> {
    let text = document.0.get(name).and_then(Value::as_str);
    text.map(String::from)
}

/// The first variable of a setting that is set.
fn variable(name: &str) -> Option<String> {
    let field = CONFIG.fields.iter().find(|field| field.name == name)?;
    field
        .variables
        .iter()
        .find_map(|variable| from_environment(variable))
}

/// Whole or not at all.
fn write(file: &Path, text: &Secret) -> io::Result<()> {
    let draft = file.with_extension(format!("{}.tmp", std::process::id()));
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&draft).and_then(|mut to| {
        to.write_all(text.expose().as_bytes())?;
        to.sync_all()?;
        fs::rename(&draft, file)
    });
    written.inspect_err(|_| {
        let _ = fs::remove_file(&draft);
    })
}
