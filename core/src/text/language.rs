//! Whose words a message uses: how a language spells the names of fields, and in which unit it takes times.
//!
//! Messages of the core are written with placeholders: `{redirect_uri}` is the name of a field, `{0.001s}` a time,
//! `{seconds}` the word for its unit, `{variables}` where the environment's variables are. No message holds an input, so
//! that nothing else can look like one.

/// A language with a package of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Language {
    /// The names of the documents themselves, times in seconds. Rust, C, Python and Perl use them.
    #[default]
    Documents,
    /// `redirectUri`, times in seconds.
    Php,
    /// `redirectUri`, times in milliseconds.
    Node,
    /// `-RedirectUri`, times in seconds.
    PowerShell,
    /// `--redirect-uri`, times in seconds.
    Shell,
}

/// PowerShell's commands, and their parameters that have other names than the fields.
const POWERSHELL: &[(&str, &str)] = &[
    ("oauth_token", "Invoke-OauthToken"),
    ("revoke", "Revoke-PinterestToken"),
    ("conversion_token", "New-PinterestConversionToken"),
    ("authorize_url", "Get-PinterestAuthorizeUrl"),
    ("redirect", "Resolve-PinterestRedirect"),
    ("login", "Connect-PinterestAccount"),
    ("begin_login", "BeginLogin"),
    ("finish_login", "FinishLogin"),
    ("browser", "-NoBrowser"),
    ("confirm", "-Force"),
    // What the person pastes is no parameter.
    ("address", "address"),
    ("scopes", "-Scope"),
    ("app_id", "-Username"),
    ("app_secret", "-Password"),
    ("timeout", "-TimeoutSec"),
    ("connect_timeout", "-ConnectTimeoutSec"),
];

/// Secrets are never options of the command: files are.
const SHELL: &[(&str, &str)] = &[
    ("app_secret", "--app-secret-file"),
    ("code", "--code-file"),
    ("refresh_token", "--refresh-token-file"),
    ("token", "--token-file"),
    ("url", "--redirect-file"),
    ("grant_type", "GRANT"),
    ("oauth_token", "token"),
    ("authorize_url", "authorize-url"),
    ("redirect", "redirect"),
];

impl Language {
    /// The language of the configuration's `language`.
    pub(crate) fn of(name: &str) -> Self {
        match name {
            "php" => Self::Php,
            "node" => Self::Node,
            "powershell" => Self::PowerShell,
            "shell" => Self::Shell,
            _ => Self::Documents,
        }
    }

    /// The name of a field: `redirect_uri` as `redirectUri`, and `extra.my_key` as itself.
    pub(crate) fn name(self, field: &str) -> String {
        let (first, rest) = field.split_at(field.find('.').unwrap_or(field.len()));
        let renamed = |names: &[(&str, &str)]| {
            let found = names.iter().find(|(name, _)| *name == first);
            found.map(|(_, own)| String::from(*own))
        };
        let first = match self {
            Self::Documents => first.to_owned(),
            Self::Php | Self::Node => camel(first, false),
            Self::PowerShell => {
                renamed(POWERSHELL).unwrap_or_else(|| format!("-{}", camel(first, true)))
            }
            Self::Shell => {
                renamed(SHELL).unwrap_or_else(|| format!("--{}", first.replace('_', "-")))
            }
        };
        first + rest
    }

    /// `template` in the words of this language.
    pub(crate) fn fill(self, template: &str) -> String {
        let mut text = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((inside, after)) = after.split_once('}') else {
                break;
            };
            text.push_str(before);
            text.push_str(&self.placeholder(inside));
            rest = after;
        }
        text + rest
    }

    fn placeholder(self, inside: &str) -> String {
        let seconds = inside.strip_suffix('s').and_then(|text| text.parse().ok());
        match (inside, seconds) {
            ("seconds", _) if self == Self::Node => String::from("milliseconds"),
            ("seconds", _) => String::from("seconds"),
            ("variables", _) if self == Self::Node => String::from("process.env"),
            ("variables", _) => String::from("the environment of this process"),
            (_, Some(seconds)) if self == Self::Node => {
                let milliseconds: f64 = seconds;
                (milliseconds * 1_000.0).to_string()
            }
            (_, Some(seconds)) => seconds.to_string(),
            (name, None) => self.name(name),
        }
    }
}

fn camel(name: &str, upper: bool) -> String {
    let mut up = upper;
    let mut text = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter == '_' {
            up = true;
        } else if up {
            text.extend(letter.to_uppercase());
            up = false;
        } else {
            text.push(letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_fields_and_units_as_each_language_does() {
        let template = "{connect_timeout} must be from {0.001s} to {600s} {seconds}";
        let filled = |language: Language| language.fill(template);
        assert_eq!(
            filled(Language::Documents),
            "connect_timeout must be from 0.001 to 600 seconds"
        );
        assert_eq!(
            filled(Language::Php),
            "connectTimeout must be from 0.001 to 600 seconds"
        );
        assert_eq!(
            filled(Language::Node),
            "connectTimeout must be from 1 to 600000 milliseconds"
        );
        assert_eq!(
            filled(Language::PowerShell),
            "-ConnectTimeoutSec must be from 0.001 to 600 seconds"
        );
        assert_eq!(
            filled(Language::Shell),
            "--connect-timeout must be from 0.001 to 600 seconds"
        );
    }

    #[test]
    fn what_belongs_to_the_token_manager_has_powershells_names() {
        let filled = Language::PowerShell
            .fill("{login}: {redirect_uri}; {account}, {new_name}, {scopes}, {store}");
        assert_eq!(
            filled,
            "Connect-PinterestAccount: -RedirectUri; -Account, -NewName, -Scope, -Store"
        );
        let filled =
            Language::PowerShell.fill("{begin_login}, {finish_login}; {browser}, {confirm}");
        assert_eq!(filled, "BeginLogin, FinishLogin; -NoBrowser, -Force");
    }

    #[test]
    fn a_key_of_extra_keeps_its_name() {
        assert_eq!(Language::Node.name("extra.my_key"), "extra.my_key");
        assert_eq!(Language::Node.name("redirect_uri"), "redirectUri");
    }
}
