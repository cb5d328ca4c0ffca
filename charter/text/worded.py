"""A text as words and the white space between them.

Only words are compared; white space is looked at where words were matched.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress

from charter.text.tokens import tokens

# Longer texts are not kept in memory, in code points.
_WORDING = 5_000


@dataclass(frozen=True, slots=True)
class Worded:
    """A text with its words and where they stand, in code points."""

    text: str
    words: list[str]
    ends: list[int]

    def gap(self, at: int) -> str:
        """The white space before word `at`; that of `len(words)` ends the text."""
        ends = self.ends
        start = ends[at - 1] if at else 0
        return self.text[start : ends[at] - len(self.words[at]) if at < len(ends) else None]

    def part(self, start: int, end: int) -> str:
        """The text from word `start` to the word before `end`."""
        if start >= end:
            return ""
        return self.text[self.ends[start] - len(self.words[start]) : self.ends[end - 1]]

    def start(self, at: int) -> int:
        """Where word `at` begins; `len(words)` begins at the end of the text."""
        return self.ends[at] - len(self.words[at]) if at < len(self.ends) else len(self.text)

    def end(self, at: int) -> int:
        """Where the word before word `at` ends; there is none before the first."""
        return self.ends[at - 1] if at else 0


def worded(text: str, language: str = "") -> Worded:
    """The words of a text and their places.

    Those of the last few hundred wordings are kept: one base is compared with many amendments, and
    one pair of texts carries all the anchors of a clause.
    """
    return _remembered(text, language) if len(text) <= _WORDING else _read(text, language)


def _read(text: str, language: str) -> Worded:
    pieces = tokens(text, language)
    kept = [*map(str.strip, pieces)]
    return Worded(
        text,
        [*compress(pieces, kept)],
        [*compress(accumulate(map(len, pieces)), kept)],
    )


_remembered = lru_cache(maxsize=256)(_read)


def forget() -> None:
    """Drops the words that are kept, as a measurement needs."""
    _remembered.cache_clear()


# Characters [0:1] of a text give way to others.
Splice = tuple[int, int, str]


def edited(text: str, edits: Sequence[Splice]) -> str:
    """A text with some edits made, which are in order and apart."""
    out, at = [], 0
    for start, end, words in edits:
        out += [text[at:start], words]
        at = end
    return "".join(out) + text[at:]


def reworded(base: Worded, edits: Sequence[Splice], language: str = "") -> Worded:
    """The words of a text after edits at the edges of words: only theirs are looked for."""
    text = edited(base.text, edits)
    words: list[str] = []
    ends: list[int] = []
    at = shift = 0
    for start, end, new in edits:
        first, last = bisect_right(base.ends, start), bisect_right(base.ends, end)
        if base.start(first) < start or base.start(last) < end:
            return worded(text, language)
        inner = worded(new, language)
        words += base.words[at:first] + inner.words
        ends += [place + shift for place in base.ends[at:first]]
        ends += [place + start + shift for place in inner.ends]
        at, shift = last, shift + len(new) - (end - start)
    ends += [place + shift for place in base.ends[at:]]
    return Worded(text, words + base.words[at:], ends)


def shared(one: str, other: str) -> int:
    """How many characters two texts share at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one.startswith(other[:middle]):
            low = middle
        else:
            high = middle - 1
    return low
