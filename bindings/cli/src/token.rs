//! The command `token`: one call, from its inputs to a stored token.

use std::path::Path;

use pinterest_oauth::binding;
use pinterest_oauth::binding::documents::{CONFIG, TOKEN_REQUEST};
use pinterest_oauth::blocking::Client;
use pinterest_oauth::{Config, Secret, Token, TokenRequest};

use crate::command::Arguments;
use crate::document::Document;
use crate::failure::Failure;
use crate::secrets::{from_environment, from_file, given};
use crate::store::Store;
use crate::terminal::{self, Progress};
use crate::{accounts, prompt, redirect, secrets, summary};

/// The options that may name standard input.
const READERS: [&str; 5] = [
    "code-file",
    "redirect-file",
    "refresh-token-file",
    "token-file",
    "app-secret-file",
];

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    secrets::check_stdin(arguments, &READERS)?;
    let json = arguments.has("json");
    let store = arguments.os("output").map(Store::prepare).transpose()?;
    if arguments.has("account") {
        return keep(arguments);
    }
    if store.is_none() && !json {
        refuse_to_lose(arguments)?;
    }
    let config = config(arguments)?;
    let request = TokenRequest::from_map(request(arguments, store.as_ref())?.0)?;
    let client = Client::new(app_secret(arguments, config)?)?;
    let spends = request.grant().grant_type() != "client_credentials";
    if json && store.is_none() && spends {
        terminal::begin()?;
    }

    let mut progress = Progress::new(!json);
    let answer = binding::run_until(&client, &request, || {
        progress.tick();
        false
    });
    drop(progress);
    let token = answer?;

    let target = store.as_ref().map(|store| store.target().to_owned());
    if let Some(store) = store {
        store.write(&token)?;
    }
    if json {
        let document = Secret::new(token.to_json() + "\n");
        return terminal::deliver(document.expose());
    }
    tell(&request, &token, target.as_deref())
}

/// The same into an account of the store.
fn keep(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(other) = ["output", "token-file", "refresh-token-file"]
        .iter()
        .find(|other| arguments.has(other))
    {
        let message =
            format!("--account and --{other} exclude each other: the account has its own");
        return Err(Failure::argument("account", message));
    }
    let grant = arguments.word()?.unwrap_or_default();
    let mut request = Document::of(arguments, &TOKEN_REQUEST)?;
    if grant == "authorization_code" {
        request.set("code", code(arguments, &grant)?);
        // The same redirect twice sends its code once.
        request.set("state", arguments.text("state")?);
    }
    let token = accounts::exchange(arguments, &grant, request.0)?;
    if arguments.has("json") {
        let document = Secret::new(token.to_json() + "\n");
        return terminal::deliver(document.expose());
    }
    let refreshed = grant == "refresh_token";
    terminal::print(&summary::of(&token, refreshed))
}

/// What a code or a refresh token buys may be the only one: it is not bought for nothing.
fn refuse_to_lose(arguments: &Arguments) -> Result<(), Failure> {
    match arguments.word()?.as_deref() {
        Some("authorization_code" | "refresh_token") => Err(Failure::argument(
            "output",
            "say where the new token goes, --output FILE or --json: what it replaces may not work again",
        )),
        _ => Ok(()),
    }
}

/// What people read: the table, and where the token is now.
fn tell(request: &TokenRequest, token: &Token, target: Option<&Path>) -> Result<(), Failure> {
    let refreshed = request.grant().grant_type() == "refresh_token";
    let mut text = summary::of(token, refreshed);
    if let Some(target) = target {
        text.push_str(&format!("stored in      {}\n", target.display()));
    }
    terminal::print(&text)?;
    if target.is_some() {
        return Ok(());
    }
    terminal::complain(
        "note: this token is kept nowhere. Use --output FILE to store it, or --json to print it.",
    );
    Ok(())
}

