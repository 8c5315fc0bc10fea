"""php-symfony-server.md: its service and its class in a Symfony kernel with our bundle, over HTTP."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from urllib.parse import urlencode

from harness import web
from harness.beside import Beside
from harness.emulator import Emulator
from harness.environment import clean
from harness.failure import demand, quoted
from harness.places import BINDINGS
from harness.program import succeed
from harness.session import Session

from . import judge
from .block import Substitution, block, example, substituted
from .languages import user

FRONT = BINDINGS / "php-symfony" / "tests" / "App" / "public" / "index.php"
USER, PASSWORD = "another-program", "made-up-password"
HASH = 'echo password_hash(getenv("PASSWORD"), PASSWORD_BCRYPT, ["cost" => 4]);'
# The system chooses the port, and PHP prints it.
UNTIL_STDIN_CLOSES = 'php -d ffi.enable=1 -d log_errors=1 -S 127.0.0.1:0 "$1" & read -r _; kill $!'
STARTED = re.compile(r"Development Server \((http://\S+)\) started")
# The example names no field but the grant, so its body gets the app's own token.
IMPLEMENTED = Substitution(
    "// Implement the operation ...",
    "return (new \\Pinterest\\OAuth\\Client())->oauthToken(grantType: $grantType);",
)


class ServerExample:
    """The document of the server, whose example leaves the operation to its reader."""

    file = "php-symfony-server.md"

    def as_printed(self, document: str, session: Session) -> str:
        """The class is reached, and the answer says that it does not answer."""
        program = example(document, "php")
        with session.emulator() as emulator:
            answer = _asked(program, document, emulator, session)
            demand(answer.status == 500, f"the answer is {answer.status}, not 500: {answer.text}")
            message = str(json.loads(answer.text)["message"])
            for text in (
                "Acme\\MyBundle\\Api\\OauthApi::oauthToken(): Return value must be",
                "none returned",
            ):
                demand(text in message, f"the answer does not say {text!r}, but: {message}")
            return f"500 {message}; {judge.nothing_sent(emulator)}"

    def with_fields(self, document: str, session: Session) -> str:
        """Implemented with our client, it answers with a token that the emulator gave."""
        program = substituted(example(document, "php"), [IMPLEMENTED])
        with session.emulator() as emulator:
            answer = _asked(program, document, emulator, session)
            demand(answer.status == 200, f"the answer is {answer.status}, not 200: {answer.text}")
            token = json.loads(answer.text)
            demand(judge.A_TOKEN.fullmatch(token["access_token"]) is not None, "the answer holds no token")
            said = judge.granted(emulator, [["grant_type", "client_credentials"]])
            return f"200 {token['token_type']} {token['response_type']}; {said}"


def _asked(program: str, document: str, emulator: Emulator, session: Session) -> web.Answer:
    """Puts the class and the services of the document into an application, and asks it for a token."""
    hashed = succeed(["php", "-r", HASH], env=clean(PASSWORD=PASSWORD))
    files = {
        "src/Acme/MyBundle/Api/OauthApi.php": program,
        "config/services.yaml": block(document, "yaml"),
        "config/packages/open_api_server.yaml": f"open_api_server:\n    clients:\n        {USER}: '{hashed}'\n",
    }
    for name, text in files.items():
        file = session.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    application = {
        "APP_PROJECT": str(session.folder),
        "APP_VAR": str(session.folder / "var"),
        "APP_DEBUG": "1",
    }
    command = ["sh", "-c", UNTIL_STDIN_CLOSES, "sh", str(FRONT)]
    with Beside(command, env={**user(emulator), **application}, folder=session.folder) as server:
        server.until(lambda: STARTED.search(server.errors) is not None, "started")
        address = STARTED.findall(server.errors)[0]
        basic = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        answer = web.request(
            "POST",
            f"{address}/v5/oauth/token",
            urlencode({"grant_type": "client_credentials"}),
            {**web.FORM, "authorization": f"Basic {basic}"},
        )
    said = server.output + server.errors
    judge.no_secret(emulator, said, PASSWORD)
    kind = answer.headers.get("content-type", "")
    demand(kind.startswith("application/json"), f"{answer.status} {kind}; the server said:\n{quoted(said)}")
    return answer
