//! How a row of the table is written.

use super::{Field, Type};

pub(super) const fn field(name: &'static str, kind: Type, about: &'static str) -> Field {
    Field {
        name,
        kind,
        unit: None,
        secret: false,
        variables: &[],
        about,
    }
}

impl Field {
    pub(super) const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    pub(super) const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = Some(unit);
        self
    }

    pub(super) const fn from(mut self, variables: &'static [&'static str]) -> Self {
        self.variables = variables;
        self
    }
}

pub(super) const SECONDS: &str = "seconds";
pub(super) const UNIX_SECONDS: &str = "Unix seconds";

pub(super) const TIMEOUT: Field = field(
    "timeout",
    Type::Number,
    "The deadline of this call, instead of the client's: 0.001 to 600.",
)
.unit(SECONDS);

pub(super) const LANGUAGE: Field = field(
    "language",
    Type::Choice(&["c", "python", "perl", "php", "node", "powershell", "shell"]),
    "Whose names and units messages use: a binding says its own. Default: c.",
);
