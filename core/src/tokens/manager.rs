//! The token manager and its accounts, for callers without a runtime. What a process shares for equal settings is here;
//! who works for an account is in `shared`, what is done in `engine`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use once_cell::race::OnceBox;

use super::clock::Clock;
use super::disk::{Disk, StoreSettings};
use super::due::{DEFAULT_PARALLEL, DueReport, Progress};
use super::engine::{Engine, Got};
use super::memory::Memory;
use super::plan::Wish;
use super::record::{Owner, Whose};
use super::running;
use super::settings::{MEMORY, ManagerConfig};
use super::shared::Shared;
use super::status::Status;
use super::store::{Name, Store};
use crate::config::endpoint::is_loopback;
use crate::drive::blocking::Client;
use crate::error::Error;
use crate::process::{PerProcess, lock};
use crate::scopes::Scopes;
use crate::text::documents::OAUTH_TOKEN;
use crate::text::language::Language;

/// Managers of this process that equal settings share: the newest eight.
static MANAGERS: PerProcess<Mutex<Vec<Arc<Inner>>>> = PerProcess::new();
const MAX_KEPT: usize = 8;

/// How many accounts that nobody holds stay cached.
const MAX_IDLE: usize = 1_024;

/// The longest name of an account, in bytes.
const MAX_NAME: usize = 1_024;

/// Keeps the tokens of accounts in a store, and refreshes each once when it is due, whoever asks: threads, processes and
/// languages. Cloning is cheap; handles may be used before and after a `fork`.
#[derive(Clone)]
pub struct TokenManager {
    pub(crate) inner: Arc<Inner>,
}

/// A store, and the same where it is on a disk.
type Opened = (Arc<dyn Store>, Option<Arc<Disk>>);

/// What managers with equal settings share.
pub(crate) struct Inner {
    /// As they were given: by them it is found.
    settings: ManagerConfig,
    client: Client,
    pub clock: Clock,
    engine: PerProcess<OnceBox<Arc<Engine>>>,
    accounts: PerProcess<Mutex<HashMap<Owner, Arc<Shared>>>>,
}

impl TokenManager {
    /// Opens the store, and makes it where there is none.
    ///
    /// # Errors
    /// `invalid_config`, naming the setting; `store_unavailable`.
    pub fn new(config: ManagerConfig) -> Result<Self, Error> {
        let language = config.config.language;
        Self::open(config).map_err(|error| error.in_words_of(language))
    }

    fn open(settings: ManagerConfig) -> Result<Self, Error> {
        let mut config = settings.config.clone();
        let clock = Clock::new(config.clock, settings.clock_offset_file.clone());
        config.clock = clock.for_client();
        let client = Client::new(config)?;
        client.keep_connections();
        let checked = client.checked();
        checked.app_id()?;
        let (base, _) = checked.endpoints.of(&OAUTH_TOKEN)?;
        if settings.clock_offset_file.is_some() && !is_loopback(base) {
            let problem = "is for tests: it needs a {base_url} on this machine";
            return Err(Error::invalid_config("clock_offset_file", problem));
        }
        let managers = MANAGERS.get();
        let known = |all: &[Arc<Inner>]| {
            let mut all = all.iter();
            let inner = all.find(|inner| inner.settings == settings && !inner.is_memory())?;
            Some(Arc::clone(inner))
        };
        if let Some(inner) = known(&lock(managers)) {
            return Ok(Self { inner });
        }
        let inner = Arc::new(Inner {
            settings,
            client,
            clock,
            engine: PerProcess::new(),
            accounts: PerProcess::new(),
        });
        inner.engine()?;
        if inner.is_memory() {
            return Ok(Self { inner });
        }
        let mut all = lock(managers);
        let oldest = (all.len() >= MAX_KEPT).then(|| all.remove(0));
        all.push(Arc::clone(&inner));
        drop(all);
        drop(oldest);
        Ok(Self { inner })
    }

