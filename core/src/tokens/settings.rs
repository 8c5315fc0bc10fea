//! How a token manager is set up: a client, and a place for tokens.

use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::config::{Config, variable};
use crate::error::Error;
use crate::text::documents::{CONFIG, MANAGER};
use crate::text::fields::Fields;

/// How a [`TokenManager`](crate::TokenManager) is set up: its client's [`Config`], and where tokens are kept.
///
/// Its document has the keys of `config` and of `manager` in `include/documents.json`.
#[derive(Debug, Clone, PartialEq)]
pub struct ManagerConfig {
    pub(crate) config: Config,
    pub(crate) store: Option<PathBuf>,
    /// Whether nobody has named the store.
    pub(crate) store_is_guessed: bool,
    pub(crate) recovery_dir: Option<PathBuf>,
    pub(crate) file_systems: Vec<String>,
    pub(crate) clock_offset_file: Option<PathBuf>,
}

/// What keeps tokens in this process alone.
pub(crate) const MEMORY: &str = ":memory:";

/// The variable that names the store.
const STORE: &str = "PINTEREST_OAUTH_STORE";

impl ManagerConfig {
    /// The place is that of the environment, or the user's state folder.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            store: None,
            store_is_guessed: false,
            recovery_dir: None,
            file_systems: Vec::new(),
            clock_offset_file: None,
        }
    }

    /// All of it from the environment.
    pub fn from_env() -> Self {
        let mut settings = Self::new(Config::from_env());
        settings.find_store(variable);
        settings
    }

    /// The folder in which tokens are kept; `:memory:` keeps them in this process alone.
    pub fn store(mut self, store: impl Into<PathBuf>) -> Self {
        self.store = Some(store.into());
        self.store_is_guessed = false;
        self
    }

    /// Where the store is, unless it is in memory.
    pub(crate) fn folder(&self) -> Option<&std::path::Path> {
        let folder = self.store.as_deref()?;
        (folder != std::path::Path::new(MEMORY)).then_some(folder)
    }

    fn find_store(&mut self, get: impl Fn(&str) -> Option<String>) {
        self.store_is_guessed = get(STORE).is_none_or(|value| value.is_empty());
        self.store = place(get);
    }

    /// A second folder, on another disk, for a token that the store cannot take.
    pub fn recovery_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.recovery_dir = Some(folder.into());
        self
    }

    /// File systems allowed besides the local ones, by name, for example `nfs4`.
    pub fn file_systems(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.file_systems = names.into_iter().map(Into::into).collect();
        self
    }

    /// A file with a number of seconds by which the clock is moved, for tests; only with a `base_url` on this machine.
    pub fn clock_offset_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.clock_offset_file = Some(file.into());
        self
    }

    /// Reads a JSON object with the keys of `config` and of `manager`.
    ///
    /// # Errors
    /// `invalid_argument` or `invalid_config`, naming the key.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        Self::from_json_in(json, variable)
    }

    /// As [`ManagerConfig::from_json`], with variables from `get` instead of the process's environment.
    pub(crate) fn from_json_in(
        json: &str,
        get: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Error> {
        let mut map = Fields::map("config", json)?;
        let language = Fields::new(&CONFIG, map.clone()).language();
        let trust_env = map.get("trust_env").and_then(Value::as_bool) != Some(false);
        let mut own = Map::new();
        for field in MANAGER.fields {
            if let Some(value) = map.remove(field.name) {
                own.insert(field.name.to_owned(), value);
            }
        }
        let read = || {
            let mut fields = Fields::new(&MANAGER, own);
            let config = Config::from_json_in(&Value::Object(map).to_string(), &get)?;
            let mut settings = Self::new(config);
            settings.store = fields.text("store")?.map(PathBuf::from);
            if settings.store.is_none() && trust_env {
                settings.find_store(&get);
            }
            settings.recovery_dir = fields.text("recovery_dir")?.map(PathBuf::from);
            settings.file_systems = names(fields.take("file_systems"))?;
            settings.clock_offset_file = fields.text("clock_offset_file")?.map(PathBuf::from);
            fields.finish();
            Ok(settings)
        };
        read().map_err(|error: Error| error.in_words_of(language))
    }
}

fn names(value: Option<Value>) -> Result<Vec<String>, Error> {
    let problem = || Error::invalid_argument("file_systems", "must be a list of strings");
    match value {
        None => Ok(Vec::new()),
        Some(Value::Array(names)) => names
            .into_iter()
            .map(|name| name.as_str().map(str::to_owned).ok_or_else(problem))
            .collect(),
        Some(_) => Err(problem()),
    }
}

/// Where tokens are kept when nobody says it: never in a temporary folder.
fn place(get: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let get = |name: &str| get(name).filter(|value| !value.is_empty());
    let absolute = |path: &String| path.starts_with('/');
    if let Some(place) = get(STORE) {
        return Some(PathBuf::from(place));
    }
    // systemd names several with colons between them.
    let systemd = get("STATE_DIRECTORY");
    let systemd = systemd.and_then(|all| all.split(':').next().map(str::to_owned));
    if let Some(place) = systemd.filter(absolute) {
        return Some(PathBuf::from(place));
    }
    let state = get("XDG_STATE_HOME").filter(absolute).map(PathBuf::from);
    let home = get("HOME").filter(absolute).map(PathBuf::from);
    let state = state.or_else(|| home.map(|home| home.join(".local/state")));
    state.map(|state| state.join("pinterest-oauth"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Option<PathBuf> {
        place(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_place_is_the_first_that_is_named() {
        assert_eq!(of(&[]), None);
        let home = ("HOME", "/home/x");
        assert_eq!(
            of(&[home]),
            Some("/home/x/.local/state/pinterest-oauth".into())
        );
        let systemd = ("STATE_DIRECTORY", "/var/lib/a:/var/lib/b");
        assert_eq!(of(&[home, systemd]), Some("/var/lib/a".into()));
        let own = ("PINTEREST_OAUTH_STORE", "/srv/tokens");
        assert_eq!(of(&[home, systemd, own]), Some("/srv/tokens".into()));
    }

    #[test]
    fn settings_of_both_documents_are_read() {
        let settings =
            ManagerConfig::from_json(r#"{"app_id":"1","store":":memory:","trust_env":false}"#);
        assert_eq!(settings.unwrap().store, Some(":memory:".into()));
        let error = ManagerConfig::from_json(r#"{"stores":"x"}"#).unwrap_err();
        assert_eq!(error.field(), Some("stores"));
    }

    #[test]
    fn an_error_of_a_place_that_nobody_named_says_how_to_name_one() {
        let open = |variables: &[(&str, &str)]| {
            let settings = ManagerConfig::from_json_in(
                r#"{"app_id":"1","app_secret":"x","language":"php"}"#,
                |name| {
                    let found = variables.iter().find(|(known, _)| *known == name);
                    found.map(|(_, value)| (*value).to_owned())
                },
            );
            let error = crate::blocking::TokenManager::new(settings.unwrap()).unwrap_err();
            assert_eq!(error.field(), Some("store"));
            error.to_string()
        };
        let remark = "PINTEREST_OAUTH_STORE names another place";
        assert!(open(&[("HOME", "/proc/nowhere")]).contains(remark));
        assert!(!open(&[(STORE, "/proc/nowhere")]).contains(remark));
        assert!(open(&[]).contains("nor is PINTEREST_OAUTH_STORE in"));
    }
}
