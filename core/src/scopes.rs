//! A set of scopes: reads commas and spaces, sends commas.

use std::collections::HashSet;
use std::fmt;

/// The scopes of Pinterest's own description of the API (5.28.0).
const KNOWN: [&str; 19] = [
    "ads:read",
    "ads:write",
    "billing:read",
    "billing:write",
    "biz_access:read",
    "biz_access:write",
    "boards:read",
    "boards:read_secret",
    "boards:write",
    "boards:write_secret",
    "catalogs:read",
    "catalogs:write",
    "msot:write",
    "pins:read",
    "pins:read_secret",
    "pins:write",
    "pins:write_secret",
    "user_accounts:read",
    "user_accounts:write",
];
/// From this similarity on a name is taken for another one that was meant.
const SIMILAR: f64 = 0.85;

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

    /// Sentences about scopes that Pinterest's description does not know. It may have new ones: they are sent all the same.
    pub(crate) fn hints(&self) -> Vec<String> {
        let unknown = self.iter().filter(|scope| !KNOWN.contains(scope));
        let hint = |scope: &str| {
            let similar = |known: &&str| strsim::jaro_winkler(known, scope) >= SIMILAR;
            let nearest = KNOWN.into_iter().filter(similar).max_by(|one, other| {
                let near = |known: &str| strsim::jaro_winkler(known, scope);
                near(one).total_cmp(&near(other))
            });
            match nearest {
                Some(known) => format!("A scope is not known; perhaps {known} is meant."),
                None => format!("A scope is not known. Known are: {}.", KNOWN.join(", ")),
            }
        };
        unknown.map(hint).collect()
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
    #![allow(clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn commas_and_spaces_are_read_and_commas_are_sent() {
        assert_eq!(
            Scopes::parse("pins:read, boards:read  pins:read").to_string(),
            "pins:read,boards:read"
        );
        assert!(Scopes::parse(" , ").is_empty());
    }

    #[test]
    fn an_unknown_scope_is_told_with_the_one_that_was_perhaps_meant() {
        let hints = |text: &str| Scopes::parse(text).hints();
        assert_eq!(hints("pins:read,msot:write"), Vec::<String>::new());
        assert_eq!(
            hints("pin:read"),
            ["A scope is not known; perhaps pins:read is meant."]
        );
        assert!(hints("xyz")[0].contains("Known are: ads:read, ads:write,"));
    }
}
