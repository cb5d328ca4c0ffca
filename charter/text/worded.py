"""A text as words and the white space between them.

Only words are compared; white space is looked at where words were matched.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from charter.text import lexicon

# Longer texts are not kept in memory, in code points.
_WORDING = 5_000


# Where the white space before some words begins and ends, and that behind them.
Edges = tuple[int, int, int, int]


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

    def edges(self, start: int, end: int) -> Edges:
        """The white space around the words from `start` to the one before `end`, in code points.

        Where there are no words, it is the same on both sides, and ends before it begins.
        """
        ends, words = self.ends, self.words
        before = ends[start - 1] if start else 0
        after = ends[end] - len(words[end]) if end < len(ends) else len(self.text)
        if start == end:
            return before, after, before, after
        return before, ends[start] - len(words[start]), ends[end - 1], after


def worded(text: str, language: str = "") -> Worded:
    """The words of a text and their places.

    Those of the last few hundred wordings are kept: one base is compared with many amendments, and
    one pair of texts carries all the anchors of a clause.
    """
    return _remembered(text, language) if len(text) <= _WORDING else _read(text, language)


def _read(text: str, language: str) -> Worded:
    return Worded(text, *lexicon.words_and_ends(text, language))


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
    if len(edits) == 1 and edits[0][:2] == (0, len(base.text)):
        return worded(edits[0][2], language)
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
