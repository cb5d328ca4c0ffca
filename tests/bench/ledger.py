"""One line for each thing measured: its time, that of its floor or peer in the same run, a verdict.

A bench hands its lines to `Ledger`, which prints them; `python -m tests.bench` runs every bench in
a process of its own and gathers their lines by the file named in CHARTER_BENCH_LEDGER.
"""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

Act = Callable[[], object]
WIDTHS = (58, 12, 34, 12, 8, 9)
HEAD = ("operation", "ours", "floor or peer", "its own", "ratio", "budget")


@dataclass(frozen=True, slots=True)
class Line:
    """`ours` and `floor` are in seconds, or both in another unit.

    The ratio is ours : floor. `budget` is the most it may be, None where none was set.
    """

    operation: str
    ours: float
    floor_name: str
    floor: float
    budget: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def kept(self) -> bool:
        return self.budget is None or self.ratio <= self.budget

    def __str__(self) -> str:
        ours, floor = (
            _time(one) if self.unit == "s" else f"{one:,.0f} {self.unit}"
            for one in (self.ours, self.floor)
        )
        said = (self.operation, ours, self.floor_name, floor)
        budget = "" if self.budget is None else f"≤ {self.budget:.3g}"
        verdict = "" if self.budget is None else ("kept" if self.kept else "MISSED")
        cells = (*said, f"{self.ratio:.2f}", budget)
        return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)) + (
            f"  {verdict}"
        )


class Ledger:
    """Prints lines as they come, and leaves them where a run of all benches looks for them."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def add(self, line: Line) -> None:
        self.lines.append(line)
        print(line, flush=True)
        kept = os.environ.get("CHARTER_BENCH_LEDGER")
        if kept:
            with Path(kept).open("a") as file:
                file.write(json.dumps(asdict(line)) + "\n")


def read(path: Path) -> list[Line]:
    """The lines that benches left in a file."""
    return [Line(**json.loads(line)) for line in path.read_text().splitlines()]


def head() -> str:
    """The names of the columns."""
    return "  ".join(f"{name:<{width}}" for name, width in zip(HEAD, WIDTHS, strict=True))


def in_turns(acts: dict[str, Act], turns: int) -> dict[str, float]:
    """The median seconds of each act, done in turns after one turn to warm up."""
    for act in acts.values():
        act()
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _turn in range(turns):
        for name, act in acts.items():
            began = perf_counter()
            act()
            taken[name].append(perf_counter() - began)
    return {name: median(times) for name, times in taken.items()}


def _time(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"
