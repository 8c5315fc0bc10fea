"""Logins: killed at every call, on a full disk, by another user; and what holds for all accounts of an app."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from harness import disks
from harness.emulator import ALL_SCOPES, REDIRECT_URI
from harness.failure import NotRun
from harness.places import command, optional
from harness.program import Ended, run

from ..session import ProveSession
from ..tally import Tally
from ..traced import Call, chosen, injected, listed
from ..world import ACCOUNT, EXPIRED, GOOD, LIMIT, UNAVAILABLE, World

UNKNOWN_ACCOUNT = 21
NOBODY = 65_534
# Longer than a lease.
LEASE = 60
ACCOUNTS = 20
NUMBERS = count()


def arrived(world: World) -> str:
    """The address at which the browser of a user ends up who has given access."""
    number = next(NUMBERS)
    asked = {"redirect_uri": REDIRECT_URI, "scope": ALL_SCOPES, "state": f"a-state-of-a-login-{number:04}"}
    return str(world.emulator.control("POST", "/authorize", asked)["redirect"])


def redirect(world: World, account: str, address: str, before: Sequence[str] = ()) -> Ended:
    """Somebody brings this redirect."""
    file = world.runtime / "redirect"
    file.write_text(address, encoding="utf-8")
    state = parse_qs(urlsplit(address).query)["state"][0]
    words = ["token", "authorization_code", "--account", account, "--redirect-uri", REDIRECT_URI]
    words += ["--redirect-file", str(file), "--state", state]
    return run([*before, *world.words(*words)], env=world.env, limit=LIMIT)


def codes(world: World) -> int:
    """How many codes came."""
    accounts = world.emulator.control("GET", "/counts")["accounts"]
    return sum(int(posts["authorization_code"]) for posts in accounts.values())


def login_calls(session: ProveSession, tally: Tally) -> None:
    """E41: kill -9 at every call of a first and of a second login: its code is sent once, and no token is lost"""
    world = session.world("strict")
    for account in ("first", ACCOUNT):
        found = listed(world, partial(traced_login, world, account))
        for number, call in enumerate(found if session.full else chosen(found, 6)):
            name = f"{account} {number}" if account == "first" else account
            kill_login(world, name, call, tally)
    tally.must(tally.events > 0, "nothing was killed")


def traced_login(world: World, account: str, before: Sequence[str]) -> Ended:
    """A login that is only looked at."""
    return redirect(world, account, arrived(world), before)


def kill_login(world: World, name: str, call: Call, tally: Tally) -> None:
    """A login that dies there; its redirect once more."""
    what = f"login of {name}, killed at {call}"
    world.forget()
    address = arrived(world)
    killed = redirect(world, name, address, injected(call, "signal=KILL", world.runtime / "calls"))
    if killed.code == -signal.SIGKILL:
        tally.event()
    world.advance(LEASE)
    again = redirect(world, name, address)
    tally.must(codes(world) <= 1, f"{what}: the code was sent {codes(world)} times")
    if again.code != 0:
        tally.must("log in again" in again.said, f"{what}: {again.said[-300:]}")
    got = run(world.words("access-token", "--account", name), env=world.env, limit=LIMIT)
    fine = got.code == GOOD if again.code == 0 or name == ACCOUNT else got.code == UNKNOWN_ACCOUNT
    tally.must(fine, f"{what}: then a caller got {got.code}: {got.errors[-200:]}")
    if got.code == GOOD:
        tally.must(world.accepts(got.output.strip()), f"{what}: a token that the server does not take")


def first_store(session: ProveSession, tally: Tally) -> None:
    """kill -9 while a store is made: the next one makes it, or finds it whole"""
    world = session.world("strict")
    folder = session.folder / "stores"
    folder.mkdir(mode=0o700)
    world.place = folder / "traced"
    found = listed(world, partial(traced_login, world, ACCOUNT))
    for number, call in enumerate(chosen(found, 80 if session.full else 2)):
        world.place = folder / f"{number}"
        what = f"a first login, killed at {call}"
        killed = redirect(
            world, ACCOUNT, arrived(world), injected(call, "signal=KILL", world.runtime / "calls")
        )
        if killed.code == -signal.SIGKILL:
            tally.event()
        again = redirect(world, ACCOUNT, arrived(world))
        tally.must(again.code == 0, f"{what}: the next one ended with {again.code}: {again.said[-300:]}")
        tally.must(world.accepts(world.ask().token), f"{what}: no token that the server takes")


def first_login(session: ProveSession, tally: Tally) -> None:
    """E40: a first login on a full disk is refused before its code is spent"""
    with disks.memory(session.folder / "disk") as where:
        world = session.world("strict", where / "tokens")
        world.forget()
        filled = disks.fill(where)
        code = arrived(world)
        refused = redirect(world, "new", code)
        tally.event()
        tally.must(refused.code == UNAVAILABLE, f"the login ended with {refused.code}: {refused.said[-300:]}")
        tally.must(codes(world) == 0, "the code was sent")
        filled.unlink()
        again = redirect(world, "new", code)
        tally.must(again.code == 0, f"with room the same redirect is refused: {again.said[-300:]}")


def another_user(session: ProveSession, tally: Tally) -> None:
    """E42: who uses an account that another user has logged in, or has no home, is told which store and whom to ask"""
    setpriv = optional("setpriv")
    if setpriv is None or os.geteuid() != 0:
        raise NotRun("setpriv and root are needed")
    world = session.world("strict")
    home = Path("/dev/shm") / f"prove-{os.getpid()}"
    home.mkdir(mode=0o700)
    os.chown(home, NOBODY, NOBODY)
    other = [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", str(command())]
    asks = ["access-token", "--account", ACCOUNT]
    bare = {name: value for name, value in world.env.items() if name not in {"HOME", "XDG_STATE_HOME"}}
    try:
        for env, says, code in (
            ({**bare, "HOME": str(home)}, (str(home), "no such account"), UNKNOWN_ACCOUNT),
            (bare, ("PINTEREST_OAUTH_STORE",), UNAVAILABLE),
        ):
            ended = run([*other, *asks], env=env, folder=Path("/"))
            tally.event()
            if "Permission denied" in ended.said and not ended.code == code:
                raise NotRun("another user cannot run the command here")
            tally.must(ended.code == code, f"it ended with {ended.code}: {ended.said[-300:]}")
            for word in says:
                tally.must(word in ended.said, f"{word} is not in: {ended.said[-300:]}")
    finally:
        run(["rm", "-rf", home])


def app(session: ProveSession, tally: Tally) -> None:
    """E17, E18: a wrong app secret, or a 429, is one request for each step, whatever the number of accounts"""
    world = session.world("strict")
    exported = run(world.words("export", "--account", ACCOUNT, "--json"), env=world.env).demand_success()
    file = world.runtime / "token.json"
    file.write_text(exported, encoding="utf-8")
    for number in range(ACCOUNTS):
        words = world.words("import", "--account", f"a{number}", "--token-file", str(file))
        run(words, env=world.env).demand_success()
    due = world.words("refresh", "--due", "--parallel", "1", "--json")
    wrong = {**world.env, "PINTEREST_APP_SECRET": "wrong"}
    for what, env in (("wrong app secret", wrong), ("429", world.env)):
        world.advance(EXPIRED)
        world.forget()
        if what == "429":
            world.emulator.script(
                {"status": 429, "body_json": {"code": 8, "message": "Too many"}, "times": 1000}
            )
        for _ in range(3):
            report = json.loads(run(due, env=env).output or "{}")
            tally.event()
            tally.must(not report.get("refreshed"), f"{what}: {report}")
        tally.must(world.posts == 1, f"{what}: {world.posts} requests of {ACCOUNTS} accounts within one step")
        tally.expiry(world.posts)
        world.emulator.script()
        world.advance(EXPIRED)
