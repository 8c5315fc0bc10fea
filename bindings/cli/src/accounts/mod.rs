//! The commands of the token manager: accounts in a store, for the shell, for cron and for monitoring.

mod check;
mod keep;
mod look;
mod refresh;
mod table;
mod tokens;

pub(crate) use keep::{export, import, remove, remove_account, rename, revoke};
pub(crate) use look::{accounts, doctor, status};
pub(crate) use refresh::refresh;
pub(crate) use table::COMMANDS;
pub(crate) use tokens::{access_token, exchange};

use pinterest_oauth::ManagerConfig;
use pinterest_oauth::binding::documents::{CONFIG, MANAGER};
use pinterest_oauth::blocking::{Account, TokenManager};
use serde_json::Value;

use crate::app;
use crate::command::Arguments;
use crate::document::Document;
use crate::failure::Failure;
use crate::secrets::from_file;

/// The account where none is named.
const DEFAULT: &str = "default";

/// The settings that the options give.
pub(crate) fn settings(arguments: &Arguments) -> Result<Document, Failure> {
    let mut document = Document::of(arguments, &CONFIG)?;
    for (name, value) in Document::of(arguments, &MANAGER)?.0 {
        document.0.insert(name, value);
    }
    let what = "App secret";
    let secret = from_file(arguments, "app-secret-file", what)?;
    document.set("app_secret", secret);
    app::fill(&mut document);
    Ok(document)
}

/// The manager that the options and the environment describe.
fn manager(arguments: &Arguments) -> Result<TokenManager, Failure> {
    open(settings(arguments)?)
}

/// The manager with these settings.
pub(crate) fn open(settings: Document) -> Result<TokenManager, Failure> {
    let config = ManagerConfig::from_json(&Value::Object(settings.0).to_string())?;
    Ok(TokenManager::new(config)?)
}

/// The account of `--account`.
fn account(arguments: &Arguments) -> Result<Account, Failure> {
    account_of(&manager(arguments)?, arguments)
}

fn account_of(manager: &TokenManager, arguments: &Arguments) -> Result<Account, Failure> {
    let name = arguments.text("account")?;
    Ok(manager.account(name.as_deref().unwrap_or(DEFAULT))?)
}

/// Fails where a command that changes one account does not say which: the default is for reading.
fn named(arguments: &Arguments) -> Result<Account, Failure> {
    if arguments.has("account") {
        return account(arguments);
    }
    let message = format!("say which account with --account; the default one is called {DEFAULT}");
    Err(Failure::argument("account", message))
}
