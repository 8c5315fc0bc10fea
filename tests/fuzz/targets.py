"""The targets: built for fuzzing, run for a number of inputs or of seconds."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from harness.environment import clean, users
from harness.failure import Failed
from harness.places import ROOT, TARGET, TESTS
from harness.program import Late, run, succeed

FUZZ = TESTS / "fuzz"
SEEDS = FUZZ / "seeds"
WORK = TARGET / "fuzz"
FAULTS = WORK / "faults"
WORDS = WORK / "words"
BUILD_LIMIT = 1500.0
# Of one input, in seconds; then it hangs. No input here is larger than 4 KiB.
INPUT_LIMIT = 30
OPTIONS = (f"-timeout={INPUT_LIMIT}", "-rss_limit_mb=2048", "-max_len=4096", "-print_final_stats=1")


@dataclass
class Fuzzed:
    """What a target did: inputs run, seconds, places in the code that they reached, and the inputs at fault."""

    runs: int
    seconds: float
    reached: int
    faults: list[str] = field(default_factory=list)
    said: str = ""


def build() -> Path:
    """Builds every target with the stable compiler; the folder in which they are."""
    host = succeed(["rustc", "--print", "host-tuple"]).strip()
    flags = ("--config", FUZZ / "cargo.toml", "--profile", "fuzz", "--target", host, "--target-dir", WORK)
    environment = {name: value for name, value in users().items() if name != "RUSTFLAGS"}
    command = ("cargo", "build", "--locked", "-q", "-p", "pinterest-oauth-fuzz", *flags)
    succeed(command, env=environment, folder=ROOT, limit=BUILD_LIMIT)
    WORDS.write_text("".join(f"{json.dumps(word)}\n" for word in _words()), encoding="utf-8")
    return WORK / host / "fuzz"


def _words() -> list[str]:
    """The names in the documents, as hints for what inputs may hold."""
    table = json.loads((ROOT / "include" / "documents.json").read_text(encoding="utf-8"))
    fields = [field for document in table["documents"] for field in document["fields"]]
    words = {field["name"] for field in fields} | {
        value for field in fields for value in field.get("values", [])
    }
    return sorted(words)


def fuzz(program: Path, corpus: Path, *, runs: int = -1, seconds: int) -> Fuzzed:
    """Runs every seed, then inputs made of them, until so many have run, the time is over, or one is at fault.

    What reaches new code is kept in `corpus`.
    """
    name = program.name.removeprefix("fuzz-")
    corpus.mkdir(parents=True, exist_ok=True)
    FAULTS.mkdir(parents=True, exist_ok=True)
    before = set(FAULTS.iterdir())
    folders = [corpus, *(seeds for seeds in [SEEDS / name] if seeds.is_dir())]
    limits = (f"-runs={runs}", f"-max_total_time={seconds}", "-seed=1", f"-dict={WORDS}")
    command: list[str | Path] = [program, *OPTIONS, *limits, f"-artifact_prefix={FAULTS}/{name}-", *folders]
    try:
        ended = run(command, env=clean(), limit=seconds + 4 * INPUT_LIMIT)
    except Late as late:
        return Fuzzed(0, seconds, 0, ["it does not end"], late.ended.said)
    faults = sorted(str(path) for path in set(FAULTS.iterdir()) - before)
    if ended.code != 0 and not faults:
        # An input that is among the faults already, or a program that does not start.
        written = re.findall(r"Test unit written to (.*)", ended.said)
        faults = written or [f"it ended with {ended.code}"]
    return Fuzzed(
        _number(r"stat::number_of_executed_units: *(\d+)", ended.said),
        0.0,
        _number(r"(?s:.*) cov: (\d+)", ended.said),
        faults,
        ended.said,
    )


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def problem(fuzzed: Fuzzed) -> Failed:
    """What a fault says, and where its input is."""
    said = re.search(r"panicked at .*\n(?:.+\n)*?(?=note:|==|stack)", fuzzed.said)
    why = said[0] if said else "\n".join(fuzzed.said.splitlines()[-20:])
    return Failed(f"{why[:1500].strip()}\nthe input: {', '.join(fuzzed.faults)}")
