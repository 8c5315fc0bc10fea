//! The command `pinterest-oauth`. Everything is in the library, which Python's command uses too.

fn main() {
    std::process::exit(pinterest_oauth_cli::run(std::env::args_os()));
}
