"""The demonstration behind `make demo`: a login, a token and its refresh, on this machine alone.

Needs the Python package, for C the program built from examples/c/token.c, and for Perl and PHP the C library in
target/stage.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from pinterest_oauth import Client, InvalidGrantError, Token, TokenManager
from pinterest_oauth.emulator import Emulator

ROOT = Path(__file__).resolve().parent.parent
REDIRECT_URI = "http://localhost:8085/"
BROWSER = ROOT / "examples" / "browser.py"


def free_port() -> int:
    while True:
        port = random.randrange(20_000, 30_000)  # above 32,767 the system gives ports to whoever asks for any
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


# Another port than the usual one: a login of yours may wait there.
LOGIN_URI = f"http://localhost:{free_port()}/"
DAY = 86_400
COMMAND = Path(sys.executable).parent / "pinterest-oauth"
COLOUR = sys.stdout.isatty() and "NO_COLOR" not in os.environ


def paint(text: str, code: str) -> str:
    return f"\033[{code}m{text}\033[0m" if COLOUR else text


def heading(text: str) -> None:
    print(f"\n{paint(text, '1')}")


def step(what: str, *lines: str) -> None:
    print(f"  {paint('•', '32')} {what}")
    for line in lines:
        print(f"      {paint(line, '2')}")


def fingerprint(secret: str | None) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:12] if secret else "none"


def date(seconds: int | None) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") if seconds else "never"


def tokens(token: Token) -> list[str]:
    return [
        f"access token   {fingerprint(token.access_token)}   until {date(token.expires_at)}",
        f"refresh token  {fingerprint(token.refresh_token)}   until {date(token.refresh_token_expires_at)}",
        f"may            {', '.join(token.scopes)}",
    ]


def click_give_access(url: str) -> str:
    """What a person does on the consent page; the address at which the browser ends up."""
    page = urlsplit(url)
    connection = HTTPConnection(page.hostname or "", page.port, timeout=10)
    connection.request("GET", f"{page.path}?{page.query}")
    shown = connection.getresponse()
    text = shown.read().decode()
    if shown.status != 200 or "Give access" not in text:
        raise SystemExit(f"the consent page answered {shown.status}")
    form = urlencode([*parse_qsl(page.query), ("decision", "allow")])
    connection.request("POST", page.path, form, {"content-type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    location = answer.getheader("location")
    if location is None:
        raise SystemExit(f"the consent page answered {answer.status} without a redirect")
    return location


def login(options: list[str], variables: dict[str, str]) -> None:
    """`pinterest-oauth login`, with a browser without a window, in which a person gives access."""
    ran = subprocess.run(
        [str(COMMAND), "login", "--redirect-uri", LOGIN_URI, *options],
        env={**variables, "BROWSER": str(BROWSER)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if ran.returncode != 0:
        raise SystemExit(f"the login ended with {ran.returncode}: {ran.stderr.strip()}")
    step("pinterest-oauth login --account shop-42 --scope …", *ran.stderr.splitlines(), ran.stdout.strip())


def accounts(emulator: Emulator, folder: Path) -> None:
    """Two languages, one account: a login, 60 days, one refresh each time it is due, and a process that is killed."""
    heading("One account, several languages: Python, Perl, PHP and the command")
    store, clock = folder / "tokens", emulator.clock_file

    def refreshes() -> str:
        return f"refreshes so far: {sum(emulator.counts()['refresh_tokens'].values())}"

    variables = {**environment(emulator), "STORE": str(store), "CLOCK": clock}
    place = ["--store", str(store), "--clock-offset-file", clock]
    login(["--account", "shop-42", "--scope", "user_accounts:read,pins:read", *place], variables)
    manager = TokenManager(**emulator.settings(), store=str(store), clock_offset_file=clock)
    shop = manager.account("shop-42")
    step("Python asks: nothing is sent", f"access token   {fingerprint(shop.access_token())}")

    settings_of_perl = "store => $ENV{STORE}, clock_offset_file => $ENV{CLOCK}"
    perl = f"print Pinterest::OAuth::TokenManager->new({settings_of_perl})->account('shop-42')->access_token"
    settings_of_php = "store: getenv('STORE'), clockOffsetFile: getenv('CLOCK')"
    of_php = f"(new Pinterest\\OAuth\\TokenManager({settings_of_php}))"
    php = f"require 'bindings/php/autoload.php'; echo {of_php}->account('shop-42')->accessToken();"
    programs = {
        "Perl": ["perl", "-Ibindings/perl/lib", "-MPinterest::OAuth::TokenManager", "-e", perl],
        "PHP": ["php", "-r", php],
        "Shell": [str(COMMAND), "access-token", "--account", "shop-42", *place],
    }

    def token(language: str) -> str:
        ran = subprocess.run(
            programs[language],
            env=variables,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if ran.returncode != 0:
            raise SystemExit(f"{language} ended with {ran.returncode}: {ran.stderr.strip()}")
        return f"access token   {fingerprint(ran.stdout.strip())}"

    step("Perl asks: nothing is sent", token("Perl"), refreshes())
    emulator.advance(25 * DAY)
    step("25 days later PHP asks: one refresh", token("PHP"), refreshes())
    mine = f"access token   {fingerprint(shop.access_token())}"
    step("Python, Perl and the command have it, too", mine, token("Perl"), token("Shell"), refreshes())
    emulator.advance(25 * DAY)
    emulator.script("slow")
    killed = subprocess.Popen(programs["Shell"], env=variables, cwd=ROOT, stdout=subprocess.DEVNULL)
    time.sleep(1)
    killed.kill()
    killed.wait()
    step("25 days later the command is killed (-9) while it waits for Pinterest's answer", refreshes())
    step("Perl asks: what it has lives, and the lost answer is asked for again after 5 s", token("Perl"))
    emulator.advance(10 * DAY)
    step("10 days later, PHP", token("PHP"), refreshes())
    status = shop.status()
    step(
        "account.status()",
        f"{status.state}, {status.generation} tokens so far, until {date(status.expires_at)}",
    )


def python(emulator: Emulator) -> None:
    heading("Python")
    client = Client(**emulator.settings())
    page = client.authorize_url(REDIRECT_URI, scope="pins:read,boards:read")
    step("client.authorize_url(…)", page.url.split("&state=")[0] + "&state=…")
    address = click_give_access(page.url)
    step("A person clicks “Give access”; the browser comes back with a code")
    code = client.redirect(address, state=page.state)
    step("client.redirect(…) compares the state, then takes the code", f"code           {fingerprint(code)}")
    first = client.oauth_token("authorization_code", code=code, redirect_uri=REDIRECT_URI)
    step("client.oauth_token('authorization_code', …)", *tokens(first))
    second = client.refresh(first)
    step("client.refresh(token): both tokens are new", *tokens(second))
    try:
        client.refresh(first)
    except InvalidGrantError as error:
        step("The old refresh token is refused, and the error says what now", str(error))
    emulator.advance(59 * DAY)
    third = client.refresh(second)
    step(
        "59 days later: refreshed once more, for another 60 days",
        f"refresh token  {fingerprint(third.refresh_token)}",
    )
    emulator.advance(61 * DAY)
    try:
        client.refresh(third)
    except InvalidGrantError as error:
        step("61 idle days later: too late", f"{error.kind}: {error.what_now}")


def environment(emulator: Emulator) -> dict[str, str]:
    """What a program needs to know of the emulator, and where the C library is."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PINTEREST_APP_ID": emulator.app_id,
        "PINTEREST_APP_SECRET": emulator.app_secret,
        "PINTEREST_API_URI": emulator.base_url,
        "PINTEREST_OAUTH_URI": emulator.oauth_url,
        "PINTEREST_OAUTH_LIBRARY": str(ROOT / "target/stage/lib/libpinterest_oauth.so"),
    }


