//! Inputs as people give them: with a slip of the pen, or with white space around.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use pinterest_oauth::{Config, Error, Kind, TokenRequest, blocking::Client};
use pinterest_oauth_emulator::{Emulator, Options};

#[test]
fn an_unknown_name_comes_before_a_missing_one_and_the_nearest_is_said() {
    let refused = |error: Error, field: &str, near: &str| {
        assert_eq!(
            (error.kind(), error.field()),
            (Kind::InvalidArgument, Some(field))
        );
        assert!(
            error.message().ends_with(&format!("is it {near}?")),
            "{error}"
        );
    };
    let request = r#"{"grant_type":"authorization_code","redirect_url":"http://localhost/"}"#;
    refused(
        TokenRequest::from_json(request).unwrap_err(),
        "redirect_url",
        "redirect_uri",
    );
    refused(
        Config::from_json(r#"{"ap_id":"1"}"#).unwrap_err(),
        "ap_id",
        "app_id",
    );
}

#[test]
fn what_stands_around_a_secret_is_harmless() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let secret = format!("\u{feff}{}\u{200b}\r\n", emulator.app_secret());
    let config = Config::from_vars(|name| (name == "PINTEREST_APP_SECRET").then(|| secret.clone()))
        .app_id(emulator.app_id())
        .base_url(&emulator.urls().base_url);
    let client = Client::new(config).unwrap();
    client
        .oauth_token(&TokenRequest::client_credentials())
        .unwrap();
}
