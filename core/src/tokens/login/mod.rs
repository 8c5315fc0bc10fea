//! A login with a browser: from nothing to a stored token. The rules are in `login::plan`, the listener in `net::listen`.

mod confirm;
mod event;
mod options;
mod started;
mod wait;
mod words;

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

pub use event::{LoginEvent, LoginEventKind};
pub use options::{DEFAULT_LOGIN_TIMEOUT, LoginOptions, MAX_LOGIN_TIMEOUT};
pub use started::LoginStarted;
use wait::Waiting;

use super::manager::TokenManager;
use crate::config::variable;
use crate::desktop;
use crate::error::{Error, Kind, Outcome};
use crate::login::AuthorizeRequest;
use crate::login::loopback::Loopback;
use crate::login::paste::{Mistake, Pasted, read};
use crate::login::place::{Choice, Surroundings};
use crate::login::plan::Plan;
use crate::net::listen::Listener;
use crate::process::lock;
use crate::secret::Secret;
use crate::text::language::Language;

/// A login under way: the listener waits, and a pasted address does as well. Dropping it ends the wait and frees the port;
/// a code that was sent is brought to its end all the same.
pub struct Login {
    waiting: Arc<Waiting>,
    thread: Option<JoinHandle<()>>,
    /// Until the last one was told.
    events: Mutex<Option<Receiver<Result<LoginEvent, Error>>>>,
    shown: LoginStarted,
    language: Language,
    process: u32,
}

impl TokenManager {
    /// Begins a login: checks settings and store, listens at the redirect address, and opens the browser where
    /// `options` or the surroundings say so. [`Login::next`] tells what happens.
    ///
    /// # Errors
    /// `invalid_argument`, naming the field (`redirect_uri` where nothing can listen there); `invalid_config` without the
    /// app's id or secret; `store_unavailable`.
    pub fn start_login(&self, options: &LoginOptions) -> Result<Login, Error> {
        let begun = self.begin(options);
        begun.map_err(|error| self.in_own_words(error))
    }

    /// A whole login: begins it, tells `told` what happens, first that it has begun (`None`), and waits for its end.
    ///
    /// # Errors
    /// As [`TokenManager::start_login`] and [`Login::next`].
    pub fn login(
        &self,
        options: &LoginOptions,
        mut told: impl FnMut(&Login, Option<&LoginEvent>),
    ) -> Result<LoginEvent, Error> {
        let login = self.start_login(options)?;
        told(&login, None);
        loop {
            if let Some(event) = login.next(Duration::from_secs(60))? {
                told(&login, Some(&event));
                if event.event == LoginEventKind::Done {
                    return Ok(event);
                }
            }
        }
    }

    fn begin(&self, options: &LoginOptions) -> Result<Login, Error> {
        options.check()?;
        let place = Loopback::read(&options.redirect_uri)?;
        let mut ask = AuthorizeRequest::new(&options.redirect_uri, options.scope.clone());
        for (name, value) in &options.extra {
            ask = ask.extra(name, value);
        }
        let engine = self.inner.engine()?;
        engine.client.check()?;
        let page = engine.client.authorize_url(&ask)?;
        let account = self.account(&options.account)?;
        engine.check_room(&account.shared.owner)?;
        let around = desktop::surroundings(variable);
        let choice = match options.browser {
            Some(true) => Choice::Open,
            Some(false) => Choice::Show(None),
            None => around.choice(),
        };
        let authorize_url = Secret::from(page.url());
        let listener = Listener::bind(&place)?;
        let shown = matches!(choice, Choice::Show(_));
        let plan = Plan::new(
            place,
            authorize_url.clone(),
            Secret::from(page.state()),
            shown,
        )?;
        let start_url = plan.start_url();
        let (send, events) = channel();
        let (waiting, thread) = Waiting::start(plan, listener, account, options.clone(), send)?;
        let opened = choice == Choice::Open && desktop::open(&start_url, &around);
        if opened {
            waiting.watch_opening();
        } else {
            // The way for other machines is what a person has then.
            waiting.show();
        }
        let why_not_opened = reason(choice, opened, &around);
        let hints = options.scope.hints();
        Ok(Login {
            waiting,
            thread: Some(thread),
            events: Mutex::new(Some(events)),
            shown: LoginStarted {
                message: words::begun(&start_url, opened, why_not_opened, &hints),
                instructions: Some(words::instructions(&start_url, &authorize_url)),
                start_url,
                authorize_url: Some(authorize_url),
                opened,
                why_not_opened,
                hints,
            },
            language: self.inner.language(),
            process: std::process::id(),
        })
    }
}

