//! Runs the command as its tests want it. Not for people: they have `pinterest-oauth emulator`.

use pinterest_oauth_emulator::Options;
use pinterest_oauth_emulator::command::{RunOutput, run};
use std::io;

fn main() -> io::Result<()> {
    let mut output = RunOutput::default();
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => output.json = true,
            "--show-secret" => output.show_secret = true,
            "--until-stdin-closes" => output.until_stdin_closes = true,
            "--env-file" => output.env_file = arguments.next().map(Into::into),
            "--env-https" => output.env_https = true,
            "--quiet" => output.quiet = true,
            "--no-tls" => options.tls = false,
            "--port" => {
                options.port = arguments
                    .next()
                    .and_then(|port| port.parse().ok())
                    .unwrap_or(0)
            }
            switch => options.switches = options.switches.with(switch).map_err(io::Error::other)?,
        }
    }
    run(options, output)
}
