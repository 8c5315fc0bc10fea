//! The people who can give access, and what each has approved.

use crate::switches::USER;

/// One of them: by the order in which they came, the app's owner first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person(usize);

impl Person {
    pub(crate) const OWNER: Self = Self(0);

    /// The number that Pinterest gives to each account.
    pub(crate) fn id(self) -> String {
        (1_000_000_000_000_000_001 + self.0).to_string()
    }
}

struct Account {
    name: String,
    /// Every scope that was approved, now or before.
    approved: Vec<String>,
}

impl Account {
    fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            approved: Vec::new(),
        }
    }
}

pub(crate) struct People(Vec<Account>);

impl Default for People {
    fn default() -> Self {
        Self(vec![Account::new(USER)])
    }
}

impl People {
    /// The person whose account has this name; a new one if there is none.
    pub(crate) fn named(&mut self, name: &str) -> Person {
        let known = self.0.iter().position(|account| account.name == name);
        Person(known.unwrap_or_else(|| {
            self.0.push(Account::new(name));
            self.0.len() - 1
        }))
    }

    /// The name of a person's account.
    pub(crate) fn name(&self, person: Person) -> &str {
        self.0.get(person.0).map_or(USER, |account| &account.name)
    }

    /// Everything the person has approved, now or before.
    pub(crate) fn approved(&self, person: Person) -> &[String] {
        self.0
            .get(person.0)
            .map_or(&[], |account| &account.approved)
    }

    /// These scopes are approved for good.
    pub(crate) fn approve(&mut self, person: Person, scopes: &[String]) {
        let Some(account) = self.0.get_mut(person.0) else {
            return;
        };
        for scope in scopes {
            if !account.approved.contains(scope) {
                account.approved.push(scope.clone());
            }
        }
    }
}
