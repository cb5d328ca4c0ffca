"""A text as words and the white space between them.

Only words are compared; white space is looked at where words were matched.
"""

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
