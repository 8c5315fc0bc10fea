"""What README.md says of other libraries, and its shorter examples: every line runs.

Its blocks of `python` are run by tests/printed, those of `py` here, by the heading above them.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pinterest_oauth import Client, InvalidGrantError, Token

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SECTIONS = {
    text.partition("\n")[0]: text for text in re.split(r"^##+ ", README, flags=re.MULTILINE) if "\n" in text
}
PAGE = "http://localhost:8085/"
SCOPE = "pins:read,boards:read"

# What the reader has before each block, and what holds after it.
STORE = """
import os
os.environ.update(emulator.environment(), PINTEREST_OAUTH_STORE=os.path.join(os.getcwd(), "tokens"))
"""
LOGGED_IN = f"""{STORE}
TokenManager().account("shop-42").login(emulator.authorize()["code"], "http://localhost:8085/")
"""
FRAMES = {
    "Usage": (
        LOGGED_IN,
        "assert headers['Authorization'] == 'Bearer ' + account.export().access_token",
    ),
    "Log a user in": (
        f"{STORE}\n"
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from browser import Browser\n"
        "from pathlib import Path\n"
        "person = Path('person').absolute()\n"
        "person.write_text(f'#!{sys.executable}\\nimport sys; sys.path[:] = {sys.path!r}\\n'\n"
        "    'from browser import Browser; Browser().log_in(sys.argv[1])')\n"
        "person.chmod(0o700); os.environ['BROWSER'] = str(person)\n"
        "def put_on_screen(address, *more): more and Browser().log_in(address)",
        "assert end.user is None and end.scopes == ('pins:read', 'boards:read')\n"
        "assert [manager.account(name).status().state for name in ('shop-42', 'shop-43')] == ['ready'] * 2",
    ),
    "Log a visitor of a web app in": (
        f"{STORE}\nimport sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from browser import consent",
        "visitor, here = app.test_client(), 'http://localhost:8085'\n"
        "sent = visitor.get('/login', base_url=here)\n"
        "back = visitor.get(consent(sent.location), base_url=here)\n"
        "assert (sent.status_code, back.status_code, back.location) == (303, 303, '/settings')\n"
        "assert visitor.get('/?code=c&state=s', base_url=here).status_code == 400\n"
        "assert manager.account().access_token()",
    ),
    "Logging an account in with a code": (
        f"{STORE}\n"
        "from urllib.parse import parse_qs, urlsplit\n"
        "def send_the_user_to(url):\n"
        "    return emulator.authorize(state=parse_qs(urlsplit(url).query)['state'][0])['redirect']",
        "assert account.access_token() and account.status().state == 'ready'",
    ),
    "Where tokens are, and who looks after them": (
        LOGGED_IN,
        "assert report.accounts == 1 and not report.failed and status.account == 'shop-42'",
    ),
    "With httpx and requests": (
        f"{LOGGED_IN}\n"
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from resource_server import ResourceServer\n"
        "resource = ResourceServer().__enter__(); url = resource.url",
        "assert [one[1] for one in resource.requests] == [account.access_token()] * 2",
    ),
    "With asyncio": (LOGGED_IN, "assert TokenManager().account('shop-42').access_token()"),
    "When the outcome is unknown": (
        "emulator.switches(rotation='grace'); emulator.script('never_read')",
        "assert emulator.record()['total'] == 3 and len(stored) == 1 and token.refresh_token_rotated",
    ),
    "Seeing what happens": (
        "import io, sys; sys.stderr = written = io.StringIO()",
        "client.refresh(token); assert written.getvalue().startswith('DEBUG:pinterest_oauth:POST /v5/oauth')",
    ),
    "Tokens of other places": (
        "",
        "assert account.token == token and token.access_token in text",
    ),
    "With Pinterest's own SDK": (
        "old = token",
        "assert sdk.configuration.access_token == token.access_token != old.access_token\n"
        "client.refresh(token)",
    ),
}
FRAME = """
from pinterest_oauth import *
from pinterest_oauth.emulator import Emulator
stored = []
store = stored.append
with Emulator(rotation="strict", redirect_uris={pages!r}) as emulator:
    client = Client(**emulator.settings())
    code = emulator.authorize(scope="pins:read")["code"]
    token = client.oauth_token("authorization_code", code=code, redirect_uri="http://localhost:8085/")
    exec(compile({program!r}, "README.md", "exec"))
"""
FIXTURE = "Tests of your own"


def blocks(section: str) -> list[str]:
    return re.findall(r"^```py\n(.*?)^```$", SECTIONS[section], re.MULTILINE | re.DOTALL)


def run(folder: Path, *arguments: str) -> str:
    """What a new interpreter says that is as quiet as this one was at its start."""
    command = [sys.executable, *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    ran = subprocess.run(
        command, capture_output=True, text=True, timeout=120, cwd=folder, env=environment, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_every_block_is_run() -> None:
    assert [section for section in SECTIONS if blocks(section)] == [*FRAMES, FIXTURE]


@pytest.mark.parametrize("section", FRAMES)
def test_a_block_runs(tmp_path: Path, section: str) -> None:
    (block,) = blocks(section)
    before, after = FRAMES[section]
    pages = []
    if f'redirect_uri="{PAGE}"' in block:  # listens there: on a port that is free
        with socket.create_server(("127.0.0.1", 0)) as listener:
            pages = [f"http://localhost:{listener.getsockname()[1]}/"]
        block = block.replace(PAGE, pages[0])
    run(tmp_path, "-c", FRAME.format(program=f"{before}\n{block}\n{after}", pages=pages))


def test_the_block_with_the_fixture_runs(tmp_path: Path) -> None:
    (block,) = blocks(FIXTURE)
    imports = "import pytest\nfrom pinterest_oauth import AccessDeniedError, Client\n\n"
    (tmp_path / "test_of_a_reader.py").write_text(imports + block)
    assert "1 passed" in run(tmp_path, "-m", "pytest", "-p", "no:cacheprovider")


def rows(section: str) -> list[tuple[list[str], list[str]]]:
    """The lines of a table, as the code of its two cells."""
    lines = re.findall(r"^\| (`.*) \|$", SECTIONS[section], re.MULTILINE)
    cells = [line.split(" | ") for line in lines]
    return [(re.findall("`(.*?)`", left), re.findall("`(.*?)`", right)) for left, right in cells]


OTHERS = {
    "Coming from Authlib": """
