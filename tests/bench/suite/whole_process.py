"""Tables 4: a process that starts, makes one call and ends; what that costs over one that does nothing."""

from __future__ import annotations

import json
import os
import ssl
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from .bench import Bench, in_turn
from .figures import differences, percentile
from .places import BUILT, PROGRAMS, PYTHON
from .programs import CannotRunError, environment, run
from .table import Aim, Table

AIM_MS = 5.0
# Where systems keep their authorities in one file.
STORES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
Commands = dict[str, list[str | Path]]
PYTHON_PROGRAMS: Commands = {
    "bare interpreter": [PYTHON, PROGRAMS / "once.py", "bare"],
    "ours": [PYTHON, PROGRAMS / "once.py", "ours"],
    "http.client": [PYTHON, PROGRAMS / "once.py", "http.client"],
    "requests": [PYTHON, PROGRAMS / "once.py", "requests"],
}
C_PROGRAMS: Commands = {
    "bare process": [BUILT / "once-bare"],
    "ours": [BUILT / "once-ours"],
    "libcurl": [BUILT / "once-libcurl"],
}


EMULATOR: list[str | Path] = [
    PYTHON,
    "-m",
    "pinterest_oauth",
    "emulator",
    "--json",
    "--until-stdin-closes",
    "--show-secret",
]


def tables(bench: Bench) -> list[Table]:
    """Over http, and over https with two ways to trust."""
    with bench.server() as port:
        url = f"http://127.0.0.1:{port}/v5"
        http = environment(BENCH_URL=url, PINTEREST_APP_ID="1", PINTEREST_APP_SECRET="made-up")
        found = [
            _table(bench, "4a. One call in a whole process: Python, http", PYTHON_PROGRAMS, http, aim=True),
            _table(bench, "4b. One call in a whole process: C, http", C_PROGRAMS, http),
        ]
    with bench.started(EMULATOR) as line, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        started = json.loads(line)
        https = environment(
            BENCH_URL=started["https_base_url"],
            PINTEREST_APP_ID=started["app_id"],
            PINTEREST_APP_SECRET=started["app_secret"],
        )
        own = {**https, "BENCH_CA_FILE": started["ca_file"]}
        system, number = _system_with(Path(started["ca_file"]), Path(folder) / "authorities.pem")
        title = "One call in a whole process: Python, https"
        found.append(_table(bench, f"4c. {title}, one authority (ca_file)", PYTHON_PROGRAMS, own))
        default = f"4d. {title}, the system's {number} authorities (default)"
        found.append(_table(bench, default, PYTHON_PROGRAMS, {**https, **system}))
    return found


def _system_with(authority: Path, bundle: Path) -> tuple[dict[str, str], int]:
    """An environment in which the system's store is what it is, and the emulator's authority is in it too.

    Nothing else may differ from the default, so the folder of certificates, which is searched besides the
    file, is named as well.
    """
    paths = ssl.get_default_verify_paths()
    file = next((Path(name) for name in STORES if Path(name).is_file()), None)
    text = file.read_text() if file else ""
    bundle.write_text(text + authority.read_text())
    trusting = {"SSL_CERT_FILE": str(bundle), "REQUESTS_CA_BUNDLE": str(bundle)}
    if Path(paths.openssl_capath).is_dir():
        trusting["SSL_CERT_DIR"] = str(Path(paths.openssl_capath).resolve())
    return trusting, text.count("BEGIN CERTIFICATE")


def _table(
    bench: Bench, title: str, programs: Commands, env: Mapping[str, str], *, aim: bool = False
) -> Table:
    bare = next(iter(programs))
    taken: dict[str, list[float]] = {name: [] for name in programs}
    bench.say(title)
    for name in programs:
        _time(bench, programs[name], env)  # the first run writes compiled modules and fills caches
    for _, name in in_turn(list(programs), bench.processes):
        taken[name].append(_time(bench, programs[name], env))
    rows, costs = [], {}
    for name, times in taken.items():
        costs[name] = percentile(differences(times, taken[bare]), 50)
        over = "" if name == bare else f"{costs[name]:.2f}"
        rows.append([name, f"{percentile(times, 50):.2f}", f"{percentile(times, 90):.2f}", over])
    cost = costs["ours"]
    wanted = Aim(f"ours at most {AIM_MS:g} ms over the {bare}", f"{cost:.2f} ms", cost <= AIM_MS)
    return Table(
        title=title,
        head=["", "p50 ms", "p90 ms", f"ms over the {bare}"],
        rows=rows,
        aims=[wanted] if aim else [],
        notes=[f"{bench.processes} processes of each, in turn; from start to end, by fork and exec."],
        figures={name: {"ms": times} for name, times in taken.items()},
    )


def _time(bench: Bench, command: list[str | Path], env: Mapping[str, str]) -> float:
    """Milliseconds from start to end."""
    words = [str(word) for word in command]
    with bench.pinning.clients():
        before = time.perf_counter()
        process = os.posix_spawn(words[0], words, dict(env))
        _, status = os.waitpid(process, 0)
        taken = (time.perf_counter() - before) * 1000
    if status != 0:
        # Once more, to hear what it says.
        run(command, env=env)
        raise CannotRunError(f"`{words[-1]}` fails now and then")
    return taken
