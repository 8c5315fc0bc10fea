//! The command `emulator`: starts, says where everything is, serves until told to stop.
//! Reading the arguments is the command line's business.

mod end;
mod told;

use crate::{Emulator, Options};
use std::io::{self, Write};
use std::path::PathBuf;

/// What the command prints and writes, and what ends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunOutput {
    /// One line of JSON instead of text for people, and no line for each request.
    pub json: bool,
    /// Prints the app's secret, which is otherwise shown as a fingerprint.
    pub show_secret: bool,
    /// A file that sets the environment of a client, the secret included; readable by its owner only. Its ending says
    /// for which shell: `.ps1` PowerShell, `.fish` fish, any other sh.
    pub env_file: Option<PathBuf>,
    /// Whether that environment leads to the https listener; `SSL_CERT_FILE` then names the emulator's authority.
    pub env_https: bool,
    /// No line for each request.
    pub quiet: bool,
    /// Also ends when standard input does, so that it never outlives the one who started it.
    pub until_stdin_closes: bool,
}

/// Starts an emulator, says where it is, and serves until SIGINT, SIGTERM or SIGHUP (or Ctrl-C),
/// or until standard input ends if that is asked for. For people a line for each request goes to standard error.
///
/// # Errors
/// If it cannot start, or what it has to say cannot be written. `InvalidInput` for `env_https` without TLS.
pub fn run(options: Options, output: RunOutput) -> io::Result<()> {
    if output.env_https && !options.tls {
        let problem = "there are no https listeners for env_https";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        // Before anything is said: whoever read it may send a signal at once.
        let ended = end::ended(output.until_stdin_closes)?;
        let emulator = Emulator::start(options)?;
        if let Some(file) = &output.env_file {
            told::write_environment(file, &emulator, output.env_https)?;
        }
        let text = if output.json {
            told::ready_line(&emulator, output.show_secret)?
        } else {
            told::for_people(&emulator, &output)
        };
        let served = (!output.json && !output.quiet).then(|| emulator.served());
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        drop(stdout);
        if let Some(served) = served {
            // Never waited for: the terminal may be stopped.
            std::thread::Builder::new()
                .name("log".into())
                .spawn(move || served.iter().for_each(|served| told::log(&served)))?;
        }
        ended.await;
        Ok(())
    })
}
