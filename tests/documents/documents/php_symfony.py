"""php-symfony-server.md: its service and its class in a Symfony kernel with our bundle, over HTTP."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from pinterest_oauth.emulator import Emulator
from support.places import ROOT, TARGET

from . import judge
from .failure import Wrong, demand, quoted
from .program import run, surroundings
from .seed import Substitution, block, example, substituted
from .served import Answer, post, served

BUNDLE = ROOT / "bindings" / "php-symfony"
FRONT = BUNDLE / "tests" / "App" / "public" / "index.php"
USER, PASSWORD = "another-program", "made-up-password"
HASH = 'echo password_hash(getenv("PASSWORD"), PASSWORD_BCRYPT, ["cost" => 4]);'
# The example names no field but the grant, so its body gets the app's own token.
IMPLEMENTED = Substitution(
    "// Implement the operation ...",
    "return (new \\Pinterest\\OAuth\\Client())->oauthToken(grantType: $grantType);",
)


@dataclass(frozen=True)
class PhpSymfonyServer:
    """The document of the server, whose example leaves the operation to its reader."""

    file: str = "php-symfony-server.md"
    language: str = "Symfony"

    def not_run(self) -> None:
        """It is always run."""

    def as_printed(self, document: str, emulator: Emulator, folder: Path) -> str:
        """The class is reached, and the answer says that it does not answer."""
        answer = _asked(example(document, "php"), document, emulator, folder)
        demand(answer.status == 500, f"the answer is {answer.status}, not 500: {answer.body}")
        message = str(json.loads(answer.body)["message"])
        for text in ("Acme\\MyBundle\\Api\\OauthApi::oauthToken(): Return value must be", "none returned"):
            demand(text in message, f"the answer does not say {text!r}, but: {message}")
        return f"500 {message} ({judge.nothing_sent(emulator)})"

    def with_fields(self, document: str, emulator: Emulator, folder: Path) -> str:
        """Implemented with our client, it answers with a token that the emulator gave."""
        program = substituted(example(document, "php"), [IMPLEMENTED])
        answer = _asked(program, document, emulator, folder)
        demand(answer.status == 200, f"the answer is {answer.status}, not 200: {answer.body}")
        token = json.loads(answer.body)
        demand(judge.A_TOKEN.fullmatch(token["access_token"]) is not None, "the answer holds no token")
        said = judge.token_obtained(emulator, [["grant_type", "client_credentials"]])
        return f"200 {token['token_type']} {token['response_type']} ({said})"


def _asked(program: str, document: str, emulator: Emulator, folder: Path) -> Answer:
    """Puts the class and the services of the document into an application, and asks it for a token."""
    _write(folder / "src/Acme/MyBundle/Api/OauthApi.php", program)
    _write(folder / "config/services.yaml", block(document, "yaml"))
    hashed = run(["php", "-r", HASH], surroundings(PASSWORD=PASSWORD), folder)
    hashed.demand_success("password_hash")
    clients = f"open_api_server:\n    clients:\n        {USER}: '{hashed.output}'\n"
    _write(folder / "config/packages/open_api_server.yaml", clients)
    environment = surroundings(
        APP_PROJECT=str(folder),
        APP_VAR=str(folder / "var"),
        APP_DEBUG="1",
        PINTEREST_OAUTH_LIBRARY=str(TARGET / "stage/lib/libpinterest_oauth.so.0"),
        PINTEREST_APP_ID=emulator.app_id,
        PINTEREST_APP_SECRET=emulator.app_secret,
        PINTEREST_API_URI=emulator.base_url,
    )
    headers = {
        "authorization": f"Basic {b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}",
        "content-type": "application/x-www-form-urlencoded",
    }
    with served(FRONT, environment, folder) as port:
        answer = post(port, "/v5/oauth/token", urlencode({"grant_type": "client_credentials"}), headers)
    said = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
    judge.no_secret(emulator, said, PASSWORD)
    if answer.content_type != "application/json":
        raise Wrong(f"the answer {answer.status} is no JSON; the server said:\n{quoted(said)}")
    return answer


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


DOCUMENT = PhpSymfonyServer()