fn config(arguments: &Arguments) -> Result<Config, Failure> {
    Ok(Config::from_map(Document::of(arguments, &CONFIG)?.0)?)
}

fn request(arguments: &Arguments, store: Option<&Store>) -> Result<Document, Failure> {
    let grant_type = arguments.word()?;
    let grant = grant_type.as_deref().unwrap_or_default();
    let mut request = Document::of(arguments, &TOKEN_REQUEST)?;
    request.set("grant_type", grant_type.clone());
    request.set("code", code(arguments, grant)?);
    request.set("token", stored(arguments, store)?);
    request.set("refresh_token", refresh_token(arguments, grant)?);
    Ok(request)
}

/// The token document to refresh. A file that `--output` replaces is read by whoever has it: the token of another run
/// that has just replaced it counts.
fn stored(arguments: &Arguments, store: Option<&Store>) -> Result<Option<String>, Failure> {
    if let (Some(store), Some(path)) = (store, arguments.os("token-file"))
        && let Some(token) = store.token(path)?
    {
        return Ok(Some(token.to_json()));
    }
    from_file(arguments, "token-file", "Token document")
}

fn code(arguments: &Arguments, grant: &str) -> Result<Option<String>, Failure> {
    const WHAT: &str = "Authorization code";
    let by_redirect = arguments.has("redirect-file") || arguments.has("state");
    if by_redirect && arguments.has("code-file") {
        let message = "--code-file excludes --redirect-file and --state";
        return Err(Failure::argument("code-file", message));
    }
    if by_redirect {
        let redirect = redirect::read_or_ask(arguments)?;
        return Ok(Some(redirect.code().expose().to_owned()));
    }
    if grant != "authorization_code" {
        return from_file(arguments, "code-file", WHAT);
    }
    match given(arguments, "code-file", "PINTEREST_CODE", WHAT)? {
        // A person is asked last, when everything else is there.
        None if arguments.has("redirect-uri") && prompt::possible() => prompt::ask(WHAT).map(Some),
        code => Ok(code),
    }
}

fn refresh_token(arguments: &Arguments, grant: &str) -> Result<Option<String>, Failure> {
    const WHAT: &str = "Refresh token";
    let token = from_file(arguments, "refresh-token-file", WHAT)?;
    if token.is_some() || arguments.has("token-file") || grant != "refresh_token" {
        return Ok(token);
    }
    match from_environment("PINTEREST_REFRESH_ACCESS_TOKEN") {
        None if prompt::possible() => prompt::ask(WHAT).map(Some),
        token => Ok(token),
    }
}

/// The configuration with the app's secret, which may have come from the environment already.
fn app_secret(arguments: &Arguments, config: Config) -> Result<Config, Failure> {
    const WHAT: &str = "App secret";
    const VARIABLE: &str = "PINTEREST_APP_SECRET";
    let app_id = arguments.has("app-id") || from_environment("PINTEREST_APP_ID").is_some();
    Ok(match given(arguments, "app-secret-file", VARIABLE, WHAT)? {
        Some(secret) => config.app_secret(secret),
        None if app_id && prompt::possible() => config.app_secret(prompt::ask(WHAT)?),
        None => config,
    })
}

pub(crate) fn more() -> String {
    String::from(
        "\
Secrets are never arguments, which everyone on the machine can see. FILE may be - for
standard input, in one place.

Examples:
  # The code, from the address at which the user came back:
  pinterest-oauth token authorization_code --redirect-uri http://localhost:8085/ \\
      --state \"$STATE\" --output token.json
  # Refresh a stored token, and replace it:
  pinterest-oauth token refresh_token --token-file token.json --output token.json
  # A token for the app itself, into another program:
  pinterest-oauth token client_credentials --scope pins:read --json | jq -r .access_token

A code or a refresh token is exchanged only when --output or --json says where the new token
goes: people are shown its fingerprint, and what it cost may not work again.
",
    )
}
