"""The lines of a plain text as its blocks are cut from them, and their manner.

Wrapped or a paragraph each, with a margin or without, underlined or not: all come to the same.
"""

import re

from charter.formats import breaks
from charter.formats.counted_names import counted_lines
from charter.formats.decimals import decimals_of, spaced, titled_rows
from charter.formats.item_marks import item
from charter.formats.line_manner import Manner
from charter.formats.lines import UNDERLINE, indent, unit
from charter.formats.run_in_units import run_in_units
from charter.formats.stopped_titles import stopped_kinds
from charter.formats.wrapping import joined
from charter.text.kinds import Kind


def plain_lines(lines: list[str], language: str) -> tuple[list[str], Manner]:
    """The lines without what only sets them, and how they are marked."""
    lines = without_margin(spread(lines) if is_unwrapped(lines) else lines)
    lines = without_underlines(lines)
    room = breaks.width(lines)
    kinds = _named_kinds(lines)
    # Inside an article "1. Title" is a paragraph, and so it is in a section.
    titles = {} if kinds & {Kind.ARTICLE, Kind.SECTION} else titled_rows(lines, room)
    lines = [spaced(line) if at in titles else line for at, line in enumerate(lines)]
    manner = Manner(
        markdown=False,
        unmarked=frozenset(Kind),
        stopped=stopped_kinds(lines),
        width=room,
        decimals=decimals_of(lines, kinds),
        titles=titles,
        counted=counted_lines(lines, language),
        run_in=run_in_units(lines),
    )
    return lines, manner


def _named_kinds(lines: list[str]) -> frozenset[Kind]:
    """The kinds of units that lines name."""
    found = (unit(joined([line])) for line in lines if line[:1].strip() and len(line) <= _NAME)
    return frozenset(name.kind for name in found if name)


_NAME = 200  # signs of a line that names a unit


def is_unwrapped(lines: list[str]) -> bool:
    """Whether every line is a paragraph: lines too long to be wrapped, or no empty lines."""
    return any(len(line) > 200 for line in lines) or not any(not line for line in lines[:-1])


def without_margin(lines: list[str]) -> list[str]:
    """Lines of a plain text whose words all keep a margin, without it.

    Only numbers, names of units and short titles stand out into such a margin.
    """
    worded = (line for line in lines if len(line.strip()) >= _LONG and _opens_words(line))
    margin = min(map(indent, worded), default=0)
    return [line[min(indent(line), margin) :] for line in lines] if margin else lines


def _opens_words(line: str) -> bool:
    words = line.lstrip()
    return words[0].isalpha() and item(words) is None and unit(words) is None


_LONG = 50  # signs that no title has


def without_underlines(lines: list[str]) -> list[str]:
    """Lines of a plain text without those that underline a line with a number."""
    return [
        "" if at and UNDERLINE.fullmatch(line) and _underlines(line, lines[at - 1]) else line
        for at, line in enumerate(lines)
    ]


def _underlines(line: str, above: str) -> bool:
    return above[:1].isdecimal() and abs(len(above.rstrip()) - len(line.rstrip())) <= _INEXACT


_INEXACT = 2  # signs by which an underline may be shorter or longer


def spread(lines: list[str]) -> list[str]:
    """Lines that are paragraphs each with an empty one behind them; a few may be wrapped still."""
    out: list[str] = []
    room = max(_NARROW, breaks.width([line for line in lines if len(line) <= _WRAPPED]))
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        out += [line] if _runs_on(line, after, room) else [line, ""]
    return out


def _runs_on(line: str, after: str, room: int) -> bool:
    """Whether a line has no room for the next word, within the width of those that may be wrapped,
    and a sentence goes on."""
    if not room // 2 < len(line) <= _WRAPPED or breaks.meant(line, after, room):
        return False
    words = after.strip()
    sentence = line[-1].isalnum() and words[:1].islower()
    return sentence and item(words) is None and _LISTED.search(line) is None


_WRAPPED = 100  # signs that no wrapped line exceeds
_NARROW = 76  # signs that there is room for at least
_LISTED = re.compile(r"[;,]\s+\w{1,3}$")  # "…; and", which ends an item of a list
