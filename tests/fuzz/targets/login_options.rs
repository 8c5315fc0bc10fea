//! The reader of `login_options`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pinterest_oauth::LoginOptions;
use pinterest_oauth_fuzz::requests::reader;

fuzz_target!(|data: &[u8]| {
    reader(data, LoginOptions::from_json);
});
