//! The reader of `revoke_request`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pinterest_oauth::RevokeRequest;
use pinterest_oauth_fuzz::requests::reader;

fuzz_target!(|data: &[u8]| {
    reader(data, RevokeRequest::from_json);
});
