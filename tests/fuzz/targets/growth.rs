//! Long documents: a letter for the reader, then three lines: how the document begins, what is repeated in it with a
//! number for each `#`, how it ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pinterest_oauth::blocking::Client;
use pinterest_oauth::{AuthorizeRequest, Config, RedirectRequest, Token, TokenRequest};
use pinterest_oauth_fuzz::call;
use pinterest_oauth_fuzz::linear::{grown, in_time};

fuzz_target!(|text: &str| {
    let mut characters = text.chars();
    let which = characters.next();
    let mut lines = characters.as_str().splitn(3, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let json = grown(next(), next(), next());
    // Whether it is read is the other targets' business.
    in_time(|| match which {
        Some('a') => drop(call::made(b'r', answer("200", &json))),
        Some('e') => drop(call::made(b'r', answer("401", &json))),
        Some('c') => drop(Config::from_json(&json).and_then(Client::new)),
        Some('u') => {
            drop(
                AuthorizeRequest::from_json(&json)
                    .and_then(|request| call::client().authorize_url(&request)),
            );
        }
        Some('d') => drop(RedirectRequest::from_json(&json).and_then(|request| request.code())),
        Some('r') => drop(TokenRequest::from_json(&json)),
        _ => drop(Token::from_json(&json).map(|token| (token.to_json(), token.as_answered()))),
    });
});

fn answer(status: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
