"""The lines of a text, and in what manner they are marked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from charter.formats.item_marks import item
from charter.formats.lines import UNDERLINE
from charter.text.kinds import Kind


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is marked: as Markdown or not, and which units it names on lines without a mark.

    `led`: also by what is set off at the head of a paragraph, "**Section 1.** All.". `stopped` are
    the kinds of these whose titles end with a full stop.
    Of a plain text: how wide it is set, whether it numbers its units 1, 1.1, 1.1.1, at which lines
    titles with one figure begin, with how many lines they have, and which lines name units by a
    name that is only known by its row.
    """

    markdown: bool = True
    unmarked: frozenset[Kind] = frozenset()
    led: bool = False
    stopped: frozenset[Kind] = frozenset()
    width: int = 0
    decimal: bool = False
    titles: Mapping[int, int] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()


def cut(text: str) -> list[str]:
    return [line.expandtabs(4).rstrip(" ") for line in text.split("\n")]


def is_unwrapped(lines: list[str]) -> bool:
    """Whether every line is a paragraph: lines too long to be wrapped, or no empty lines."""
    return any(len(line) > 200 for line in lines) or not any(not line for line in lines[:-1])


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
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        out += [line] if _runs_on(line, after.strip()) else [line, ""]
    return out


def _runs_on(line: str, after: str) -> bool:
    if len(line) < _WRAPPED or not line[-1].isalnum() or not after[:1].islower():
        return False
    return item(after) is None and _LISTED.search(line) is None


_WRAPPED = 40  # signs that a wrapped line has
_LISTED = re.compile(r"[;,]\s+\w{1,3}$")  # "…; and", which ends an item of a list
