//! `access-token`, and what `token --account` does.

use pinterest_oauth::{LoginRequest, Scopes, Token};
use serde_json::{Map, Value, json};

use super::{account, manager};
use crate::command::Arguments;
use crate::failure::Failure;
use crate::terminal;

pub(crate) fn access_token(arguments: &Arguments) -> Result<(), Failure> {
    let scopes = Scopes::parse(&arguments.all("scope")?.join(","));
    let account = account(arguments)?;
    let token = if scopes.is_empty() {
        account.access_token()?
    } else {
        account.access_token_for(&scopes)?
    };
    if !arguments.has("json") {
        return terminal::deliver(&format!("{}\n", token.expose()));
    }
    let token = account.token()?;
    let document = json!({
        "access_token": token.access_token().expose(),
        "expires_at": token.expires_at(),
    });
    terminal::deliver(&format!("{document}\n"))
}

/// Exchanges a code, refreshes, or gets a token of the app itself, and keeps it in the store. `request` is the
/// `token_request` document.
pub(crate) fn exchange(
    arguments: &Arguments,
    grant: &str,
    mut request: Map<String, Value>,
) -> Result<Token, Failure> {
    request.remove("grant_type");
    match grant {
        "authorization_code" => {
            let account = account(arguments)?;
            Ok(account.login(&LoginRequest::from_map(request)?)?)
        }
        "refresh_token" => Ok(account(arguments)?.refresh(true)?),
        _ => {
            let scopes = request.get("scope").and_then(Value::as_str);
            let app = manager(arguments)?.app(&Scopes::parse(scopes.unwrap_or_default()))?;
            Ok(app.token()?)
        }
    }
}
