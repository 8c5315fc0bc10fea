//! The reader of stored tokens.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pinterest_oauth::{Token, TokenRequest};
use pinterest_oauth_fuzz::documents;
use pinterest_oauth_fuzz::requests::{reader, refused};

fuzz_target!(|data: &[u8]| {
    let Some(token) = reader(data, Token::from_json) else {
        return;
    };
    documents::token(&token);
    if let Err(error) = TokenRequest::refresh(&token) {
        refused(&error);
    }
});
