//! One text in the many spellings of servers and templates: percent-encoded, as JSON, as HTML, or mixed.

/// The most bytes that stand for one character, so that a search takes time in proportion to the text.
const LONGEST: usize = 12;

/// What follows `secret` in `text`, where `text` begins with it in any spelling of each of its characters.
pub(crate) fn after<'a>(text: &'a str, secret: &str) -> Option<&'a str> {
    secret.chars().try_fold(text, |rest, c| {
        let spelled = match rest.as_bytes() {
            [b'+', ..] if c == ' ' => rest.strip_prefix('+'),
            [b'%', ..] => percent(rest, c),
            [b'\\', ..] => json(rest, c),
            [b'&', ..] => html(rest, c),
            _ => None,
        };
        // Last, because `&amp;` begins with what it stands for.
        spelled.or_else(|| rest.strip_prefix(c))
    })
}

/// `%2B`, a group for each byte.
fn percent(text: &str, c: char) -> Option<&str> {
    c.encode_utf8(&mut [0; 4])
        .bytes()
        .try_fold(text, |rest, byte| {
            let (digits, rest) = rest.strip_prefix('%')?.split_at_checked(2)?;
            (u8::from_str_radix(digits, 16) == Ok(byte)).then_some(rest)
        })
}

/// `\/` or `\u002b`, a group for each half of a pair; the backslashes are doubled where JSON is within JSON.
fn json(text: &str, c: char) -> Option<&str> {
    unescaped(text)?.strip_prefix(c).or_else(|| {
        c.encode_utf16(&mut [0; 2])
            .iter()
            .try_fold(text, |rest, unit| {
                let (digits, rest) = unescaped(rest)?.strip_prefix('u')?.split_at_checked(4)?;
                (u16::from_str_radix(digits, 16) == Ok(*unit)).then_some(rest)
            })
    })
}

/// What follows one or more backslashes.
fn unescaped(text: &str) -> Option<&str> {
    let bytes = text.bytes().take(LONGEST);
    let escapes = bytes.take_while(|byte| *byte == b'\\').count();
    text.get(escapes..).filter(|_| escapes > 0)
}

/// `&amp;`, `&#38;` or `&#x26;`.
fn html(text: &str, c: char) -> Option<&str> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let (entity, rest) = (text.get(1..end)?, text.get(end..)?.get(1..)?);
    let number = |digits: &str| match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    };
    let meant = match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => entity
            .strip_prefix('#')
            .and_then(number)
            .and_then(char::from_u32),
    };
    (meant == Some(c)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_every_spelling_and_in_a_mixture() {
        let secret = "a+b/c&\"\u{e9}\u{1f389} ";
        for text in [
            "a+b/c&\"\u{e9}\u{1f389} ",
            "a%2Bb%2Fc%26%22%C3%A9%F0%9F%8E%89+",
            "a%2bb%2fc%26%22%c3%a9%f0%9f%8e%89%20",
            r#"a+b\/c&\"\u00e9\ud83c\udf89 "#,
            r#"a\u002Bb\u002Fc\u0026\u0022\u00E9\uD83C\uDF89\u0020"#,
            r#"a+b\\/c&\\\"\\u00e9\\ud83c\\udf89 "#,
            "a+b/c&amp;&quot;&#233;&#x1F389; ",
            "a&#43;b%2fc\\u0026&#34;\u{e9}\u{1f389}+",
        ] {
            assert_eq!(after(&format!("{text}!"), secret), Some("!"), "{text}");
        }
    }

    #[test]
    fn another_text_is_not_found() {
        for text in [
            "", "a", "a+", "a%2", "a%2C", "a\\u002", "a\\", "a&", "a&#43", "a&x;", "a%\u{e9}",
        ] {
            assert_eq!(after(text, "a+b"), None, "{text}");
        }
    }
}
