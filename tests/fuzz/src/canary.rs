//! Secrets that must not show, and how an input asks for them.

use pinterest_oauth::Error;

/// A part of every secret here that stays the same however the secret is spelled.
pub const CANARY: &str = "Kq7Zx9Wv2Lm4";
/// What the app's secret, the code and the tokens of a call are made of.
pub const SECRET: &str = "Kq7Zx9Wv2Lm4+/='\"&<\u{e9}";
/// The part of the Basic credentials that holds the beginning of the secret.
const BASIC: &str = "MTIzNDU2NzpLcTdaeDlXdjJMbTQ";

/// The marks that an input may hold, each with a spelling of [`SECRET`] that servers and templates use.
const SPELLINGS: [(&str, &str); 8] = [
    ("@s", SECRET),
    ("@p", "Kq7Zx9Wv2Lm4%2B%2F%3D%27%22%26%3C%C3%A9"),
    ("@l", "Kq7Zx9Wv2Lm4%2b%2f%3d%27%22%26%3c%c3%a9"),
    ("@h", "Kq7Zx9Wv2Lm4+/=&#39;&quot;&amp;&lt;\u{e9}"),
    ("@j", "Kq7Zx9Wv2Lm4+\\/='\\\"&<\\u00e9"),
    (
        "@u",
        "Kq7Zx9Wv2Lm4\\u002b\\u002f\\u003d\\u0027\\u0022\\u0026\\u003c\\u00e9",
    ),
    ("@a", "Kq7Zx9Wv2Lm4+/='\\u0022&<\u{e9}"),
    // The Basic credentials, without the word.
    (
        "@b",
        "MTIzNDU2NzpLcTdaeDlXdjJMbTQlMkIlMkYlM0QlMjclMjIlMjYlM0MlQzMlQTk=",
    ),
];

/// `data` with its marks replaced; `None` where it holds a part of the secret without a mark, which no server knows.
pub fn planted(data: &[u8]) -> Option<Vec<u8>> {
    if guessed(data) {
        return None;
    }
    let mut planted = Vec::with_capacity(data.len());
    let mut rest = data;
    while let [byte, tail @ ..] = rest {
        let mark = SPELLINGS
            .iter()
            .find(|(mark, _)| rest.starts_with(mark.as_bytes()));
        match mark {
            Some((mark, spelling)) => {
                planted.extend_from_slice(spelling.as_bytes());
                rest = rest.get(mark.len()..).unwrap_or_default();
            }
            None => {
                planted.push(*byte);
                rest = tail;
            }
        }
    }
    Some(planted)
}

/// Whether `data` holds what only the library knows: the fuzzer watches comparisons, and learns from them.
pub fn guessed(data: &[u8]) -> bool {
    [&CANARY[..4], &BASIC[..11]]
        .iter()
        .any(|part| contains(data, part.as_bytes()))
}

fn contains(data: &[u8], part: &[u8]) -> bool {
    data.windows(part.len()).any(|window| window == part)
}

/// No text of an error holds the secret.
pub fn hidden(error: &Error) {
    let texts = [
        ("its document", error.to_json()),
        ("Display", error.to_string()),
        ("Debug", format!("{error:?}")),
    ];
    for (name, text) in texts {
        assert!(!text.contains(CANARY), "a secret shows in {name}: {text}");
        assert!(
            !text.contains(BASIC),
            "the Basic credentials show in {name}: {text}"
        );
    }
}
