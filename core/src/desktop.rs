//! Opens an address in the browser of the person at this machine. That it opened is known from the visit alone.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::login::place::Surroundings;
use crate::shield::spawn;

/// Where Windows' own programs are, seen from Linux within Windows.
const WSL_SYSTEM: &str = "/mnt/c/Windows/System32/rundll32.exe";

/// What is known of this machine.
pub(crate) fn surroundings(get: impl Fn(&str) -> Option<String>) -> Surroundings {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    #[cfg(unix)]
    let is_root = rustix::process::geteuid().is_root();
    #[cfg(not(unix))]
    let is_root = false;
    Surroundings::look(get, |path| Path::new(path).exists(), &kernel, is_root)
}

/// Starts the browser; says whether one could be started. `address` holds nothing that a shell could misread.
pub(crate) fn open(address: &str, around: &Surroundings) -> bool {
    commands(address, around).into_iter().any(start)
}

fn commands(address: &str, around: &Surroundings) -> Vec<Vec<String>> {
    let words = |text: &str| {
        text.split_whitespace()
            .map(String::from)
            .collect::<Vec<_>>()
    };
    if let Some(browser) = &around.browser {
        // A path with spaces is one word where it exists; a list is separated by colons, and `%s` is the address.
        let one = |browser: &str| {
            let mut command = if Path::new(browser).exists() {
                vec![browser.to_owned()]
            } else {
                words(browser)
            };
            if command.iter().any(|word| word.contains("%s")) {
                command
                    .iter_mut()
                    .for_each(|word| *word = word.replace("%s", address));
            } else {
                command.push(address.to_owned());
            }
            command
        };
        if Path::new(browser).exists() {
            return vec![one(browser)];
        }
        return browser
            .split(':')
            .filter(|browser| !browser.trim().is_empty())
            .map(one)
            .collect();
    }
    let with = |command: &str| {
        let mut command = words(command);
        command.push(address.to_owned());
        command
    };
    if cfg!(target_os = "macos") {
        vec![with("open")]
    } else if cfg!(windows) {
        vec![with("rundll32.exe url.dll,FileProtocolHandler")]
    } else if around.wsl {
        vec![
            with(&format!("{WSL_SYSTEM} url.dll,FileProtocolHandler")),
            with("wslview"),
        ]
    } else {
        vec![with("xdg-open"), with("gio open"), with("sensible-browser")]
    }
}

/// In a group of its own, so that Ctrl-C is not the browser's; silent; never waited for by the caller.
fn start(command: Vec<String>) -> bool {
    let Some((program, arguments)) = command.split_first() else {
        return false;
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let Ok(mut child) = command.spawn() else {
        return false;
    };
    // Without the thread it stays a zombie until this process ends.
    let _ = spawn("pinterest-browser", move || child.wait());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_is_a_list_and_may_have_words_and_a_place_for_the_address() {
        let around = |browser: &str| Surroundings {
            browser: Some(browser.to_owned()),
            ..Surroundings::default()
        };
        let address = "http://localhost:8085/a";
        assert_eq!(
            commands(address, &around("firefox")),
            [["firefox", address]]
        );
        let list = commands(address, &around("firefox -P x:chromium --app=%s"));
        assert_eq!(
            list,
            [
                vec!["firefox", "-P", "x", address],
                vec!["chromium", "--app=http://localhost:8085/a"]
            ]
        );
    }
}