/// Why nothing was opened.
fn reason(choice: Choice, opened: bool, around: &Surroundings) -> Option<&'static str> {
    match choice {
        Choice::Show(why) => why.map(|why| why.says()),
        Choice::Open if opened => None,
        Choice::Open if around.browser.is_some() => Some("BROWSER names no program that starts"),
        Choice::Open => Some("no browser could be started"),
    }
}

impl Login {
    /// What to show to the person. It has the way for other machines where no browser was started.
    pub fn started(&self) -> LoginStarted {
        let mut started = self.shown.clone();
        if started.opened {
            started.authorize_url = None;
            started.instructions = None;
        }
        started
    }

    /// The same with the way for other machines. From then on a browser may come back that was not at the start page.
    pub fn show(&self) -> LoginStarted {
        self.waiting.show();
        self.shown.clone()
    }

    /// What happens next; `None` after `wait`. After `done` or an error it says `cancelled`.
    ///
    /// # Errors
    /// `access_denied` when access was not given; `timeout` when nobody came back in time; `state_mismatch` when a second
    /// browser came to the start page; `cancelled`; and those of [`Account::login`](super::blocking::Account::login).
    pub fn next(&self, wait: Duration) -> Result<Option<LoginEvent>, Error> {
        if std::process::id() != self.process {
            let message = "this login belongs to the process that has begun it";
            return Err(Error::new(Kind::Internal, Outcome::NotSent, message));
        }
        let mut events = lock(&self.events);
        let told = match events.as_ref().map(|events| events.recv_timeout(wait)) {
            Some(Ok(Ok(event))) => Ok(Some(event)),
            Some(Ok(Err(error))) => Err(error.in_words_of(self.language)),
            Some(Err(RecvTimeoutError::Timeout)) => Ok(None),
            Some(Err(RecvTimeoutError::Disconnected)) | None => {
                let error = Error::new(Kind::Cancelled, Outcome::NotSent, "the login is over");
                Err(error)
            }
        };
        // The thread that told the last one may not have ended yet.
        let goes_on = matches!(&told, Ok(None))
            || matches!(&told, Ok(Some(event)) if event.event != LoginEventKind::Done);
        if !goes_on {
            *events = None;
        }
        told
    }

    /// Takes the address of the page to which Pinterest sent the person.
    ///
    /// # Errors
    /// `invalid_argument`, naming `address`, in words for the person; the login waits on.
    pub fn paste(&self, address: &str) -> Result<(), Error> {
        let pasted = self.waiting.pasted(|plan| match read(address, plan) {
            Pasted::Redirect(found) => Ok(plan.arrived(found)),
            Pasted::Wrong(mistake) => Err(mistake),
        });
        let problem = |mistake: Mistake| Error::invalid_argument("address", mistake.problem());
        pasted.map_err(|mistake| problem(mistake).in_words_of(self.language))
    }

    /// The answer to the event `confirm`: whether to replace the token.
    pub fn answer(&self, replace: bool) {
        self.waiting.question.answer(replace);
    }

    /// Ends the wait. A code that was sent is brought to its end; `next` tells it.
    ///
    /// Whether the wait was ended, now or before: then nothing was sent, and `next` says `cancelled` at once.
    pub fn cancel(&self) -> bool {
        self.waiting.cancel()
    }
}

impl Drop for Login {
    fn drop(&mut self) {
        // A child of a fork has no such thread, and locks that another thread may have held then.
        if std::process::id() != self.process {
            return;
        }
        let ends_now = self.waiting.cancel();
        let thread = self.thread.take();
        if let (true, Some(thread)) = (ends_now, thread) {
            let _ = thread.join();
        }
    }
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Login")
    }
}
