//! The README's Rust, to the letter. Run by `tests/printed` with a code in the environment; without
//! one there is nothing to exchange, and what must fail is that.
#![allow(missing_docs)]

use pinterest_oauth::{Config, Error, Kind, TokenRequest, blocking::Client};

#[rustfmt::skip]
fn readme(code: &str) -> Result<bool, Error> {
let client = Client::new(Config::from_env())?;
let token = client.oauth_token(&TokenRequest::authorization_code(code, "http://localhost:8085/"))?;
let token = client.refresh(&token)?;
    Ok(token.refresh_token_rotated())
}

#[test]
fn the_readme_gets_a_token_and_refreshes_it() {
    match std::env::var("PINTEREST_CODE") {
        Ok(code) => assert_eq!(readme(&code).map_err(|error| error.kind()), Ok(true)),
        Err(_) => assert_eq!(
            readme("").map_err(|error| error.kind()),
            Err(Kind::InvalidArgument)
        ),
    }
}
