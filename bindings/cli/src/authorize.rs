//! The command `authorize-url`: where to send the user.

use pinterest_oauth::binding::documents::{AUTHORIZE_REQUEST, CONFIG};
use pinterest_oauth::blocking::Client;
use pinterest_oauth::{AuthorizeRequest, Config};

use crate::command::Arguments;
use crate::document::Document;
use crate::failure::Failure;
use crate::terminal;

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let request = AuthorizeRequest::from_map(Document::of(arguments, &AUTHORIZE_REQUEST)?.0)?;
    let config = Config::from_map(Document::of(arguments, &CONFIG)?.0)?;
    let address = Client::new(config)?.authorize_url(&request)?;
    if arguments.has("json") {
        return terminal::print(&format!("{}\n", address.to_json()));
    }
    terminal::print(&format!(
        "Open this address in a browser and give access:\n\n  {}\n\n\
         The browser then goes to your redirect address, with a code. Until then keep this state:\n\n  {}\n",
        address.url(),
        address.state()
    ))
}

pub(crate) fn more() -> String {
    String::from(
        "\
Nothing is sent. The state ties the answer to this login; `redirect` and `token` check it.

Example:
  pinterest-oauth authorize-url --redirect-uri http://localhost:8085/ \\
      --scope user_accounts:read,pins:read,boards:read
",
    )
}
