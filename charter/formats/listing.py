"""Which marks at the beginning of a line begin an item, and which are words of a wrapped line."""

from collections.abc import Sequence
from functools import lru_cache

from charter.formats import breaks
from charter.formats.item_marks import Marked, item
from charter.formats.lines import ends_item, figures, interrupts, is_unfinished, refers
from charter.formats.series import Open, counts, going_on

_SIGHT = 60  # lines within which a list goes on


@lru_cache(maxsize=4096)
def _mark(line: str) -> str:
    found = item(line.strip())
    return found.mark if found else ""


class Listing:
    """The lists open where some lines are read; `width` is how wide a plain text is set, or 0."""

    def __init__(self, lines: Sequence[str], width: int) -> None:
        self.lines, self.width = lines, width
        self.open = Open()

    def is_beside(self, other: Marked, marked: Marked, last: str) -> bool:
        """Whether a mark out of order, of the manner of the one before, is one nevertheless."""
        if figures(other.mark) > 999 or refers(last) or other.doubtful:
            return False
        if other.mark == marked.mark:
            return True
        if is_unfinished(last):
            return False
        width = self.width
        return ends_item(last) or not width or breaks.is_short(last, width)

    def is_next(self, marked: Marked, last: str) -> bool:
        """Whether a mark goes on from an open list, and no reference broken over two lines."""
        return bool(marked.rest) and self.open.continued_by(marked.mark) and not refers(last)

    def is_counted(self, marked: Marked, at: int) -> bool:
        """Whether a mark stands in a list: goes on from an open one, or the next mark follows."""
        if self.open.continued_by(marked.mark):
            return True
        found = counts(marked.mark)
        if not any(count.is_first for count in found):
            return False
        for line in self.lines[at + 1 : at + 1 + _SIGHT]:
            mark = _mark(line)
            if mark and going_on(counts(mark), found):
                return True
        return False

    def interrupts(self, marked: Marked, last: str, at: int) -> bool:
        """Whether an item begins on the line at `at`, right after the words `last`."""
        if not last.strip() or marked.bullet:
            return interrupts(marked, last)
        if self.is_next(marked, last):
            return True
        if interrupts(marked, last):
            return not marked.doubtful or self.is_counted(marked, at)
        return not refers(last) and self.is_counted(marked, at) and bool(marked.rest)
