//! A set of scopes: reads commas and spaces, sends commas.

use std::collections::HashSet;
use std::fmt;

/// Scopes in the order given, each once. Pinterest's documents join them with commas, its answers
/// with spaces; both are read (observed), commas are sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes(Vec<String>);

impl Scopes {
    /// Reads a list separated by commas, spaces or both.
    pub fn parse(text: &str) -> Self {
        text.split([',', ' ', '\t', '\n', '\r'])
            .filter(|scope| !scope.is_empty())
            .collect()
    }

    /// Whether `scope` is among them.
    pub fn contains(&self, scope: &str) -> bool {
        self.0.iter().any(|known| known == scope)
    }

    /// The scopes, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<S: Into<String>> FromIterator<S> for Scopes {
    fn from_iter<I: IntoIterator<Item = S>>(scopes: I) -> Self {
        let mut seen = HashSet::new();
        let scopes = scopes.into_iter().map(Into::into);
        Self(
            scopes
                .filter(|scope: &String| seen.insert(scope.clone()))
                .collect(),
        )
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_spaces_are_read_and_commas_are_sent() {
        assert_eq!(
            Scopes::parse("pins:read, boards:read  pins:read").to_string(),
            "pins:read,boards:read"
        );
        assert!(Scopes::parse(" , ").is_empty());
    }
}
