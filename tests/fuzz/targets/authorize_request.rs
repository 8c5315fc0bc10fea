//! The reader of `authorize_request`, and the address that is made of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pinterest_oauth::AuthorizeRequest;
use pinterest_oauth_fuzz::call::client;
use pinterest_oauth_fuzz::requests::{reader, refused};
use serde_json::Value;
use url::Url;

fuzz_target!(|data: &[u8]| {
    let Some(request) = reader(data, AuthorizeRequest::from_json) else {
        return;
    };
    let built = match client().authorize_url(&request) {
        Ok(built) => built,
        Err(error) => return refused(&error),
    };
    let url = Url::parse(built.url()).expect("the address is one");
    let carried = |name: &str| {
        let mut values = url
            .query_pairs()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value);
        let first = values.next().map(|value| value.into_owned());
        assert!(values.next().is_none(), "the address carries {name} once");
        first
    };
    let asked: Value = serde_json::from_slice(data).expect("the request was JSON");
    assert_eq!(
        carried("redirect_uri").as_deref(),
        asked["redirect_uri"].as_str()
    );
    assert_eq!(carried("state").as_deref(), Some(built.state()));
    assert_eq!(carried("client_id").as_deref(), Some("1234567"));
    assert_eq!(carried("response_type").as_deref(), Some("code"));
});
