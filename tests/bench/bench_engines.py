"""The engines a redline could be made with, side by side on the same words.

`uv run --group dev python -m tests.bench.bench_engines` prints, for pairs of wordings of 60 words
that are lightly edited or mostly rewritten, how long each engine takes to align the words once they
are cut, how many words it shows as changed for each that must be, and in how many runs; then how
long it takes over two texts of 6,000 words. The last line is Charter's own, from text to spans.
"""

from collections.abc import Callable
from random import Random
from time import perf_counter

from charter.text.changes import changes
from charter.text.coalesce import coalesced
from charter.text.spans import diff
from charter.text.worded import Worded, forget, worded
from tests.bench.bench_text import Writer
from tests.bench.engines import ENGINES, Hunk, rapidfuzz

PAIRS, TURNS = 60, 9
Pair = tuple[Worded, Worded]


def main() -> None:
    write = Writer(Random(1))
    light = [_pair(write, 3) for _ in range(PAIRS)]
    rewritten = [_pair(write, 45) for _ in range(PAIRS)]
    long = [(worded(base), worded(new)) for base, new in [_long(write)]]
    print(f"{'engine':<46}{'light':>34}{'rewritten':>34}{'6,000 words':>16}")
    print(f"{'':<46}{'µs   changed   runs':>34}{'µs   changed   runs':>34}{'ms':>16}")
    for name, engine in ENGINES.items():

        def act(pair: Pair, engine=engine) -> list[Hunk]:
            return engine(pair[0].words, pair[1].words)

        row = _measured(act, light) + _measured(act, rewritten)
        print(f"{name:<46}{row}{_seconds(act, long) * 1e3:>16.1f}", flush=True)

    def shown(pair: Pair) -> list[Hunk]:
        return coalesced(*pair, changes(*pair))

    def whole(pair: Pair) -> None:
        forget()
        diff(pair[0].text, pair[1].text)

    name = "the whole redline, words cut and spans made"
    row = _measured(shown, light, whole) + _measured(shown, rewritten, whole)
    print(f"{name:<46}{row}{_seconds(whole, long) * 1e3:>16.1f}")


def _pair(write: Writer, edits: int) -> Pair:
    base = write.paragraph()
    return worded(base), worded(write.edited(base, edits))


def _long(write: Writer) -> tuple[str, str]:
    paragraphs = [write.paragraph() for _ in range(100)]
    return "\n\n".join(paragraphs), "\n\n".join(write.version(paragraphs, 0.1))


def _measured(
    act: Callable[[Pair], list[Hunk]],
    pairs: list[Pair],
    timed: Callable[[Pair], object] | None = None,
) -> str:
    changed = runs = least = 0
    for base, new in pairs:
        hunks = act((base, new))
        runs += len(hunks)
        changed += _size(hunks)
        least += _size(rapidfuzz(base.words, new.words))
    micros = _seconds(timed or act, pairs) * 1e6
    return f"{micros:>18.1f}{changed / least:>9.2f}{runs / len(pairs):>7.1f}"


def _size(hunks: list[Hunk]) -> int:
    return sum(b1 - b0 + n1 - n0 for b0, b1, n0, n1 in hunks)


def _seconds(act: Callable[[Pair], object], pairs: list[Pair]) -> float:
    """The least time of one pair, of some turns."""
    taken = []
    for _turn in range(TURNS):
        started = perf_counter()
        for pair in pairs:
            act(pair)
        taken.append((perf_counter() - started) / len(pairs))
    return min(taken)


if __name__ == "__main__":
    main()
