//! The scopes that Pinterest has, what they mean to a person, and how a list of them is read.

use super::errors::Problem;
use crate::words::UnknownScope;

/// Name and meaning of every scope.
pub(crate) const SCOPES: &[(&str, &str)] = &[
    (
        "ads:read",
        "See your ads, campaigns and other advertising data",
    ),
    (
        "ads:write",
        "Create, change and delete your ads and campaigns",
    ),
    ("billing:read", "See your billing data"),
    (
        "billing:write",
        "Create, change and delete your billing data",
    ),
    ("biz_access:read", "See who has access to your business"),
    ("biz_access:write", "Change who has access to your business"),
    (
        "boards:read",
        "See your public boards and group boards you joined",
    ),
    ("boards:read_secret", "See your secret boards"),
    (
        "boards:write",
        "Create, change and delete your public boards",
    ),
    (
        "boards:write_secret",
        "Create, change and delete your secret boards",
    ),
    ("catalogs:read", "See your catalogs"),
    ("catalogs:write", "Create, change and delete your catalogs"),
    ("msot:write", "Send measurement events"),
    ("pins:read", "See your public Pins"),
    ("pins:read_secret", "See your secret Pins"),
    ("pins:write", "Create, change and delete your public Pins"),
    (
        "pins:write_secret",
        "Create, change and delete your secret Pins",
    ),
    ("user_accounts:read", "See your account and followers"),
    ("user_accounts:write", "Change your account and followers"),
];

pub(crate) fn meaning(scope: &str) -> Option<&'static str> {
    SCOPES
        .iter()
        .find(|(name, _)| *name == scope)
        .map(|(_, meaning)| *meaning)
}

/// The scopes of a list with commas or spaces, each once; all that are named, known or not.
pub(crate) fn split(list: &str) -> Vec<String> {
    let mut scopes: Vec<String> = Vec::new();
    for scope in list.split([',', ' ']).filter(|scope| !scope.is_empty()) {
        if !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.into());
        }
    }
    scopes
}

/// The scopes of a list that can be granted.
pub(crate) fn grantable(list: &str, unknown: UnknownScope) -> Result<Vec<String>, Problem> {
    let named = split(list);
    let known: Vec<String> = named
        .iter()
        .filter(|scope| meaning(scope).is_some())
        .cloned()
        .collect();
    if unknown == UnknownScope::Reject && known.len() < named.len() {
        return Err(Problem::InvalidRequest(
            "scope names something that does not exist",
        ));
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_spaces_both_separate_and_nothing_comes_twice() {
        assert_eq!(
            split("pins:read, boards:read pins:read,,"),
            ["pins:read", "boards:read"]
        );
    }

    #[test]
    fn what_does_not_exist_is_dropped_or_refused() {
        assert_eq!(
            grantable("pins:read x:y", UnknownScope::Drop),
            Ok(vec!["pins:read".to_owned()])
        );
        assert!(grantable("pins:read x:y", UnknownScope::Reject).is_err());
    }
}
