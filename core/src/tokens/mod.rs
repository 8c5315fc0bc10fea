//! Tokens that are kept.

mod account;
mod clock;
mod disk;
mod due;
mod engine;
mod file;
mod held;
mod lease;
mod manager;
mod memory;
mod plan;
mod record;
mod remove;
mod running;
mod settings;
mod shared;
mod signin;
mod status;
mod store;
mod sum;
mod unsaved;

pub use due::{DEFAULT_PARALLEL, DueFailure, DueReport, Progress};
pub use file::{Held, TokenFile};
pub use manager::{Account, TokenManager, finish};
pub use remove::Removed;
pub use settings::ManagerConfig;
pub use signin::LoginRequest;
pub use status::{Status, StatusTrouble};
