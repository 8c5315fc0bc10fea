//! The environment variables that lead a client to an emulator, and how shells write them.

use crate::options::Urls;
use std::path::Path;

pub(crate) const SECRET: &str = "PINTEREST_APP_SECRET";

/// Name and value of each, the app's secret not among them. With `https` the API is reached over TLS, and the
/// emulator's authority is the only one that is trusted.
pub(crate) fn environment(urls: &Urls, app_id: &str, https: bool) -> Vec<(&'static str, String)> {
    let api = urls.https_base_url.as_ref().filter(|_| https);
    let mut environment = vec![
        ("PINTEREST_API_URI", api.unwrap_or(&urls.base_url).clone()),
        ("PINTEREST_OAUTH_URI", urls.oauth_url.clone()),
        ("PINTEREST_APP_ID", app_id.to_owned()),
    ];
    if let Some(file) = urls.ca_file.as_ref().filter(|_| https) {
        environment.push(("SSL_CERT_FILE", file.to_string_lossy().into_owned()));
    }
    environment
}

/// Whose words a file of variables is written in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Syntax {
    Sh,
    PowerShell,
    Fish,
}

impl Syntax {
    /// By the ending of the file's name: `.ps1`, `.fish`, or any other.
    pub(crate) fn of(file: &Path) -> Self {
        let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
        match ending.to_str() {
            Some("ps1") => Self::PowerShell,
            Some("fish") => Self::Fish,
            _ => Self::Sh,
        }
    }

    /// The lines that set the variables.
    pub(crate) fn lines<N: AsRef<str>>(self, variables: &[(N, String)]) -> String {
        let mut text = String::new();
        for (name, value) in variables {
            let (name, value) = (name.as_ref(), self.quoted(value));
            text.push_str(&match self {
                Self::Sh => format!("export {name}={value}\n"),
                Self::PowerShell => format!("$env:{name} = {value}\n"),
                Self::Fish => format!("set -gx {name} {value}\n"),
            });
        }
        if self == Self::PowerShell && !text.is_ascii() {
            // Windows PowerShell takes a file without this mark for one in the machine's own encoding.
            text.insert(0, '\u{feff}');
        }
        text
    }

    /// As one word, whatever is in it.
    pub(crate) fn quoted(self, text: &str) -> String {
        let mut inside = String::new();
        for character in text.chars() {
            match (self, character) {
                (Self::Sh, '\'') => inside.push_str(r"'\''"),
                (Self::Fish, '\'' | '\\') => inside.extend(['\\', character]),
                // PowerShell takes these, too, for the end of a text.
                (Self::PowerShell, '\'' | '\u{2018}'..='\u{201b}') => {
                    inside.extend([character, character]);
                }
                _ => inside.push(character),
            }
        }
        format!("'{inside}'")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_the_name_says_which_shell() {
        assert_eq!(Syntax::of(Path::new("a.PS1")), Syntax::PowerShell);
        assert_eq!(Syntax::of(Path::new("a.fish")), Syntax::Fish);
        assert_eq!(Syntax::of(Path::new(".env")), Syntax::Sh);
    }

    #[test]
    fn each_shell_has_its_own_words() {
        let variables = [("A", r"it's \ é".to_owned())];
        assert_eq!(Syntax::Sh.lines(&variables), "export A='it'\\''s \\ é'\n");
        assert_eq!(
            Syntax::Fish.lines(&variables),
            "set -gx A 'it\\'s \\\\ é'\n"
        );
        assert_eq!(
            Syntax::PowerShell.lines(&variables),
            "\u{feff}$env:A = 'it''s \\ é'\n"
        );
        assert_eq!(Syntax::PowerShell.quoted("a’b"), "'a’’b'");
    }
}
