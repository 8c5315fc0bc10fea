"""Where the command runs: what it opens, what it prints instead, and why."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from harness import program
from harness.failure import NotRun, demand
from harness.program import Ended

from .pasted import SSH, remote
from .session import LoginSession
from .whole import allow
from .world import World

WSL = "5.15.90.1-microsoft-standard-WSL2"


def short(world: World, *options: str, **more: str) -> Ended:
    """A login for which nobody comes."""
    return world.run(*map(str, world.arguments("--timeout", "0.3", *options)[1:]), **more)


def demand_shown(ended: Ended, why: str) -> None:
    """It opened nothing, and said why."""
    demand(ended.code == 7, f"it ended with {ended.code}: {ended.errors}")
    demand("Opening your browser" not in ended.errors, ended.errors)
    demand(
        f"No browser is opened here: {why}." in ended.errors, f"not for this reason ({why}): {ended.errors}"
    )


def check_places(session: LoginSession) -> None:
    """SSH, containers, root by sudo, a text browser: nothing is opened, and the reason is said; --no-browser needs none"""
    with session.world() as world:
        lynx, note = world.folder / "lynx", world.folder / "note"
        lynx.write_text(f'#!/bin/sh\necho "$1" > {note}\n', encoding="utf-8")
        lynx.chmod(0o755)
        remote_machine = "this looks like a remote machine"
        demand_shown(short(world, **SSH), remote_machine)
        demand_shown(short(world, SSH_TTY="/dev/pts/1", DISPLAY=":0"), remote_machine)
        demand_shown(short(world, container="podman", DISPLAY=":0"), "this looks like a container")
        browser = f"{lynx} -nopause"
        demand_shown(
            short(world, BROWSER=browser, DISPLAY=":0"),
            "BROWSER names a browser without scripts, and the page needs them",
        )
        if os.geteuid() == 0:
            demand_shown(short(world, SUDO_UID="1000", DISPLAY=":0"), "this is root, by sudo")
        demand(not note.exists(), "a browser was started")
        ended = short(world, "--no-browser", DISPLAY=":0")
        demand(ended.code == 7 and "is opened here" not in ended.errors, ended.errors)
        gone = short(world, BROWSER=str(world.folder / "gone"), DISPLAY=":0")
        demand_shown(gone, "BROWSER names no program that starts")


def check_browser_beats_ssh(session: LoginSession) -> None:
    """BROWSER beats SSH and container, as editors on remote machines set it, and may have words and a place for the address"""
    with session.world() as world:
        login = world.start(container="docker", **SSH)
        demand(login.opened().startswith(world.redirect_uri), "another address")
        folder = world.folder / "with blank"
        folder.mkdir()
        note = world.folder / "note"
        script = folder / "browser"
        script.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{note}"\n', encoding="utf-8")
        script.chmod(0o755)
        plain = world.folder / "plain"
        shutil.copy(script, plain)
        login.close()
        for browser, words in (
            (str(script), 1),
            (f"{plain} --app=%s --new", 2),
            (f"/gone/browser:{plain}", 1),
        ):
            note.unlink(missing_ok=True)
            ended = short(world, BROWSER=browser, **SSH)
            demand("Opening your browser: " in ended.errors, ended.errors)
            given = note.read_text(encoding="utf-8").rstrip("|").split("|")
            address = given[0].removeprefix("--app=")
            demand(len(given) == words and address.startswith(world.redirect_uri), f"{browser}: {given}")


def check_browser_is_apart(session: LoginSession) -> None:
    """the browser has no terminal of ours and a group of its own: Ctrl-C is not its, it says nothing, and it is reaped"""
    with session.world() as world:
        note = world.folder / "note"
        script = world.folder / "browser"
        looks = "readlink /proc/$$/fd/0 /proc/$$/fd/2; ps -o pgid= -p $$; echo $$"
        script.write_text(
            f"#!/bin/sh\necho canary; {{ {looks}; }} > {note}.part; mv {note}.part {note}\n", encoding="utf-8"
        )
        script.chmod(0o755)
        login = world.start(BROWSER=str(script))
        login.beside.until(note.exists, "opened a browser")
        *streams, group, number = note.read_text(encoding="utf-8").split()
        demand(streams == ["/dev/null", "/dev/null"], f"it has {streams}")
        demand(group == number != str(login.beside.pid), f"its group is {group}")
        login.beside.until(lambda: not Path(f"/proc/{number}").exists(), "reaped its browser")
        login.waits()
        demand(
            "canary" not in login.beside.output + login.beside.errors, "the browser writes into the terminal"
        )


def elsewhere(world: World, kernel: str, *environment: str) -> list[str]:
    """A login on a machine without the marker of a container, with another kernel."""
    tree = world.folder / "tree"
    tree.mkdir()
    release = world.folder / "release"
    release.write_text(kernel, encoding="utf-8")
    lines = ["set -e", f"mount -t tmpfs none {tree}"]
    for entry in Path("/").iterdir():
        if entry.is_symlink():
            lines.append(f"cp -a {entry} {tree}{entry}")
        elif entry.is_dir() and tree not in (entry, *entry.parents):
            lines += [f"mkdir {tree}{entry}", f"mount --rbind {entry} {tree}{entry}"]
    lines += [
        f"mount --bind {release} {tree}/proc/sys/kernel/osrelease",
        f'exec chroot {tree} env {" ".join(environment)} "$@"',
    ]
    arguments = world.arguments("--timeout", "0.3")
    return ["unshare", "--mount", "sh", "-c", "\n".join(lines), "sh", *map(str, arguments)]


def check_kernels(session: LoginSession) -> None:
    """a machine without display shows the address; within Windows (WSL) its browser is tried, and the way out is shown"""
    if os.geteuid() != 0 or program.run(["unshare", "--mount", "true"]).code != 0:
        raise NotRun("no rights to make a tree of its own")
    for kernel, expected in (
        ("6.1.0-13-amd64", "there is no display here"),
        (WSL, "no browser could be started"),
    ):
        with session.world() as world:
            ended = program.run(elsewhere(world, kernel), env=world.environment())
            demand_shown(ended, expected)
            demand(f"Open {world.redirect_uri}" in ended.errors, ended.errors)


def check_json(session: LoginSession) -> None:
    """--json: the document login_end on standard output, errors as a document on standard error"""
    browser = session.browser()
    with session.world() as world:
        login = world.start("--json")
        login.begin(browser)
        allow(browser, world)
        end = json.loads(login.ends().output)
        expected = {"outcome": "done", "account": "default", "scopes": ["pins:read", "user_accounts:read"]}
        demand(end | expected == end, f"it is {end}")
        demand(end["user"]["username"] == "emulated_account", f"it is {end}")
        ended = short(world, "--json")
        error = json.loads(ended.errors.splitlines()[-1])
        demand(error["kind"] == "timeout" and error["outcome"] == "not_sent", f"it is {error}")
        demand(ended.output == "", ended.output)


def check_exit_codes(session: LoginSession) -> None:
    """what is wrong is named before a browser opens, each with its exit code and option"""
    with session.world() as world:
        marker = world.folder / "opened"
        script = world.folder / "browser"
        script.write_text(f"#!/bin/sh\ntouch {marker}\n", encoding="utf-8")
        script.chmod(0o755)
        taken = world.folder / "taken"
        taken.write_text("no folder", encoding="utf-8")
        wrong: list[tuple[list[str], dict[str, str], int, str]] = [
            (["--redirect-uri", "https://localhost:8085/"], {}, 2, "--redirect-uri"),
            (["--redirect-uri", "http://example.com/"], {}, 2, "--redirect-uri"),
            (["--redirect-uri", "localhost:8085"], {}, 2, "--redirect-uri"),
            (["--redirect-uri", "/callback"], {}, 2, "--redirect-uri"),
            (["--timeout", "0"], {}, 2, "--timeout"),
            (["--timeout", "3601"], {}, 2, "--timeout"),
            (["--account", "a/b\n"], {}, 2, "--account"),
            (["--extra", "state=canary"], {}, 2, "extra"),
            ([], {"PINTEREST_APP_ID": ""}, 3, "PINTEREST_APP_ID"),
            ([], {"PINTEREST_APP_SECRET": ""}, 3, "PINTEREST_APP_SECRET"),
            ([], {"PINTEREST_OAUTH_STORE": str(taken)}, 22, ""),
        ]
        for options, more, code, named in wrong:
            ended = world.run(*map(str, world.arguments(*options)[1:]), **more, BROWSER=str(script))
            demand(
                ended.code == code,
                f"{options} {sorted(more)}: {ended.code} instead of {code}: {ended.errors}",
            )
            demand(named in ended.errors and "canary" not in ended.errors, f"{options}: {ended.errors}")
        demand(not marker.exists(), "a browser was opened")
        ended = world.run(
            *map(str, world.arguments("--scope", "pins:raed", "--timeout", "0.2")[1:]), BROWSER=str(script)
        )
        demand("pins:read" in ended.errors and ended.code == 7, f"no hint: {ended.errors}")


def check_logout(session: LoginSession) -> None:
    """logout removes the token, and says what Pinterest does not do"""
    with session.world() as world:
        with remote(world) as (terminal, state):
            terminal.type(f"{world.redirect(state)}\r")
            terminal.ends(0)
        ended = world.run("logout")
        demand("Pinterest itself revokes tokens of system users only" in ended.demand_success(), ended.output)
        demand(world.run("export", "--account", "default", "--json").code == 21, "it is still stored")
