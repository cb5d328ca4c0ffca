"""Comparing and merging wordings: ratios to other engines on the same text in the same run.

`uv run --group dev python -m tests.bench.bench_text` prints, each the best of turns taken one
after another in one process:

  pair      diff of two wordings of 60 words with three edits, read from scratch and with the words
            of both still known, against difflib and rapidfuzz on the same tokens
  long      diff of two texts of 100,000 words, a fiftieth of the paragraphs edited, against
            `git diff --word-diff` on the same files
  repeated  diff of one sentence 20,000 times over, a word in fifty of them changed, against half
  merge     20 versions of 400 paragraphs laid over one base, against 1,000 pairs of difflib
"""

import subprocess
import tempfile
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from time import perf_counter

from rapidfuzz.distance import Indel

from charter.text.diff import diff
from charter.text.merge import merge_many
from charter.text.tokens import tokens
from charter.text.worded import forget
from tests.bench.ledger import Ledger, Line, head

PAIRS = 100
TURNS = 25
SENTENCE = "The parties shall cooperate in good faith to that end. "

Act = Callable[[], object]
LEDGER = Ledger()


def main() -> None:
    print(head())
    write = Writer(Random(1))
    _pair(write)
    _long(write)
    _repeated(write)
    _merge(write)


class Writer:
    """Writes texts whose words are as frequent as words are, and edits them."""

    def __init__(self, pick: Random) -> None:
        self.pick = pick
        letters = "etaoinshrdlucmfwypvbgk"
        self.words = ["".join(pick.choices(letters, k=pick.randint(1, 9))) for _ in range(3000)]
        self.weights = [1 / rank for rank in range(1, 3001)]

    def paragraph(self, words: int = 60) -> str:
        chosen = self.pick.choices(self.words, self.weights, k=words)
        marks = (("." if n % 17 == 16 else "," if n % 7 == 6 else "") for n in range(words))
        return " ".join(word + mark for word, mark in zip(chosen, marks, strict=True))

    def edited(self, paragraph: str, edits: int = 3) -> str:
        words = paragraph.split(" ")
        for _ in range(edits):
            at = self.pick.randrange(len(words))
            words[at : at + self.pick.randint(0, 1)] = self.pick.choices(
                self.words, k=self.pick.randint(0, 1)
            ) or [self.pick.choice(self.words)]
        return " ".join(words)

    def version(self, paragraphs: list[str], share: float, edits: int = 3) -> list[str]:
        chosen = set(self.pick.sample(range(len(paragraphs)), round(len(paragraphs) * share)))
        return [
            self.edited(text, edits) if at in chosen else text for at, text in enumerate(paragraphs)
        ]


def _pair(write: Writer) -> None:
    bases = [write.paragraph() for _ in range(PAIRS)]
    pairs = [(base, write.edited(base)) for base in bases]
    cut = [(tokens(base), tokens(new)) for base, new in pairs]

    def ours() -> None:
        for base, new in pairs:
            diff(base, new)

    def cold() -> None:
        forget()
        ours()

    def peer() -> None:
        for base, new in cut:
            SequenceMatcher(None, base, new, autojunk=False).get_opcodes()

    def bare() -> None:
        for base, new in pairs:
            Indel.opcodes(tokens(base), tokens(new))

    times = _timed(cold, ours, peer, bare)
    cold_, known, difflib, rapidfuzz = (each / PAIRS for each in times)
    what = "diff of two wordings of 60 words"
    LEDGER.add(Line(what, cold_, "difflib on the same tokens", difflib, 1 / 4))
    LEDGER.add(Line(f"{what}, words known", known, "difflib on the same tokens", difflib))
    LEDGER.add(Line(what, cold_, "rapidfuzz and its tokens", rapidfuzz))


def _long(write: Writer) -> None:
    paragraphs = [write.paragraph() for _ in range(1667)]
    base = "\n\n".join(paragraphs) + "\n"
    new = "\n\n".join(write.version(paragraphs, 0.02)) + "\n"
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder, name)) for name in ("base", "new")]
        Path(paths[0]).write_text(base)
        Path(paths[1]).write_text(new)
        command = ["git", "diff", "--no-index", "--word-diff", *paths]
        ours, peer = _timed(
            lambda: (forget(), diff(base, new)),
            lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False),
        )
    LEDGER.add(Line("diff of 100,000 words, 2 % edited", ours, "git diff --word-diff", peer, 2))


def _repeated(write: Writer) -> None:
    def texts(times: int) -> tuple[str, str]:
        base = SENTENCE * times
        words = base.split(" ")
        for at in write.pick.sample(range(len(words)), times // 50):
            words[at] = "altered"
        return base, " ".join(words)

    whole, half = texts(20_000), texts(10_000)
    ours, part = _timed(lambda: diff(*whole), lambda: diff(*half))
    LEDGER.add(Line("diff of one sentence 20,000 times over", ours, "half of it", part))


def _merge(write: Writer) -> None:
    paragraphs = [write.paragraph() for _ in range(400)]
    base = "\n\n".join(paragraphs)
    versions = ["\n\n".join(write.version(paragraphs, 0.05, edits=2)) for _ in range(20)]
    cut = [(tokens(text), tokens(write.edited(text))) for text in paragraphs[:PAIRS]]

    def peer() -> None:
        for old, new in cut:
            SequenceMatcher(None, old, new, autojunk=False).get_opcodes()

    ours, pairs = _timed(lambda: (forget(), merge_many(base, versions)), peer)
    allowed = 1.4 * pairs * 1000 / PAIRS / 20
    peer_name = "1/20 of 1,400 pairs of difflib"
    LEDGER.add(Line("20 amendments merged over 400 paragraphs", ours, peer_name, allowed, 1))


def _timed(*acts: Act) -> list[float]:
    """The least seconds of each act, done in turns."""
    seconds: list[list[float]] = [[] for _ in acts]
    for _ in range(TURNS):
        for act, taken in zip(acts, seconds, strict=True):
            started = perf_counter()
            act()
            taken.append(perf_counter() - started)
    return [min(taken) for taken in seconds]


if __name__ == "__main__":
    main()
