//! `application/x-www-form-urlencoded`, both ways. Knows nothing about what the fields mean.

/// Names and values in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form(pub(crate) Vec<(String, String)>);

impl Form {
    pub(crate) fn parse(text: &[u8]) -> Self {
        let pairs = text
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let mut halves = pair.splitn(2, |byte| *byte == b'=');
                let mut half = || decode(halves.next().unwrap_or_default());
                (half(), half())
            });
        Self(pairs.collect())
    }

    /// The value of a field; an empty one counts as absent (RFC 6749, section 3.2).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The value of a field that is there, even an empty one.
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a field came more than once.
    pub(crate) fn repeats(&self, name: &str) -> bool {
        self.0
            .iter()
            .filter(|(key, _)| key == name)
            .nth(1)
            .is_some()
    }

    /// Whether a boolean field is set, as Python (`True`) or JavaScript (`true`) write it.
    pub(crate) fn truthy(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true") || value == "1")
    }
}

/// Percent-decoding with `+` for a space; bytes that are no UTF-8 become U+FFFD.
pub(crate) fn decode(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = (
                    rest.clone().next().and_then(hex),
                    rest.clone().nth(1).and_then(hex),
                );
                if let (Some(high), Some(low)) = digits {
                    bytes.push(high << 4 | low);
                    rest.nth(1);
                } else {
                    bytes.push(byte);
                }
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_order_and_are_decoded() {
        let form = Form::parse(b"b=1+2&a=%C3%A9%2B&&c&d=x=y&e=%zz%4");
        let pairs: Vec<(&str, &str)> = form
            .0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [
                ("b", "1 2"),
                ("a", "é+"),
                ("c", ""),
                ("d", "x=y"),
                ("e", "%zz%4")
            ]
        );
    }

    #[test]
    fn an_empty_field_counts_as_absent() {
        assert_eq!(Form::parse(b"code=").get("code"), None);
        assert_eq!(Form::parse(b"code=").raw("code"), Some(""));
        assert_eq!(Form::parse(b"code=x").get("code"), Some("x"));
    }

    #[test]
    fn a_repeated_field_is_found() {
        let form = Form::parse(b"a=1&b=2&a=3");
        assert!(form.repeats("a"));
        assert!(!form.repeats("b") && !form.repeats("c"));
    }

    #[test]
    fn booleans_are_read_without_regard_to_case() {
        assert!(Form::parse(b"refresh_on=True").truthy("refresh_on"));
        assert!(!Form::parse(b"refresh_on=False").truthy("refresh_on"));
    }

    #[test]
    fn what_was_encoded_decodes_to_itself() {
        let text = "a b+c&d=é%/~";
        assert_eq!(encode(text), "a%20b%2Bc%26d%3D%C3%A9%25%2F~");
        assert_eq!(decode(encode(text).as_bytes()), text);
    }
}
