//! Whole answers: a letter for the call, then all that follows `HTTP/1.1 `, to the letter.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use pinterest_oauth_fuzz::{call, canary};

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((which, rest)) = data.split_first() else {
        return Corpus::Reject;
    };
    let Some(planted) = canary::planted(rest) else {
        return Corpus::Reject;
    };
    call::answered_with(*which, [b"HTTP/1.1 ", planted.as_slice()].concat());
    Corpus::Keep
});
