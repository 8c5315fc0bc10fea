//! The reader of `redirect_request`, and the code in the redirect.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pinterest_oauth::{Kind, RedirectRequest};
use pinterest_oauth_fuzz::documents;
use pinterest_oauth_fuzz::requests::{reader, refused};
use serde_json::Value;
use url::form_urlencoded;

/// A shorter one is found in a message by chance.
const SHORTEST: usize = 24;

fuzz_target!(|data: &[u8]| {
    let Some(request) = reader(data, RedirectRequest::from_json) else {
        return;
    };
    let asked: Value = serde_json::from_slice(data).expect("the request was JSON");
    let state = asked["state"].as_str().unwrap_or_default();
    match request.code() {
        Ok(read) => {
            let document: Value =
                serde_json::from_str(&read.to_json()).expect("a document is JSON");
            assert_eq!(document["state"], state, "the state is the expected one");
            assert!(!read.code().expose().is_empty(), "there is a code");
        }
        Err(error) => {
            if matches!(error.kind(), Kind::StateMismatch | Kind::AccessDenied) {
                documents::error(&error);
            } else {
                refused(&error);
            }
            let text = error.to_json();
            let url = asked["url"].as_str().unwrap_or_default();
            let query = url.split_once('?').map_or(url, |(_, query)| query);
            let query = query.split('#').next().unwrap_or_default();
            let codes: Vec<_> = form_urlencoded::parse(query.as_bytes())
                .filter_map(|(key, value)| (key == "code").then_some(value))
                .collect();
            if let [code] = codes.as_slice() {
                assert!(
                    code.len() < SHORTEST || !text.contains(&**code),
                    "the code shows: {text}"
                );
            }
            assert!(
                state.len() < SHORTEST || !text.contains(state),
                "the state shows: {text}"
            );
        }
    }
});
