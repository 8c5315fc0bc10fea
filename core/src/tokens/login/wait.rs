//! The thread of a login under way: it listens, counts the time, and has the code exchanged.

use std::collections::BTreeSet;
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::time::sleep;

use super::confirm::Question;
use super::event::{LoginEvent, LoginEventKind};
use super::options::LoginOptions;
use super::words;
use crate::error::{Error, Kind, Outcome};
use crate::login::LoginEnd;
use crate::login::plan::{Answer, End, Notice, Plan, Reply, Then, Visit};
use crate::net::listen::{Listener, Visited};
use crate::process::lock;
use crate::secret::Secret;
use crate::shield::spawn;
use crate::token::Token;
use crate::tokens::engine::Engine;
use crate::tokens::manager::Account;
use crate::tokens::record::Record;
use crate::tokens::shared::detached;
use crate::tokens::signin::{Approve, LoginRequest};
use crate::tokens::web::of_record;

/// How long an opened browser has to come to the start page.
const OPENED_WITHIN: Duration = Duration::from_secs(15);
/// After so long the person is told what may be wrong at Pinterest.
const STILL_WAITING: Duration = Duration::from_secs(60);
/// How long a person may think about the question; then the answer is no.
const ANSWERED_WITHIN: Duration = Duration::from_secs(600);
/// How long a browser has to fetch the last page.
const LAST_PAGE: Duration = Duration::from_secs(3);

/// How far a login is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    Cancelled,
    /// A code is being exchanged: nothing stops that.
    Exchanging,
    Over,
}

/// What the listener, the handle and the exchange share.
pub(super) struct Waiting {
    plan: Mutex<Plan>,
    account: Account,
    options: LoginOptions,
    /// `None` after the last one.
    events: Mutex<Option<Sender<Result<LoginEvent, Error>>>>,
    said: Mutex<BTreeSet<LoginEventKind>>,
    stage: watch::Sender<Stage>,
    /// How many windows are sent to the last page, and how many have it.
    last_page: watch::Sender<(usize, usize)>,
    /// Set once somebody should come: whether a browser was opened for that.
    opening: watch::Sender<Option<bool>>,
    result: Mutex<Option<Result<LoginEvent, Error>>>,
    pub(super) question: Question,
}

