#!/usr/bin/env python3
"""Draws a result of the benchmarks: how long one call takes, ours = 1. Run by target/bench-venv/bin/python.

The picture is one SVG, readable at the width of a phone. It has a background of its own, and is dark where the reader's
browser prefers that; a program that knows no such preference shows it light.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import argparse
import io
import json
import logging
import re
import statistics
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

BUILT = Path(__file__).resolve().parents[2] / "target" / "bench"
KIND = ": one call after the other"
# Where both ends share a core no call waits for another core to wake, which is the same for all and hides what differs.
PLACE = "one core"
# Ratios outside are drawn at the edge, and their number says how far outside.
LEFT, RIGHT = 0.2, 60.0
# Points.
WIDTH, ROW, LINE, HEAD, AXIS = 360, 14, 12, 52, 34
NAMES = 0.405  # of the width
FONTS = {"font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans", "Verdana", "sans-serif"]}
STYLE = {**FONTS, "font.size": 10.5, "svg.fonttype": "none", "svg.hashsalt": "pinterest-oauth"}


@dataclass(frozen=True)
class Colour:
    """One colour, in a light and in a dark picture. No two light ones are equal, since the dark ones are found by them."""

    light: str
    dark: str


GROUND = Colour("#ffffff", "#0d1117")
INK = Colour("#1f2328", "#e6edf3")
PALE = Colour("#59636e", "#9198a1")
GRID = Colour("#d1d9e0", "#3d444d")
SLOWER = Colour("#54a0e8", "#316dca")
FASTER = Colour("#e8912d", "#c4721a")
COLOURS = (GROUND, INK, PALE, GRID, SLOWER, FASTER)


@dataclass(frozen=True)
class Bar:
    """Another way to make the call: its time over ours, round by round."""

    name: str
    ratios: list[float]

    @property
    def median(self) -> float:
        """What the bar shows."""
        return statistics.median(self.ratios)


def place(result: dict[str, Any]) -> str:
    """Where both ends were; the first place where they never shared a core."""
    places = [where for table in _tables(result) for where in table["figures"]]
    return PLACE if PLACE in places else places[0]


def groups(result: dict[str, Any]) -> dict[str, list[Bar]]:
    """By language, the quickest first."""
    found, where = {}, place(result)
    for table in _tables(result):
        language = table["title"].removesuffix(KIND)
        times = {name: it["p50"] for name, it in table["figures"][where].items()}
        ours = f"{language} ours"
        bars = [
            Bar(name.removeprefix(f"{language} "), [other / mine for other, mine in zip(theirs, times[ours])])
            for name, theirs in times.items()
            if name.startswith(f"{language} ") and name != ours
        ]
        found[language] = sorted(bars, key=lambda bar: bar.median)
    return found


def _tables(result: dict[str, Any]) -> list[dict[str, Any]]:
    found = [table for table in result["tables"] if table["title"].endswith(KIND)]
    if not found:
        raise SystemExit("the result has no calls that were made one after the other")
    return found


def figure(result: dict[str, Any]) -> Figure:
    """The picture."""
    by_language = groups(result)
    rows, lines = sum(len(bars) + 1 for bars in by_language.values()), caption(result)
    foot = AXIS + LINE * len(lines)
    height = HEAD + ROW * rows + foot
    drawn = Figure(figsize=(WIDTH / 72, height / 72), facecolor=GROUND.light)
    axes = drawn.add_axes((NAMES, foot / height, 0.96 - NAMES, ROW * rows / height), facecolor="none")
    axes.set(
        xscale="log",
        xlim=(LEFT, RIGHT),
        ylim=(rows - 0.5, -0.5),
        yticks=[],
        xticks=[0.5, 1, 2, 5, 10, 20, 50],
    )
    axes.xaxis.set_major_formatter("{x:g}×")
    axes.xaxis.set_minor_locator(NullLocator())
    axes.tick_params(length=0, colors=PALE.light, labelsize=9.5)
    axes.spines[:].set_visible(False)
    axes.grid(axis="x", color=GRID.light, linewidth=0.6)
    axes.set_axisbelow(True)
    row = iter(range(rows))
    for language, bars in by_language.items():
        _left_of(axes, next(row), language, weight="bold")
        for bar in bars:
            _bar(axes, next(row), bar)
    axes.axvline(1, color=INK.light, linewidth=1.4)
    top = height - 22
    drawn.text(0.03, top / height, "The time of one call, ours = 1", size=13, weight="bold", color=INK.light)
    below = "right of the line: slower than ours; left: faster"
    drawn.text(0.03, (top - 17) / height, below, color=PALE.light)
    for number, line in enumerate(lines):
        drawn.text(0.03, (foot - AXIS - LINE * number) / height, line, size=9, color=PALE.light)
    return drawn


def _left_of(axes: Axes, row: int, text: str, **how: Any) -> None:
    place = {"transform": axes.get_yaxis_transform(), "ha": "right", "va": "center"}
    axes.text(-0.03, row, text, color=INK.light, **place, **how)


def _bar(axes: Axes, row: int, bar: Bar) -> None:
    low, end, high = (
        min(max(ratio, LEFT), RIGHT) for ratio in (min(bar.ratios), bar.median, max(bar.ratios))
    )
    _left_of(axes, row, bar.name, size=9.5)
    axes.barh(row, end - 1, left=1, height=0.62, color=(SLOWER if bar.median >= 1 else FASTER).light)
    axes.hlines(row, low, high, color=INK.light, linewidth=0.8)
    beyond = bar.median > RIGHT
    axes.annotate(
        f"{_number(bar.median)}× →" if beyond else f"{_number(bar.median)}×",
        (max(high, 1), row),
        xytext=(-4 if beyond else 4, 0),
        textcoords="offset points",
        ha="right" if beyond else "left",
        va="center",
        size=9.5,
        color=INK.light,
    )


def _number(ratio: float) -> str:
    return f"{ratio:.{2 if ratio < 2 else 1 if ratio < 20 else 0}f}"


def caption(result: dict[str, Any]) -> list[str]:
    """What was measured, when and on what; and whatever makes a reader doubt it."""
    facts = result["facts"]
    said = [
        f"A refresh over a kept-alive connection, both ends on {place(result)}: median of {facts['single calls']}.",
        "Thin lines: all rounds. A raw socket is no HTTP client: it shows what remains without one.",
        f"Version {facts['version']}, measured {facts['measured']} on {facts['machine']}.",
    ]
    doubts = []
    for warning in result["warnings"]:
        what = re.split("[:;]", warning)[0]
        if "not run" in warning:
            said.append(f"Not measured: {what}.")
        else:
            doubts.append(what)
    if doubts:
        said.append(f"Provisional, to be renewed: {', '.join(doubts)}.")
    return textwrap.wrap(" ".join(said), 70)


def svg(drawn: Figure) -> str:
    """As text, with the dark colours for those who prefer them."""
    written = io.StringIO()
    drawn.savefig(written, format="svg", facecolor=GROUND.light, metadata={"Date": None, "Creator": None})
    dark = "".join(
        f'[style*="{what}: {colour.light}"] {{ {what}: {colour.dark} !important }}\n'
        for colour in COLOURS
        for what in ("fill", "stroke")
    )
    style = f"<style>\n@media (prefers-color-scheme: dark) {{\n{dark}}}\n</style>\n"
    before, end, after = written.getvalue().partition("</defs>\n")
    return f"{before}{end}{style}{after}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("result", nargs="?", type=Path, default=BUILT / "result.json", help="%(default)s")
    parser.add_argument("picture", nargs="?", type=Path, default=BUILT / "result.svg", help="%(default)s")
    given = parser.parse_args()
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # it knows no font but its own
    with rc_context(STYLE):
        given.picture.write_text(svg(figure(json.loads(given.result.read_text("utf-8")))), "utf-8")


if __name__ == "__main__":
    main()
