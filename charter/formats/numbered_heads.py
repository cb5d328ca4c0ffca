"""Headings of a plain text that have only a number: "I. NAME", "A. Members", "1 Meaning of river".

A list of short items looks the same. A heading has words below it before the next number comes, and
it stands in a row of its kind.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from charter.formats.breaks import opens
from charter.formats.lines import heading_like
from charter.formats.series import Open, counts, going_on

TOP = 3  # the level of the first manner among Markdown's headings
LOWEST = 6
_SIGHT = 150  # lines within which the next one comes
_HEAD = re.compile(r"(?P<mark>[IVXLC]{1,7}\.|[A-Z]\.|\d{1,3})\s+(?P<words>\S.*)")


class NumberedHeads:
    """The headings of this kind met so far."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.open = Open()
        self.manners: list[str] = []

    def level(self, at: int) -> int:
        """The level, 3 to 6, of the heading that a line is; 0 where it is none."""
        mark = _mark(self.lines[at])
        if not mark or not self._has_words_below(at, mark) or not self._is_in_row(at, mark):
            return 0
        going = [way for before in self.open.lists for way in going_on(counts(mark), before)]
        manner = (going or list(counts(mark)))[0].manner
        self.open.take(mark)
        if manner not in self.manners:
            self.manners.append(manner)
        return min(TOP + self.manners.index(manner), LOWEST)

    def _is_in_row(self, at: int, mark: str) -> bool:
        if self.open.continued_by(mark):
            return True
        found = counts(mark)
        if not any(count.is_first for count in found):
            return False
        ahead = range(at + 1, min(at + 1 + _SIGHT, len(self.lines)))
        marks = (_mark(self.lines[line]) for line in ahead)
        return any(other and going_on(counts(other), found) for other in marks)

    def _has_words_below(self, at: int, mark: str) -> bool:
        ahead = self.lines[at + 1 : at + 13]
        below = next((line for line in ahead if line.strip()), "")
        other = _mark(below)
        return bool(below) and not (other and going_on(counts(other), counts(mark)))


@lru_cache(maxsize=4096)
def _mark(line: str) -> str:
    """The mark of a line that looks like such a heading, or ""."""
    found = _HEAD.fullmatch(line.rstrip())
    return found["mark"] if found and heading_like(found["words"]) and opens(found["words"]) else ""