impl Waiting {
    /// Starts the thread.
    ///
    /// # Errors
    /// `internal` where none can be started.
    pub(super) fn start(
        plan: Plan,
        listener: Listener,
        account: Account,
        options: LoginOptions,
        events: Sender<Result<LoginEvent, Error>>,
    ) -> Result<(Arc<Self>, JoinHandle<()>), Error> {
        let waiting = Arc::new(Self {
            plan: Mutex::new(plan),
            account,
            options,
            events: Mutex::new(Some(events)),
            said: Mutex::default(),
            stage: watch::Sender::new(Stage::Waiting),
            last_page: watch::Sender::new((0, 0)),
            opening: watch::Sender::new(None),
            result: Mutex::default(),
            question: Question::default(),
        });
        let failed = |_| {
            Error::new(
                Kind::Internal,
                Outcome::NotSent,
                "no thread could be started",
            )
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let runtime = runtime.map_err(failed)?;
        let own = Arc::clone(&waiting);
        let run = move || {
            runtime.block_on(own.run(listener));
            // With the runtime its sockets go: who is told that the login is over can listen there.
            drop(runtime);
            own.tell_the_end();
        };
        let thread = spawn("pinterest-login", run).map_err(failed)?;
        Ok((waiting, thread))
    }

    async fn run(self: &Arc<Self>, listener: Listener) {
        let visited: Arc<dyn Visited> = Arc::clone(self) as Arc<dyn Visited>;
        tokio::select! {
            () = listener.serve(visited) => pending().await,
            () = self.tell_what_takes_long() => {}
            () = self.until_over() => {}
        }
    }

    fn tell_the_end(&self) {
        let result = lock(&self.result).take();
        let cancelled = || {
            Err(Error::new(
                Kind::Cancelled,
                Outcome::NotSent,
                "the login was cancelled; nothing was sent",
            ))
        };
        self.tell(result.unwrap_or_else(cancelled));
        *lock(&self.events) = None;
    }

    /// Until the token is stored, the login is refused, or nobody waits any more; with the last page shown.
    async fn until_over(&self) {
        let mut stage = self.stage.subscribe();
        let waits = stage.wait_for(|stage| *stage != Stage::Waiting);
        if tokio::time::timeout(self.options.timeout, waits)
            .await
            .is_err()
        {
            self.time_is_over();
        }
        let over = |stage: &Stage| matches!(stage, Stage::Over | Stage::Cancelled);
        // The sender lives in `self`: it is never gone.
        let _ = stage.wait_for(over).await;
        let mut last_page = self.last_page.subscribe();
        let delivered = last_page.wait_for(|(wanted, sent)| sent >= wanted);
        let _ = tokio::time::timeout(LAST_PAGE, delivered).await;
        if self.last_page.borrow().1 > 0 {
            // The answer is on its way to the browser.
            sleep(Duration::from_millis(200)).await;
        }
    }

    /// Nobody came back. A code that comes at this very moment is exchanged.
    fn time_is_over(&self) {
        let mut plan = lock(&self.plan);
        if plan.is_waiting() {
            plan.exchanged(false);
            let message = words::nobody_came(self.options.timeout);
            let error = Error::new(Kind::Timeout, Outcome::NotSent, message);
            *lock(&self.result) = Some(Err(error.advises("Begin the login again.")));
            self.stage.send_replace(Stage::Over);
        }
    }

    /// Never ends.
    async fn tell_what_takes_long(&self) {
        let mut opening = self.opening.subscribe();
        let _ = opening.wait_for(Option::is_some).await;
        sleep(OPENED_WITHIN).await;
        let nobody = lock(&self.plan).is_waiting() && !self.was_said(LoginEventKind::Opened);
        if nobody && *self.opening.borrow() == Some(true) {
            self.say(LoginEventKind::NotOpened, words::not_opened());
        }
        sleep(STILL_WAITING.saturating_sub(OPENED_WITHIN)).await;
        if lock(&self.plan).is_waiting() {
            let message = {
                let plan = lock(&self.plan);
                words::still_waiting(plan.redirect(), &self.account.shared.owner.app_id)
            };
            self.say(LoginEventKind::Waiting, message);
        }
        pending().await
    }

    /// From now on somebody should come to the start page.
    pub(super) fn watch_opening(&self) {
        self.opening.send_replace(Some(true));
    }

    /// The address of Pinterest's page itself is shown.
    pub(super) fn show(&self) {
        lock(&self.plan).show();
        self.opening
            .send_if_modified(|opening| opening.replace(opening.unwrap_or(false)).is_none());
    }

    /// Reads a pasted line.
    pub(super) fn pasted<E>(
        self: &Arc<Self>,
        read: impl FnOnce(&mut Plan) -> Result<Then, E>,
    ) -> Result<(), E> {
        let then = read(&mut lock(&self.plan))?;
        self.follow(then);
        Ok(())
    }

    /// Says whether the wait was ended, now or before; a code that was sent is exchanged.
    pub(super) fn cancel(&self) -> bool {
        // The plan's lock: a redirect either came before, and is exchanged, or is too late.
        let mut plan = lock(&self.plan);
        if plan.is_waiting() {
            plan.exchanged(false);
            self.stage.send_replace(Stage::Cancelled);
        }
        drop(plan);
        self.question.give_up();
        *self.stage.borrow() == Stage::Cancelled
    }

    fn follow(self: &Arc<Self>, then: Then) {
        match then {
            Then::Nothing => {}
            Then::Say(notice) => self.notice(notice),
            Then::Over(end) => {
                *lock(&self.result) = Some(Err(self.refused(end)));
                self.stage.send_replace(Stage::Over);
            }
            Then::Exchange(code) => {
                self.stage.send_replace(Stage::Exchanging);
                self.exchange(code);
            }
        }
    }

    /// On a thread of its own, which a program waits for before it ends.
    fn exchange(self: &Arc<Self>, code: Secret) {
        let waiting = Arc::clone(self);
        let (redirect_uri, state) = {
            let plan = lock(&self.plan);
            (plan.redirect().redirect_uri.clone(), plan.state().clone())
        };
        let mut request = LoginRequest::new(code, redirect_uri).state(state);
        if let Some(on) = self.options.continuous_refresh {
            request = request.continuous_refresh(on);
        }
        detached(move |error| {
            let result = match error {
                Some(error) => Err(error),
                None => waiting.log_in(&request),
            };
            lock(&waiting.plan).exchanged(result.is_ok());
            *lock(&waiting.result) = Some(result);
            waiting.stage.send_replace(Stage::Over);
        });
    }

    fn log_in(&self, request: &LoginRequest) -> Result<LoginEvent, Error> {
        let (shared, manager) = (&self.account.shared, &self.account.manager);
        let deadline = || {
            let now = Instant::now();
            now.checked_add(manager.timeout()).unwrap_or(now)
        };
        let engine = manager.engine()?;
        let approve = |record: &Record, token: &Token| self.approve(engine, record, token);
        let approve: Option<&Approve<'_>> = if self.options.confirm {
            Some(&approve)
        } else {
            None
        };
        let got = engine.log_in(&shared.owner, request, deadline(), approve)?;
        shared.see(&got.record, &manager.clock);
        let got = engine.with_user(&shared.owner, got, deadline());
        shared.see(&got.record, &manager.clock);
        let account = shared.owner.account().unwrap_or_default().to_owned();
        let end = of_record(LoginEnd::done(account), &got.record)?;
        let mut event = LoginEvent::new(
            LoginEventKind::Done,
            words::done(&end, manager.clock.wall()),
        );
        event.user.clone_from(&end.user);
        event.previous_user.clone_from(&end.previous_user);
        event.end = Some(end);
        Ok(event)
    }

