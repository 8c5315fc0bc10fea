//! The README's Rust, to the letter. `tests/printed` runs it with an emulator, and with a program in the environment
//! that gives access. Without these nobody comes back from the page, and what must fail is that.
#![allow(missing_docs)]

use std::process::Command;

use pinterest_oauth::{
    AuthorizeRequest, Config, Error, Kind, RedirectRequest, Scopes, TokenRequest, blocking::Client,
};

#[rustfmt::skip]
fn readme(send_the_user_to: impl Fn(&str) -> String, mut store: impl FnMut(&str)) -> Result<bool, Error> {
let client = Client::new(Config::from_env())?;
let page = client.authorize_url(&AuthorizeRequest::new("http://localhost:8085/", Scopes::parse("pins:read")))?;
let address = send_the_user_to(page.url());
let code = RedirectRequest::new(address, page.state()).code()?;
let token = client.oauth_token(&TokenRequest::authorization_code(code.code().clone(), "http://localhost:8085/"))?;
store(&token.to_json());

let token = client.refresh(&token)?;
store(&token.to_json());
    Ok(token.refresh_token_rotated())
}

#[test]
fn the_readme_gets_a_token_and_refreshes_it() {
    let Ok(click) = std::env::var("PRINTED_CLICK") else {
        let failed = readme(|_| String::new(), |_| ()).map_err(|error| error.kind());
        assert!(
            matches!(
                failed,
                Err(Kind::InvalidConfig | Kind::InvalidArgument | Kind::StateMismatch)
            ),
            "{failed:?}"
        );
        return;
    };
    let send_the_user_to = |url: &str| {
        let clicked = Command::new(&click).arg(url).output();
        clicked.map_or_else(
            |problem| problem.to_string(),
            |ended| String::from_utf8_lossy(&ended.stdout).trim().to_owned(),
        )
    };
    let mut stored = Vec::new();
    let rotated = readme(send_the_user_to, |token| stored.push(token.to_owned()));
    assert_eq!(rotated.map_err(|error| error.kind()), Ok(true));
    assert_eq!(stored.len(), 2);
    assert_ne!(stored.first(), stored.last());
}