    /// The account of that name. Nothing is read.
    ///
    /// # Errors
    /// `invalid_argument`: a name has 1 to 1,024 bytes and no control characters.
    pub fn account(&self, name: impl AsRef<str>) -> Result<Account, Error> {
        let name = name.as_ref();
        check_name("account", name).map_err(|error| self.in_own_words(error))?;
        let app = self.inner.owner()?;
        Ok(self.handle(app.with(Whose::Account(name.to_owned()))))
    }

    /// Tokens of the app itself (`client_credentials`) with these scopes.
    ///
    /// # Errors
    /// `internal`.
    pub fn app(&self, scopes: &Scopes) -> Result<Account, Error> {
        let mut sorted: Vec<&str> = scopes.iter().collect();
        sorted.sort_unstable();
        let app = self.inner.owner()?;
        Ok(self.handle(app.with(Whose::Scopes(sorted.join(",")))))
    }

    fn handle(&self, owner: Owner) -> Account {
        Account {
            shared: self.inner.shared(owner),
            manager: Arc::clone(&self.inner),
        }
    }

    /// Where every account of this app stands, by name.
    ///
    /// # Errors
    /// `store_unavailable`.
    pub fn accounts(&self) -> Result<Vec<Status>, Error> {
        self.own_words(|engine| {
            let owner = self.inner.owner()?;
            let mut found = Vec::new();
            for name in engine.store.list()? {
                found.extend(self.status_of(engine, &owner, &name)?);
            }
            found.sort_by(|one, other| one.account.cmp(&other.account));
            Ok(found)
        })
    }

    /// The same, without those whose record cannot be read.
    pub(crate) fn accounts_that_read(&self, engine: &Arc<Engine>) -> Result<Vec<Status>, Error> {
        let owner = self.inner.owner()?;
        let names = engine.store.list()?;
        let statuses = names
            .iter()
            .filter_map(|name| self.status_of(engine, &owner, name).ok()?);
        Ok(statuses.collect())
    }

    fn status_of(
        &self,
        engine: &Arc<Engine>,
        owner: &Owner,
        name: &Name,
    ) -> Result<Option<Status>, Error> {
        let record = engine.look(name, None)?;
        let own = record.filter(|record| {
            record.owner.app_id == owner.app_id
                && record.owner.environment == owner.environment
                && record.owner.account().is_some()
                && record.token.is_some()
        });
        let unsaved = engine.unsaved(name).is_some();
        Ok(own.map(|record| Status::of(&record, unsaved, &engine.clock.now())))
    }

    /// The time by the manager's clock, in Unix seconds.
    pub fn now(&self) -> i64 {
        self.inner.clock.wall()
    }

    /// Refreshes every account of this app that is due, 16 at once.
    ///
    /// # Errors
    /// `store_unavailable`; what fails for one account stands in the report.
    pub fn refresh_due(&self) -> Result<DueReport, Error> {
        self.refresh_due_with(DEFAULT_PARALLEL, None)
    }

    /// The same, `parallel` at once, telling `progress` on the way.
    ///
    /// # Errors
    /// As [`TokenManager::refresh_due`].
    pub fn refresh_due_with(
        &self,
        parallel: usize,
        progress: Option<Progress<'_>>,
    ) -> Result<DueReport, Error> {
        let _running = running::Running::begin();
        self.own_words(|engine| {
            let owner = self.inner.owner()?;
            let mine =
                |of: &Owner| of.app_id == owner.app_id && of.environment == owner.environment;
            let report = engine.refresh_due(mine, parallel, progress)?;
            engine.note_maintenance(&report);
            Ok(report)
        })
    }

