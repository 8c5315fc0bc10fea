//! A code becomes a token, and the token is refreshed. Takes everything from the environment:
//! PINTEREST_APP_ID, PINTEREST_APP_SECRET, PINTEREST_CODE, PINTEREST_REDIRECT_URI.

use pinterest_oauth::{Config, Error, Token, TokenRequest, blocking::Client};

fn show(step: &str, token: &Token) {
    let refresh_token = token.refresh_token().map(|secret| secret.fingerprint());
    println!(
        "{step}: access token {}, refresh token {}",
        token.access_token().fingerprint(),
        refresh_token.unwrap_or_default()
    );
}

fn main() -> Result<(), Error> {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let client = Client::new(Config::from_env())?;
    let request = TokenRequest::authorization_code(
        variable("PINTEREST_CODE"),
        variable("PINTEREST_REDIRECT_URI"),
    );
    let token = client.oauth_token(&request)?;
    show("code", &token);
    let token = client.refresh(&token)?;
    show("refresh", &token);
    if token.refresh_token_rotated() {
        println!("The refresh token has rotated: store token.to_json() in place of the old one.");
    }
    Ok(())
}
