//! `import`, `export`, `rename`, `remove` and `revoke`.

use pinterest_oauth::binding::documents::MANAGER;
use pinterest_oauth::blocking::Client;
use pinterest_oauth::{Config, Removed, RevokeRequest, Secret, Token};
use serde_json::{Value, json};

use super::{account, named, settings};
use crate::command::Arguments;
use crate::failure::Failure;
use crate::secrets::{from_environment, from_file};
use crate::store::Store;
use crate::{summary, terminal};

pub(crate) fn import(arguments: &Arguments) -> Result<(), Failure> {
    let document = from_file(arguments, "token-file", "Token document")?;
    let document = match (document, arguments.has("from-env")) {
        (Some(document), false) => document,
        (None, true) => environment()?,
        _ => {
            let message = "say either --token-file or --from-env: where the token is";
            return Err(Failure::argument("token-file", message));
        }
    };
    let token = Token::from_json(&document)?;
    let account = named(arguments)?;
    account.import(&token)?;
    if arguments.has("json") {
        return terminal::print(&format!("{}\n", account.status()?.to_json()));
    }
    let text = format!(
        "{}account        {}\n",
        summary::of(&token, false),
        account.name()
    );
    terminal::print(&text)
}

/// The names that Pinterest's own tools use.
fn environment() -> Result<String, Failure> {
    let Some(access) = from_environment("PINTEREST_ACCESS_TOKEN") else {
        let message = "PINTEREST_ACCESS_TOKEN is not set";
        return Err(Failure::argument("from-env", message));
    };
    let refresh = from_environment("PINTEREST_REFRESH_ACCESS_TOKEN");
    let document: Value = json!({"access_token": access, "refresh_token": refresh});
    Ok(document.to_string())
}

pub(crate) fn export(arguments: &Arguments) -> Result<(), Failure> {
    if !arguments.has("json") && !arguments.has("output") {
        let message = "say where the token goes: --output FILE or --json";
        return Err(Failure::argument("output", message));
    }
    let store = arguments.os("output").map(Store::prepare).transpose()?;
    let account = named(arguments)?;
    let token = account.export()?;
    if let Some(store) = store {
        let target = store.target().display().to_string();
        store.write(&token)?;
        if !arguments.has("json") {
            let text = format!("{}stored in      {target}\n", summary::of(&token, false));
            return terminal::print(&text);
        }
    }
    let document = Secret::new(token.to_json() + "\n");
    terminal::deliver(document.expose())
}

pub(crate) fn rename(arguments: &Arguments) -> Result<(), Failure> {
    let Some(to) = arguments.text("to")? else {
        return Err(Failure::argument("to", "--to NAME is missing"));
    };
    named(arguments)?.rename(&to)?;
    terminal::print(if arguments.has("json") { "{}\n" } else { "" })
}

/// For `logout`: the account where it is left out is the default one, as in `login`.
pub(crate) fn remove_account(arguments: &Arguments) -> Result<Removed, Failure> {
    Ok(account(arguments)?.remove()?)
}

pub(crate) fn remove(arguments: &Arguments) -> Result<(), Failure> {
    let removed = named(arguments)?.remove()?;
    if arguments.has("json") {
        return terminal::print(&format!("{}\n", removed.to_json()));
    }
    terminal::print(&format!(
        "removed the token, {} copies, and {} logins that were under way\n",
        removed.copies, removed.logins
    ))
}

pub(crate) fn revoke(arguments: &Arguments) -> Result<(), Failure> {
    let account = named(arguments)?;
    let token = account.export()?;
    let mut config = settings(arguments)?.0;
    for field in MANAGER.fields {
        config.remove(field.name);
    }
    let client = Client::new(Config::from_map(config)?)?;
    // The refresh token first: with it alone a new access token can be had.
    for secret in token
        .refresh_token()
        .into_iter()
        .chain([token.access_token()])
    {
        client.revoke(&RevokeRequest::new(secret.clone()))?;
    }
    remove(arguments)
}
