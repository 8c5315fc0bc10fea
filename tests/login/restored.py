"""The terminal is as it was, however a login ends or pauses, and nothing of a paste runs in the shell."""

from __future__ import annotations

import signal
import termios

from harness.failure import demand

from .pasted import demand_secret, remote
from .session import LoginSession
from .terminal import Terminal


def check_ctrl_c(session: LoginSession) -> None:
    """Ctrl-C and Ctrl-D end it at each step with the exit code of cancelled, and nothing was sent"""
    with session.world() as world:
        for key in ("\x03", "\x04"):
            with remote(world) as (terminal, _):
                terminal.type(key)
                demand("cancelled" in terminal.ends(19), terminal.said)
        missing = {"PINTEREST_APP_ID": "", "PINTEREST_APP_SECRET": ""}
        for answers in ((), ("1",)):
            with Terminal(world.arguments(), world.environment(**missing)) as terminal:
                for answer in answers:
                    terminal.until(r"App id \(not shown\): ")
                    terminal.type(f"{answer}\r")
                terminal.until(r"App (id|secret) \(not shown\): $")
                terminal.type("\x03")
                terminal.ends(19)
        with remote(world) as (terminal, _state):
            terminal.type("\x1b[200~half an address")
            terminal.type("\x03")
            terminal.ends(19)
        demand(world.exchanges() == 0, "a code was sent")


def check_ctrl_c_at_the_question(session: LoginSession) -> None:
    """Ctrl-C at the question about another person is a no"""
    with session.world() as world:
        with remote(world) as (terminal, state):
            terminal.type(f"{world.redirect(state, user='anna')}\r")
            terminal.ends(0)
        first = world.token()
        with remote(world) as (terminal, state):
            terminal.type(f"{world.redirect(state, user='bob')}\r")
            terminal.until(r"Replace\? \[y/N\] ")
            terminal.type("\x03")
            terminal.ends(16)
        demand(world.token() == first, "the token was replaced")


def check_ctrl_c_during_exchange(session: LoginSession) -> None:
    """Ctrl-C while the code is exchanged loses nothing: what Pinterest gives is stored"""
    with session.world() as world, remote(world) as (terminal, state):
        world.emulator.script({"fault": "slow", "path": "/v5/oauth/token"})
        terminal.type(f"{world.redirect(state)}\r")
        terminal.until("received")
        terminal.type("\x03")
        terminal.ends(0)
        demand(bool(world.token()), "no token is stored")


def check_ctrl_z(session: LoginSession) -> None:
    """Ctrl-Z gives the shell its terminal as it was; after fg keys are unseen again, and the login goes on"""
    with session.world() as world, remote(world) as (terminal, state):
        for _ in range(2):
            terminal.type("\x1a")
            demand(terminal.stopped() == signal.SIGTSTP, "another signal")
            terminal.demand_restored("stopped")
            terminal.wake()
            terminal.hidden()
        terminal.type(f"{world.redirect(state)}\r")
        terminal.ends(0)
        demand_secret(world, terminal)


def check_signals(session: LoginSession) -> None:
    """a signal from elsewhere (kill, a closed window, timeout) leaves the terminal as it was as well"""
    with session.world() as world:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with remote(world) as (terminal, _):
                demand(not terminal.modes()[3] & termios.ECHO, "keys are shown")
                terminal.signal(number)
                terminal.ends(19)
        demand(world.exchanges() == 0, "a code was sent")


def check_nothing_is_left(session: LoginSession) -> None:
    """lines that follow the address in a paste, or come while the code is exchanged, do not run in the shell"""
    with session.world() as world:
        for slow in (False, True):
            with remote(world) as (terminal, state):
                if slow:
                    world.emulator.script({"fault": "slow", "path": "/v5/oauth/token"})
                terminal.type(f"{world.redirect(state)}\r")
                terminal.until("received")
                terminal.type("".join(f"touch canary{number}\r" for number in range(300)))
                terminal.ends(0)
                demand("canary" not in terminal.said, "what was pasted is shown")
        with remote(world) as (terminal, _):
            terminal.type("\x03" + "touch canary\r" * 5_000)
            terminal.until("cancelled")
