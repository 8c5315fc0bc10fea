//! The token manager. What may wait for a disk, another process or Pinterest is done on a thread of the library, and
//! goes on where nobody waits for it any more.

use std::sync::Arc;
use std::time::Duration;

use napi::bindgen_prelude::{Either, Function};
use napi::{Env, Result as NapiResult};
use napi_derive::napi;
use pinterest_oauth::binding::{self, shield};
use pinterest_oauth::{BeginLogin, DEFAULT_PARALLEL, Error, LoginVisit, Scopes, blocking};

use crate::account::Account;
use crate::call::{Done, tell};
use crate::login::{self, Login};
use crate::{Answer, answer};

/// A token manager, or the error document. `variable` gives the value of an environment variable, as JavaScript sees it.
#[napi]
pub fn open_manager(
    settings: String,
    variable: Function<String, Option<String>>,
) -> Either<Manager, String> {
    let get = |name: &str| variable.call(name.to_owned()).ok().flatten();
    let open = || blocking::TokenManager::new(binding::manager_config(&settings, get)?);
    match shield(open) {
        Ok(manager) => Either::A(Manager(manager)),
        Err(error) => Either::B(error.to_json()),
    }
}

/// A token manager of the core.
#[napi]
pub struct Manager(blocking::TokenManager);

#[napi]
impl Manager {
    /// The account of that name, or the error document.
    #[napi]
    pub fn account(&self, name: String) -> Either<Account, String> {
        handle(|| self.0.account(name))
    }

    /// Tokens of the app itself with these scopes, or the error document.
    #[napi]
    pub fn app(&self, scopes: String) -> Either<Account, String> {
        handle(|| self.0.app(&Scopes::parse(&scopes)))
    }

    /// The statuses of all accounts, as a list.
    #[napi]
    pub fn accounts(&self, done: Done) {
        let manager = self.0.clone();
        elsewhere(done, move || {
            let all = manager.accounts()?;
            let all = all.iter().map(|status| status.to_json());
            Ok(format!("[{}]", all.collect::<Vec<_>>().join(",")))
        });
    }

    /// Refreshes what is due, so many at once.
    #[napi]
    pub fn refresh_due(&self, parallel: Option<u32>, done: Done) {
        let manager = self.0.clone();
        let parallel = parallel.and_then(|parallel| usize::try_from(parallel).ok());
        let parallel = parallel.unwrap_or(DEFAULT_PARALLEL);
        elsewhere(done, move || {
            let report = manager.refresh_due_with(parallel, None)?;
            Ok(report.to_json())
        });
    }

    /// Starts a login with a browser, by the document `login_options`. `told` gets what happens.
    #[napi]
    pub fn login(&self, options: String, told: Done) -> Login {
        login::start(&self.0, options, told)
    }

    /// Begins the login of a web app's visitor, by the document `login_begin_request`.
    #[napi]
    pub fn begin_login(&self, request: String) -> Answer {
        answer(|| {
            let request = BeginLogin::from_json(&request);
            let request = request.map_err(|error| self.0.in_own_words(error))?;
            Ok(self.0.begin_login(&request)?.to_json())
        })
    }

    /// Ends it, by the document `login_visit`.
    #[napi]
    pub fn finish_login(&self, visit: String, done: Done) {
        let manager = self.0.clone();
        elsewhere(done, move || {
            let visit = LoginVisit::from_json(&visit);
            let visit = visit.map_err(|error| manager.in_own_words(error))?;
            Ok(manager.finish_login(&visit)?.to_json())
        });
    }

    /// Looks the store over.
    #[napi]
    pub fn doctor(&self, repair: bool, done: Done) {
        let manager = self.0.clone();
        elsewhere(done, move || Ok(manager.doctor(repair)?.to_json()));
    }
}

/// What the token managers of this process did since the last time, as a list of documents.
#[napi]
pub fn take_log() -> String {
    binding::take_log()
}

/// Waits, on this thread, until what the process has begun is stored; says whether nothing is left.
#[napi]
pub fn finish_now(seconds: f64) -> bool {
    pinterest_oauth::finish(duration(seconds))
}

/// The same without blocking this thread. `done` gets `true` or `false` as its document.
#[napi]
pub fn finish(seconds: f64, done: Done) {
    let done = Arc::new(done);
    let own = Arc::clone(&done);
    // Not counted as under way: it would wait for itself.
    let spawned = std::thread::Builder::new().spawn(move || {
        let nothing_left = pinterest_oauth::finish(duration(seconds));
        tell(&own, Ok(nothing_left.to_string()));
    });
    if spawned.is_err() {
        tell(&done, Err(Error::internal("no thread could be started")));
    }
}

/// Waits when the thread of this environment ends, also where a worker is terminated.
#[napi]
pub fn finish_at_end(env: Env, seconds: f64) -> NapiResult<()> {
    let wait = |seconds| {
        pinterest_oauth::finish(duration(seconds));
    };
    env.add_env_cleanup_hook(seconds, wait).map(drop)
}

fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX)
}

fn handle(body: impl FnOnce() -> Result<blocking::Account, Error>) -> Either<Account, String> {
    match shield(body) {
        Ok(account) => Either::A(Account(account)),
        Err(error) => Either::B(error.to_json()),
    }
}

/// Does `work` on a thread of the library. `done` gets its end exactly once.
pub(crate) fn elsewhere(done: Done, work: impl FnOnce() -> Result<String, Error> + Send + 'static) {
    binding::detached(move |error| {
        let result = match error {
            Some(error) => Err(error),
            None => shield(work),
        };
        tell(&done, result);
    });
}
