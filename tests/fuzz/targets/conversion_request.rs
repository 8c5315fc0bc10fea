//! The reader of `conversion_request`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pinterest_oauth::ConversionRequest;
use pinterest_oauth_fuzz::requests::reader;

fuzz_target!(|data: &[u8]| {
    reader(data, ConversionRequest::from_json);
});
