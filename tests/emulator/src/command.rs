//! The command `emulator`: starts, says where everything is, serves until told to stop.
//! Reading the arguments is the command line's business.

use crate::mint::fingerprint;
use crate::{Emulator, Options};
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tokio::sync::oneshot;

/// What the command prints, and what ends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunOutput {
    /// One line of JSON instead of text for people.
    pub json: bool,
    /// Prints the app's secret, which is otherwise shown as a fingerprint.
    pub show_secret: bool,
    /// A file for the shell (`. FILE`), readable by its owner only, with everything including the secret.
    pub env_file: Option<PathBuf>,
    /// Also ends when standard input does, so that it never outlives the one who started it.
    pub until_stdin_closes: bool,
}

/// Starts an emulator, says where it is, and serves until SIGINT, SIGTERM or SIGHUP (or Ctrl-C),
/// or until standard input ends if that is asked for.
///
/// # Errors
/// If it cannot start, or what it has to say cannot be written.
pub fn run(options: Options, output: RunOutput) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        // Before anything is said: whoever read it may send a signal at once.
        let ended = ended(output.until_stdin_closes)?;
        let emulator = Emulator::start(options)?;
        if let Some(file) = &output.env_file {
            write_environment(file, &emulator)?;
        }
        let text = if output.json {
            ready_line(&emulator, output.show_secret)?
        } else {
            for_people(&emulator, output.show_secret, output.env_file.as_deref())
        };
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        drop(stdout);
        ended.await;
        Ok(())
    })
}

#[cfg(unix)]
fn ended(with_stdin: bool) -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let stdin = with_stdin.then(stdin_end).transpose()?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = terminate.recv() => (),
            _ = hangup.recv() => (),
            () = closed(stdin) => (),
        }
    })
}

#[cfg(not(unix))]
fn ended(with_stdin: bool) -> io::Result<impl Future<Output = ()>> {
    let stdin = with_stdin.then(stdin_end).transpose()?;
    Ok(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => (),
            () = closed(stdin) => (),
        }
    })
}

async fn closed(stdin: Option<oneshot::Receiver<()>>) {
    match stdin {
        // An error means that the thread is gone: standard input is no more.
        Some(end) => drop(end.await),
        None => std::future::pending().await,
    }
}

/// Reads standard input to its end on a thread of its own: such a read cannot be called off.
fn stdin_end() -> io::Result<oneshot::Receiver<()>> {
    let (ended, end) = oneshot::channel();
    std::thread::Builder::new()
        .name("stdin".into())
        .spawn(move || {
            let mut ignored = [0_u8; 1024];
            while matches!(io::stdin().read(&mut ignored), Ok(count) if count > 0) {}
            let _ = ended.send(());
        })?;
    Ok(end)
}

/// One line of JSON: all addresses, the app's id, its secret if asked for.
fn ready_line(emulator: &Emulator, show_secret: bool) -> io::Result<String> {
    let mut ready = serde_json::to_value(emulator.urls())?;
    if let Value::Object(fields) = &mut ready {
        fields.insert("app_id".into(), json!(emulator.app_id()));
        if show_secret {
            fields.insert("app_secret".into(), json!(emulator.app_secret()));
        }
    }
    Ok(format!("{ready}\n"))
}

fn for_people(emulator: &Emulator, show_secret: bool, env_file: Option<&Path>) -> String {
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
    row("control", &urls.control_url);
    row("app id", emulator.app_id());
    let secret = if show_secret {
        emulator.app_secret().into()
    } else {
        fingerprint(emulator.app_secret())
    };
    row("app secret", &secret);

    text.push_str("\nThe environment for a client:\n\n");
    for (name, value) in environment(emulator) {
        if name != SECRET || show_secret {
            text.push_str(&format!("  export {name}={}\n", quoted(&value)));
        }
    }
    match env_file {
        Some(file) => text.push_str(&format!(
            "\nAll of it, with the secret:  . {}\n",
            quoted(
                &std::path::absolute(file)
                    .unwrap_or_else(|_| file.into())
                    .to_string_lossy()
            )
        )),
        None if !show_secret => text.push_str(
            "\nThe secret is in the file that --env-file names, or shown by --show-secret.\n",
        ),
        None => (),
    }
    text.push_str("\nCtrl-C ends it.\n");
    text
}

const SECRET: &str = "PINTEREST_APP_SECRET";

fn environment(emulator: &Emulator) -> Vec<(&'static str, String)> {
    let urls = emulator.urls();
    let mut environment = vec![
        ("PINTEREST_API_URI", urls.base_url.clone()),
        ("PINTEREST_OAUTH_URI", urls.oauth_url.clone()),
        ("PINTEREST_APP_ID", emulator.app_id().to_owned()),
        (SECRET, emulator.app_secret().to_owned()),
    ];
    if let Some(file) = &urls.ca_file {
        environment.push(("SSL_CERT_FILE", file.to_string_lossy().into_owned()));
    }
    environment
}

fn write_environment(file: &Path, emulator: &Emulator) -> io::Result<()> {
    let urls = serde_json::to_value(emulator.urls())?;
    let mut text = String::new();
    for (name, value) in environment(emulator) {
        text.push_str(&format!("export {name}={}\n", quoted(&value)));
    }
    for (name, value) in urls.as_object().into_iter().flatten() {
        if let Some(value) = value.as_str() {
            text.push_str(&format!(
                "export PINTEREST_EMULATOR_{}={}\n",
                name.to_uppercase(),
                quoted(value)
            ));
        }
    }
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

/// For the shell, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
