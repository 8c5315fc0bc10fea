//! Whom a client trusts: what SSL_CERT_FILE and SSL_CERT_DIR name, and what an error says of it.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::path::PathBuf;

use pinterest_oauth::{Config, Error, Kind, Outcome, TokenRequest, blocking::Client};
use pinterest_oauth_emulator::{Emulator, Options};

fn emulator() -> Emulator {
    Emulator::start(Options::default()).unwrap()
}

fn authority(emulator: &Emulator) -> String {
    let file: PathBuf = emulator.urls().ca_file.as_ref().unwrap().into();
    file.to_str().unwrap().to_owned()
}

/// How a call over TLS ends where these are the variables.
fn ended(emulator: &Emulator, variables: &[(&str, &str)]) -> Result<(), Error> {
    let get = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let config = Config::from_vars(get)
        .app_id(emulator.app_id())
        .app_secret(emulator.app_secret())
        .base_url(emulator.urls().https_base_url.as_ref().unwrap());
    let token = Client::new(config)?.oauth_token(&TokenRequest::client_credentials());
    token.map(drop)
}

#[test]
fn a_file_and_a_folder_are_trusted_and_so_are_both() {
    let (one, other) = (emulator(), emulator());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("trust");
    std::fs::create_dir_all(&folder).unwrap();
    // As `openssl rehash` names it.
    std::fs::copy(authority(&one), folder.join("00000000.0")).unwrap();
    let folder = folder.to_str().unwrap();
    let file = authority(&other);
    ended(&other, &[("SSL_CERT_FILE", &file)]).unwrap();
    ended(&one, &[("SSL_CERT_DIR", folder)]).unwrap();
    let both = [("SSL_CERT_FILE", &*file), ("SSL_CERT_DIR", folder)];
    ended(&one, &both).unwrap();
    ended(&other, &both).unwrap();
}

#[test]
fn an_empty_variable_leaves_the_systems_certificates_and_the_error_says_what_names_another() {
    let emulator = emulator();
    for variables in [&[("SSL_CERT_FILE", "")][..], &[("SSL_CERT_DIR", "")], &[]] {
        let error = ended(&emulator, variables).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (Kind::Tls, Outcome::NotSent)
        );
        assert!(
            error.message().contains("ca_file or SSL_CERT_FILE"),
            "{error}"
        );
    }
}
