//! Errors of Pinterest that are whole: a letter for the call, then a line each for the status, the code, the request
//! id, `Retry-After` and the three rate limit headers; what remains is the message.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use pinterest_oauth_fuzz::{call, canary};

const HEADERS: [&str; 5] = [
    "X-Pinterest-RID",
    "Retry-After",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
];

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((which, rest)) = data.split_first() else {
        return Corpus::Reject;
    };
    let planted = canary::planted(rest).and_then(|planted| String::from_utf8(planted).ok());
    let Some(planted) = planted else {
        return Corpus::Reject;
    };
    let mut lines = planted.splitn(8, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let mut head = format!("HTTP/1.1 {} X\r\n", next());
    let code = next().to_owned();
    for name in HEADERS {
        head.push_str(&format!("{name}: {}\r\n", next()));
    }
    let message = serde_json::Value::from(next());
    let body = format!("{{\"code\":{code},\"message\":{message},\"more\":[{message}]}}");
    head.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    call::answered_with(*which, head.into_bytes());
    Corpus::Keep
});
