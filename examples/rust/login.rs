//! Logs a user in with the browser of this machine, and keeps the token: one call.
//!
//! Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and register http://localhost:8085/ with the app. For a test server set
//! PINTEREST_API_URI and PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.

use pinterest_oauth::{Error, LoginOptions, ManagerConfig, Scopes, blocking::TokenManager};

fn main() -> Result<(), Error> {
    let mut options = LoginOptions::new()
        .account("shop-42")
        .scope(Scopes::parse("pins:read,boards:read"))
        .confirm(true);
    if let Some(address) = std::env::args().nth(1) {
        options = options.redirect_uri(address);
    }
    let manager = TokenManager::new(ManagerConfig::from_env())?;
    manager.login(&options, |login, event| match event {
        Some(event) => eprintln!("{}", event.message),
        None => eprintln!("{}", login.started().message),
    })?;
    let account = manager.account("shop-42")?;
    println!("Scopes: {}", account.token()?.scopes());
    println!("Calls to Pinterest may be made with manager.account(\"shop-42\")?.access_token()?.");
    Ok(())
}
