//! Tokens that are kept.

mod account;
mod clock;
mod disk;
mod doctor;
mod due;
mod engine;
#[cfg(test)]
mod explore;
mod file;
mod future;
mod held;
mod keep;
mod lease;
mod log;
mod login;
mod manager;
mod memory;
mod plan;
mod record;
mod refresh_file;
mod remove;
mod running;
mod send;
mod settings;
mod shared;
mod signin;
mod status;
mod store;
mod stored;
mod sum;
#[cfg(test)]
mod testing;
mod unsaved;
mod waiting;
mod web;
mod who;

pub use doctor::{DoctorFinding, DoctorReport};
pub use due::{DEFAULT_PARALLEL, DueFailure, DueReport, Progress};
pub use file::{Held, TokenFile};
pub use future::{Account, TokenManager};
pub use log::LogLine;
pub(crate) use log::take as take_log;
pub use manager::finish;
pub(crate) use shared::detached;
pub(crate) use waiting::work_until;

/// For callers without a runtime.
pub(crate) mod blocking {
    pub use super::manager::{Account, TokenManager};
}
pub use login::{
    DEFAULT_LOGIN_TIMEOUT, Login, LoginEvent, LoginEventKind, LoginOptions, LoginStarted,
    MAX_LOGIN_TIMEOUT,
};
pub use remove::Removed;
pub use settings::ManagerConfig;
pub use signin::LoginRequest;
pub use status::{Status, StatusTrouble};
