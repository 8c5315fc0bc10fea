//! A fault that must be found: whether inputs are led by the code that they reach.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut letters = data.iter();
    let found = b"fault"
        .iter()
        .all(|letter| std::hint::black_box(letters.next()) == Some(letter));
    assert!(!found, "the fault is found");
});
