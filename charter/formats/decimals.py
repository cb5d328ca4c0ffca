"""Plain texts that number their units 1, 1.1, 1.1.1: which such lines are headings.

So contracts, technical standards and minutes are numbered. A number at the edge of the page with
a title after it, and then words or the first unit below it, heads a section.
"""

import re
from collections.abc import Iterable, Sequence

from charter.formats.breaks import opens
from charter.formats.item_marks import Marked, item
from charter.formats.lines import heading_like

TOP = 3  # the level of "1." among Markdown's headings; "1.1" is one below
LOWEST = 6

_SIGHT = 12  # lines within which a heading has its words
_DECIMAL = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)(?P<stop>[.)]?)\s+(?P<words>\S.*)")
_INNER = re.compile(r"\d{1,3}\.\d{1,3}[.)]?\s+\S")


def is_decimal(lines: Iterable[str]) -> bool:
    """Whether a text has units like 1.1 at the edge of the page."""
    return any(_INNER.match(line) for line in lines)


def decimal_level(lines: Sequence[str], at: int) -> int:
    """The level, 3 to 6, of the heading that this line is; 0 where it is none."""
    found = _DECIMAL.fullmatch(lines[at]) if lines[at][:1].isdecimal() else None
    if found is None or not (found["stop"] or "." in found["number"]):
        return 0
    if not heading_like(found["words"].rstrip()) or not opens(found["words"]):
        return 0
    if not _has_words_below(found["number"], lines, at):
        return 0
    return min(TOP + found["number"].count("."), LOWEST)


def is_first_under(mark: str, other: Marked) -> bool:
    """Whether an item is the first of those under the number `mark`: 1.1 under 1."""
    return _bare(other.mark) == f"{_bare(mark)}.1" and opens(other.rest)


def _has_words_below(number: str, lines: Sequence[str], at: int) -> bool:
    """Whether words, or the first unit under the number, come next, and not another such line."""
    ahead = lines[at + 1 : at + 1 + _SIGHT]
    below = next((line for line in ahead if line.strip()), "")
    marked = item(below.strip())
    if marked and _bare(marked.mark) == f"{number}.1":
        return True
    parted = bool(ahead) and not ahead[0].strip()
    return parted and bool(below) and not (marked and _DECIMAL.fullmatch(below.strip()))


def _bare(mark: str) -> str:
    return mark.strip("().")
