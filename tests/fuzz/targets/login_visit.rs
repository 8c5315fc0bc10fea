//! The reader of `login_visit`, and how a login ends for what a visitor sends. In the input `@c` stands for the cookie of a
//! login that was begun, and `@s` for its state: who does not know both gets nowhere.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pinterest_oauth::{BeginLogin, LoginVisit};
use pinterest_oauth_fuzz::documents;
use pinterest_oauth_fuzz::login::{REDIRECT_URI, cookie, manager, state};
use pinterest_oauth_fuzz::requests::{reader, refused};

fuzz_target!(|data: &[u8]| {
    reader(data, LoginVisit::from_json);
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let begun = manager().begin_login(&BeginLogin::new(REDIRECT_URI));
    let begun = begun.expect("a login begins");
    let (cookie, state) = (cookie(&begun), state(begun.url()));
    let Ok(visit) = LoginVisit::from_json(&text.replace("@c", &cookie).replace("@s", &state))
    else {
        return;
    };
    let knows = text.contains("@c") && text.contains("@s");
    match manager().finish_login(&visit) {
        Ok(end) => {
            let end_text = end.to_json();
            documents::document("login_end", &end_text);
            // Nobody answers here.
            assert_ne!(end.outcome, "done", "a login without a token is done");
            assert!(!end_text.contains(&state), "the state shows: {end_text}");
        }
        Err(error) if knows => {
            documents::error(&error);
            assert!(
                !error.to_json().contains(&state),
                "the state shows: {error}"
            );
        }
        Err(error) => refused(&error),
    }
});
