//! The command `emulator`: options for the emulator, which does the rest.

use std::io;
use std::path::PathBuf;

use pinterest_oauth::Outcome;
use pinterest_oauth_emulator::command::{self, RunOutput};
use pinterest_oauth_emulator::{Options, SWITCHES, Switches};

use crate::columns::wrapped;
use crate::command::Arguments;
use crate::failure::Failure;
use crate::secrets::from_file;

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut switches = Switches::default();
    for assignment in arguments.all("switch")? {
        switches = switches.with(&assignment).map_err(|problem| {
            let help = "The switches are in: pinterest-oauth emulator --help";
            Failure::argument("switch", problem).advise(help)
        })?;
    }
    let options = Options {
        port: port(arguments, "port")?,
        control_port: port(arguments, "control-port")?,
        switches,
        app_id: arguments.text("app-id")?,
        app_secret: from_file(arguments, "app-secret-file", "App secret")?,
        tls: !arguments.has("no-tls"),
        dir: arguments.os("dir").map(PathBuf::from),
        redirect_uris: arguments.all("redirect-uri")?,
    };
    let output = RunOutput {
        json: arguments.has("json"),
        show_secret: arguments.has("show-secret"),
        env_file: arguments.os("env-file").map(PathBuf::from),
        env_https: arguments.has("env-https"),
        quiet: arguments.has("quiet"),
        until_stdin_closes: arguments.has("until-stdin-closes"),
    };
    if output.env_https && !options.tls {
        let problem = "--env-https needs the https listeners, which --no-tls leaves out";
        return Err(Failure::argument("env-https", problem).advise("Give one of the two."));
    }
    command::run(options, output).map_err(|error| fault(&error))
}

fn port(arguments: &Arguments, option: &'static str) -> Result<u16, Failure> {
    let Some(text) = arguments.text(option)? else {
        return Ok(0);
    };
    text.parse()
        .map_err(|_| Failure::argument(option, format!("--{option} is a number up to 65535")))
}

fn fault(error: &io::Error) -> Failure {
    let message = format!("the emulator cannot run ({})", error.kind());
    match error.kind() {
        io::ErrorKind::AddrInUse => Failure::argument("port", message)
            .advise("Give another --port or --control-port, or none: then free ones are taken."),
        io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => {
            Failure::argument("dir", message).advise("Check --dir, --env-file and the ports.")
        }
        _ => Failure::lost("the emulator cannot run", error, Outcome::NotSent),
    }
}

pub(crate) fn more() -> String {
    let defaults = serde_json::to_value(Switches::default()).unwrap_or_default();
    let mut text = String::from(
        "\
It listens on this machine only, and ends with Ctrl-C or a signal. Its tokens and secrets
are made up. Open its control address in a browser: requests as they come, consent, clock,
faults and switches by click. What nobody knows for sure about Pinterest is a switch:

",
    );
    for (name, meaning) in SWITCHES {
        let default = defaults
            .get(name)
            .map(ToString::to_string)
            .unwrap_or_default();
        text.push_str(&wrapped(&format!("{name}={default}"), meaning));
    }
    text.push_str(
        "
Example, in two shells:
  pinterest-oauth emulator --env-file emulator.env
  . ./emulator.env && pinterest-oauth token client_credentials
In PowerShell: --env-file emulator.ps1, then . ./emulator.ps1
",
    );
    text
}
