//! The reader of `begin_login`, and the address and cookies of the login that it begins.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pinterest_oauth::BeginLogin;
use pinterest_oauth_fuzz::documents;
use pinterest_oauth_fuzz::login::{PAGE, manager, state};
use pinterest_oauth_fuzz::requests::reader;

/// The smallest limit of headers that servers and proxies have.
const MOST: usize = 4_096;

fuzz_target!(|data: &[u8]| {
    let read = |json: &str| manager().begin_login(&BeginLogin::from_json(json)?);
    let Some(begun) = reader(data, read) else {
        return;
    };
    documents::document("login_begin", &begun.to_json());
    assert!(begun.url().starts_with(PAGE), "it is Pinterest's page");
    assert!(!state(begun.url()).is_empty(), "the address has one state");
    let cookies = begun.set_cookies();
    assert!(!cookies.is_empty(), "the browser keeps something");
    let size: usize = cookies.iter().map(String::len).sum();
    assert!(size < MOST, "its cookies are too long: {size}");
    for cookie in cookies {
        let visible = cookie.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        assert!(visible, "a header of visible letters: {cookie:?}");
    }
});
