//! One call of the library against a server that answers what the input says, over a real connection.

use std::sync::OnceLock;
use std::time::Duration;

use pinterest_oauth::binding::{self, Answered, AnyCall};
use pinterest_oauth::blocking::Client;
use pinterest_oauth::{
    Config, ConversionRequest, Error, Kind, RevokeRequest, TokenRequest, TokenTypeHint,
};

use crate::canary::{SECRET, hidden};
use crate::documents;
use crate::server::Server;

/// The server closes at once, so a call that takes this long hangs.
const DEADLINE: Duration = Duration::from_secs(20);
/// What a request is told that only asks whether it would be sent.
const NO: &[u8] = b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n";

struct Setup {
    server: Server,
    client: Client,
}

fn setup() -> &'static Setup {
    static SETUP: OnceLock<Setup> = OnceLock::new();
    SETUP.get_or_init(|| {
        let server = Server::start().expect("loopback can be listened on");
        let config = Config::new()
            .app_id("1234567")
            .app_secret(SECRET)
            .base_url(format!("http://{}", server.address))
            .timeout(DEADLINE);
        let client = Client::new(config).expect("the settings are good");
        Setup { server, client }
    })
}

/// A client of the server here.
pub fn client() -> &'static Client {
    &setup().client
}

/// Makes the call that `which` names, gets `answer`, and writes the document of what comes of it.
pub fn made(which: u8, answer: Vec<u8>) -> String {
    setup().server.tell(answer);
    match binding::run(client(), &call(which)) {
        Ok(answered) => answered.to_json(),
        Err(error) => error.to_json(),
    }
}

/// Makes the call that `which` names, gets `answer`, and looks at what comes of it.
pub fn answered_with(which: u8, answer: Vec<u8>) {
    setup().server.tell(answer);
    match binding::run(client(), &call(which)) {
        Ok(Answered::Token(token)) => {
            documents::answered(&token);
            setup().server.tell(NO.to_vec());
            accepted(
                client().conversion_token(&ConversionRequest::new(token.access_token().clone())),
            );
            if let Some(refresh_token) = token.refresh_token() {
                accepted(client().oauth_token(&TokenRequest::refresh_token(refresh_token.clone())));
            }
        }
        Ok(_) => {}
        Err(error) => {
            assert_ne!(
                error.kind(),
                Kind::Timeout,
                "a call hangs although the server has closed"
            );
            assert_ne!(
                error.kind(),
                Kind::Internal,
                "an answer is no fault of the library: {error}"
            );
            assert_ne!(
                error.kind(),
                Kind::InvalidArgument,
                "nothing is wrong with the calls here: {error}"
            );
            documents::error(&error);
            hidden(&error);
        }
    }
}

fn call(which: u8) -> AnyCall {
    // Tokens are ASCII.
    let token = SECRET.trim_end_matches('\u{e9}');
    match which {
        b'a' => AnyCall::TokenRequest(TokenRequest::authorization_code(
            SECRET,
            "http://localhost:8085/",
        )),
        b'c' => AnyCall::ConversionRequest(ConversionRequest::new(token)),
        b'p' => AnyCall::TokenRequest(TokenRequest::client_credentials().extra("hint", SECRET)),
        b'v' => AnyCall::RevokeRequest(
            RevokeRequest::new(token).token_type_hint(TokenTypeHint::RefreshToken),
        ),
        _ => AnyCall::TokenRequest(TokenRequest::refresh_token(token)),
    }
}

/// What was handed out is taken back: the check of our own inputs has nothing against it.
fn accepted<T>(ended: Result<T, Error>) {
    if let Err(error) = ended {
        assert_ne!(
            error.kind(),
            Kind::InvalidArgument,
            "a token was handed out that is refused: {error}"
        );
    }
}
