//! The command `redirect`, and the code that a redirect carries.

use pinterest_oauth::{RedirectCode, RedirectRequest};

use crate::command::Arguments;
use crate::document::Document;
use crate::failure::Failure;
use crate::{prompt, secrets, summary, terminal};

const WHAT: &str = "The whole address at which you came back";

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let code = read(arguments, || {
        secrets::standard_input("redirect-file", WHAT).map(Some)
    })?;
    if arguments.has("json") {
        return terminal::deliver(&format!("{}\n", code.to_json()));
    }
    let code = summary::fingerprint(code.code());
    terminal::print(&format!("state  as expected\ncode   {code}\n"))
}

/// The same for another command, which leaves standard input alone unless somebody sits there.
pub(crate) fn read_or_ask(arguments: &Arguments) -> Result<RedirectCode, Failure> {
    read(arguments, || {
        prompt::possible().then(|| prompt::ask(WHAT)).transpose()
    })
}

/// The code of the redirect in `--redirect-file`, or else from `elsewhere`.
fn read(
    arguments: &Arguments,
    elsewhere: impl FnOnce() -> Result<Option<String>, Failure>,
) -> Result<RedirectCode, Failure> {
    let mut request = Document::default();
    request.set("state", arguments.text("state")?);
    if !arguments.has("state") {
        // Nobody is asked for an address that cannot be checked.
        let message = "--state is required to read a redirect";
        return Err(Failure::argument("state", message).advise("authorize-url printed it."));
    }
    let address = match secrets::from_file(arguments, "redirect-file", WHAT)? {
        None => elsewhere()?,
        address => address,
    };
    request.set("url", address);
    Ok(RedirectRequest::from_map(request.0)?.code()?)
}

pub(crate) fn more() -> String {
    String::from(
        "\
The state is compared before the code is looked at. Exchange the code soon, and once:
`token authorization_code --redirect-file` does both steps in one.

Example:
  pinterest-oauth redirect --state \"$STATE\" --redirect-file came-back.txt --json
",
    )
}
