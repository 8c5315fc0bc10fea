//! A login with a browser. A thread waits for what happens; a slow person keeps no thread of the library busy.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use napi_derive::napi;
use pinterest_oauth::binding::shield;
use pinterest_oauth::{Error, LoginEventKind, LoginOptions, blocking};

use crate::call::{Done, tell};
use crate::{Answer, answer};

/// How long one wait is. Whatever happens ends it.
const WAIT: Duration = Duration::from_secs(60);

/// A login under way. It ends when nobody holds it any more, and when its environment ends.
#[napi]
pub struct Login(Arc<Mutex<Step>>);

/// How far a login is.
enum Step {
    Beginning,
    Cancelled,
    UnderWay(Arc<pinterest_oauth::Login>),
}

#[napi]
impl Login {
    /// Takes the address of the page to which Pinterest sent the person.
    #[napi]
    pub fn paste(&self, address: String) -> Answer {
        self.on(|login| login.paste(&address).map(|()| String::from("{}")))
    }

    /// The document `login_started` with the address of Pinterest's page.
    #[napi]
    pub fn show(&self) -> Answer {
        self.on(|login| Ok(login.show().to_json()))
    }

    /// Whether the token of another person may be replaced.
    #[napi]
    pub fn answer(&self, replace: bool) {
        if let Step::UnderWay(login) = &*step(&self.0) {
            login.answer(replace);
        }
    }

    /// Ends the wait; whether it was ended, now or before.
    #[napi]
    pub fn cancel(&self) -> bool {
        let mut step = step(&self.0);
        match &*step {
            Step::Beginning => {
                *step = Step::Cancelled;
                true
            }
            Step::Cancelled => true,
            Step::UnderWay(login) => login.cancel(),
        }
    }

    fn on(&self, body: impl FnOnce(&pinterest_oauth::Login) -> Result<String, Error>) -> Answer {
        answer(|| match &*step(&self.0) {
            Step::UnderWay(login) => body(login),
            Step::Beginning | Step::Cancelled => Err(Error::internal("the login has not begun")),
        })
    }
}

impl Drop for Login {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// Starts a login by the document `login_options`. `told` gets a `login_started` document, then a `login_event` document
/// for whatever happens; the event `done` and an error are the last.
pub(crate) fn start(manager: &blocking::TokenManager, options: String, told: Done) -> Login {
    let told = Arc::new(told);
    let own_step = Arc::new(Mutex::new(Step::Beginning));
    let login = Login(Arc::clone(&own_step));
    let (manager, own) = (manager.clone(), Arc::clone(&told));
    // Not counted as under way: the end of a process does not wait for a person.
    let spawned = thread::Builder::new().spawn(move || {
        let end = shield(|| run(&manager, &options, &own_step, &own));
        tell(&own, end);
    });
    if spawned.is_err() {
        tell(&told, Err(Error::internal("no thread could be started")));
    }
    login
}

/// A whole login; its last event.
fn run(
    manager: &blocking::TokenManager,
    options: &str,
    own: &Mutex<Step>,
    told: &Done,
) -> Result<String, Error> {
    let options = LoginOptions::from_json(options);
    let options = options.map_err(|error| manager.in_own_words(error))?;
    let login = Arc::new(manager.start_login(&options)?);
    {
        let mut step = step(own);
        if matches!(*step, Step::Cancelled) {
            login.cancel();
        }
        *step = Step::UnderWay(Arc::clone(&login));
    }
    tell(told, Ok(login.started().to_json()));
    loop {
        if let Some(event) = login.next(WAIT)? {
            if event.event == LoginEventKind::Done {
                return Ok(event.to_json());
            }
            tell(told, Ok(event.to_json()));
        }
    }
}

fn step(step: &Mutex<Step>) -> MutexGuard<'_, Step> {
    step.lock().unwrap_or_else(PoisonError::into_inner)
}
