//! What is done with a token manager.

use pinterest_oauth::blocking::{Account, TokenManager};
use pinterest_oauth::{
    DEFAULT_PARALLEL, Error, LoginRequest, ManagerConfig, Scopes, Secret, Status, Token,
};
use serde_json::{Map, Value, json};

use crate::stored;

pub fn run(operation: &str, config: &str, request: &str) -> Result<String, Error> {
    let mut request: Map<String, Value> = serde_json::from_str(request).unwrap_or_default();
    let manager = TokenManager::new(ManagerConfig::from_json(config)?)?;
    if let Some(operation) = operation.strip_prefix("manager.") {
        return all(&manager, operation, &request);
    }
    let scopes = Scopes::parse(text(&request, "scopes"));
    if operation == "app.access_token" {
        return manager.app(&scopes)?.access_token().map(access_token);
    }
    let name = request.remove("account");
    let name = name.as_ref().and_then(Value::as_str).unwrap_or("default");
    one(&manager.account(name)?, operation, &scopes, request)
}

fn all(
    manager: &TokenManager,
    operation: &str,
    request: &Map<String, Value>,
) -> Result<String, Error> {
    match operation {
        "accounts" => {
            let accounts = manager.accounts()?;
            let documents: Vec<String> = accounts.iter().map(Status::to_json).collect();
            Ok(format!("{{\"accounts\":[{}]}}", documents.join(",")))
        }
        "refresh_due" => {
            let parallel = request.get("parallel").and_then(Value::as_u64);
            let parallel = parallel.and_then(|number| usize::try_from(number).ok());
            let report = manager.refresh_due_with(parallel.unwrap_or(DEFAULT_PARALLEL), None)?;
            Ok(report.to_json())
        }
        _ => Ok(manager.doctor(truth(request, "repair"))?.to_json()),
    }
}

fn one(
    account: &Account,
    operation: &str,
    scopes: &Scopes,
    request: Map<String, Value>,
) -> Result<String, Error> {
    let done = |()| String::from("{}");
    match operation.trim_start_matches("account.") {
        "access_token" if request.contains_key("scopes") => {
            account.access_token_for(scopes).map(access_token)
        }
        "access_token" => account.access_token().map(access_token),
        "access_token_now" => Ok(match account.access_token_now() {
            Some(token) => access_token(token),
            None => json!({"access_token": null}).to_string(),
        }),
        "rejected" => {
            let code = request.get("code").and_then(Value::as_i64);
            let rejected = account.rejected(text(&request, "access_token"), code.unwrap_or(2));
            rejected.map(access_token)
        }
        "token" => account.token().map(|token| stored(&token)),
        "login" => {
            let token = account.login(&LoginRequest::from_map(request)?)?;
            Ok(stored(&token))
        }
        "import" => {
            let token = request.get("token").map(ToString::to_string);
            account
                .import(&Token::from_json(&token.unwrap_or_default())?)
                .map(done)
        }
        "refresh" => {
            let token = account.refresh(truth(&request, "force"))?;
            Ok(stored(&token))
        }
        "export" => account.export().map(|token| stored(&token)),
        "status" => account.status().map(|status| status.to_json()),
        "remove" => account.remove().map(|removed| removed.to_json()),
        "rename" => account.rename(text(&request, "new_name")).map(done),
        _ => Ok(match account.unsaved() {
            Some(token) => format!("{{\"token\":{}}}", token.to_json()),
            None => json!({"token": null}).to_string(),
        }),
    }
}

fn access_token(token: Secret) -> String {
    json!({"access_token": token.expose()}).to_string()
}

fn text<'a>(request: &'a Map<String, Value>, key: &str) -> &'a str {
    request.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn truth(request: &Map<String, Value>, key: &str) -> bool {
    request
        .get(key)
        .and_then(Value::as_bool)
        .unwrap_or_default()
}
