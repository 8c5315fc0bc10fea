//! What the command prints and writes.

use super::RunOutput;
use crate::clock::iso_date;
use crate::environment::{SECRET, Syntax, environment};
use crate::{Emulator, Served, fingerprint};
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

/// One line of JSON: all addresses, the app's id, its secret if asked for.
pub(super) fn ready_line(emulator: &Emulator, show_secret: bool) -> io::Result<String> {
    let mut ready = serde_json::to_value(emulator.urls())?;
    if let Value::Object(fields) = &mut ready {
        fields.insert("app_id".into(), json!(emulator.app_id()));
        if show_secret {
            fields.insert("app_secret".into(), json!(emulator.app_secret()));
        }
    }
    Ok(format!("{ready}\n"))
}

pub(super) fn for_people(emulator: &Emulator, output: &RunOutput) -> String {
    let urls = emulator.urls();
    let mut text = String::from("Pinterest's OAuth, emulated on this machine (unofficial).\n\n");
    let mut row = |name: &str, value: &str| text.push_str(&format!("  {name:<14} {value}\n"));
    row("API", &urls.base_url);
    let https = [
        ("API, TLS", &urls.https_base_url),
        ("  expired", &urls.expired_base_url),
        ("  wrong host", &urls.wrong_host_base_url),
        ("  untrusted", &urls.untrusted_base_url),
    ];
    for (name, url) in https {
        if let Some(url) = url {
            row(name, url);
        }
    }
    row("sandbox", &urls.sandbox_base_url);
    row("consent page", &format!("{}/oauth/", urls.oauth_url));
    row("proxy", &urls.proxy_url);
    row("app id", emulator.app_id());
    let secret = if output.show_secret {
        emulator.app_secret().into()
    } else {
        fingerprint(emulator.app_secret())
    };
    row("app secret", &secret);
    row(
        "control",
        &format!("{}/  (open it in a browser)", urls.control_url),
    );

    row("clock file", &urls.clock_file.to_string_lossy());

    text.push_str("\nThe environment for a client:\n\n");
    let mut variables = environment(urls, emulator.app_id(), output.env_https);
    if output.show_secret {
        variables.push((SECRET, emulator.app_secret().into()));
    }
    for line in Syntax::Sh.lines(&variables).lines() {
        text.push_str(&format!("  {line}\n"));
    }
    match &output.env_file {
        Some(file) => {
            let path = std::path::absolute(file).unwrap_or_else(|_| file.into());
            let syntax = Syntax::of(file);
            let read = if syntax == Syntax::Fish {
                "source"
            } else {
                "."
            };
            let path = syntax.quoted(&path.to_string_lossy());
            text.push_str(&format!("\nAll of it, with the secret:  {read} {path}\n"));
        }
        None if !output.show_secret => text.push_str(
            "\nThe secret is in the file that --env-file names, or shown by --show-secret.\n",
        ),
        None => (),
    }
    text.push_str("\nCtrl-C ends it.\n\n");
    text
}

pub(super) fn write_environment(file: &Path, emulator: &Emulator, https: bool) -> io::Result<()> {
    let mut variables: Vec<(String, String)> =
        environment(emulator.urls(), emulator.app_id(), https)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
    variables.push((SECRET.into(), emulator.app_secret().into()));
    let urls = serde_json::to_value(emulator.urls())?;
    for (name, value) in urls.as_object().into_iter().flatten() {
        if let Some(value) = value.as_str() {
            let name = format!("PINTEREST_EMULATOR_{}", name.to_uppercase());
            variables.push((name, value.into()));
        }
    }
    let text = Syntax::of(file).lines(&variables);
    // A file that is there already might be readable by others, or be a link to somewhere.
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => (),
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(text.as_bytes())
}

/// A line on standard error; where there is none, there is no one to read it.
pub(super) fn log(served: &Served) {
    let _ = writeln!(io::stderr(), "{}", line(served));
}

fn line(served: &Served) -> String {
    let Served {
        time,
        method,
        path,
        status,
        milliseconds,
        listener,
    } = served;
    let time = iso_date(*time);
    let status = status.map_or("no answer".into(), |status| status.to_string());
    let mut line = format!("{time}  {method:<4} {path}  {status}  {milliseconds:.1} ms");
    if *listener != "http" {
        line.push_str(&format!("  ({listener})"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_one_line() {
        let mut served = Served {
            time: 0,
            method: "GET".into(),
            path: "/v5/user_account".into(),
            status: Some(200),
            milliseconds: 1.26,
            listener: "http",
        };
        let expected = "1970-01-01T00:00:00Z  GET  /v5/user_account  200  1.3 ms";
        assert_eq!(line(&served), expected);
        (served.status, served.listener) = (None, "sandbox");
        let expected = "1970-01-01T00:00:00Z  GET  /v5/user_account  no answer  1.3 ms  (sandbox)";
        assert_eq!(line(&served), expected);
    }
}