    /// Asks before the token of one person replaces that of another. Where one of them is not known, it replaces it.
    fn approve(&self, engine: &Engine, record: &Record, token: &Token) -> Result<(), Error> {
        let Some(before) = record.user.as_ref().filter(|_| record.token.is_some()) else {
            return Ok(());
        };
        let deadline = Instant::now().checked_add(self.account.manager.timeout());
        let user = engine.who(token, deadline.unwrap_or_else(Instant::now));
        let Some(user) = user.filter(|user| user.id != before.id) else {
            return Ok(());
        };
        let mut event = LoginEvent::new(
            LoginEventKind::Confirm,
            words::replace(&user, before, &record.owner),
        );
        event.user = Some(user);
        event.previous_user = Some(before.clone());
        self.tell(Ok(event));
        if self.question.ask(ANSWERED_WITHIN) {
            return Ok(());
        }
        Err(Error::new(
            Kind::AccessDenied,
            Outcome::Rejected,
            words::NOT_REPLACED,
        ))
    }

    fn refused(&self, end: End) -> Error {
        words::refused(end, lock(&self.plan).refusal())
    }

    fn notice(&self, notice: Notice) {
        let (kind, message) = words::notice(notice, lock(&self.plan).redirect());
        self.say(kind, message);
    }

    /// Each once.
    fn say(&self, kind: LoginEventKind, message: String) {
        if lock(&self.said).insert(kind) {
            self.tell(Ok(LoginEvent::new(kind, message)));
        }
    }

    fn was_said(&self, kind: LoginEventKind) -> bool {
        lock(&self.said).contains(&kind)
    }

    pub(super) fn tell(&self, event: Result<LoginEvent, Error>) {
        if let Some(events) = lock(&self.events).as_ref() {
            // Nobody may listen any more.
            let _ = events.send(event);
        }
    }
}

impl Visited for Waiting {
    fn tls(&self) {
        self.notice(Notice::Https);
    }

    fn too_much(&self) {
        self.notice(Notice::TooMuch);
    }

    fn visit(self: Arc<Self>, visit: Visit) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
        let (reply, then) = lock(&self.plan).visit(&visit);
        if matches!(reply, Reply::AtTheEnd) {
            self.last_page
                .send_modify(|(wanted, _)| *wanted = wanted.saturating_add(1));
        }
        self.follow(then);
        Box::pin(async move {
            match reply {
                Reply::Now(answer) => {
                    if Plan::is_last_page(&visit) && answer.status == 200 {
                        self.last_page
                            .send_modify(|(_, sent)| *sent = sent.saturating_add(1));
                    }
                    answer
                }
                Reply::AtTheEnd => {
                    let mut stage = self.stage.subscribe();
                    let _ = stage.wait_for(|stage| *stage == Stage::Over).await;
                    lock(&self.plan).at_the_end()
                }
            }
        })
    }
}