def interactive(emulator: Emulator, language: str, calls: str, command: list[str]) -> None:
    """An example that prints the address of the consent page and reads the one at which the browser ends up."""
    heading(language)
    with subprocess.Popen(
        command, env=environment(emulator), cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        address = click_give_access(running.stdout.readline().strip())
        printed, _ = running.communicate(address + "\n", timeout=60)
    step(calls, *printed.splitlines())
    if running.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {running.returncode}")


def c(emulator: Emulator, program: str) -> None:
    heading("C")
    code = emulator.authorize(redirect_uri=REDIRECT_URI, scope="pins:read,boards:read")["code"]
    variables = {
        **environment(emulator),
        "PINTEREST_CODE": code,
        "PINTEREST_REDIRECT_URI": REDIRECT_URI,
    }
    ran = subprocess.run([program], env=variables, capture_output=True, text=True, timeout=60, check=False)
    step("pinterest_oauth_client_token(client, request, &json), twice", *ran.stdout.splitlines())
    if ran.returncode != 0:
        raise SystemExit(f"{program} ended with {ran.returncode}: {ran.stderr.strip()}")


def main() -> int:
    parser = argparse.ArgumentParser(description="A login, a token and its refresh, against the emulator.")
    parser.add_argument("--c-program", required=True, metavar="FILE", help="examples/c/token.c, compiled")
    options = parser.parse_args()
    print("Pinterest's OAuth on this machine: nothing leaves it. Tokens are shown as fingerprints.")
    with Emulator(rotation="strict", tls=False, redirect_uris=[LOGIN_URI]) as emulator:
        heading("The emulator")
        step("pinterest-oauth emulator --switch rotation=strict", emulator.base_url)
        step(
            "rotation=grace for this part: an old refresh token lives on, so that a lost answer costs no login"
        )
        emulator.switches(rotation="grace")
        with tempfile.TemporaryDirectory(prefix="pinterest-oauth-demo-") as folder:
            accounts(emulator, Path(folder))
        emulator.reset()
        heading("The call by itself")
        python(emulator)
        emulator.reset()
        perl = ["perl", "-Ibindings/perl/lib", "examples/perl/token.pl"]
        interactive(emulator, "Perl", "$client->oauth_token(…), then $client->refresh($token)", perl)
        php = ["php", "examples/php/token.php"]
        interactive(emulator, "PHP", "$client->oauthToken(…), then $client->refresh($token)", php)
        c(emulator, options.c_program)
    print(
        f"\n{paint('That was the whole job.', '1')} To try it by hand: target/venv/bin/pinterest-oauth emulator --help"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