    /// Does something with the store; errors are in the words of the configuration's language.
    pub(crate) fn own_words<T>(
        &self,
        body: impl FnOnce(&Arc<Engine>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let result = self.inner.engine().and_then(body);
        result.map_err(|error| self.in_own_words(error))
    }

    /// `error` in the words of the configuration's language: for what is read before a call.
    pub fn in_own_words(&self, error: Error) -> Error {
        error.in_words_of(self.inner.language())
    }
}

/// Waits until what this process has begun is stored, at most `wait`; says whether nothing is left. To be called before a
/// program ends.
pub fn finish(wait: Duration) -> bool {
    running::finish(wait)
}

impl Inner {
    fn is_memory(&self) -> bool {
        self.settings.store.as_deref() == Some(std::path::Path::new(MEMORY))
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn language(&self) -> Language {
        self.client.language()
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.client.checked().timeout
    }

    /// Whose accounts these are.
    fn owner(&self) -> Result<Owner, Error> {
        let checked = self.client.checked();
        let app_id = checked.app_id()?.to_owned();
        Ok(Owner::new(app_id, checked.place.clone(), Whose::All))
    }

    /// The engine of this process.
    pub(crate) fn engine(&self) -> Result<&Arc<Engine>, Error> {
        self.engine.get().get_or_try_init(|| {
            let (store, disk) = self.store()?;
            let place = match &disk {
                Some(disk) => disk.place(),
                None => String::from("the store in memory"),
            };
            Ok(Box::new(Arc::new(Engine {
                store,
                disk,
                client: self.client.clone(),
                clock: self.clock.clone(),
                place,
                unsaved: Mutex::default(),
            })))
        })
    }

    fn store(&self) -> Result<Opened, Error> {
        if self.is_memory() {
            return Ok((Arc::new(Memory::new()?), None));
        }
        let Some(place) = self.settings.store.clone() else {
            let problem = "is not set, nor is PINTEREST_OAUTH_STORE in {variables}, and there is no home folder";
            return Err(Error::store_unavailable("store", problem));
        };
        let (base, _) = self.client.checked().endpoints.of(&OAUTH_TOKEN)?;
        let disk = Disk::open(&StoreSettings {
            store: place.join("store"),
            recovery_dir: self.settings.recovery_dir.clone(),
            file_systems: self.settings.file_systems.clone(),
            loopback: is_loopback(base),
        });
        let disk = Arc::new(disk.map_err(|error| {
            if self.settings.store_is_guessed {
                error.remark("PINTEREST_OAUTH_STORE names another place")
            } else {
                error
            }
        })?);
        Ok((Arc::clone(&disk) as Arc<dyn Store>, Some(disk)))
    }

    /// What the handles of one account share.
    fn shared(&self, owner: Owner) -> Arc<Shared> {
        let mut accounts = lock(self.accounts.get());
        if let Some(shared) = accounts.get(&owner) {
            return Arc::clone(shared);
        }
        if accounts.len() >= MAX_IDLE {
            accounts.retain(|_, shared| Arc::strong_count(shared) > 1);
        }
        let shared = Arc::new(Shared::new(owner.clone()));
        accounts.insert(owner, Arc::clone(&shared));
        shared
    }
}

/// A name that is compared byte for byte.
pub(crate) fn check_name(field: &str, name: &str) -> Result<(), Error> {
    let problem = if name.is_empty() {
        "must not be empty"
    } else if name.len() > MAX_NAME {
        "must have at most 1,024 bytes"
    } else if name.chars().any(char::is_control) {
        "must not have control characters"
    } else {
        return Ok(());
    };
    Err(Error::invalid_argument(field, problem))
}

/// An account of a [`TokenManager`]. Handles are cheap, and any number of threads may use one.
#[derive(Clone)]
pub struct Account {
    pub(crate) shared: Arc<Shared>,
    pub(crate) manager: Arc<Inner>,
}

impl Account {
    /// The token by the work of this thread, or of another one that is at it.
    pub(crate) fn obtain(&self, wish: Wish) -> Result<Got, Error> {
        let deadline = Instant::now().checked_add(self.manager.timeout());
        let deadline = deadline.unwrap_or_else(Instant::now);
        self.shared.obtain(self.manager.engine()?, wish, deadline)
    }

    pub(crate) fn own_words<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        result.map_err(|error| error.in_words_of(self.manager.language()))
    }
}

impl std::fmt::Debug for TokenManager {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenManager")
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("account", &self.shared.owner.account())
            .finish_non_exhaustive()
    }
}
