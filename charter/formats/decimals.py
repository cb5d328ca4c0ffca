"""Plain texts that number their units 1, 1.1, 1.1.1: which such lines are headings.

So contracts, technical standards and minutes are numbered. A number at the edge of the page with
a title after it, and then words or the first unit below it, heads a section. Bylaws often have
sections without any 1.1; then all the figures of a text must be such titles, 1 to the last in a
row, for else they are a list.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from charter.formats.breaks import going_on, heads, opens
from charter.formats.item_marks import Marked, item
from charter.formats.lines import heading_like
from charter.formats.wrapping import joined
from charter.text.kinds import Kind

TOP = 3  # the level of "1." among Markdown's headings; "1.1" is one below
LOWEST = 6

_SIGHT = 12  # lines within which a heading has its words
_FEWEST = 3  # titles of a row
_LOW = 2  # a row begins below
_WORDS = {".": 12, ":": 3}  # that a title with a stop has at most: "7. Disclaimer of warranty."
_DECIMAL = re.compile(
    r"(?P<number>(?:\d{1,3}|[A-Z])(?:\.\d{1,3})*)(?P<stop>[.)]?)\s+(?P<words>\S.*)"
)
_FIGURE = re.compile(
    r"(?P<number>\d{1,3})(?P<stop>[.)])(?:\s+(?P<words>\S.*)|(?P<tight>[^\W\d_].*))"
)
_INNER = re.compile(r"\d{1,3}\.\d{1,3}[.)]?\s+\S")
_LETTERED = re.compile(r"[A-Z]\.\d")


@dataclass(frozen=True, slots=True)
class Decimals:
    """How a text numbers its headings 1, 1.1, 1.1.1: with how many figures `least`, and which
    letters have an A.1."""

    least: int
    letters: frozenset[str]


def decimals_of(lines: Sequence[str], kinds: Container[Kind]) -> Decimals | None:
    """None where no units are numbered like 1.1 at the edge of the page; `kinds` are those that
    lines name. Inside an article they are paragraphs. Sections may hold 1.1, and no 1 beside it.
    """
    if Kind.ARTICLE in kinds or not any(_INNER.match(line) for line in lines):
        return None
    in_sections = Kind.SECTION in kinds
    if in_sections and any(_figure(line) for line in lines):
        return None
    letters = frozenset(line[0] for line in lines if _LETTERED.match(line))
    return Decimals(2 if in_sections else 1, letters)


def spaced(line: str) -> str:
    """A title with a blank behind its number: "1.Definitions" has none."""
    found = _figure(line)
    return f"{found['number']}{found['stop']} {_words(found)}" if found else line


def decimal_level(lines: Sequence[str], at: int, decimals: Decimals) -> int:
    """The level, 3 to 6, of the heading that this line is; 0 where it is none."""
    found = _DECIMAL.fullmatch(lines[at])
    if found is None or not (found["stop"] or "." in found["number"]):
        return 0
    number = found["number"]
    # "A." is a point, unless it has an A.1.
    if number.count(".") + 1 < decimals.least or (
        number.isalpha() and number not in decimals.letters
    ):
        return 0
    if not heading_like(found["words"].rstrip()) or not opens(found["words"]):
        return 0
    return min(TOP + number.count("."), LOWEST) if _has_words_below(number, lines, at) else 0


def titled_rows(lines: Sequence[str], room: int) -> Mapping[int, int]:
    """Where titles with one figure begin and how many lines they take, when all lines with one are
    titles, and count from one in a row, or from nought; a text in two parts may have two rows.

    `room` is the width of the text.
    """
    found = {at: figure for at in range(len(lines)) if (figure := _figure(lines[at]))}
    if not _are_rows([int(figure["number"]) for figure in found.values()]):
        return {}
    taken = {at: _title_lines(lines, at, figure, room) for at, figure in found.items()}
    return taken if all(taken.values()) else {}


def _are_rows(numbers: Sequence[int]) -> bool:
    """Whether these are rows, none of them short."""
    starts = [at for at in range(len(numbers)) if at == 0 or numbers[at] != numbers[at - 1] + 1]
    rows = [numbers[here:after] for here, after in pairwise((*starts, len(numbers)))]
    return bool(rows) and all(row[0] < _LOW and len(row) >= _FEWEST for row in rows)


def _figure(line: str) -> re.Match[str] | None:
    """A line that begins with one figure and a stop at the edge of the page."""
    return _FIGURE.fullmatch(line) if line[:1].isdecimal() else None


def _words(figure: re.Match[str]) -> str:
    words: str = figure["words"] or figure["tight"]
    return words.rstrip()


def _is_title(words: str) -> bool:
    bare = words[:-1] if len(words.split()) <= _WORDS.get(words[-1], 0) else words
    return heading_like(bare) and opens(bare)


def _title_lines(lines: Sequence[str], at: int, figure: re.Match[str], room: int) -> int:
    """The lines of a title that stands over words and is set off from what is before; else 0."""
    if at and lines[at - 1].strip():
        return 0
    more = going_on(lines, at + 1, room, lambda after, _before: item(after.strip()) is not None)
    if not _is_title(joined([_words(figure), *more])):
        return 0
    end = at + 1 + len(more)
    ahead = lines[end : end + _SIGHT]
    below = next((line for line in ahead if line.strip()), "")
    if not below or _figure(below):
        return 0
    parted = not ahead[0].strip() or item(below.strip()) is not None
    return end - at if parted or heads(_words(figure), below, room) else 0


def is_first_under(mark: str, other: Marked) -> bool:
    """Whether an item is the first of those under the number `mark`: 1.1 under 1."""
    return _bare(other.mark) == f"{_bare(mark)}.1" and opens(other.rest)


def _has_words_below(number: str, lines: Sequence[str], at: int) -> bool:
    """Whether words, or the first unit under the number, come next, and not another such line.

    Under 2.1 that may be 1.
    """
    ahead = lines[at + 1 : at + 1 + _SIGHT]
    below = next((line for line in ahead if line.strip()), "")
    marked = item(below.strip())
    firsts = {f"{number}.1", "1"} if "." in number else {f"{number}.1"}
    if marked and _bare(marked.mark) in firsts:
        return True
    parted = bool(ahead) and not ahead[0].strip()
    return parted and bool(below) and not (marked and _DECIMAL.fullmatch(below.strip()))


def _bare(mark: str) -> str:
    return mark.strip("().")
