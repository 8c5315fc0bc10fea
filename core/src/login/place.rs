//! Whether a browser that this program opens is one that the person sees.

/// What the surroundings say.
#[derive(Debug, Default, Clone)]
pub(crate) struct Surroundings {
    /// `BROWSER`.
    pub browser: Option<String>,
    /// `SSH_CONNECTION` or `SSH_TTY`: a display that is there as well is somewhere else.
    pub ssh: bool,
    /// The marker of a container.
    pub container: bool,
    /// Linux within Windows: Windows' browser is opened, and may not reach us.
    pub wsl: bool,
    /// Whether a browser can show a window.
    pub display: bool,
    /// Root by sudo: the browser would run as root.
    pub sudo: bool,
}

/// What to do with the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    Open,
    /// With the reason, where it was not asked for.
    Show(Option<Why>),
}

/// Why it is shown instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    Ssh,
    Container,
    NoDisplay,
    Sudo,
    /// The consent page needs scripts.
    TextBrowser,
}

impl Why {
    /// For a person.
    pub(crate) fn says(self) -> &'static str {
        match self {
            Why::Ssh => "this looks like a remote machine",
            Why::Container => "this looks like a container",
            Why::NoDisplay => "there is no display here",
            Why::Sudo => "this is root, by sudo",
            Why::TextBrowser => "BROWSER names a browser without scripts, and the page needs them",
        }
    }
}

const TEXT_BROWSERS: [&str; 6] = ["lynx", "w3m", "links", "elinks", "links2", "www-browser"];

impl Surroundings {
    /// From the environment, the markers that exist, and the release of the kernel.
    pub(crate) fn look(
        get: impl Fn(&str) -> Option<String>,
        exists: impl Fn(&str) -> bool,
        kernel: &str,
        is_root: bool,
    ) -> Self {
        let has = |name: &str| get(name).is_some_and(|value| !value.is_empty());
        let wsl = kernel.to_ascii_lowercase().contains("microsoft");
        let marked = ["/.dockerenv", "/run/.containerenv"]
            .iter()
            .any(|path| exists(path));
        Self {
            browser: get("BROWSER").filter(|value| !value.is_empty()),
            ssh: has("SSH_CONNECTION") || has("SSH_TTY"),
            container: marked || has("container"),
            wsl,
            display: wsl
                || cfg!(windows)
                || cfg!(target_os = "macos")
                || has("DISPLAY")
                || has("WAYLAND_DISPLAY"),
            sudo: is_root && has("SUDO_UID"),
        }
    }

    /// `BROWSER` is somebody's own choice and comes first: editors set it on remote machines.
    pub(crate) fn choice(&self) -> Choice {
        if self.sudo {
            return Choice::Show(Some(Why::Sudo));
        }
        if let Some(browser) = &self.browser {
            let program = browser.split_whitespace().next().unwrap_or_default();
            let name = program.rsplit('/').next().unwrap_or_default();
            return if TEXT_BROWSERS.contains(&name) {
                Choice::Show(Some(Why::TextBrowser))
            } else {
                Choice::Open
            };
        }
        if self.ssh {
            Choice::Show(Some(Why::Ssh))
        } else if self.container {
            Choice::Show(Some(Why::Container))
        } else if self.display {
            Choice::Open
        } else {
            Choice::Show(Some(Why::NoDisplay))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(variables: &[(&str, &str)], markers: &[&str], kernel: &str, is_root: bool) -> Choice {
        let get = |name: &str| {
            let mut all = variables.iter();
            all.find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        };
        Surroundings::look(get, |path| markers.contains(&path), kernel, is_root).choice()
    }

    #[test]
    fn a_desktop_opens_and_a_remote_machine_shows() {
        let display = ("DISPLAY", ":0");
        assert_eq!(choice(&[display], &[], "6.1.0", false), Choice::Open);
        let ssh = ("SSH_CONNECTION", "127.0.0.1 1 127.0.0.1 22");
        assert_eq!(
            choice(&[display, ssh], &[], "6.1.0", false),
            Choice::Show(Some(Why::Ssh))
        );
        let tty = ("SSH_TTY", "/dev/pts/1");
        assert_eq!(
            choice(&[display, tty], &[], "6.1.0", false),
            Choice::Show(Some(Why::Ssh))
        );
        let browser = ("BROWSER", "/opt/code/bin/browser.sh");
        assert_eq!(choice(&[ssh, browser], &[], "6.1.0", false), Choice::Open);
        assert_eq!(
            choice(&[display], &["/.dockerenv"], "6.1.0", false),
            Choice::Show(Some(Why::Container))
        );
        assert_eq!(
            choice(&[browser], &["/run/.containerenv"], "6.1.0", false),
            Choice::Open
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn without_a_display_the_address_is_shown_but_windows_has_one() {
        assert_eq!(
            choice(&[], &[], "6.1.0", false),
            Choice::Show(Some(Why::NoDisplay))
        );
        assert_eq!(
            choice(&[("DISPLAY", "")], &[], "6.1.0", false),
            Choice::Show(Some(Why::NoDisplay))
        );
        assert_eq!(
            choice(&[], &[], "5.15.90.1-microsoft-standard-WSL2", false),
            Choice::Open
        );
    }

    #[test]
    fn root_by_sudo_and_browsers_without_scripts_open_nothing() {
        let sudo = [
            ("DISPLAY", ":0"),
            ("SUDO_UID", "1000"),
            ("BROWSER", "firefox"),
        ];
        assert_eq!(
            choice(&sudo, &[], "6.1.0", true),
            Choice::Show(Some(Why::Sudo))
        );
        assert_eq!(choice(&sudo, &[], "6.1.0", false), Choice::Open);
        for browser in ["lynx", "/usr/bin/w3m -N", "www-browser"] {
            let variables = [("DISPLAY", ":0"), ("BROWSER", browser)];
            assert_eq!(
                choice(&variables, &[], "6.1.0", false),
                Choice::Show(Some(Why::TextBrowser))
            );
        }
    }
}
