"""Sheets: tables whose cells hold words with their marks, as every writer of sheets takes them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from charter.formats.runs import Run
from charter.formats.svg import Svg


class Manner(StrEnum):
    """What a paragraph of a cell is; each is set in its own way."""

    WORDS = "words"
    TITLE = "title"  # a heading of the text
    BY = "by"  # who says what follows
    REMARK = "remark"  # what is said of the words, and not in them
    SIGN = "sign"  # a state, in a sign and in words


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph of a cell."""

    runs: tuple[Run, ...]
    manner: Manner = Manner.WORDS

    @property
    def plain(self) -> str:
        """The words alone; what was deleted is not among them, nor is a footnote."""
        return "".join(run.text for run in self.runs if run.op != "delete")


Cell = tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. The first cell of each row is its heading.

    `widths` are parts of the whole width, one for each column; none: all alike.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A list below a heading: a cell for each entry."""

    name: str
    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart below a heading, with what it shows for those who do not see it."""

    name: str
    svg: Svg
    description: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document of tables. `language` (BCP 47) is that of its headings and remarks, `spoken` that
    of the text in its cells; `foot` stands on every page, and `moment` is when it was so."""

    title: str
    blocks: tuple[Grid | Listed | Drawn, ...]
    under: tuple[str, ...] = ()
    language: str = "en"
    spoken: str = ""
    foot: str = ""
    symbol: str = ""
    moment: datetime | None = None


def said(text: str, manner: Manner = Manner.WORDS, *, strong: bool = False) -> Said:
    """Words without marks as a paragraph."""
    return Said((Run(text, strong=strong),), manner)
