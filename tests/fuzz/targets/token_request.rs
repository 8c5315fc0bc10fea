//! The reader of `token_request`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pinterest_oauth::TokenRequest;
use pinterest_oauth_fuzz::requests::reader;

fuzz_target!(|data: &[u8]| {
    reader(data, TokenRequest::from_json);
});