import json
from authlib.oauth2.rfc6749 import OAuth2Token
""",
    "Coming from requests-oauthlib": """
import json, time
from oauthlib.oauth2 import BackendApplicationClient, MissingTokenError
refuse = lambda: session.refresh_token(token_url, refresh_token="pinr.old", auth=(app_id, app_secret))
""",
}
OURS = 'import time\nrefuse = lambda: client.oauth_token("refresh_token", refresh_token="pinr.old")'


@pytest.mark.parametrize("section", OTHERS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_every_line_of_a_table_does_what_is_said(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, section: str
) -> None:
    for library in ("AUTHLIB", "OAUTHLIB"):
        monkeypatch.setenv(f"{library}_INSECURE_TRANSPORT", "1")  # plain http, to the emulator
    for name, value in emulator.environment().items():
        monkeypatch.setenv(name, value)
    token_url = f"{emulator.base_url}/oauth/token"
    given = {
        "app_id": emulator.app_id,
        "app_secret": emulator.app_secret,
        "redirect_uri": PAGE,
        "token_url": token_url,
        "revoke_url": f"{token_url}/revoke",
    }
    theirs: dict[str, Any] = dict(given)
    ours: dict[str, Any] = dict(given)
    exec(OTHERS[section], theirs)
    exec(OURS, ours)
    table = rows(section)
    assert len(table) >= 10
    for left, right in table:
        assert left and right
        emulator.clear()
        sent = [done(emulator, lines, here) for lines, here in ((left, theirs), (right, ours))]
        assert sent[0] == sent[1], (left, right)
    for kept in (ours["text"], theirs["text"]):
        assert Token.from_json(kept).refresh_token


def done(emulator: Emulator, lines: list[str], here: dict[str, Any]) -> list[tuple[str, str]]:
    """Runs the code of a cell; says which requests that made."""
    before = len(emulator.requests())
    for line in lines:
        if "address" in line:
            state = here["page"].state if "page" in here else here["state"]
            here["address"] = emulator.authorize(scope=SCOPE, state=state)["redirect"]
        if line.startswith("except"):
            exec(f"try:\n    refuse()\n{line}\nelse:\n    raise AssertionError", here)
        elif "==" in line:
            assert eval(line, here), line
        else:
            exec(line, here)
    return [
        (request["path"], dict(request["form"]).get("grant_type", ""))
        for request in emulator.requests()[before:]
    ]


def test_requests_oauthlib_loses_a_token_with_other_scopes(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    here: dict[str, Any] = {}
    exec("from requests_oauthlib import OAuth2Session", here)
    session = here["OAuth2Session"](emulator.app_id, redirect_uri=PAGE, scope=["pins:read"])
    _, state = session.authorization_url(emulator.oauth_url)
    address = emulator.authorize(scope=SCOPE, state=state)["redirect"]
    with pytest.raises(Warning, match="Scope has changed"):
        session.fetch_token(
            f"{emulator.base_url}/oauth/token",
            authorization_response=address,
            client_secret=emulator.app_secret,
        )
    assert session.token == {}


def test_the_sdk_throws_the_new_refresh_token_away(
    emulator: Emulator, client: Client, tmp_path: Path
) -> None:
    emulator.switches(rotation="strict")
    code = emulator.authorize(scope=SCOPE)["code"]
    token = client.oauth_token("authorization_code", code=code, redirect_uri=PAGE)
    program = f"""
import os
os.environ["PINTEREST_API_URI"] = {emulator.base_url!r}
from pinterest.client import PinterestSDKClient
app = {(emulator.app_id, emulator.app_secret)!r}
sdk = PinterestSDKClient.create_client_with_refresh_token({token.refresh_token!r}, *app)
print("pinr." in repr(vars(sdk)) + repr(vars(sdk.configuration)), sdk.configuration.access_token)
"""
    kept, access_token = run(tmp_path, "-c", program).split()
    assert (kept, access_token.startswith("pina_")) == ("False", True)
    with pytest.raises(InvalidGrantError):
        client.refresh(token)


def test_an_example_that_fails_says_once_what_to_do(emulator: Emulator) -> None:
    example = Path(__file__).parents[3] / "examples/python/exchange.py"
    ran = subprocess.run(
        [sys.executable, str(example)],
        input="http://localhost:8085/?code=c&state=forged\n",
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **emulator.environment()},
    )
    assert ran.returncode == 1
    assert ran.stderr.count("Discard this redirect") == 1, ran.stderr
