"""Tables to take away: typed columns and rows, as every writer of tables takes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from charter.formats.runs import Run


@dataclass(frozen=True, slots=True)
class Marked:
    """Words with their marks; written as CriticMarkup where a cell can hold none."""

    runs: tuple[Run, ...]

    def __str__(self) -> str:
        signs = {"insert": "{++%s++}", "delete": "{--%s--}", "equal": "%s"}
        return "".join(signs[run.op] % run.text for run in self.runs)


Value = str | int | float | date | datetime | Marked | None

# What spreadsheets take for the beginning of a formula, in half and full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"  # a number from 0 to 1
    DAY = "day"
    MOMENT = "moment"  # with its time zone


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and what it holds; `width` in characters, None for what fits."""

    heading: str
    type: Type = Type.TEXT
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name, its columns and its rows, each as long as the columns are many.

    `language` (BCP 47) is that of the headings and decides which way the table runs.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    language: str = "en"


def headings(table: Table) -> tuple[str, ...]:
    """The first row of a table when it is written."""
    return tuple(column.heading for column in table.columns)


def is_formula(value: Value) -> bool:
    """Whether a spreadsheet might compute a text instead of showing it."""
    return isinstance(value, str) and value.startswith(_FORMULA)


def checked(table: Table) -> Iterable[Sequence[Value]]:
    """The rows. ValueError at the first that does not fit the columns."""
    for row in table.rows:
        if len(row) != len(table.columns):
            raise ValueError(f"A row of {len(row)} values in {len(table.columns)} columns.")
        yield row
